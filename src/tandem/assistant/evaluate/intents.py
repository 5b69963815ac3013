"""How well intents are told apart, learned from one file of labelled texts and judged on another."""

from collections.abc import Sequence
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tandem.assistant.evaluate.report import Mistake, Report, reported
from tandem.assistant.evaluate.rows import Labelled
from tandem.assistant.intents.classifier import Guess, Intents
from tandem.assistant.intents.leaning import Leanings, suits

_BINS = 15
GIVEN_UP = 0.005
_TIMED = 200
"""Texts that are read one by one, as a customer's is."""

Floats = NDArray[np.float64]


def evaluate(taught: Sequence[Labelled], asked: Sequence[Labelled], outside: str | None = None) -> dict[str, float | None]:
    """The figures of `report`."""
    return report(taught, asked, outside).figures


def report(taught: Sequence[Labelled], asked: Sequence[Labelled], outside: str | None = None) -> Report:
    """Figures are shares 0 to 1. `outside`: the label of texts that have none of the intents.

    `accuracy` and `macro_f1` over all texts, with "none of them" as an answer where `outside` is given. At that one threshold, chosen
    on the taught texts alone: `oos_recall`, the share of texts outside that are found to be so, and `in_scope_accuracy`. `auroc`: how
    well the two are told apart at any threshold (Hanley and McNeil, 1982). `ece`: by how much what it says of its sureness differs
    from what was right (expected calibration error, 15 bins; Guo and others, "On calibration of modern neural networks", 2017).
    `ms_p50`: milliseconds a text, read alone. None where there is no text to count. Raises `ValueError` when there is too little to
    learn from."""
    known = _learned([it.text for it in taught], [it.label for it in taught], outside)
    guesses = known.read([it.text for it in asked])
    least = least_known(*known.told) if isinstance(known, Intents) and outside is not None else -1.0
    within = np.array([guess.known >= least for guess in guesses])
    truly = np.array([it.label != outside for it in asked])
    labels = [it.label for it in asked]
    answers = [guess.label if ours else str(outside) for guess, ours in zip(guesses, within, strict=True)]
    hit = np.array([answer == label for answer, label in zip(answers, labels, strict=True)])
    figures = {
        "accuracy": _mean(hit),
        "macro_f1": _macro_f1(labels, answers),
        "oos_recall": _mean(hit[~truly]),
        "in_scope_accuracy": _mean(hit[truly]),
        "auroc": _auroc(np.array([guess.known for guess in guesses]), truly),
        "ece": _ece(_sureness(guesses, within, least), hit),
        "ms_p50": _ms(known, [it.text for it in asked[:_TIMED]]),
    }
    judged = enumerate(zip(asked, answers, strict=True), start=2)  # the header is line 1
    return reported(figures, (Mistake(str(row), it.text, it.label, found) for row, (it, found) in judged if it.label != found))


def _learned(texts: list[str], labels: list[str], outside: str | None) -> Intents | Leanings:
    """Few labels with many examples each are leanings; whether a text has any of the labels at all is only asked of intents."""
    return Leanings(texts, labels) if outside is None and suits(labels) else Intents(texts, labels, outside)


def least_known(known: Floats, right: NDArray[np.bool_], inside: NDArray[np.bool_]) -> float:
    """The threshold that costs a given part of what would be read rightly: sending away a customer who could have been helped is
    the worse mistake. Where nothing tells texts outside apart it still finds some."""
    return float(np.quantile(known[right & inside], GIVEN_UP)) if (right & inside).any() else 0.0


def _sureness(guesses: Sequence[Guess], within: NDArray[np.bool_], least: float) -> Floats:
    """How likely the answer given is right, "none of them" being an answer too."""
    if least < 0:
        return np.array([guess.right for guess in guesses])
    return np.array([it.right * it.known if ours else 1 - it.known for it, ours in zip(guesses, within, strict=True)])


def _mean(held: NDArray[np.bool_]) -> float | None:
    return round(float(held.mean()), 4) if len(held) else None


def _macro_f1(labels: Sequence[str], answers: Sequence[str]) -> float:
    """Over the labels that occur in what was asked."""
    shares = []
    for label in sorted(set(labels)):
        both = sum(a == b == label for a, b in zip(labels, answers, strict=True))
        shares.append(2 * both / (labels.count(label) + answers.count(label)))
    return round(sum(shares) / len(shares), 4)


def _auroc(scores: Floats, holds: NDArray[np.bool_]) -> float | None:
    inside, outside = int(holds.sum()), int((~holds).sum())
    if not inside or not outside:
        return None
    values, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return round(float((rank[holds].sum() - inside * (inside + 1) / 2) / (inside * outside)), 4) if len(values) else None


def _ece(sureness: Floats, hit: NDArray[np.bool_]) -> float:
    bins = np.minimum((sureness * _BINS).astype(int), _BINS - 1)
    off = [abs(hit[bins == i].mean() - sureness[bins == i].mean()) * (bins == i).sum() for i in np.unique(bins)]
    return round(float(sum(off) / len(hit)), 4)


def _ms(known: Intents | Leanings, texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        started = perf_counter()
        known.read([text])
        times.append((perf_counter() - started) * 1000)
    return round(median(times), 3)
