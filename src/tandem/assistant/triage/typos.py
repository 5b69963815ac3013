"""Slips of the finger in the words by which a person is asked for: "agnet", "humen", "speek to an operater"."""

import re
from functools import cache
from itertools import pairwise

_MATTER = (
    "human", "person", "agent", "operator", "representative", "supervisor", "manager", "someone", "somebody", "speak",
    "transfer", "connect", "customer", "service", "talk", "please",
)  # fmt: skip
_REAL_WORDS = frozenset(
    {"hman", "tale", "tall", "tlak", "gent", "gents", "peak", "speck", "spak", "manger", "purser", "prison", "parson"}
)
_VOWELS = "aeiou"
_WORD = re.compile(r"[a-z]{4,}")


def mend(text: str) -> str:
    """The text with such slips put right; every other word as it was."""
    known = _slips()
    return _WORD.sub(lambda word: known.get(word.group(), word.group()), text)


@cache
def _slips() -> dict[str, str]:
    slips = {slip: word for word in _MATTER for slip in _ways_to_slip(word)}
    return {slip: word for slip, word in slips.items() if slip not in _REAL_WORDS and slip not in _MATTER}


def _ways_to_slip(word: str) -> set[str]:
    """Two letters swapped, one left out (not the first), one doubled, one vowel for another."""
    swapped = {word[:i] + b + a + word[i + 2 :] for i, (a, b) in enumerate(pairwise(word))}
    left_out = {word[:i] + word[i + 1 :] for i in range(1, len(word))} if len(word) > 4 else set()
    doubled = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    other_vowel = {word[:i] + v + word[i + 1 :] for i, c in enumerate(word) if c in _VOWELS for v in _VOWELS}
    return (swapped | left_out | doubled | other_vowel) - {word}
