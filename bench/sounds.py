"""Makes `knowledge/sounds.txt`: which Han characters sound alike. Only for whoever changes it; the table is read, the library is not.

    pip install pypinyin && python -m bench.sounds > src/tandem/knowledge/sounds.txt

pypinyin (MIT) knows how characters are read. Imported where questions are answered it would cost .2 s and 56 MB (without its phrases .06 s and 12 MB).
"""

from collections import defaultdict
from importlib import import_module

READINGS = 2
"""Of a character, the most common first: what is read so only in old names is no slip of today."""


def table() -> str:
    """A line for each syllable without its tone: the characters of GB 2312 that are read so."""
    library = import_module("pypinyin")
    alike: dict[str, list[str]] = defaultdict(list)
    for character in _gb2312():
        readings = library.pinyin(character, style=library.Style.NORMAL, heteronym=True, errors="ignore")[0]
        for syllable in list(dict.fromkeys(readings))[:READINGS]:
            alike[syllable].append(character)
    return "\n".join(f"{syllable} {''.join(alike[syllable])}" for syllable in sorted(alike) if len(alike[syllable]) > 1)


def _gb2312() -> list[str]:
    """The 6,763 characters in their order, the common ones first."""
    rows = (bytes([row, at]) for row in range(0xB0, 0xF8) for at in range(0xA1, 0xFF))
    return [character for pair in rows if (character := pair.decode("gb2312", "ignore"))]


if __name__ == "__main__":
    print(
        "# Which Han characters sound alike, a line for each syllable without its tone. Made from pypinyin (MIT) by bench/sounds.py."
    )
    print(table())
