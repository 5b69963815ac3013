"""From which confidence on one may answer so that at most a given part of the answers is wrong.

Selective risk control by "Learn then Test" (Angelopoulos, Bates, Candès, Jordan and Lei, 2021) with fixed-sequence testing: from
the surest answers on, more and more are allowed, each time testing "more than `max_wrong` of these are wrong" by the exact binomial
tail (Clopper and Pearson, "The use of confidence or fiducial limits", 1934); the first test that does not reject ends a sequence.
Sequences start at several sizes, which share DOUBT evenly (Bonferroni). With probability 1 - DOUBT over the judged questions the
share of wrong answers among those given at the threshold is at most `max_wrong`, if later questions are of the same kind.

`on_average` promises less: it is kept in expectation over the cases too, not for nine in ten of them. Customers are served by
`threshold`; it is for who answers again and again and is judged over all of it (`evaluate/loop.py`).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, inf, lgamma, log, log1p

DOUBT = 0.1
_MISSES_AT_START = (0, 2, 5)
"""A sequence starts where so many wrong answers would still pass."""
_STEP = 1.1


def threshold(judged: Sequence[tuple[float, bool]], max_wrong: float, doubt: float = DOUBT) -> float:
    """The lowest confidence that may answer; infinity if none may. `judged`: confidence and whether the answer was right."""
    best_first = sorted(judged, key=lambda it: -it[0])
    lowest = inf
    for misses in _MISSES_AT_START:
        level = doubt / len(_MISSES_AT_START)
        size = _smallest(misses, max_wrong, level)
        while size <= len(best_first):
            size = _with_equals(best_first, size)
            if chance(sum(not right for _, right in best_first[:size]), size, max_wrong) > level:
                break
            lowest = min(lowest, best_first[size - 1][0])
            size = max(size + 1, int(size * _STEP))
    return lowest


def on_average(cases: Sequence[tuple[float, float]], max_wrong: float) -> float:
    """The lowest confidence that may answer so that of the next answers `max_wrong` are wrong at most in expectation; infinity if none
    may. `cases`: confidence, and whether it would be wrong (0 or 1) or how likely that is.

    Conformal risk control (Angelopoulos, Bates, Fisch, Lei and Schuster, 2022) of the loss "wrong, less `max_wrong`" of whatever is
    answered: one more case, as bad as can be, is added to those that are known. It holds as far as the next case is of their kind and,
    where likelihoods stand for what is not known, as far as these are true. Theirs is a loss that only grows with what is answered,
    which this one need not do; so the first threshold that fails after one that held ends the search."""
    best_first = sorted(cases, key=lambda it: -it[0])
    wrong, lowest = 1 - max_wrong, inf
    for answered, (sure, doubt) in enumerate(best_first, start=1):
        wrong += doubt
        if answered < len(best_first) and best_first[answered][0] == sure:
            continue  # a threshold cannot part equals
        if wrong <= max_wrong * answered:
            lowest = sure
        elif lowest < inf:
            break
    return lowest


def chance(wrong: int, answered: int, share: float) -> float:
    """Of at most `wrong` wrong among `answered` if each is wrong with probability `share`, between 0 and 1 exclusive."""
    return sum(
        exp(lgamma(answered + 1) - lgamma(k + 1) - lgamma(answered - k + 1) + k * log(share) + (answered - k) * log1p(-share))
        for k in range(wrong + 1)
    )


def few(wrong: int, expected: float) -> float:
    """Of at most `wrong` wrong ones if so many are expected, by Poisson's distribution, which is never surer than the binomial one for
    fewer than expected (Anderson and Samuels, "Some inequalities among binomial and Poisson probabilities", 1967)."""
    return sum(exp(k * log(expected) - expected - lgamma(k + 1)) for k in range(wrong + 1))


def fewest(max_wrong: float, doubt: float = DOUBT) -> int:
    """How many judged answers a threshold needs at least, all of them right."""
    return _smallest(0, max_wrong, doubt / len(_MISSES_AT_START))


def interval(wrong: int, judged: int) -> tuple[float, float]:
    """Between which shares the true share of wrong answers lies, with probability 1 - DOUBT at least (Clopper and Pearson, 1934)."""
    if not judged:
        return 0.0, 1.0
    low = 0.0 if wrong == 0 else _share_at(lambda share: 1 - chance(wrong - 1, judged, share) >= DOUBT / 2)
    high = 1.0 if wrong == judged else _share_at(lambda share: chance(wrong, judged, share) <= DOUBT / 2)
    return round(low, 4), round(high, 4)


def _share_at(reached: Callable[[float], bool]) -> float:
    """The least share, to four digits, from which on something growing is reached."""
    low, high = 0.0, 1.0
    while high - low > 1e-5:
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


@lru_cache(maxsize=256)
def _smallest(misses: int, max_wrong: float, level: float) -> int:
    """The more are judged, the less likely so few misses are: the size is found by halving."""
    low, high = misses, 2 * misses + 1
    while chance(misses, high, max_wrong) > level:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if chance(misses, middle, max_wrong) > level else (low, middle)
    return high


def _with_equals(best_first: Sequence[tuple[float, bool]], size: int) -> int:
    """As many as have at least the confidence of the last: a threshold cannot part equals."""
    while size < len(best_first) and best_first[size][0] == best_first[size - 1][0]:
        size += 1
    return size
