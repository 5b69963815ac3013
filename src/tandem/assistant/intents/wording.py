"""Texts as rows of weighted features: words, words that stand near each other, runs of characters, and concepts.

TF-IDF with logarithmic counts (Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988). Pairs of words
need not be neighbours: "card … not arrived" is the same matter whatever stands between.
"""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer

from tandem.assistant.intents.concepts import concept_pairs, concepts_in
from tandem.knowledge.words import fold, stem

_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+(?:'[a-z]+)?|[?!]")
_MOST_WORDS = 40
"""Words of a text that are paired: pairs grow with the square of them, and a need is told in its first lines."""
NEAR = 5


def words_of(text: str) -> list[str]:
    """Latin words and numbers, Han characters singly, marks of asking and calling."""
    return _WORD.findall(fold(text))


def runs(text: str) -> list[str]:
    """Stems, and pairs of neighbours."""
    words = [stem(word) for word in words_of(text)]
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def near(text: str) -> list[str]:
    """Words, and pairs of words at most NEAR apart, in their order."""
    words = words_of(text)
    return [*words, *(f"{word} {other}" for i, word in enumerate(words) for other in words[i + 1 : i + 1 + NEAR])]


def pairs(text: str) -> list[str]:
    """Pairs of words, wherever they stand and in whatever order."""
    return [f"{one}~{other}" for one, other in combinations(sorted(set(words_of(text)[:_MOST_WORDS])), 2)]


def meanings(text: str) -> list[str]:
    """Stems, pairs of neighbours, and concepts: what has a meaning of its own."""
    return [*runs(text), *(f"={concept}" for concept in concepts_in(text))]


class Wording:
    """What texts are compared by. `texts` are those it learns the weights of features from; `concepts` is the weight of what they
    speak of beside how they say it."""

    def __init__(self, texts: Sequence[str], concepts: float) -> None:
        seen_twice = 2 if len(texts) > 1000 else 1
        self._parts = (
            CountVectorizer(analyzer=runs),
            CountVectorizer(analyzer=pairs, min_df=seen_twice),
            CountVectorizer(analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold),
            CountVectorizer(analyzer=concept_pairs, min_df=seen_twice),
        )
        counts = [csr_matrix(part.fit_transform(texts)) for part in self._parts]
        self._rarities = [rarity(of_a_part) for of_a_part in counts]
        self._weights = (1.0, 1.0, 1.0, concepts)
        self.rows = self._joined(counts)
        self._words: frozenset[str] = frozenset(self._parts[0].vocabulary_)

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row a text, texts × features, each of length 1 (or 0 where nothing in it is known)."""
        return self._joined([csr_matrix(part.transform(texts)) for part in self._parts])

    def _joined(self, counts: Sequence[csr_matrix]) -> csr_matrix:
        weighed = [
            weigh(of_a_part, rare) * weight for of_a_part, rare, weight in zip(counts, self._rarities, self._weights, strict=True)
        ]
        return of_length_one(hstack(weighed, format="csr"))

    def strange(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """For each text the share of its words that no example has, 0 to 1."""
        said = [[stem(word) for word in words_of(text)] for text in texts]
        return np.array([sum(word not in self._words for word in it) / len(it) if it else 1.0 for it in said])


def rarity(counts: csr_matrix, least: int = 1) -> NDArray[np.float64]:
    """What each feature weighs in texts counted so (texts × features): the more, the fewer have it; nothing where fewer than `least`
    have it."""
    have = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.where(have >= least, np.log((1 + counts.shape[0]) / (1 + have)) + 1, 0.0)


def weigh(counts: csr_matrix, rare: NDArray[np.float64]) -> csr_matrix:
    """Logarithms of counts by rarity, each row at length 1."""
    weighed = (1 + np.log(counts.data)) * rare[counts.indices]
    return of_length_one(csr_matrix((weighed, counts.indices, counts.indptr), shape=counts.shape))


def of_length_one(rows: csr_matrix) -> csr_matrix:
    """Each row at length 1; a row of nothing stays so."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(row, rows.data**2, minlength=rows.shape[0]))
    length[length == 0] = 1.0
    return csr_matrix((rows.data / length[row], rows.indices, rows.indptr), shape=rows.shape)
