"""How much two ways of asking have in common, word by word.

A share says nothing of how much it is a share of: of "can I swim" all may be spoken of where little was said. And weighed terms (`asked`)
and words that count alike (`wording`) know a concept or do not know it. Here meaning has degrees: the groups of everyday words overlap, and
two sayings are the nearer, the more groups have both (the cosine between their groups). Words weigh by how rare they are in these articles, in
whatever words their meaning was said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import log

from msgspec import Struct

from tandem.knowledge.words import FUNCTION_WORDS, fold, is_han, longest_said, longest_saying, runs, senses_of, stem, uncourteous

PARTLY = 0.7
"""What a word counts at most of which some pairs of characters, or runs of three letters, are met."""
_SHORTEST = 4
"""Runs of letters that a Latin word needs to be known when misspelt."""
_LONE = 0.35
"""What two short Han words count that share a character."""
_HALF = 0.5
"""A single Han character of no known meaning is half a word."""
_SAMPLE = 2000
"""Articles from which it is learned how rare a word is."""
_FEWEST = 40
"""Of fewer articles than this nothing is learned of how common a word is: it counts as if there were so many."""
_KEPT = 50_000
"""Words whose rarity is remembered."""
_MOST = 40
"""Words of a text that are read."""


class Word(Struct, frozen=True):
    """`key`: how it is written, stemmed. `senses`: groups of everyday words with strengths. `pieces`: what it is written with."""

    key: str
    senses: dict[str, float]
    pieces: frozenset[str]
    is_han: bool


class Usage:
    """How rare words are in some texts, 0 to 1."""

    def __init__(self, forms_of_each: Sequence[tuple[str, ...]]) -> None:
        some = forms_of_each[:: max(1, len(forms_of_each) // _SAMPLE)]
        self._articles = max(len(some), _FEWEST)
        self._used: Counter[str] = Counter()
        for forms in some:
            words = [word for form in forms for word in words_in(form)]
            self._used.update({word.key for word in words} | {f"§{sense}" for word in words for sense in word.senses})
        self._most = self._rarity(0.0)
        self._known: dict[str, float] = {}

    def rarity(self, word: Word) -> float:
        known = self._known.get(word.key)
        if known is None:
            meant = sum(strength**2 * self._used[f"§{sense}"] for sense, strength in word.senses.items())
            half = _HALF if len(word.key) == 1 and word.is_han and not word.senses else 1.0
            known = self._rarity(max(self._used[word.key], meant)) / self._most * half
            if len(self._known) < _KEPT:
                self._known[word.key] = known
        return known

    def rated(self, words: tuple[Word, ...]) -> list[tuple[str, float]]:
        """The keys of words, with how rare each is."""
        return [(word.key, self.rarity(word)) for word in words]

    def _rarity(self, used: float) -> float:
        return log(1 + (self._articles - used + 0.5) / (used + 0.5))


def said_of(rated: list[tuple[str, float]], form: tuple[Word, ...]) -> float:
    """How much a form says of what was asked, which was `Usage.rated` before: a word that is used nowhere else counts 1, one that all
    articles use hardly anything."""
    theirs = [other.key for other in form]
    if not theirs:
        return 0.0
    return sum([rarity if one in theirs else rarity * max([_alike(one, other) for other in theirs]) for one, rarity in rated])


@lru_cache(maxsize=32768)
def _alike(one: str, other: str) -> float:
    """Of two words by their keys, 0 to 1."""
    if one == other:
        return 1.0
    mine, theirs = _word(one), _word(other)
    written = _written_alike(mine, theirs)
    if not mine.senses or not theirs.senses:
        return written
    meant = sum([strength * theirs.senses[sense] for sense, strength in mine.senses.items() if sense in theirs.senses])
    return max(min(meant, 1.0), written)


def _written_alike(one: Word, other: Word) -> float:
    if one.is_han != other.is_han:
        return 0.0
    both = len(one.pieces & other.pieces)
    common = both / min(len(one.pieces), len(other.pieces)) if both else 0.0
    if not one.is_han:
        return PARTLY * common if len(one.pieces) >= _SHORTEST else 0.0
    short = len(one.key) <= 2 and len(other.key) <= 2
    return max(PARTLY * common, _LONE if short and not set(one.key).isdisjoint(other.key) else 0.0)


@lru_cache(maxsize=8192)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of content, in order: the longest sayings of the groups, and what lies between them."""
    keys: list[str] = []
    latin: list[str] = []
    for run in (*runs(uncourteous(fold(text))), ""):
        if run and not is_han(run):
            latin.append(stem(run))
            continue
        keys += _latin(latin)
        latin = []
        keys += _han(run)
    return tuple(_word(key) for key in keys[:_MOST])


def _latin(words: list[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        said = longest_said(words, at) or words[at]
        if said not in FUNCTION_WORDS:
            yield said
        at += said.count(" ") + 1


def _han(run: str) -> Iterator[str]:
    at = begun = 0
    while at < len(run):
        saying = longest_saying(run, at)
        if saying or run[at] in FUNCTION_WORDS:
            yield from _content((run[begun:at], saying))
            at += len(saying) or 1
            begun = at
        else:
            at += 1
    yield from _content((run[begun:],))


def _content(some: Iterable[str]) -> Iterator[str]:
    return (it for it in some if it and not FUNCTION_WORDS.issuperset(it))


@lru_cache(maxsize=16384)
def _word(key: str) -> Word:
    senses = dict(senses_of(key))
    if is_han(key):
        return Word(key, senses, frozenset(key[i : i + 2] for i in range(len(key) - 1)), True)
    framed = f"^{key}$"
    return Word(key, senses, frozenset(framed[i : i + 3] for i in range(len(framed) - 2)), False)
