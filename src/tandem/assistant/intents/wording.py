"""Texts as rows of weighted features: words, words that stand near each other, and runs of characters.

TF-IDF with logarithmic counts (Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988). Pairs of words
need not be neighbours: "card … not arrived" is the same matter whatever stands between.
"""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from tandem.knowledge.words import fold

_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+(?:'[a-z]+)?|[?!]")
_MOST_WORDS = 40
"""Words of a text that are paired: pairs grow with the square of them, and a need is told in its first lines."""
NEAR = 5


def words_of(text: str) -> list[str]:
    """Latin words and numbers, Han characters singly, marks of asking and calling."""
    return _WORD.findall(fold(text))


def _runs(text: str) -> list[str]:
    words = words_of(text)
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def near(text: str) -> list[str]:
    """Words, and pairs of words at most NEAR apart, in their order."""
    words = words_of(text)
    return [*words, *(f"{word} {other}" for i, word in enumerate(words) for other in words[i + 1 : i + 1 + NEAR])]


def _pairs(text: str) -> list[str]:
    return [f"{one}~{other}" for one, other in combinations(sorted(set(words_of(text)[:_MOST_WORDS])), 2)]


class Wording:
    """What texts are compared by. `texts` are those it learns the weights of features from."""

    def __init__(self, texts: Sequence[str]) -> None:
        seen_twice = 2 if len(texts) > 1000 else 1
        self._parts = (
            TfidfVectorizer(analyzer=_runs, sublinear_tf=True),
            TfidfVectorizer(analyzer=_pairs, sublinear_tf=True, min_df=seen_twice),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, preprocessor=fold),
        )
        self.rows = of_length_one(hstack([part.fit_transform(texts) for part in self._parts]))
        self._words: frozenset[str] = frozenset(self._parts[0].vocabulary_)

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row a text, texts × features, each of length 1 (or 0 where nothing in it is known)."""
        return of_length_one(hstack([part.transform(texts) for part in self._parts]))

    def strange(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """For each text the share of its words that no example has, 0 to 1."""
        said = [words_of(text) for text in texts]
        return np.array([sum(word not in self._words for word in it) / len(it) if it else 1.0 for it in said])


def of_length_one(rows: csr_matrix) -> csr_matrix:
    """Each row at length 1; a row of nothing stays so."""
    rows = csr_matrix(rows, dtype=np.float64)
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    length[length == 0] = 1.0
    return csr_matrix(diags(1 / length) @ rows)
