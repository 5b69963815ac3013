"""How likely something holds, given signs, learned from cases where it is known (Platt, "Probabilistic outputs for support vector
machines and comparisons to regularized likelihood methods", 1999)."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]


class Trust:
    """`signs`: cases × signs. `holds`: for each case."""

    def __init__(self, signs: Floats, holds: NDArray[np.bool_]) -> None:
        self._middle, self._width = signs.mean(axis=0), signs.std(axis=0) + 1e-9
        self._always = float(holds.mean()) if holds.all() or not holds.any() else None
        if self._always is None:
            learned = LogisticRegression(C=1.0, max_iter=500).fit(self._of(signs), holds)
            self._weights, self._start = learned.coef_[0], float(learned.intercept_[0])

    def __call__(self, signs: Floats) -> Floats:
        """For each case 0 to 1."""
        if self._always is not None:
            return np.full(len(signs), self._always)
        return np.asarray(expit(self._of(signs) @ self._weights + self._start))

    def _of(self, signs: Floats) -> Floats:
        return np.asarray((signs - self._middle) / self._width)
