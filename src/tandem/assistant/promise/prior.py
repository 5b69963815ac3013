"""What other shops' judged questions let one expect here, before anything was judged here.

This is no guarantee: it holds as far as this shop is like those. It was measured as follows (`python -m bench confidence`): with
how sure the assistant is fitted on all shops but one, which share of its answers in the left-out shop is wrong, from each confidence
on; of all shops together.
"""

from itertools import pairwise

WRONG_FROM: tuple[tuple[float, float], ...] = (
    (0.30, 0.213), (0.40, 0.145), (0.50, 0.100), (0.60, 0.080), (0.65, 0.070), (0.70, 0.052), (0.75, 0.034), (0.80, 0.018),
    (0.85, 0.016), (0.90, 0.0085), (0.95, 0.0048), (0.99, 0.004),
)  # fmt: skip
"""From which confidence on which share of the answers is wrong, half a wrong one added to each count."""
GRID = tuple(round(WRONG_FROM[0][0] + step / 100, 2) for step in range(round((WRONG_FROM[-1][0] - WRONG_FROM[0][0]) * 100) + 1))
"""The confidences that are considered as thresholds."""


def expected_wrong(least: float) -> float:
    """Which share of the answers from this confidence on may be expected to be wrong."""
    if least <= WRONG_FROM[0][0]:
        return WRONG_FROM[0][1]
    for (low, more), (high, fewer) in pairwise(WRONG_FROM):
        if least <= high:
            return more + (fewer - more) * (least - low) / (high - low)
    return WRONG_FROM[-1][1]
