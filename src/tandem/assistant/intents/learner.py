"""A learner that is asked between lessons, and knows from its own lessons how far to trust it.

Kernel ridge regression (Saunders, Gammerman and Vovk, "Ridge regression learning algorithm in dual variables", 1998) on the
likeness of texts. What it would have said about each of its examples had it never seen that one comes in closed form from the same
inverse, so that trust is learned on every example and costs nothing more.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, lapack
from scipy.sparse import csr_matrix
from scipy.special import logit

from tandem.assistant.intents.trust import Trust

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_RIDGE = 0.1
_MEANING = 0.55
"""The part of a likeness that what words mean decides; wording decides the rest."""
_SINGLE = 0.6
"""Added to a likeness before it is squared: how much single features count beside pairs of them."""
_ALIKE = 5
_FEWEST_OF_A_KIND = 20
"""Right ones and wrong ones that trust is learned from; with fewer it says nothing."""
_CASES_BEFORE = 5
"""How often an intent was read, as if it had been, before how it was read counts: as rightly as all of them together."""


class Texts(Struct, frozen=True):
    """By their wording (`rows`, texts × features) and by what their words mean (`vectors`, texts × dimensions), each of length 1."""

    rows: csr_matrix
    vectors: Floats

    def of(self, places: Places) -> "Texts":
        return Texts(csr_matrix(self.rows[places]), self.vectors[places])


class Learner:
    """Taught from texts and their intents (numbers from 0)."""

    def __init__(self, taught: Texts, intents: Places) -> None:
        self._taught, self._intents = taught, intents
        like = _likeness(taught, taught)
        wanted = np.eye(int(intents.max()) + 1)[intents]
        regular = (like + _SINGLE) ** 2
        regular[np.diag_indices(len(intents))] += _RIDGE
        factor = cho_factor(regular, lower=True, overwrite_a=True)
        self._weights = cho_solve(factor, wanted)
        inverse = np.diag(lapack.dpotri(factor[0], lower=1)[0])
        np.fill_diagonal(like, -1.0)
        found, signs = self._signs(wanted - self._weights / inverse[:, None], like)
        right = found == intents
        kinds = int(intents.max()) + 1
        self._times, self._wrong = np.bincount(found, minlength=kinds), np.bincount(found[~right], minlength=kinds)
        self._examples_with = np.bincount(taught.rows.indices, minlength=taught.rows.shape[1])
        signs = self._with_doubts(signs, found, _part_of(taught.rows, self._examples_with == 1), (~right).astype(np.intp), 1)
        enough = min(right.sum(), (~right).sum()) >= _FEWEST_OF_A_KIND
        self._trust = Trust(signs, right) if enough else None

    def guess(self, texts: Texts) -> tuple[Places, Floats]:
        """For each text the likeliest intent, and how likely that is right, 0 to 1."""
        like = _likeness(texts, self._taught)
        found, signs = self._signs((like + _SINGLE) ** 2 @ self._weights, like)
        if self._trust is None:
            return found, np.zeros(len(found))
        return found, self._trust(self._with_doubts(signs, found, _part_of(texts.rows, self._examples_with == 0)))

    def _with_doubts(self, signs: Floats, found: Places, unheard: Floats, own_wrong: Places | int = 0, own: int = 0) -> Floats:
        """Two more signs: how much of a text no (other) example has, and how often what was read as this intent was another one. An
        example does not tell of itself: its own reading (`own`, `own_wrong`) is taken out."""
        usual = self._wrong.sum() / self._times.sum()
        misread = (self._wrong[found] - own_wrong + _CASES_BEFORE * usual) / (self._times[found] - own + _CASES_BEFORE)
        return np.column_stack([signs, unheard, logit(np.clip(misread, 1e-3, 1 - 1e-3))])

    def _signs(self, scores: Floats, like: Floats) -> tuple[Places, Floats]:
        here = np.arange(len(scores))
        best = np.argsort(-scores, axis=1)[:, :2]
        top, second = scores[here, best[:, 0]], scores[here, best[:, -1]]
        near = np.argpartition(-like, min(_ALIKE, like.shape[1]) - 1, axis=1)[:, :_ALIKE]
        value, same = np.take_along_axis(like, near, axis=1), self._intents[near] == best[:, :1]
        mine, other = np.where(same, value, 0).max(axis=1), np.where(same, 0, value).max(axis=1)
        height = np.log(np.maximum(top, 1e-3))
        return best[:, 0], np.stack([top, top - second, value.max(axis=1), mine, mine - other, same.mean(axis=1), height], axis=1)


def _likeness(texts: Texts, others: Texts) -> Floats:
    like = np.asarray((texts.rows @ others.rows.T).todense(), dtype=np.float64)
    like *= 1 - _MEANING
    like += _MEANING * (texts.vectors @ others.vectors.T)
    return like


def _part_of(rows: csr_matrix, features: NDArray[np.bool_]) -> Floats:
    """Which part of the features of each row, 0 to 1, are these; those that weigh nothing count as well."""
    has = csr_matrix((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)
    part: Floats = np.asarray(has @ features.astype(np.float64)) / np.maximum(np.diff(rows.indptr), 1)
    return part
