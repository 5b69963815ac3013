"""How likely each article that was found is the answer.

One choice is made among all that was found, in both languages, and "none of them": a conditional logit (McFadden, "Conditional logit
analysis of qualitative choice behavior", 1974) over a few things that speak for an article. What makes articles resemble each
other's fit thereby lowers the chance of all of them, and what fits nothing well leaves the chance to "none".

The weights were learned (L2) from judged questions to five shops, see bench/README.md; `python -m bench confidence` learns them anew.
"""

from collections.abc import Sequence
from math import exp

from msgspec import Struct

from tandem.knowledge.search import Hit


class Weights(Struct, frozen=True):
    """Of what speaks for a hit. `lead`: how far its fit is behind the best in its language, 0 or less; `common`: as in `Hit`, but the more
    there is, the less does more of it say (from 0 to 1); the others as in `Hit`."""

    always: float
    lead: float
    covered: float
    worded: float
    meant: float
    common: float


OWN = Weights(-4.92, 6.22, 3.06, 1.61, 2.33, 4.09)
CROSSING = Weights(-7.61, 5.92, 3.73, 2.12, 2.98, 7.62)
"""For articles in the asker's own language and in the other."""


class Weighed(Struct, frozen=True):
    """`chance`: how likely it is the answer, 0 to 1; of all hits together at most 1."""

    hit: Hit
    chance: float


def evidence(hit: Hit, best: Hit) -> tuple[float, ...]:
    """What speaks for a hit, in the order of `Weights`. `best`: the first in its language."""
    return 1.0, hit.score - best.score, hit.covered, hit.worded, hit.meant, hit.common / (1 + hit.common)


def weighed(own: Sequence[Hit], crossing: Sequence[Hit] = ()) -> list[Weighed]:
    """The likeliest first. Both lists begin with the best fit."""
    rated = [(hit, _odds(hit, own[0], OWN)) for hit in own] + [(hit, _odds(hit, crossing[0], CROSSING)) for hit in crossing]
    all_odds = 1.0 + sum(odds for _, odds in rated)
    return sorted((Weighed(hit, odds / all_odds) for hit, odds in rated), key=lambda it: -it.chance)


def _odds(hit: Hit, best: Hit, weights: Weights) -> float:
    """Against "none of them"."""
    always, lead, covered, worded, meant, common = evidence(hit, best)
    return exp(
        weights.always * always + weights.lead * lead + weights.covered * covered + weights.worded * worded + weights.meant * meant
        + weights.common * common
    )  # fmt: skip
