"""Picking thresholds: from what other shops let one expect, and from what was judged here.

Two things allow an answer, and the lower of the two thresholds counts:

- *Expected*: the share of wrong answers in other shops (`prior`) stands in for judged answers here, as many as let EXPECTED wrong
  ones be expected at the promised share. What was judged here is added to it, and answers are given from the lowest confidence at
  which so few wrong answers, of both, would be unlikely (by the tail of Poisson's distribution) if the promise were broken.
  With nothing judged this rests on the other shops alone, it is no guarantee. Each judged answer makes it less so: right ones
  widen, wrong ones narrow.
- *Proven* (`control`): judged answers here alone. This is the finite-sample guarantee, and needs more of them.

What customers do after answers can only raise the line, of a category by itself: where more of its answers than promised were followed by
"that did not help" and a person, more than chance explains, nothing is answered from there on. Silence is no evidence: it lowers nothing.

A category with enough judged questions gets a threshold of its own, the others share one; the doubt is shared out evenly (Bonferroni),
so that all of them hold together. A bigger number never answers less than a smaller one: what a smaller promise allows, on a ladder of
RUNGS, a bigger one allows too. A test shows by simulation that the promise is kept all the same.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from math import ceil, inf, isfinite

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant.promise.control import DOUBT, few, fewest, threshold
from tandem.assistant.promise.model import NEVER, Account, Followed, Judged, Thresholds
from tandem.assistant.promise.prior import GRID, expected_wrong

EXPECTED = 9.0
"""So many wrong answers could be expected of the judged answers for which other shops stand in."""
UNLIKELY = 0.12
"""How likely so few wrong answers may be if more than promised were wrong. With EXPECTED it follows that answers begin where other
shops had at most five ninths of the promised share. Both were chosen so that no shop on which they were tried, left out, got more wrong
answers than promised (bench/RESULTS.md)."""
RUNGS = (0.001, 0.002, 0.003, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2)
BY_CHANCE = 0.001
"""How likely so many answers may be by chance that did not help. Small, because it is asked every minute, of each category."""
TELLING = 5
"""Fewer that did not help tell nothing."""
_OTHERS = ""


class _Reached(Struct, frozen=True):
    """From which confidence on may be answered, and from which on that is proven (infinity: nowhere)."""

    least: float
    proven: float

    def and_by(self, other: "_Reached") -> "_Reached":
        return _Reached(min(self.least, other.least), min(self.proven, other.proven))


def picked(judged: Sequence[Judged], max_wrong: float, followed: Sequence[Followed] = ()) -> tuple[Thresholds, tuple[Account, ...]]:
    """The thresholds that follow from `judged` and from what `followed` answers, and what each rests on, those of the others first."""
    by_category: dict[str, list[Judged]] = defaultdict(list)
    for it in judged:
        by_category[it.category].append(it)
    reached = _at(by_category, max_wrong)
    for rung in RUNGS:
        if rung < max_wrong:
            smaller = _at(by_category, rung)
            reached = {name: it.and_by(smaller.get(name, smaller[_OTHERS])) for name, it in reached.items()}
    least = {name: it.least for name, it in reached.items()}
    thresholds = Thresholds(least.pop(_OTHERS), least)
    raised = _raised(thresholds, followed, max_wrong)
    thresholds = Thresholds(thresholds.least, least | raised)
    accounts = _accounts(by_category, thresholds, {name: it.proven for name, it in reached.items()}, max_wrong)
    return thresholds, tuple(
        replace(it, unhelpful=_failed(followed, it.category)) if it.category in raised else it for it in accounts
    )


def _failed(followed: Sequence[Followed], category: str) -> int:
    return sum(it.failed for it in followed if it.category == category)


def _accounts(
    by_category: dict[str, list[Judged]], thresholds: Thresholds, proven: dict[str, float], max_wrong: float
) -> tuple[Account, ...]:
    others = [it for name, cases in by_category.items() if name not in thresholds.by_category for it in cases]
    needed = fewest(max_wrong, DOUBT / len(proven))
    own = {name: by_category.get(name, []) for name in thresholds.by_category if name != _OTHERS}
    found = [_account(_OTHERS, others, _Reached(thresholds.least, proven[_OTHERS]), needed)]
    return (*found, *(_account(it, own[it], _Reached(thresholds.of(it), proven.get(it, inf)), needed) for it in own))


@cache
def starting(max_wrong: float) -> Thresholds:
    """Those before anything was judged here."""
    return picked((), max_wrong)[0]


def _raised(thresholds: Thresholds, followed: Sequence[Followed], max_wrong: float) -> dict[str, float]:
    """The categories in which too many answers did not help, and the line from which on it is no longer too many."""
    by_category: dict[str, list[Followed]] = defaultdict(list)
    for it in followed:
        by_category[it.category].append(it)
    lines = {name: _helpful(thresholds.of(name), cases, max_wrong) for name, cases in sorted(by_category.items())}
    return {name: line for name, line in lines.items() if line > thresholds.of(name)}


def _helpful(least: float, cases: Sequence[Followed], max_wrong: float) -> float:
    for line in (least, *(it for it in GRID if it > least)):
        answers = sum(it.answers for it in cases if it.sure >= line)
        failed = sum(it.failed for it in cases if it.sure >= line)
        if failed < TELLING or few(failed - 1, answers * max_wrong) < 1 - BY_CHANCE:
            return line
    return NEVER


def _at(by_category: dict[str, list[Judged]], max_wrong: float) -> dict[str, _Reached]:
    """At one promise: of the others first, then of each category with a threshold of its own."""
    doubt = DOUBT / (1 + sum(len(cases) >= fewest(max_wrong) for cases in by_category.values()))
    proven = {name: _proven(cases, max_wrong, doubt) for name, cases in sorted(by_category.items()) if name != _OTHERS}
    own = {name: least for name, least in proven.items() if isfinite(least)}
    others = [it for name, cases in by_category.items() if name not in own for it in cases]
    reached = {_OTHERS: _reached(others, max_wrong, _proven(others, max_wrong, doubt))}
    return reached | {name: _reached(by_category[name], max_wrong, least) for name, least in own.items()}


def _reached(cases: Sequence[Judged], max_wrong: float, proven: float) -> _Reached:
    return _Reached(min(proven, _expected(cases, max_wrong)), proven)


def _proven(cases: Sequence[Judged], max_wrong: float, doubt: float) -> float:
    return threshold([(it.sure, it.was_right) for it in cases], max_wrong, doubt)


def _expected(cases: Sequence[Judged], max_wrong: float) -> float:
    """The lowest confidence of GRID from which on so few wrong answers would be unlikely if too many were wrong. Below where other shops
    alone let one begin, what was judged there must allow it by itself, and nothing below all that was judged is allowed: answers that
    were surer say nothing of those."""
    start = next((least for least in GRID if _unlikely(least, (0, 0), max_wrong)), NEVER)
    sure, wrong = sorted(it.sure for it in cases), sorted(it.sure for it in cases if not it.was_right)
    above = (bisect_left(sure, start), bisect_left(wrong, start))
    for least in (it for it in GRID if it >= start or (sure and it >= sure[0])):
        judged = (len(sure) - bisect_left(sure, least), len(wrong) - bisect_left(wrong, least))
        below = (above[0] - bisect_left(sure, least), above[1] - bisect_left(wrong, least))
        if _unlikely(least, judged, max_wrong) and (least >= start or _unlikely(least, below, max_wrong)):
            return least
    return NEVER


def _unlikely(least: float, judged: tuple[int, int], max_wrong: float) -> bool:
    """Whether so few wrong answers are, in other shops from this confidence on and among `judged` here (how many, how many wrong)."""
    elsewhere = ceil(EXPECTED * expected_wrong(least) / max_wrong)
    return few(elsewhere + judged[1], EXPECTED + judged[0] * max_wrong) <= UNLIKELY


def _account(category: str, cases: Sequence[Judged], reached: _Reached, needed: int) -> Account:
    answered = [it for it in cases if it.sure >= reached.least]
    proven = reached.least >= reached.proven
    return Account(category, len(answered), sum(not it.was_right for it in answered), round(reached.least, 4), proven, needed)
