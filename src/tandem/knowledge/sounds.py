"""Slips of Chinese input: the right sound, the wrong character (「退获」 for 「退货」, 「快地」 for 「快递」).

A character that means nothing by itself and stands beside its neighbours as it does nowhere in the knowledge, in no saying and in no word of the
language is exchanged for one that sounds the same, stands beside one of them in the knowledge, and makes a saying, the longest it can, or a row
that the knowledge has. Tones do not count: whoever types by sound gives none. Where no character or several would do, the text stays as it is.
`sounds.txt` says what sounds alike, `real_words.txt` what is a word; they are read with the first character that is in doubt.
"""

from collections.abc import Container
from functools import cache
from importlib import resources

from tandem.knowledge.words import FUNCTION_WORDS, fold, is_han, is_saying, runs, said_pairs, saying_around

_ROW = 3
"""Characters in a row that are hardly ever met by chance."""


def put_right(text: str, known: Container[str]) -> str:
    """The text with such slips put right. `known`: the pairs of characters that the knowledge has."""
    folded = right = fold(text)
    for run in runs(folded):
        if len(run) > 1 and is_han(run):
            right = right.replace(run, _run_put_right(run, known), 1)
    return text if right == folded else right


def _run_put_right(run: str, known: Container[str]) -> str:
    pairs = said_pairs()
    for at, character in enumerate(run):
        before, after = run[at - 1 : at], run[at + 1 : at + 2]
        around = [pair for pair in (before + character, character + after) if pair != character]
        if (
            character in FUNCTION_WORDS
            or is_saying(character)
            or any(pair in pairs or pair in known for pair in around)
            or any(pair[1] in _real_words().get(pair[0], "") for pair in around)
        ):
            continue
        able = {
            it: _belongs(run[:at] + it + run[at + 1 :], at, known)
            for it in _sounding_like(character)
            if before + it in known or it + after in known
        }
        best = [it for it, much in able.items() if much and much == max(able.values())]
        if len(best) == 1:
            run = run[:at] + best[0] + run[at + 1 :]
    return run


def _belongs(run: str, at: int, known: Container[str]) -> int:
    """How firmly a character stands where it does: the length of a saying that it is part of; 1 if it is part of three characters in a row
    of which the knowledge has both pairs; else 0."""
    rows = (run[start : start + _ROW] for start in range(max(0, at - _ROW + 1), at + 1))
    return saying_around(run, at) or any(
        len(row) == _ROW and FUNCTION_WORDS.isdisjoint(row) and row[:2] in known and row[1:] in known for row in rows
    )


@cache
def _real_words() -> dict[str, str]:
    """Of each character those that make a word behind it."""
    lines = resources.files(__package__).joinpath("real_words.txt").read_text("utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))


@cache
def _table() -> dict[str, str]:
    """Of each character those that sound like it."""
    alike: dict[str, str] = {}
    for line in resources.files(__package__).joinpath("sounds.txt").read_text("utf-8").splitlines():
        _, _, characters = line.partition(" ")
        for character in "" if line.startswith("#") else characters:
            alike[character] = alike.get(character, "") + characters
    return alike


@cache
def _sounding_like(character: str) -> tuple[str, ...]:
    return tuple(it for it in dict.fromkeys(_table().get(character, "")) if it != character and it not in FUNCTION_WORDS)
