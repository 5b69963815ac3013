"""Finding the article that answers a question: an index in memory over every published article.

Each way of asking (the question and every phrasing) is a *form* of its own and an article is as good as its best form, so
that adding a phrasing never dilutes the others. The answer's text helps a little. Ranking is BM25 (Robertson and Zaragoza,
"The Probabilistic Relevance Framework", 2009); scores are then divided by what the question would score against itself, so
that 1.0 means "asked in these very words", a word nobody ever used here counts against every article, and one threshold
means the same for every question.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tandem.knowledge.model import Article
from tandem.knowledge.words import FUNCTION_WORDS, terms

K1 = 1.2
B = 0.5
COVERAGE_COUNTS = 0.4
"""How much of a form's score depends on how much of the form was asked for: 「多少钱」 alone must not fully match 「买 50
个多少钱」."""
ANSWER_HELPS = 0.35
"""How far a matching answer may raise an article towards 1."""
FUNCTION_WORD_WEIGHT = 0.45
SINGLE_HAN_WEIGHT = 0.8
CONCEPT_WEIGHT = 0.4


class Hit(Struct, frozen=True):
    """An article and how well it fits, 0 to 1."""

    article: Article
    score: float


class _Field:
    """Postings of one kind of text: for each term, in which rows it stands and how strongly. Rows are only ever added."""

    def __init__(self, usual_length: float) -> None:
        self.rows = 0
        self._usual_length = usual_length
        self._rows: dict[str, list[int]] = {}
        self._strength: dict[str, list[float]] = {}
        self._packed: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = {}
        self._matter: list[float] = []
        self._matter_packed = np.zeros(0, dtype=np.float32)

    def add(self, text: str, weight: Callable[[str], float]) -> None:
        counted = Counter(terms(text))
        self._matter.append(max(1e-6, sum(weight(term) for term in counted)))
        crowding = K1 * (1 - B + B * sum(counted.values()) / self._usual_length)
        for term, count in counted.items():
            self._rows.setdefault(term, []).append(self.rows)
            self._strength.setdefault(term, []).append(count * (K1 + 1) / (count + crowding))
            self._packed.pop(term, None)
        self.rows += 1

    def scores(self, weights: dict[str, float]) -> NDArray[np.float32]:
        """For every row the weighted sum of the terms it shares with the question."""
        total = np.zeros(self.rows, dtype=np.float32)
        for term, weight in weights.items():
            if term in self._rows:
                rows, strength = self._pack(term)
                total[rows] += weight * strength
        return total

    def coverage(self, weights: dict[str, float]) -> NDArray[np.float32]:
        """For every row the share of its own matter that the question touches, 0 to 1. `weights`: each term's weight,
        counted once."""
        touched = np.zeros(self.rows, dtype=np.float32)
        for term, weight in weights.items():
            if term in self._rows:
                touched[self._pack(term)[0]] += weight
        if len(self._matter_packed) != self.rows:
            self._matter_packed = np.array(self._matter, dtype=np.float32)
        share: NDArray[np.float32] = np.minimum(touched / self._matter_packed, 1.0)
        return share

    def best_possible(self, weights: dict[str, float], length: int) -> float:
        """What a row made of the question itself would score."""
        crowding = K1 * (1 - B + B * length / self._usual_length)
        return sum(weights.values()) * (K1 + 1) / (1 + crowding)

    def _pack(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        packed = self._packed.get(term)
        if packed is None:
            packed = np.array(self._rows[term], dtype=np.int32), np.array(self._strength[term], dtype=np.float32)
            self._packed[term] = packed
        return packed


class Index:
    """Articles of all languages. Not for several threads at once; one event loop is fine."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self.rebuild(articles)

    def __len__(self) -> int:
        return len(self._place)

    def get(self, article: UUID) -> Article | None:
        place = self._place.get(article)
        return None if place is None else self._articles[place]

    def rebuild(self, articles: Iterable[Article]) -> None:
        """Forget everything and take these."""
        articles = list(articles)
        asked = [len(terms(form)) for it in articles for form in _forms(it)]
        told = [len(terms(it.answer)) for it in articles]
        self._asked = _Field(usual_length=_mean(asked))
        self._told = _Field(usual_length=_mean(told))
        self._articles: list[Article] = []
        self._place: dict[UUID, int] = {}
        self._alive: list[bool] = []
        self._first_form: list[int] = []
        self._mask: dict[str | None, NDArray[np.bool_]] = {}
        self._in = Counter(term for it in articles for term in _vocabulary(it))
        self._size = len(articles)
        for it in articles:
            self._add(it)

    def put(self, article: Article) -> None:
        """Add an article, or replace the one with its id."""
        self.remove(article.id)
        self._in.update(_vocabulary(article))
        self._size += 1
        self._add(article)

    def _add(self, article: Article) -> None:
        self._place[article.id] = len(self._articles)
        self._articles.append(article)
        self._alive.append(True)
        self._mask.clear()
        self._first_form.append(self._asked.rows)
        for form in _forms(article):
            self._asked.add(form, self._weight)
        self._told.add(f"{article.category} {article.answer}", self._weight)

    def remove(self, article: UUID) -> None:
        """Make an article unfindable. Its rows stay, dead, until the next rebuild."""
        place = self._place.pop(article, None)
        if place is not None:
            self._alive[place] = False
            self._mask.clear()
            self._in.subtract(_vocabulary(self._articles[place]))
            self._size -= 1

    def search(self, text: str, *, lang: str | None = None, limit: int = 5) -> list[Hit]:
        """The best articles, best first, at most `limit`; only those of language `lang` if one is given."""
        asked = terms(text)
        weights = {term: self._weight(term) * math.sqrt(count) for term, count in Counter(asked).items()}
        if not weights or not self._place:
            return []
        forms = self._asked.scores(weights) / self._asked.best_possible(weights, len(asked))
        covered = self._asked.coverage({term: self._weight(term) for term in weights})
        forms *= 1 - COVERAGE_COUNTS + COVERAGE_COUNTS * covered
        best = np.maximum.reduceat(forms, self._first_form)
        told = self._told.scores(weights) / self._told.best_possible(weights, len(asked))
        fit = np.minimum(best, 1.0)
        fit = fit + (1 - fit) * ANSWER_HELPS * np.minimum(told, 1.0)
        fit *= self._eligible(lang)
        return [Hit(self._articles[i], round(float(fit[i]), 4)) for i in _largest(fit, limit)]

    def _eligible(self, lang: str | None) -> NDArray[np.bool_]:
        """Which articles may be found. Kept between questions: asking 100,000 articles anew would cost more than the search."""
        if lang not in self._mask:
            held = zip(self._alive, self._articles, strict=True)
            self._mask[lang] = np.fromiter((alive and lang in (None, it.lang) for alive, it in held), np.bool_)
        return self._mask[lang]

    def _weight(self, term: str) -> float:
        """How telling a term is: rare is telling, never seen most of all; function words and single characters are damped."""
        rarity = math.log(1 + (self._size - self._in[term] + 0.5) / (self._in[term] + 0.5))
        if term in FUNCTION_WORDS:
            return rarity * FUNCTION_WORD_WEIGHT
        if term.startswith("§"):
            return rarity * CONCEPT_WEIGHT
        if len(term) == 1 and not term.isascii():
            return rarity * SINGLE_HAN_WEIGHT
        return rarity


def _forms(article: Article) -> tuple[str, ...]:
    return (article.question, *article.phrasings)


def _vocabulary(article: Article) -> set[str]:
    return {term for form in _forms(article) for term in terms(form)}


def _mean(lengths: list[int]) -> float:
    return max(1.0, sum(lengths) / len(lengths)) if lengths else 1.0


def _largest(fit: NDArray[np.float32], limit: int) -> list[int]:
    count = min(limit, len(fit))
    top = np.argpartition(-fit, count - 1)[:count]
    return [int(i) for i in sorted(top, key=lambda i: -fit[i]) if fit[i] > 0]
