"""What the statistical reader looks at in a turn: runs of words, kinds of words, the cue tables, and how the talk went.

Every feature has a name that a person can read, so that what weighed most can be told.
"""

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations, pairwise
from math import log, sqrt

from tandem.assistant.triage.model import PRIORITY
from tandem.assistant.triage.stakes import stakes
from tandem.assistant.triage.table import signs, total
from tandem.assistant.triage.talk import Turn, alike, failures
from tandem.knowledge.words import fold, stem

LONGEST_READ = 400
"""Words of a turn that are read; of a longer one the beginning and the end, where the need stands."""
EARLIER_COUNTS = 0.4
"""What was said in earlier turns, beside 1 for what was just said."""
KINDS_COUNT = 0.5
TALK_COUNTS = 0.3
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[a-z]+(?:'[a-z]+)?|\d+|[?!…]+|[。.,;:]|[\U0001f300-\U0001faff]")


def features(talk: list[Turn]) -> dict[str, float]:
    """Name to weight, for the last turn of a talk. Each family has a length of its own, so that a long message does not
    drown how the conversation went."""
    said = talk[-1].said
    earlier = [turn.said for turn in talk[:-1]]
    found = _of_length(_runs(words_of(said)), 1.0)
    found |= _of_length({f"earlier {name}": count for name, count in _runs(words_of(*earlier)).items()}, EARLIER_COUNTS)
    found |= _of_length(_kinds(said, earlier), KINDS_COUNT)
    found |= _course(talk)
    return found


def words_of(*texts: str) -> list[str]:
    """Han characters, Latin words without their endings, numbers by their length, and the marks between them."""
    words = [word for text in texts for word in _all_words_of(text)]
    if len(words) <= LONGEST_READ:
        return words
    half = LONGEST_READ // 2
    return [*words[:half], *words[-half:]]


@lru_cache(maxsize=4096)
def _all_words_of(text: str) -> tuple[str, ...]:
    """Remembered, because what is said now is among the earlier words of every later turn."""
    return tuple(_word(it) for it in _WORD.findall(fold(text)))


def _word(written: str) -> str:
    if written.isdigit():
        return "0" * min(len(written), 5)
    return stem(written) if written.isascii() and written.isalpha() else written[:3]


def _runs(words: list[str]) -> dict[str, float]:
    """Every word, and every two and three that follow each other; Latin words with a space between."""
    gaps = [" " if one.isascii() and other.isascii() else "" for one, other in pairwise(words)]
    twos = [f"{one}{gap}{other}" for one, gap, other in zip(words, gaps, words[1:], strict=False)]
    threes = [f"{two}{gap}{third}" for two, gap, third in zip(twos, gaps[1:], words[2:], strict=False)]
    return {run: 1 + log(count) for run, count in Counter([*words, *twos, *threes]).items()}


def _kinds(said: str, earlier: list[str]) -> dict[str, float]:
    now, before = kinds_of(said), sorted({kind for text in earlier for kind in kinds_of(text)})
    found = {f"<{kind}>": 1.0 for kind in now}
    found |= {f"<{one}> with <{other}>": 1.0 for one, other in combinations(now, 2)}
    return found | {f"earlier <{kind}>": 0.5 for kind in before}


@lru_cache(maxsize=8192)
def kinds_of(text: str) -> tuple[str, ...]:
    """Which kinds of words a text holds, sorted; the same kinds in both languages."""
    folded = fold(text)
    return tuple(kind for kind, pattern in _patterns() if pattern.search(folded))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw: dict[str, dict[str, str]] = tomllib.loads(resources.files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return tuple((kind, re.compile(rf"(?:{ways['zh']})|\b(?:{ways['en']})\b")) for kind, ways in sorted(raw.items()))


def _course(talk: list[Turn]) -> dict[str, float]:
    """How the conversation went, and what the cue tables say, in steps."""
    said, before = talk[-1].said, talk[-1].before
    found = (*signs(said), *stakes(said))
    course = {
        f"{'for' if score > 0 else 'against'} {reason}": _step(score) for reason in PRIORITY if (score := total(found, reason))
    }
    course |= {f"mood {sign.points_to}": 1.0 for sign in signs(said, "emotion") if sign.weight > 0}
    course |= {f"answer {sign.points_to}": 1.0 for sign in signs(said, "feedback") if sign.weight > 0}
    course |= {f"pressing {sign.points_to}": 1.0 for sign in signs(said, "urgency") if sign.weight > 0}
    missed = failures(talk)
    course |= {f"{n} answers missed": 1.5 for n in range(1, min(missed, 3) + 1)}
    answers = sum(bool(turn.before) for turn in talk)
    course |= {f"{n} answers given": 0.5 for n in range(1, min(answers, 4) + 1)}
    repeated = max((alike(said, turn.said) for turn in talk[:-1]), default=0.0)
    course["says it again"] = repeated
    course["answered alike"] = max((alike(before, turn.before) for turn in talk[:-1] if turn.before and before), default=0.0)
    words = len(words_of(said))
    course |= {f"{n} words or more": 0.5 for n in (5, 10, 20, 40, 80) if words >= n}
    return {f"({name})": TALK_COUNTS * value for name, value in course.items() if value}


def _step(score: float) -> float:
    return min(1.5, abs(score)) * 2


def _of_length(found: dict[str, float], length: float) -> dict[str, float]:
    norm = sqrt(sum(value * value for value in found.values()))
    return {name: length * value / norm for name, value in found.items()} if norm else {}
