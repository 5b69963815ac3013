"""A small neural network that reads a text clause by clause.

Each clause is seen by a few units, as in the bag-of-words convolution of Johnson and Zhang ("Effective use of word order for text
categorization with convolutional neural networks", 2015); what each unit saw most and what it saw on average decide. One strong
clause is thus heard among many that tell a story, which no sum over a whole text can do. Trained with AdaGrad (Duchi, Hazan and
Singer, 2011) and dropout (Srivastava and others, 2014).
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tandem.assistant.intents.clauses import Clauses, Places

Small = NDArray[np.float32]

_UNITS = 16
_ROUNDS = 4
_STEP, _LAST_STEP = 0.1, 0.2
"""Length of the first step, and the part of it that is left in the last round."""
_TOGETHER = 128
_LEFT_OUT = 0.5
_READ_AT_ONCE = 1024


class _Weights:
    """Numbers that are learned, each with a step of its own."""

    def __init__(self, values: Small) -> None:
        self.values, self._gone = values, np.full_like(values, 1e-3)

    def learn(self, slope: Small, step: float, rows: Places | slice = slice(None)) -> None:
        self._gone[rows] += slope**2
        self.values[rows] -= step * slope / np.sqrt(self._gone[rows])


class _Seen(Struct, frozen=True):
    """What the units saw: `told` clauses × units, `most` and `middle` texts × units; `text` is that of each clause."""

    told: Small
    most: Small
    middle: Small
    text: Places
    count: Small


class Network:
    """Learned from clauses and the labels of their texts (numbers from 0). `chance` decides where it begins and in which order."""

    def __init__(self, taught: Clauses, labels: Places, chance: np.random.Generator) -> None:
        count = int(labels.max()) + 1
        self._words = _Weights((chance.standard_normal((taught.rows.shape[1], _UNITS)) * 0.02).astype(np.float32))
        self._base = _Weights(np.zeros(_UNITS, np.float32))
        self._speak = _Weights((chance.standard_normal((2 * _UNITS, count)) * 0.1).astype(np.float32))
        self._bias = _Weights(np.zeros(count, np.float32))
        for done in range(_ROUNDS):
            step = _STEP * (1 - (1 - _LAST_STEP) * done / (_ROUNDS - 1))
            order = chance.permutation(len(labels))
            for first in range(0, len(order), _TOGETHER):
                some = order[first : first + _TOGETHER]
                self._learn(taught.of(some), labels[some], step, chance)

    def scores(self, asked: Clauses) -> NDArray[np.float64]:
        """What speaks for each label, texts × labels."""
        found = []
        for first in range(0, len(asked.start) - 1, _READ_AT_ONCE):
            some = asked.of(np.arange(first, min(first + _READ_AT_ONCE, len(asked.start) - 1)))
            seen = self._see(some.rows, some.start, self._words.values)
            found.append(np.hstack([seen.most, seen.middle]) @ self._speak.values + self._bias.values)
        return np.vstack(found).astype(np.float64)

    def _see(self, rows: csr_matrix, start: Places, words: Small) -> _Seen:
        told = np.maximum(np.asarray(rows @ words, np.float32) + self._base.values, np.float32(0))
        count = np.diff(start).astype(np.float32)[:, None]
        most = np.asarray(np.maximum.reduceat(told, start[:-1]), np.float32)
        middle = np.asarray(np.add.reduceat(told, start[:-1]) / count, np.float32)
        return _Seen(told, most, middle, np.repeat(np.arange(len(count)), np.diff(start)), count)

    def _learn(self, some: Clauses, labels: Places, step: float, chance: np.random.Generator) -> None:
        used, column = np.unique(some.rows.indices, return_inverse=True)
        rows = csr_matrix((some.rows.data, column, some.rows.indptr), shape=(some.rows.shape[0], len(used)))
        seen = self._see(rows, some.start, self._words.values[used])
        kept = ((chance.random((len(labels), 2 * _UNITS)) >= _LEFT_OUT) / (1 - _LEFT_OUT)).astype(np.float32)
        heard = np.asarray(np.hstack([seen.most, seen.middle]) * kept, np.float32)
        off = _likely(heard @ self._speak.values + self._bias.values)
        off[np.arange(len(labels)), labels] -= 1
        off /= len(labels)
        wanted = off @ self._speak.values.T * kept
        slope = (wanted[:, _UNITS:] / seen.count)[seen.text] + (seen.told == seen.most[seen.text]) * wanted[seen.text, :_UNITS]
        slope *= seen.told > 0
        self._words.learn(np.asarray(rows.T @ slope), step, used)
        self._base.learn(slope.sum(axis=0), step)
        self._speak.learn(heard.T @ off, step)
        self._bias.learn(off.sum(axis=0), step)


def _likely(scores: Small) -> Small:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)
