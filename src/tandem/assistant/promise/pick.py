"""Picking thresholds from judged answers. The guarantee itself is in `control`.

A category with enough judged questions gets a threshold of its own, the others share one; the doubt is shared out evenly (Bonferroni),
so that all of them hold together. Where nothing can be proven yet, what is in force stays, and is only ever raised: as soon as what
was judged speaks against it, up to where it no longer does.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import isfinite

from tandem.assistant.promise.control import DOUBT, chance, fewest, threshold
from tandem.assistant.promise.model import NEVER, Account, Judged, Thresholds

_OTHERS = ""


def picked(judged: Sequence[Judged], max_wrong: float, now: Thresholds) -> tuple[Thresholds, tuple[Account, ...]]:
    """The thresholds that follow from `judged`, and what each rests on, those of the others first."""
    by_category: dict[str, list[Judged]] = defaultdict(list)
    for it in judged:
        by_category[it.category].append(it)
    doubt = DOUBT / (1 + sum(len(cases) >= fewest(max_wrong) for cases in by_category.values()))
    own = {name: least for name, cases in sorted(by_category.items()) if isfinite(least := _proven(cases, max_wrong, doubt))}
    others = [it for it in judged if it.category not in own]
    proven = _proven(others, max_wrong, doubt)
    least = proven if isfinite(proven) else _not_refuted(others, max_wrong, now.least)
    needed = fewest(max_wrong, doubt)
    accounts = [_account(_OTHERS, others, least, needed, proven=isfinite(proven))]
    accounts += [_account(name, by_category[name], own[name], needed, proven=True) for name in own]
    return Thresholds(least, own), tuple(accounts)


def _proven(cases: Sequence[Judged], max_wrong: float, doubt: float) -> float:
    return threshold([(it.sure, it.was_right) for it in cases], max_wrong, doubt)


def _not_refuted(cases: Sequence[Judged], max_wrong: float, least: float) -> float:
    """`least`, or the next higher confidence from which on as many wrong answers as there were may still be bad luck."""
    for start in (least, *sorted({it.sure for it in cases if it.sure > least})):
        answered = [it for it in cases if it.sure >= start]
        wrong = sum(not it.was_right for it in answered)
        if wrong == 0 or 1 - chance(wrong - 1, len(answered), max_wrong) > DOUBT:
            return start if answered or start == least else NEVER
    return NEVER


def _account(category: str, cases: Sequence[Judged], least: float, needed: int, *, proven: bool) -> Account:
    answered = [it for it in cases if it.sure >= least]
    return Account(category, len(answered), sum(not it.was_right for it in answered), round(least, 4), proven, needed)
