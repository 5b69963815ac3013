"""Rows of terms as arrays: which terms stand in a row, which rows have a term, and what every term weighs.

A row is one way of asking (a *form*) or the text of one answer. Rows of an article follow each other.

What a term weighs is how rare it is among the articles, times how *steady* it is: of two ways in which an article is asked for,
how often do both have it? 「啊」 and "please" come and go between paraphrases, 「发票」 stays. Knowledge itself thereby teaches
which words carry the matter.
"""

from array import array
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from tandem.knowledge.words import FUNCTION_WORDS

Ints = NDArray[np.int32]
Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

PAIR, FUNCTION, CONCEPT, HAN, WORD, NUMBER, EVERYDAY = range(7)
SHARED = (CONCEPT, NUMBER, EVERYDAY)
"""What texts in two languages can have in common."""
_STEADY = np.array([0.5, 0.35, 0.4, 0.7, 0.7, 0.7, 0.08], dtype=np.float32)
"""How steady a kind of term is expected to be."""
DOUBT = 4.0
"""So many imagined pairs of paraphrases stand behind what is expected before any pair was seen."""
STEADINESS_COUNTS = 0.4
"""With 1, questions of a group are found best among thousands of unlike ones; with less, neighbours that differ by a small word
are told apart. Chosen by looking at LCQMC groups (dev, and 3,000 of test) and at the questions in tests/assistant."""


def kind_of(term: str) -> int:
    if term[0] == "~" or (len(term) == 2 and not term.isascii()):
        return PAIR
    if term in FUNCTION_WORDS:
        return FUNCTION
    if term[0] == "§":
        return EVERYDAY if term[1] == "_" else CONCEPT
    if term.isdigit():
        return NUMBER
    return HAN if len(term) == 1 and not term.isascii() else WORD


class Vocabulary:
    """Terms numbered in the order in which they were first seen, with their kind."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._kinds = array("b")

    def __len__(self) -> int:
        return len(self._kinds)

    @property
    def numbers(self) -> Mapping[str, int]:
        """Of each term."""
        return self._number

    def add(self, terms: Iterable[str]) -> list[int]:
        return [self._of(term) for term in terms]

    def find(self, term: str) -> int | None:
        return self._number.get(term)

    def kinds(self) -> NDArray[np.int8]:
        return np.frombuffer(self._kinds.tobytes(), dtype=np.int8)

    def _of(self, term: str) -> int:
        number = self._number.get(term)
        if number is None:
            number = self._number[term] = len(self._kinds)
            self._kinds.append(kind_of(term))
        return number


class Rows:
    """Rows forwards: `terms[start[r]:start[r + 1]]` are the terms of row r, `article[r]` the place of its article (ascending)."""

    def __init__(self, terms: Ints, start: Places, article: Ints, is_form: Flags) -> None:
        self.terms, self.start, self.article, self.is_form = terms, start, article, is_form

    def __len__(self) -> int:
        return len(self.article)

    def of(self, places: Places) -> Places:
        """The rows of some articles, in the order of `places`."""
        return spread(np.searchsorted(self.article, places), np.searchsorted(self.article, places, "right"))[0]

    def only(self, rows: Places) -> "Rows":
        at, _ = spread(self.start[rows], self.start[rows + 1])
        lengths = self.start[rows + 1] - self.start[rows]
        return Rows(self.terms[at], np.concatenate([[0], np.cumsum(lengths)]), self.article[rows], self.is_form[rows])

    def followed_by(self, more: "Rows") -> "Rows":
        return Rows(
            np.concatenate([self.terms, more.terms]),
            np.concatenate([self.start, self.start[-1] + more.start[1:]]),
            np.concatenate([self.article, more.article]),
            np.concatenate([self.is_form, more.is_form]),
        )

    def row_of_posting(self) -> Ints:
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.start))


class Written:
    """Rows as they come in. `rows()` is what was written so far."""

    def __init__(self) -> None:
        self._terms, self._ends, self._article, self._is_form = array("i"), array("q", [0]), array("i"), array("b")

    def add(self, terms: list[int], article: int, *, is_form: bool) -> None:
        self._terms.extend(terms)
        self._ends.append(len(self._terms))
        self._article.append(article)
        self._is_form.append(is_form)

    def rows(self) -> Rows:
        return Rows(
            np.frombuffer(self._terms.tobytes(), dtype=np.int32),
            np.frombuffer(self._ends.tobytes(), dtype=np.int64),
            np.frombuffer(self._article.tobytes(), dtype=np.int32),
            np.frombuffer(self._is_form.tobytes(), dtype=np.bool_),
        )


class Postings:
    """Rows backwards, and weighed. `matter[r]`, `pair_matter[r]` and `shared_matter[r]`: the whole weight of a row's single terms, of its
    pairs, and of what it can share with another language.
    `first_row[a]` to `answer_row[a]`: an article's rows; the one of its answer is the last."""

    def __init__(self, rows: Rows, kinds: NDArray[np.int8], articles: int) -> None:
        self.first_row, self.answer_row = np.flatnonzero(_changes(rows.article)), np.flatnonzero(~rows.is_form)
        self._nth_forms = _nth_forms(self.first_row, self.answer_row)
        row_of = rows.row_of_posting()
        order = np.argsort(rows.terms, kind="stable")
        self._rows = row_of[order]
        self._first = np.concatenate([[0], np.cumsum(np.bincount(rows.terms, minlength=len(kinds)))]).astype(np.int64)
        self.unseen = (_rarity(articles, np.zeros(1)) * _STEADY**STEADINESS_COUNTS).astype(np.float32)
        self.weight = _weights(rows, rows.terms[order], self._rows, kinds, articles)
        of_row, paired = self.weight[rows.terms], (kinds == PAIR)[rows.terms]
        self.matter = _sums(row_of, of_row * ~paired, len(rows))
        self.shared_matter = _sums(row_of, of_row * np.isin(kinds, SHARED)[rows.terms], len(rows))
        self.pair_matter = _sums(row_of, of_row * paired, len(rows))

    def best_forms(self, of_row: Floats) -> Floats:
        """For every article the highest of what its forms have. All first forms at once, then all second ones and so on: several times
        as fast as going from article to article."""
        best = of_row[self.first_row]
        for places, rows in self._nth_forms:
            best[places] = np.maximum(best[places], of_row[rows])
        return best

    def of(self, term: int) -> Ints:
        """The rows that have a term, ascending; none for a term that came later."""
        return self._rows[self._first[term] : self._first[term + 1]] if term + 1 < len(self._first) else self._rows[:0]


def spread(start: Places, end: Places) -> tuple[Places, Places]:
    """All numbers of several ranges one after the other, and of which range each is."""
    lengths = end - start
    of = np.repeat(np.arange(len(start)), lengths)
    return np.arange(len(of)) + (start - (np.cumsum(lengths) - lengths))[of], of


def _nth_forms(first_row: Places, answer_row: Places) -> list[tuple[Places, Places]]:
    """From the second form on: the places of the articles that have so many, and the rows of these forms."""
    forms = answer_row - first_row
    some = (np.flatnonzero(forms > nth) for nth in range(1, int(forms.max(initial=0))))
    return [(places, first_row[places] + nth) for nth, places in enumerate(some, start=1)]


def _weights(rows: Rows, terms: Ints, in_row: Ints, kinds: NDArray[np.int8], articles: int) -> Floats:
    """`terms` and `in_row`: every posting's term and row, in the order of terms. Answers teach nothing about asking."""
    asked = rows.is_form[in_row]
    terms, article = terms[asked], rows.article[in_row[asked]]
    first = np.flatnonzero(_changes(terms) | _changes(article))
    having = np.diff(np.append(first, len(terms)))
    terms, article = terms[first], article[first]
    forms = np.bincount(rows.article[rows.is_form], minlength=1)[article]
    lacking = forms - having
    both = _sums(terms, having * (having - 1) / 2, len(kinds))
    either = _sums(terms, (forms * (forms - 1) - lacking * (lacking - 1)) / 2, len(kinds))
    steady = ((both + DOUBT * _STEADY[kinds]) / (either + DOUBT)) ** STEADINESS_COUNTS
    weights: Floats = (_rarity(articles, np.bincount(terms, minlength=len(kinds))) * steady).astype(np.float32)
    return weights


def _rarity(articles: int, within: NDArray[np.float64] | Places) -> NDArray[np.float64]:
    """The inverse document frequency of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009)."""
    rarity: NDArray[np.float64] = np.log(1 + (articles - within + 0.5) / (within + 0.5))
    return rarity


def _changes(values: Ints) -> Flags:
    """Where a value differs from the one before it; the first always does."""
    changes = np.ones(len(values), dtype=np.bool_)
    changes[1:] = values[1:] != values[:-1]
    return changes


def _sums(of: Ints, values: NDArray[np.float64] | Floats, count: int) -> Floats:
    return np.bincount(of, values, minlength=count).astype(np.float32)
