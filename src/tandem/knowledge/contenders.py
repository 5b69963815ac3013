"""Which articles can be among the best answers to a question, found without comparing every row in full.

For every row it is summed up how much of the question it meets. Whatever else a form contains, its fit is at most
`Asked.at_most` of that (the F-measure is concave, so single terms and pairs need not be told apart); this is the idea of upper
bounds of Turtle and Flood ("Query evaluation: strategies and optimizations", 1995) over whole arrays. The few articles that meet
most are weighed, and after them only those that could still beat them. The result is the same as from weighing all.
"""

import numpy as np

from tandem.knowledge.asked import Asked, together
from tandem.knowledge.postings import Flags, Floats, Places, Postings, spread

_FIRST = 32
"""Articles that are weighed to learn what the best have at least."""
_STEPS = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15, 0.0)
_ROUNDING = 1e-4


def contenders(asked: Asked, postings: Postings, eligible: Flags, limit: int) -> tuple[Places, Floats]:
    """Places of articles among which are the `limit` best, ascending, and their fits. `eligible`: which may be found at all."""
    met = _Met(asked, postings)
    bound = met.bounds() * eligible
    first = _highest(bound, max(_FIRST, limit))
    reached = np.sort(met.fits(first))
    floor = float(reached[-limit]) - _ROUNDING if len(reached) >= limit else 0.0
    able = np.flatnonzero((bound > 0) & (bound >= floor))
    fits = met.fits(able)
    return able[fits >= floor], fits[fits >= floor]


class _Met:
    """How much of a question every row meets."""

    def __init__(self, asked: Asked, postings: Postings) -> None:
        self._asked, self._postings = asked, postings
        self._single = np.zeros(len(postings.matter), np.float32)
        self._pairs = np.zeros(len(postings.matter), np.float32)
        for term in asked.terms.tolist():
            into = self._pairs if asked.known.is_pair[term] else self._single
            into[postings.of(term)] += asked.known.weight[term]
        self._share = asked.told(self._single, self._pairs)

    def bounds(self) -> Floats:
        """For every article a fit that it cannot exceed; 0 where it shares nothing with the question."""
        if not len(self._share):
            return self._share
        return together(self._asked.at_most(self._postings.best_forms(self._share)), self._share[self._postings.answer_row])

    def fits(self, places: Places) -> Floats:
        start, end = self._postings.first_row[places], self._postings.answer_row[places]
        rows, of = spread(start, end)
        matter = self._postings.shared_matter if self._asked.crossing else self._postings.matter
        fit = self._asked.fit(self._single[rows], self._pairs[rows], matter[rows], self._postings.pair_matter[rows])
        best = np.maximum.reduceat(fit, np.searchsorted(of, np.arange(len(places)))) if len(places) else fit
        return together(best, self._share[end])


def _highest(bound: Floats, count: int) -> Places:
    """The places with the highest bounds, `count` of them if there are so many above 0, without sorting them all."""
    top = float(bound.max(initial=0.0))
    for step in _STEPS:
        places = np.flatnonzero(bound > step * top)
        if len(places) > count:
            return np.sort(places[np.argpartition(-bound[places], count)[:count]])
    return places
