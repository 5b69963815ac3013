"""How likely each article that was found is the answer.

One choice is made among all that was found, in both languages, and "none of them": a conditional logit (McFadden, "Conditional logit
analysis of qualitative choice behavior", 1974) over a few things that speak for an article. What makes articles resemble each
other's fit thereby lowers the chance of all of them, and what fits nothing well leaves the chance to "none".

The weights were learned (L2) from judged questions to five shops, see bench/README.md; `python -m bench confidence` learns them anew.
"""

from collections.abc import Sequence
from math import exp
from operator import mul
from uuid import UUID

from msgspec import Struct
from msgspec.structs import astuple

from tandem.knowledge.search import Hit


class Weights(Struct, frozen=True):
    """Of what speaks for a hit. `lead`: how far its fit is behind the best in its language, 0 or less; `common`: as in `Hit`, but the more
    there is, the less does more of it say (from 0 to 1); the others as in `Hit`. `fit` and `strange` count where an encoder tells, and so do
    `nearness`, and `behind`, how far it is behind the nearest."""

    always: float
    lead: float
    covered: float
    worded: float
    meant: float
    common: float
    fit: float = 0.0
    strange: float = 0.0
    nearness: float = 0.0
    behind: float = 0.0


OWN = Weights(-4.97, 6.00, 2.65, 1.67, 2.50, 4.21)
CROSSING = Weights(-7.64, 5.75, 3.67, 2.14, 2.92, 7.73)
"""For articles in the asker's own language and in the other."""
READ = Weights(-3.81, 3.51, 0.27, -0.29, 1.81, 2.59, 0.08, 0.63, 4.59, 4.76)
"""For articles whose meaning is known, in either language: learned (`python -m bench meaning`) with an encoder of English alone."""


class Weighed(Struct, frozen=True):
    """`chance`: how likely it is the answer, 0 to 1; of all hits together at most 1."""

    hit: Hit
    chance: float


def evidence(hit: Hit, best: Hit, nearest: float = 0.0) -> tuple[float, ...]:
    """What speaks for a hit, in the order of `Weights`. `best`: the first in its language; `nearest`: how near the nearest of all is."""
    near = (0.0, 0.0) if hit.near is None else (hit.near, hit.near - nearest)
    common = hit.common / (1 + hit.common)
    return 1.0, hit.score - best.score, hit.covered, hit.worded, hit.meant, common, hit.score, hit.strange, *near


def weighed(own: Sequence[Hit], crossing: Sequence[Hit] = ()) -> list[Weighed]:
    """The likeliest first. Both lists begin with the best fit. An article found in both is one answer, with the chance of both."""
    nearest = max((hit.near for hit in (*own, *crossing) if hit.near is not None), default=0.0)
    rated = [(hit, _odds(evidence(hit, own[0], nearest), OWN if hit.near is None else READ)) for hit in own]
    rated += [(hit, _odds(evidence(hit, crossing[0], nearest), CROSSING if hit.near is None else READ)) for hit in crossing]
    all_odds = 1.0 + sum(odds for _, odds in rated)
    hits: dict[UUID, Hit] = {}
    chances: dict[UUID, float] = {}
    for hit, odds in rated:
        hits.setdefault(hit.article.id, hit)
        chances[hit.article.id] = chances.get(hit.article.id, 0.0) + odds / all_odds
    return sorted((Weighed(hit, chances[id]) for id, hit in hits.items()), key=lambda it: -it.chance)


def _odds(speaking: tuple[float, ...], weights: Weights) -> float:
    """Against "none of them"."""
    return exp(sum(map(mul, astuple(weights), speaking)))
