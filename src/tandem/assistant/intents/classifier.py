"""Which of the known intents a text has, how likely that is right, and whether it is any of them at all.

A linear support vector machine (Cortes and Vapnik, "Support-vector networks", 1995, one against the rest) reads the wording, or
ridge regression (Hoerl and Kennard, "Ridge regression", 1970) where examples are few; naive Bayes weights (Wang and Manning,
"Baselines and bigrams", 2012) and the most alike examples give second opinions. The name of an intent is one more example of it.
How far to trust them is learned (see `trust`) from examples read by a model that saw neither them nor a tenth of the intents:
those of the tenth stand for what nobody has taught it yet.
"""

import re
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import RidgeClassifier
from sklearn.svm import LinearSVC

from tandem.assistant.intents.trust import Trust
from tandem.assistant.intents.wording import Wording

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

PARTS = 5
_UNKNOWN_IN_A_PART = 0.1
_ALIKE = 5
_SMOOTHING = 0.1
_SECOND_OPINION = 0.35
_OFTEN_ENOUGH = 40
"""Examples an intent needs on average for margins to be worth more than what all examples have in common."""
_RIDGE = 0.3
_CONCEPTS_OF_FEW, _CONCEPTS_OF_MANY = 1.3, 0.7
"""What concepts weigh beside wording: the fewer the examples, the less of the language they have shown."""
_NO_WORD = re.compile(r"[\W_]+")


class Guess(Struct, frozen=True):
    """`right`: how likely the intent is the one that is meant, if any is. `known`: how likely any is. Both 0 to 1."""

    label: str
    right: float
    known: float


class _Opinions(Struct, frozen=True):
    """For each text: the place of the intent, and what speaks for it (texts × signs)."""

    intent: Places
    signs: Floats


class _Machine:
    """The fitted opinions, without trust. `intents`: of each text, places in `names`, of which some may have no text."""

    def __init__(self, texts: Sequence[str], intents: Places, names: NDArray[np.str_]) -> None:
        taught = np.unique(intents)
        few = len(intents) < _OFTEN_ENOUGH * len(taught)
        said = [*texts, *(_NO_WORD.sub(" ", names[place]) for place in taught)]
        self._wording = Wording(said, _CONCEPTS_OF_FEW if few else _CONCEPTS_OF_MANY)
        rows, self._intents, self._count = self._wording.rows, np.concatenate([intents, taught]), len(names)
        self._others = csr_matrix(rows.T)
        machine = RidgeClassifier(_RIDGE, fit_intercept=False, solver="cholesky") if few else LinearSVC(C=1.0, random_state=0)
        machine.fit(rows, self._intents)
        self._taught, self._start = machine.classes_, machine.intercept_
        # Of two intents some classifiers tell one plane as a plain row.
        self._planes = np.ascontiguousarray(np.atleast_2d(machine.coef_).T)
        self._weights = _bayes(rows, self._intents, self._count)

    def opinions(self, texts: Sequence[str]) -> _Opinions:
        rows, strange = self._wording.of(texts), self._wording.strange(texts)
        first = np.full((rows.shape[0], self._count), -np.inf)
        decided = np.asarray(rows @ self._planes) + self._start
        first[:, self._taught] = decided if decided.shape[1] > 1 else np.hstack([-decided, decided])
        scores = _standard(first) + _SECOND_OPINION * _standard(
            np.asarray(rows @ self._weights) + np.where(np.isfinite(first), 0, -np.inf)
        )
        best = np.argsort(-scores, axis=1)[:, :2]
        here = np.arange(len(best))
        mine, other = self._most_alike(rows, best[:, 0])
        top = first[here, best[:, 0]]
        signs = np.stack(
            [top, top - first[here, best[:, 1]], scores[here, best[:, 0]] - scores[here, best[:, 1]], mine, mine - other, strange],
            axis=1,
        )
        return _Opinions(best[:, 0], signs)

    def _most_alike(self, rows: csr_matrix, intent: Places) -> tuple[Floats, Floats]:
        """The likeness of the examples most alike: of the same intent, and of any other; a mean over a few."""
        mine, other = np.zeros(rows.shape[0]), np.zeros(rows.shape[0])
        for start in range(0, rows.shape[0], 512):
            part = slice(start, start + 512)
            like = np.asarray((rows[part] @ self._others).todense())
            same = self._intents[None, :] == intent[part, None]
            for into, where in ((mine, same), (other, ~same)):
                kept = np.where(where, like, 0.0)
                most = min(_ALIKE, kept.shape[1])
                into[part] = np.partition(kept, kept.shape[1] - most, axis=1)[:, -most:].mean(axis=1)
        return mine, other


class Intents:
    """Fitted on examples: texts and their labels, at least two labels. `outside` is the label of examples that have none of the
    intents, if there are such. Raises `ValueError` when there is too little to learn from."""

    def __init__(self, texts: Sequence[str], labels: Sequence[str], outside: str | None = None) -> None:
        inside = [i for i, label in enumerate(labels) if label != outside]
        self.labels, places = np.unique([labels[i] for i in inside], return_inverse=True)
        if len(self.labels) < 2:
            raise ValueError("examples of at least two labels are needed")
        taught = [texts[i] for i in inside]
        apart = [text for text, label in zip(texts, labels, strict=True) if label == outside]
        try:
            self._machine = _Machine(taught, places, self.labels)
        except ValueError:  # not a word that occurs twice
            raise ValueError("more examples of each label are needed") from None
        self._learn_trust(taught, places, apart)

    def read(self, texts: Sequence[str]) -> list[Guess]:
        seen = self._machine.opinions(texts)
        bent = _bent(seen.signs)
        right, known = self._right(bent), self._known(bent)
        names = self.labels[seen.intent]
        return [Guess(str(name), float(r), float(k)) for name, r, k in zip(names, right, known, strict=True)]

    def _learn_trust(self, taught: list[str], places: Places, apart: list[str]) -> None:
        """Read every example by a model that has not seen it."""
        chance = np.random.default_rng(0)
        part, group = chance.integers(PARTS, size=len(taught)), chance.permutation(len(self.labels))
        signs, right, known = [], [], []
        for held_out in range(PARTS):
            start = held_out * max(1, round(len(self.labels) * _UNKNOWN_IN_A_PART))
            unknown = np.isin(places, group[start : start + max(1, round(len(self.labels) * _UNKNOWN_IN_A_PART))])
            rest, told = np.flatnonzero((part != held_out) & ~unknown), np.flatnonzero(part == held_out)
            if len(np.unique(places[rest])) < 2 or not len(told):
                continue
            machine = _Machine([taught[i] for i in rest], places[rest], self.labels)
            seen = machine.opinions([*(taught[i] for i in told), *apart])
            signs.append(seen.signs)
            right.append([*(seen.intent[: len(told)] == places[told]), *([False] * len(apart))])
            known.append([*np.isin(places[told], places[rest]), *([False] * len(apart))])
        if not signs:
            raise ValueError("more examples of each label are needed")
        self._trust(np.vstack(signs), np.concatenate(right), np.concatenate(known))

    def _trust(self, signs: Floats, right: NDArray[np.bool_], known: NDArray[np.bool_]) -> None:
        bent = _bent(signs)
        self._right = Trust(bent[known], right[known])
        self._known = Trust(bent, known)
        self.told = (self._known(bent), right, known)
        """What the examples themselves were read as, for choosing a threshold: `known`, right, any of the intents at all."""


def _bent(signs: Floats) -> Floats:
    """With their squares: the more alike, the less a further step tells."""
    return np.hstack([signs, signs**2])


def _bayes(rows: csr_matrix, intents: Places, count: int) -> Floats:
    """For each intent the logarithm of how much likelier a feature is in it than elsewhere (features × intents)."""
    shown = csr_matrix((np.ones(len(intents)), (intents, np.arange(len(intents)))), shape=(count, len(intents)))
    inside = np.asarray((shown @ (rows > 0)).todense(), dtype=np.float64)
    outside = inside.sum(axis=0) - inside + 1
    inside += _SMOOTHING
    ratio: Floats = np.log(inside / inside.sum(axis=1, keepdims=True)) - np.log(outside / outside.sum(axis=1, keepdims=True))
    return np.ascontiguousarray(ratio.T)


def _standard(scores: Floats) -> Floats:
    """Each row with mean 0 and spread 1 over the intents that can be; the others stay impossible."""
    possible = np.isfinite(scores)
    filled = np.where(possible, scores, 0.0)
    count = np.maximum(possible.sum(axis=1, keepdims=True), 1)
    middle = filled.sum(axis=1, keepdims=True) / count
    spread = np.sqrt((np.where(possible, filled - middle, 0.0) ** 2).sum(axis=1, keepdims=True) / count) + 1e-9
    return np.where(possible, (filled - middle) / spread, -np.inf)
