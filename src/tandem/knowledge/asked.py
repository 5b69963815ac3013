"""A question as weights, and how well rows of terms fit it."""

from functools import lru_cache

import numpy as np
from msgspec import Struct

from tandem.knowledge.postings import PAIR, Flags, Floats, Places, Rows, Vocabulary, kind_of, spread
from tandem.knowledge.wording import Word, in_part, words_of
from tandem.knowledge.words import features, shared

SINGLES = 0.75
"""The part of a form's fit that single terms decide; pairs decide the rest."""
FORM_COUNTS = 0.6
"""How much the share of the form that was asked for counts, against the share of the question that it accounts for."""
ANSWER_HELPS = 0.35
"""How far a matching answer may raise an article towards 1."""
ALONE = 0.6
"""A single concept says less than three: across languages n of them count n / (n + ALONE)."""
NEARLY = 0.5
"""A form that fits at least this part as well as the best of its article is read word by word too: single terms alone do not tell which says the same."""
_NOTHING = 1e-9
_features = lru_cache(maxsize=256)(features)
"""A question is looked for in two languages."""


class Known(Struct):
    """What is known of every term at the moment. `is_shared`: whether texts in two languages can share it. `unseen`: by kind, the
    weight of a term that nobody ever used here."""

    vocabulary: Vocabulary
    weight: Floats
    is_pair: Flags
    is_shared: Flags
    unseen: Floats


class Asked:
    """`said` are all its terms, `words` its words of content. `terms` are those that stand anywhere in the knowledge, `matter` and
    `pair_matter` the weight of all single terms and of all pairs, `strange` the weight of the single terms that nobody ever used here."""

    def __init__(self, text: str, known: Known, *, crossing: bool = False) -> None:
        """`crossing`: articles in another language are looked for, with which only concepts and numbers can be shared."""
        self.text, self.known, self.crossing = text, known, crossing
        self.matter = self.pair_matter = self.strange = 0.0
        numbers: list[int] = []
        self._singles: dict[int, float] = {}
        self.said = _features(text)
        self.words = words_of(text)
        asked, self.spoken = shared(text) if crossing else (self.said, 1.0)
        self._shared = len(asked)
        for term in asked:
            kind, number = kind_of(term), known.vocabulary.find(term)
            weight = float(known.unseen[kind] if number is None else known.weight[number])
            if kind == PAIR:
                self.pair_matter += weight
            else:
                self.matter += weight
                self.strange += weight if number is None else 0.0
            if number is not None:
                numbers.append(number)
                if kind != PAIR:
                    self._singles[number] = weight
        self.terms = np.array(numbers, dtype=np.int64)
        self._wordings = [self._numbered(word) for word in self.words]
        self._spoken = np.array(
            [*numbers, *(it for _, meant, written, _ in self._wordings for it in (*meant, *written))], dtype=np.int64
        )
        self._pairs = 1 - SINGLES if self.pair_matter else 0.0

    def fit(self, met: Floats, pairs_met: Floats, matter: Floats, pair_matter: Floats) -> Floats:
        """Of forms, 0 to 1: the F-measure (van Rijsbergen, "Information Retrieval", 1979) of the share of the question that a
        form accounts for and the share of the form that was asked for. `met`: the weight of the terms shared with the
        question; `matter`: of all terms of the form."""
        single = (1 - self._pairs) * (1 + FORM_COUNTS) / (self.matter + FORM_COUNTS * matter + _NOTHING)
        pair = self._pairs * (1 + FORM_COUNTS) / (self.pair_matter + FORM_COUNTS * pair_matter + _NOTHING)
        fit: Floats = np.minimum(met * single + pairs_met * pair, 1.0)
        return fit

    def counting(self, fit: float) -> float:
        """A fit across languages against one within a language: what of the question is no concept may ask for anything."""
        if not self.crossing:
            return fit
        return fit * self.spoken * self._shared / (self._shared + ALONE)

    def told(self, met: Floats, pairs_met: Floats) -> Floats:
        """Of answers, 0 to 1: the share of the question that an answer speaks of."""
        single, pair = (1 - self._pairs) / (self.matter + _NOTHING), self._pairs / (self.pair_matter + _NOTHING)
        told: Floats = met * single
        if self._pairs:
            told += pairs_met * pair
        np.minimum(told, 1.0, out=told)
        return told

    def at_most(self, told: Floats) -> Floats:
        """The fit of a form that meets this share of the question and contains nothing else."""
        return np.minimum((1 + FORM_COUNTS) * told / (1 + FORM_COUNTS * told), 1.0)

    def exactly(self, rows: Rows, some: Places, places: Places) -> Floats:
        """The fit of articles from their rows. `places` ascend; `some`: all their rows in that order."""
        at, of = spread(rows.start[some], rows.start[some + 1])
        terms = rows.terms[at]
        weight, paired = self.known.weight[terms], self.known.is_pair[terms]
        met_here = self._among(self.terms)[terms]

        def total(values: Flags) -> Floats:
            return np.bincount(of, weight * values, minlength=len(some)).astype(np.float32)

        met, pairs_met = total(met_here & ~paired), total(met_here & paired)
        form = rows.is_form[some]
        fit, told = np.zeros(len(places), np.float32), np.zeros(len(places), np.float32)
        owner = np.searchsorted(places, rows.article[some])
        counts = self.known.is_shared[terms] if self.crossing else ~paired
        np.maximum.at(fit, owner[form], self.fit(met, pairs_met, total(counts), total(paired))[form])
        np.maximum.at(told, owner[~form], self.told(met, pairs_met)[~form])
        return together(fit, told)

    def _among(self, some: Places) -> Flags:
        """Of every term of the knowledge, whether it is one of these."""
        flags = np.zeros(len(self.known.weight), np.bool_)
        flags[some] = True
        return flags

    def covered(self, has: set[int]) -> float:
        """The share of the question's single terms that these terms account for."""
        return sum(self._singles[term] for term in self._singles.keys() & has) / (self.matter + _NOTHING)

    def worded(self, has: set[int]) -> float:
        """The share of the words of content that these terms have (as `wording.spoken_of` counts), 0 to 1."""
        met = sum([counts * _met(has, concepts, written, of) for counts, concepts, written, of in self._wordings])
        return met / sum([word.counts for word in self.words]) if self.words else 1.0

    def _numbered(self, word: Word) -> tuple[float, set[int], set[int], int]:
        """What it counts, its concepts, the terms it is written with as far as this knowledge has them, and how many it is written with. Han
        text is not shared with another language."""
        number = self.known.vocabulary.numbers
        concepts = {number[it] for it in word.concepts if it in number}
        foreign = self.crossing and not word.written[0].isascii()
        written = set() if foreign else {number[it] for it in word.written if it in number}
        return word.counts, concepts, written, len(set(word.written))

    def read(self, rows: Rows, places: Places) -> list[tuple[set[int], list[int]]]:
        """Of articles, by ascending place: which of the terms that are asked for or spoken of they have anywhere, and which of their forms
        fit best by their single terms, two at most."""
        some = rows.of(places)
        at, of = spread(rows.start[some], rows.start[some + 1])
        terms = rows.terms[at]
        weight = self.known.weight[terms] * (self.known.is_shared[terms] if self.crossing else ~self.known.is_pair[terms])
        here = np.flatnonzero(self._among(self._spoken)[terms])
        found, in_row = terms[here], of[here]
        met = np.bincount(in_row, weight[here] * self._among(self.terms)[found], minlength=len(some))
        fit = met / (self.matter + FORM_COUNTS * np.bincount(of, weight, minlength=len(some)) + _NOTHING)
        first = np.searchsorted(rows.article[some], places)
        has: list[set[int]] = [set() for _ in first]
        for nth, term in zip((np.searchsorted(first, in_row, "right") - 1).tolist(), found.tolist(), strict=True):
            has[nth].add(term)
        answer = (*first.tolist()[1:], len(some))
        fits = fit.tolist()
        return [(it, _closest(fits[one : last - 1])) for it, one, last in zip(has, first.tolist(), answer, strict=True)]


def _met(has: set[int], concepts: set[int], written: set[int], of: int) -> float:
    if not concepts.isdisjoint(has):
        return 1.0
    return in_part(len(written & has), of)


def _closest(fits: list[float]) -> list[int]:
    """The best, and the second if it comes near."""
    best = max(range(len(fits)), key=fits.__getitem__)
    second = max((at for at in range(len(fits)) if at != best), key=fits.__getitem__, default=best)
    return [best, second] if fits[second] > NEARLY * fits[best] and second != best else [best]


def together(fit: Floats, told: Floats) -> Floats:
    """An article's fit from that of its best form and that of its answer."""
    return fit + (1 - fit) * ANSWER_HELPS * told
