"""Texts taken apart into clauses, and clauses as rows of runs: up to four characters or words that follow each other.

Runs are numbered by their hash (Weinberger and others, "Feature hashing for large scale multitask learning", 2009), so that no
number of texts fills the memory with names; runs that hardly any text has are dropped.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer

from tandem.knowledge.words import fold

Places = NDArray[np.intp]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_UNIT = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:'[a-z]+)?|[?!]")
_PIECE = re.compile(r"[^,.;:?!。、~…\n]+[?!]*|[?!]+")
LONGEST_RUN = 4
WORTH_READING_ALONE = 5
"""Units of a clause: pieces between marks are joined until they have as many, for 「不错」 says more beside what it is said of."""
_LONGEST_CLAUSE = 24
_MOST_CLAUSES = 40
"""Of a longer text the beginning and the end are read, where people say what they make of it."""
_HASHES = 2**22
_SEEN_AT_LEAST = 5
"""Texts a run must occur in."""


class Clauses(Struct, frozen=True):
    """`rows`: clauses × runs, how often each is there. `start[t]:start[t + 1]` are the clauses of text t, at least one."""

    rows: csr_matrix
    start: Places

    def of(self, texts: Places) -> "Clauses":
        """The clauses of some texts, in their order."""
        count = self.start[texts + 1] - self.start[texts]
        start = np.concatenate([[0], np.cumsum(count)])
        at = np.arange(start[-1]) + np.repeat(self.start[texts] - start[:-1], count)
        return Clauses(self.rows[at], start)

    def whole(self) -> csr_matrix:
        """Texts × runs."""
        clauses = self.rows.shape[0]
        sums = csr_matrix((np.ones(clauses, np.float32), np.arange(clauses), self.start), shape=(len(self.start) - 1, clauses))
        return csr_matrix(sums @ self.rows)


class Reader:
    """Knows the runs of the texts it was made from, at least `_SEEN_AT_LEAST` of each; `taught` are their clauses."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._hashed = HashingVectorizer(analyzer=_runs, n_features=_HASHES, alternate_sign=False, norm=None, dtype=np.float32)
        rows, start = self._read(texts)
        whole = Clauses(rows, start).whole()
        often = np.bincount(whole.indices, minlength=_HASHES) >= _SEEN_AT_LEAST
        self._place = np.where(often, np.cumsum(often) - 1, -1).astype(np.int32)
        self._count = int(often.sum())
        self.taught = Clauses(self._known(rows), start)

    def __call__(self, texts: Sequence[str]) -> Clauses:
        rows, start = self._read(texts)
        return Clauses(self._known(rows), start)

    def _read(self, texts: Sequence[str]) -> tuple[csr_matrix, Places]:
        read = [list(clauses_of(text)) for text in texts]
        rows = self._hashed.transform([clause for clauses in read for clause in clauses])
        return rows, np.concatenate([[0], np.cumsum([len(clauses) for clauses in read])])

    def _known(self, rows: csr_matrix) -> csr_matrix:
        """Only the columns that are kept, without an array as long as there are hashes."""
        column = self._place[rows.indices]
        kept = column >= 0
        start = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
        return csr_matrix((rows.data[kept], column[kept], start), shape=(rows.shape[0], self._count))


def clauses_of(text: str) -> Iterator[list[list[str]]]:
    """Each clause as its pieces between marks, each piece as its units: Han characters singly, other words, marks of asking and
    calling. A text of nothing is one clause of nothing."""
    found = list(_joined(text))
    if len(found) > _MOST_CLAUSES:
        found = [*found[: _MOST_CLAUSES // 2], *found[-(_MOST_CLAUSES // 2) :]]
    yield from found or [[]]


def _joined(text: str) -> Iterator[list[list[str]]]:
    clause: list[list[str]] = []
    long = 0
    for piece in _PIECE.findall(fold(text)):
        units = _UNIT.findall(piece)
        for part in (units[i : i + _LONGEST_CLAUSE] for i in range(0, len(units), _LONGEST_CLAUSE)):
            clause.append(part)
            long += len(part)
            if long >= WORTH_READING_ALONE:
                yield clause
                clause, long = [], 0
    if clause:
        yield clause


def _runs(clause: list[list[str]]) -> list[str]:
    return [
        " ".join(units[i : i + length])
        for units in clause
        for length in range(1, LONGEST_RUN + 1)
        for i in range(len(units) - length + 1)
    ]
