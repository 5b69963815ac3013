"""What words mean by the company they keep, learned from the texts themselves; labels are not needed, so every message teaches.

Positive pointwise mutual information of words that stand in one text, the commoner word counting less, brought down to few dimensions
by singular values (Levy, Goldberg and Dagan, "Improving distributional similarity with lessons learned from word embeddings", 2015).
A text is the mean of its words by their rarity. "It never turned up" comes near "still not arrived" where both are said of cards.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

Floats = NDArray[np.float64]

_DIMENSIONS = 50
_COMMONNESS = 0.75
"""The power of a word's frequency as company: below 1, rare company is not taken for a wonder."""
_SEEN_AT_LEAST = 3


def text_vectors(has: csr_matrix, seen: int) -> Floats:
    """Texts × dimensions, each of length 1, or 0 where no word of it is known. `has`: texts × words, 1 where a word is there; the
    first `seen` texts teach."""
    often = np.asarray(has[:seen].sum(axis=0)).ravel()
    known = np.flatnonzero(often >= _SEEN_AT_LEAST)
    if len(known) <= _DIMENSIONS:
        return np.zeros((has.shape[0], 1))
    has, often = csr_matrix(has[:, known]), often[known]
    vectors = _word_vectors(csr_matrix(has[:seen]), often)
    return _of_length_one(np.asarray((has.multiply(np.log(seen / often)).tocsr()) @ vectors))


def _word_vectors(has: csr_matrix, often: Floats) -> Floats:
    both = (has.T @ has).tocoo()
    company = often**_COMMONNESS
    company *= often.sum() / company.sum()
    surprise = np.log(both.data * has.shape[0] / (often[both.row] * company[both.col]))
    kept = (surprise > 0) & (both.row != both.col)
    table = csr_matrix((surprise[kept], (both.row[kept], both.col[kept])), shape=both.shape)
    words, strength, _ = randomized_svd(table, _DIMENSIONS, n_iter=2, random_state=0)
    return _of_length_one(words * np.sqrt(strength))


def _of_length_one(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0))
