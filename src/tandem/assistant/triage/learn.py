"""Training of the reader: `python -m tandem.assistant.triage.learn` reads the lessons and moods and writes `reader.npz`.

Needs scikit-learn, which serving does not. Multinomial logistic regression; a person is offered from the probability at which the given share of
lessons that need nobody would be offered one, each lesson read by a model that was trained without it and without those that
resemble it.
"""

import sys
from collections import Counter
from math import log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tandem.assistant.triage.features import features
from tandem.assistant.triage.lesson import Lesson, Mood, lessons, moods
from tandem.assistant.triage.reader import EMOTIONS, FILE, REASONS, URGENCIES, Reader
from tandem.knowledge.words import terms

SEEN_AT_LEAST = 2
"""Lessons a feature must occur in: what was seen once cannot be told from chance."""
STRENGTH, STRENGTH_OF_FEELING = 4.0, 2.0
"""Inverse of the penalty on weights (scikit-learn's C)."""
MOODS_COUNT = 3.0
"""A mood beside a lesson when feelings are learned: it was written for them, a lesson for its reason. Both numbers were chosen on
lessons and moods that were held out."""
ROUNDS = 200
PARTS = 5
FALSELY_OFFERED = 0.15
RESEMBLING = 0.5

Matrix = NDArray[np.float32]


def learn(taught: list[Lesson], felt: list[Mood]) -> Reader:
    """A reader trained on all lessons and moods, with its threshold from cross-validation."""
    shown: list[Lesson | Mood] = [*taught, *felt]
    found = [features(list(it.talk)) for it in shown]
    names, rarity = _worth_keeping(found[: len(taught)])
    of_needs = len(names)
    for name, rare in zip(*_worth_keeping(found[len(taught) :]), strict=True):
        if name not in names:
            names[name], rarity = len(names), np.append(rarity, rare)
    table = _table(found, names, rarity)
    needs = table[: len(taught), :of_needs]
    heads = (
        _widened(_fitted(needs, [REASONS.index(it.reason) for it in taught], len(REASONS), None), len(names)),
        _feelings(table, shown),
        _widened(_fitted(needs, [URGENCIES.index(it.urgency) for it in taught], len(URGENCIES), "balanced"), len(names)),
    )
    needed = cross_read(taught)
    nobody = needed[[lesson.reason is None for lesson in taught]]
    return Reader(
        names,
        rarity,
        np.hstack([weights for weights, _ in heads]),
        np.hstack([bias for _, bias in heads]),
        round(float(np.quantile(nobody, 1 - FALSELY_OFFERED)), 3),
    )


def cross_read(taught: list[Lesson]) -> NDArray[np.float64]:
    """For each lesson the probability that a person is needed, as read by a model that saw neither it nor its like."""
    part = np.array(parts(taught))
    found = [features(list(lesson.talk)) for lesson in taught]
    wanted = np.array([REASONS.index(it.reason) for it in taught])
    needed = np.zeros(len(taught))
    for held_out in range(PARTS):
        rest = np.flatnonzero(part != held_out)
        names, rarity = _worth_keeping([found[i] for i in rest])
        table = _table(found, names, rarity)
        weights, bias = _fitted(table[rest], list(wanted[rest]), len(REASONS), None)
        scores = table[np.flatnonzero(part == held_out)] @ weights + bias
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        needed[part == held_out] = 1 - grown[:, 0] / grown.sum(axis=1)
    return needed


def parts(taught: list[Lesson]) -> list[int]:
    """The part each lesson is held out with; lessons that resemble each other are held out together."""
    first = list(range(len(taught)))
    said = ["\n".join(turn.said for turn in lesson.talk) for lesson in taught]
    words = [set(terms(text)) for text in said]
    for i, mine in enumerate(words):
        for j in range(i):
            if taught[i].reason == taught[j].reason and len(mine & words[j]) >= RESEMBLING * len(mine | words[j]):
                first[i] = first[j]
                break
    order = {group: place for place, group in enumerate(sorted(set(first), key=lambda i: (said[i][::-1], i)))}
    return [order[group] % PARTS for group in first]


def _worth_keeping(found: list[dict[str, float]]) -> tuple[dict[str, int], Matrix]:
    lessons_with = Counter(name for one in found for name in one)
    names = sorted(name for name, count in lessons_with.items() if count >= SEEN_AT_LEAST)
    rarity = [sqrt(log((1 + len(found)) / (1 + lessons_with[name])) + 1) for name in names]
    return {name: row for row, name in enumerate(names)}, np.array(rarity, dtype=np.float32)


def _table(found: list[dict[str, float]], names: dict[str, int], rarity: Matrix) -> csr_matrix:
    cells = [
        (i, names[name], value * rarity[names[name]]) for i, one in enumerate(found) for name, value in one.items() if name in names
    ]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(names)), dtype=np.float64)


def _fitted(table: csr_matrix, wanted: list[int], classes: int, weighing: str | None) -> tuple[Matrix, Matrix]:
    """Weights (features × classes) and bias. Every class must occur."""
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, class_weight=weighing).fit(table, wanted)
    if len(model.classes_) != classes:
        raise ValueError(f"lessons are needed for all {classes} classes; only {list(model.classes_)} occur")
    return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


def _widened(head: tuple[Matrix, Matrix], features: int) -> tuple[Matrix, Matrix]:
    """What only moods have says nothing of needs: adding a mood changes no reason."""
    weights, bias = head
    return np.vstack([weights, np.zeros((features - len(weights), weights.shape[1]), np.float32)]), bias


def _feelings(table: csr_matrix, shown: list[Lesson | Mood]) -> tuple[Matrix, Matrix]:
    counts = [MOODS_COUNT if isinstance(it, Mood) else 1.0 for it in shown]
    model = LogisticRegression(C=STRENGTH_OF_FEELING, max_iter=ROUNDS, class_weight="balanced")
    model.fit(table, [EMOTIONS.index(it.emotion) for it in shown], sample_weight=counts)
    return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


def save(known: Reader, path: Path) -> None:
    """Weights are kept in half precision: it changes no decision and halves the file."""
    names = np.frombuffer("\n".join(known.place).encode(), dtype=np.uint8)
    np.savez_compressed(
        path,
        names=names,
        rarity=known.rarity.astype(np.float16),
        weights=known.weights.astype(np.float16),
        bias=known.bias,
        offer=known.offer,
    )


def main() -> None:
    taught, felt = lessons(), moods()
    known = learn(taught, felt)
    path = Path(__file__).parent / FILE
    save(known, path)
    sys.stdout.write(f"{len(taught)} lessons, {len(felt)} moods, {len(known.place)} features, offer from {known.offer}: {path}\n")


if __name__ == "__main__":
    main()
