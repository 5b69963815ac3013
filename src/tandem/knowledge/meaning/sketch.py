"""Vectors as the signs of their numbers, which are compared thirty times as fast: to find the few that are worth comparing exactly.

The share of signs in which two vectors differ grows with the angle between them (Charikar, "Similarity estimation techniques from
rounding algorithms", 2002). Signs are taken against the mean of all vectors, since those of many encoders lie close together.
"""

import numpy as np
from numpy.typing import NDArray

from tandem.knowledge.meaning.encoder import Matrix, Vector

_EACH = 8
"""So many rows are compared exactly for each that is asked for."""


_AT_ONCE = 10_000
"""Rows of which the signs are taken, to need little memory beside them."""


class Sketch:
    WORTH = 8_000_000
    """Numbers from which on it pays: 20,000 rows of 400."""

    def __init__(self, rows: Matrix) -> None:
        self._rows, self._mean = rows, rows.mean(axis=0)
        # Column by column, since that is how they are read.
        self._signs = np.concatenate([self._of(part) for part in np.array_split(rows, len(rows) // _AT_ONCE + 1)]).T.copy()

    def nearest(self, vector: Vector, count: int) -> NDArray[np.int64]:
        """The rows that are likely nearest to `vector`, the nearest first."""
        differing = np.zeros(len(self._rows), np.uint16)
        for column, signs in zip(self._signs, self._of(vector[None, :])[0], strict=True):
            differing += np.bitwise_count(column ^ signs)
        most = min(_EACH * count, len(differing))
        likely = np.argpartition(differing, most - 1)[:most]
        nearest: NDArray[np.int64] = likely[np.argsort(-(self._rows[likely] @ vector), kind="stable")[:count]]
        return nearest

    def _of(self, rows: Matrix) -> NDArray[np.uint64]:
        """64 signs a number."""
        bits = np.packbits(rows > self._mean, axis=1)
        padded: NDArray[np.uint64] = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)
        return padded
