"""How texts lean, where there are few labels and many examples of each: reviews, letters, answers in a survey.

Three readers are heard with equal voice: a linear support vector machine over weighted runs of words, another over runs weighed by how
much likelier they are under one label (Wang and Manning, "Baselines and bigrams: simple, good sentiment and topic classification",
2012), and a network that reads clause by clause. They err on different texts, and less together on matters that nobody taught them.

Where many texts are read at once (a batch of reviews, a survey) they are heard in company too (`company.py`): what a text is read as then
depends a little on the others. A text that is read by itself, as a customer's message is, is read without.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from tandem.assistant.intents.classifier import Guess
from tandem.assistant.intents.clauses import Clauses, Places, Reader
from tandem.assistant.intents.company import ENOUGH, in_company
from tandem.assistant.intents.network import Network
from tandem.assistant.intents.trust import Trust
from tandem.assistant.intents.wording import of_length_one

Floats = NDArray[np.float64]

MANY, FEW_LABELS = 300, 12
"""So many examples of each label, and at most so many labels, are read this way."""
_OFTEN, _TELLING = 0.5, 0.1
"""Inverse of the penalty on weights (scikit-learn's C), for each of the two machines."""
_SMOOTHING = 1.0
_NETWORKS = 2
"""A network depends on where it began, most of all in what it makes of matters that nobody taught it; two begin apart."""
_HELD_OUT = 0.2
"""The part of the examples on which it is learned how far to trust what is read."""


def suits(labels: Sequence[str]) -> bool:
    """Whether examples with these labels are of the kind that is read this way."""
    _, count = np.unique(np.array(labels), return_counts=True)
    return 2 <= len(count) <= FEW_LABELS and bool(count.min() >= MANY)


class Leanings:
    """Learned from texts and their labels, at least two labels."""

    def __init__(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self.labels, places = np.unique(np.array(labels), return_inverse=True)
        self._reader = Reader(texts)
        chance = np.random.default_rng(0)
        held = chance.random(len(texts)) < _HELD_OUT
        told, rest = self._reader.taught.of(np.flatnonzero(held)), self._reader.taught.of(np.flatnonzero(~held))
        tried = _Voices(rest, places[~held], chance).scores(told)
        self._loud = [float(scores.std()) + 1e-9 for scores in tried]
        alone = self._together(tried)
        self._trust = Trust(_signs(alone), alone.argmax(axis=1) == places[held])
        heard = alone + in_company(told.whole(), alone, _signs(alone)[:, 0])
        self._trust_in_company = Trust(_signs(heard), heard.argmax(axis=1) == places[held])
        self._voices = _Voices(self._reader.taught, places, chance)

    def read(self, texts: Sequence[str]) -> list[Guess]:
        """In the order of the texts. ENOUGH of them at once are read in company."""
        scores, trust = self._together(self._voices.scores(self._reader(texts))), self._trust
        if len(texts) >= ENOUGH:
            scores = scores + in_company(Reader(texts).taught.whole(), scores, _signs(scores)[:, 0])
            trust = self._trust_in_company
        names, right = self.labels[scores.argmax(axis=1)], trust(_signs(scores))
        return [Guess(str(name), float(r), 1.0) for name, r in zip(names, right, strict=True)]

    def _together(self, voices: list[Floats]) -> Floats:
        return np.asarray(sum(scores / loud for scores, loud in zip(voices, self._loud, strict=True)))


class _Voices:
    """The three readers, fitted."""

    def __init__(self, taught: Clauses, places: Places, chance: np.random.Generator) -> None:
        whole = taught.whole()
        having = np.bincount(whole.indices, minlength=whole.shape[1])
        self._rarity = np.log((1 + whole.shape[0]) / (1 + having)) + 1
        self._telling = np.stack([_telling(whole, places == label) for label in range(int(places.max()) + 1)])
        if len(self._telling) == 2:  # one is the other turned round
            self._telling = self._telling[1:]
        self._often = LinearSVC(C=_OFTEN, random_state=0).fit(self._by_rarity(whole), places)
        self._told = [
            LinearSVC(C=_TELLING, random_state=0).fit(_weighed(_once(whole), weights), places == label)
            for label, weights in enumerate(self._telling, start=int(len(self._telling) == 1))
        ]
        even = _evenly(taught)
        self._networks = [Network(even, places, chance) for _ in range(_NETWORKS)]

    def scores(self, asked: Clauses) -> list[Floats]:
        """What each reader makes of the texts: texts × labels, 0 between for and against."""
        whole = asked.whole()
        once = _once(whole)
        told = [
            machine.decision_function(_weighed(once, weights)) for machine, weights in zip(self._told, self._telling, strict=True)
        ]
        even = _evenly(asked)
        seen = np.mean([network.scores(even) for network in self._networks], axis=0)
        return [
            _for_each(self._often.decision_function(self._by_rarity(whole))),
            _for_each(told[0] if len(told) == 1 else np.stack(told, axis=1)),
            seen - seen.mean(axis=1, keepdims=True),
        ]

    def _by_rarity(self, whole: csr_matrix) -> csr_matrix:
        often = whole.copy()
        often.data = 1 + np.log(often.data)
        return _weighed(often, self._rarity)


def _telling(whole: csr_matrix, under: NDArray[np.bool_]) -> Floats:
    """How much likelier each run is under a label than elsewhere: the root of the logarithm, with its sign, so that the few runs
    that tell most (the names of one matter among them) do not drown the rest."""
    mine = np.bincount(whole[under].indices, minlength=whole.shape[1]) + _SMOOTHING
    other = np.bincount(whole[~under].indices, minlength=whole.shape[1]) + _SMOOTHING
    ratio = np.log(mine / mine.sum()) - np.log(other / other.sum())
    return np.asarray(np.sign(ratio) * np.sqrt(np.abs(ratio)))


def _once(rows: csr_matrix) -> csr_matrix:
    return csr_matrix((np.ones_like(rows.data), rows.indices, rows.indptr), shape=rows.shape)


def _weighed(rows: csr_matrix, weights: Floats) -> csr_matrix:
    return of_length_one(csr_matrix((rows.data * weights[rows.indices], rows.indices, rows.indptr), shape=rows.shape))


def _evenly(clauses: Clauses) -> Clauses:
    return Clauses(of_length_one(_once(clauses.rows)).astype(np.float32), clauses.start)


def _for_each(decided: Floats) -> Floats:
    return np.stack([-decided, decided], axis=1) if decided.ndim == 1 else decided


def _signs(scores: Floats) -> Floats:
    """How far the first label is ahead of the second, and the square of it."""
    first = np.sort(scores, axis=1)
    ahead = first[:, -1] - first[:, -2]
    return np.stack([ahead, ahead**2], axis=1)
