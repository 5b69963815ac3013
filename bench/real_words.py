"""Makes `knowledge/real_words.txt`: which pairs of Han characters are words of Chinese. Only for whoever changes it; the table is read, the
dictionary is not.

    python -m bench.real_words jieba/dict.txt > src/tandem/knowledge/real_words.txt

The dictionary is that of jieba (MIT): a line a word, with how often it was met.
"""

import sys
from collections import defaultdict
from pathlib import Path

from tandem.knowledge.words import is_han

MET = 10
"""A word that was met less often is as likely a slip."""


def table(dictionary: str) -> str:
    """A line for each character, with all that make a word behind it."""
    behind: dict[str, list[str]] = defaultdict(list)
    for line in dictionary.splitlines():
        word, met, *_ = line.split(" ")
        if len(word) == 2 and all(map(is_han, word)) and int(met) >= MET:
            behind[word[0]].append(word[1])
    return "\n".join(f"{first} {''.join(sorted(behind[first]))}" for first in sorted(behind))


if __name__ == "__main__":
    print(
        "# Which pairs of Han characters are words, a line for each first character. Made by bench/real_words.py from the dictionary of jieba"
    )
    print("# (MIT License, Copyright (c) 2013 Sun Junyi).")
    print(table(Path(sys.argv[1]).read_text("utf-8")))
