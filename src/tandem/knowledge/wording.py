"""A text as words of content, and which part of them another text speaks of.

Shares of weighed terms (`asked`) rate what is rare; here every word of content counts alike, and a word nobody speaks of is told from
one that is only said in another way. That says more about whether something was answered at all.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from tandem.knowledge.words import FUNCTION_WORDS, fold, is_han, longest_saying, meant_by, runs, stem, uncourteous

PARTLY = 0.7
"""What a Han word counts of which some pairs of characters are met."""
_LONE = 0.5
"""A single Han character is half a word."""


class Word(Struct, frozen=True):
    """The terms it is written with, and the concepts it may stand for. `counts`: how much."""

    written: tuple[str, ...]
    concepts: tuple[str, ...]
    counts: float = 1.0


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of content, in order: sayings of the glossary, and what lies between them."""
    found: list[Word] = []
    for run in runs(uncourteous(fold(text))):
        if is_han(run):
            found += _han_words(run)
        elif stem(run) not in FUNCTION_WORDS:
            found.append(Word((stem(run),), meant_by(stem(run))))
    return tuple(found)


def spoken_of(words: tuple[Word, ...], met: Callable[[str], bool], *, crossing: bool = False) -> float:
    """The share of `words` that is met, 0 to 1; 1 if there are none. `met`: whether a term stands in the other text. `crossing`: that is
    in another language, with which no Han character is shared."""
    all_of_them = sum([word.counts for word in words])
    return sum([word.counts * _met(word, met, crossing) for word in words]) / all_of_them if words else 1.0


def _met(word: Word, met: Callable[[str], bool], crossing: bool) -> float:
    for concept in word.concepts:
        if met(concept):
            return 1.0
    if crossing and not word.written[0].isascii():
        return 0.0
    return in_part(sum([met(term) for term in word.written]), len(word.written))


def in_part(met: int, of: int) -> float:
    """What a word counts of which so many terms are met."""
    return 1.0 if met == of else met / of * PARTLY


def _han_words(run: str) -> Iterator[Word]:
    at = begun = 0
    while at < len(run):
        saying = longest_saying(run, at)
        if saying or run[at] in FUNCTION_WORDS:
            yield from _word(run[begun:at])
            yield from _word(saying)
            at += len(saying) or 1
            begun = at
        else:
            at += 1
    yield from _word(run[begun:])


def _word(han: str) -> Iterator[Word]:
    if han:
        written = tuple(han[i : i + 2] for i in range(len(han) - 1)) or (han,)
        yield Word(written, meant_by(han), 1.0 if len(han) > 1 else _LONE)
