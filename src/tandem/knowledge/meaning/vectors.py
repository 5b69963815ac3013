"""What an encoder made of articles, and which of them are near a text.

Encoders differ in what cosine unrelated texts have, and one encoder does from language to language, so where nearness begins is learned
from the articles themselves: at what two of them in a language have to each other. And an encoder that was made for one language says
nothing in another, but says it firmly. Whether it reads a language shows in whether it finds answers by their own questions.
"""

from collections.abc import Iterable
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from tandem.knowledge.meaning.encoder import Matrix, Vector
from tandem.knowledge.meaning.sketch import Sketch

_SAMPLED = 300
"""Articles of a language that say what is usual in it."""
_ENOUGH = 8
"""With fewer articles in a language the encoder is taken to read it."""
READS = 0.75
"""The chance that a question is nearer to its own answer than to another one, from which on a language counts as read. all-MiniLM-L6-v2
has .89 and .90 in the English articles of two shops, and .63 in the Chinese ones, of which it knows single characters."""
_HIGHEST = 0.98
"""Nearness never begins above this cosine: with nearly identical articles nothing would be left to tell them apart."""
_LATE = 0.05
"""The part of the articles that may have changed before their matrix is made anew."""


class Meanings:
    """The vectors of articles, by language; the last row of each is its answer. An article is as near as its nearest row."""

    def __init__(self, vectors: Iterable[tuple[UUID, str, Matrix]] = ()) -> None:
        self._by_lang: dict[str, _Language] = {}
        self._lang_of: dict[UUID, str] = {}
        for it in vectors:
            self.put(*it)

    def put(self, article: UUID, lang: str, vectors: Matrix) -> None:
        self.remove(article)
        self._lang_of[article] = lang
        self._by_lang.setdefault(lang, _Language()).put(article, vectors)

    def remove(self, article: UUID) -> None:
        lang = self._lang_of.pop(article, None)
        if lang is not None:
            self._by_lang[lang].remove(article)

    def reads(self, lang: str) -> bool:
        """Whether the encoder makes sense of a language, as far as one can tell."""
        return lang not in self._by_lang or self._by_lang[lang].is_read

    def near(self, article: UUID, vector: Vector) -> float | None:
        """How near an article is, 0 to 1; None where nothing can be said."""
        lang = self._lang_of.get(article)
        return None if lang is None else self._by_lang[lang].near(article, vector)

    def nearest(self, vector: Vector, lang: str | None, count: int) -> dict[UUID, float]:
        """The nearest articles of a language, or of all that are read, at most `count` of each."""
        languages = [it for name, it in self._by_lang.items() if lang in (None, name)]
        return {article: near for it in languages for article, near in it.nearest(vector, count).items()}


class _Language:
    """What changed since the matrix was made stands beside it."""

    def __init__(self) -> None:
        self._of: dict[UUID, Matrix] = {}
        self._changed: dict[UUID, None] = {}
        self._ids: list[UUID] = []
        self._first: NDArray[np.int64] = np.zeros(0, np.int64)
        self._rows: Matrix = np.zeros((0, 0), np.float32)
        self._sketch: Sketch | None = None
        self._base, self._is_read = 0.0, True

    @property
    def is_read(self) -> bool:
        self._settle()
        return self._is_read

    def put(self, article: UUID, vectors: Matrix) -> None:
        self._of[article] = vectors
        self._changed[article] = None

    def remove(self, article: UUID) -> None:
        del self._of[article]
        self._changed[article] = None

    def near(self, article: UUID, vector: Vector) -> float | None:
        self._settle()
        rows = self._of[article]
        return self._counted(float((rows @ vector).max())) if self._is_read and rows.shape[1] == len(vector) else None

    def nearest(self, vector: Vector, count: int) -> dict[UUID, float]:
        self._settle()
        if not self._is_read or self._rows.shape[1] != len(vector):
            return {}
        settled = [self._ids[place] for place in self._places_near(vector, count)]
        found = {it for it in (*settled, *self._changed) if it in self._of}
        return {it: near for it in found if (near := self.near(it, vector)) is not None}

    def _places_near(self, vector: Vector, count: int) -> list[int]:
        if self._sketch:
            rows = self._sketch.nearest(vector, count)
            return sorted({int(it) for it in np.searchsorted(self._first, rows, "right") - 1})
        best = np.maximum.reduceat(self._rows @ vector, self._first) if len(self._first) else np.zeros(0)
        return [int(it) for it in np.argsort(-best, kind="stable")[:count]]

    def _counted(self, cosine: float) -> float:
        return min(max((cosine - self._base) / (1 - self._base), 0.0), 1.0)

    def _settle(self) -> None:
        if len(self._changed) <= len(self._ids) * _LATE and (self._ids or not self._of):
            return
        length = next(reversed(self._of.values())).shape[1] if self._of else 0
        kept = {it: rows for it, rows in self._of.items() if rows.shape[1] == length}
        self._ids, self._changed = list(kept), {}
        ends = np.cumsum([len(rows) for rows in kept.values()], dtype=np.int64)
        self._first = np.concatenate([[0], ends[:-1]]).astype(np.int64) if kept else np.zeros(0, np.int64)
        self._rows = np.concatenate(list(kept.values())).astype(np.float32) if kept else np.zeros((0, 0), np.float32)
        self._of |= {it: self._rows[first:end] for it, first, end in zip(kept, self._first, ends, strict=True)}
        self._sketch = Sketch(self._rows) if self._rows.size > Sketch.WORTH else None
        sample = np.linspace(0, len(kept) - 1, min(_SAMPLED, len(kept))).astype(np.int64)
        questions, answers = self._rows[self._first[sample]], self._rows[ends[sample] - 1] if kept else self._rows
        self._base = _usual(questions)
        self._is_read = len(kept) < _ENOUGH or _finds_its_own(questions, answers) >= READS


def _usual(rows: Matrix) -> float:
    """The mean cosine of two different rows."""
    others = len(rows) * (len(rows) - 1)
    total = float((rows @ rows.T).sum()) - len(rows)
    return min(max(total / others, 0.0), _HIGHEST) if others else 0.0


def _finds_its_own(questions: Matrix, answers: Matrix) -> float:
    """The chance that a question is nearer to its own answer than to another; as near counts half."""
    near = questions @ answers.T
    own = np.diag(near)[:, None]
    nearer = (near < own).sum() + ((near == own).sum() - len(near)) / 2
    return float(nearer) / (len(near) * (len(near) - 1))
