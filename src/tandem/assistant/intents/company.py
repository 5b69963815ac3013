"""Texts of a new matter teach each other: where many are read together, what was read in most of them alone is a lesson for the rest.

Self-training (Scudder, "Probability of error of some adaptive pattern-recognition machines", 1965; Yarowsky, "Unsupervised word sense
disambiguation rivaling supervised methods", 1995). Words that praise a book are not those that praise a phone; nobody labelled them, but
they stand beside words that are known. No label of the texts is used, and each is read by a machine that was not taught with it.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from tandem.assistant.intents.wording import of_length_one

Floats = NDArray[np.float64]

ENOUGH = 300
"""Texts read together that say something of each other; fewer are read each alone."""
_SURE = 0.9
"""The part of the texts that teach: those that were read most surely."""
_FEWEST = 20
"""Texts that must have been read as each label."""
_PARTS = 5
_PENALTY = 0.2


def in_company(whole: csr_matrix, alone: Floats, ahead: Floats) -> Floats:
    """What the texts say of each other, texts × labels, as loud as `alone`, what was read in each by itself; nothing where too few were
    read as some label. `whole`: texts × runs. `ahead`: how surely each was read."""
    found = alone.argmax(axis=1)
    part = np.random.default_rng(0).permutation(len(found)) % _PARTS
    sure = ahead >= np.quantile(ahead, 1 - _SURE)
    if np.bincount(found[sure], minlength=alone.shape[1]).min() < _FEWEST:
        return np.zeros_like(alone)
    rows = _by_rarity(whole)
    said = np.zeros_like(alone)
    for asked in range(_PARTS):
        teaching = sure & (part != asked)
        decided = LinearSVC(C=_PENALTY, random_state=0).fit(rows[teaching], found[teaching]).decision_function(rows[part == asked])
        said[part == asked] = np.stack([-decided, decided], axis=1) if decided.ndim == 1 else decided
    return np.asarray(said * (alone.std() / (said.std() + 1e-9)))


def _by_rarity(whole: csr_matrix) -> csr_matrix:
    having = np.bincount(whole.indices, minlength=whole.shape[1])
    rarity = np.log((1 + whole.shape[0]) / (1 + having)) + 1
    data = (1 + np.log(whole.data)) * rarity[whole.indices]
    return of_length_one(csr_matrix((data, whole.indices, whole.indptr), shape=whole.shape))
