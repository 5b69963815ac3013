"""The free agents of a lane: read once, and asked about for each who waits in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from tandem.infra.db import Connection
from tandem.routing.engine import store
from tandem.routing.engine.choose import Candidate, ranked
from tandem.routing.engine.model import Waiting
from tandem.routing.engine.terms import Place, Terms
from tandem.routing.queues.model import Criterion

MOST_CANDIDATES = 20

Refusals = Mapping[UUID, Collection[UUID]]  # who lately let which customer pass


class Pool:
    """`found`: so many of the best that whoever has been asked meanwhile, or has refused, can be left out."""

    def __init__(self, found: Iterable[store.Found], order: Sequence[Criterion], refusals: Refusals) -> None:
        self._found = {it.agent: it for it in found}
        self._order = order
        self._refusals = refusals

    def candidates(self, wait: Waiting, terms: Terms, asked: Collection[UUID] = ()) -> tuple[list[Candidate], int]:
        """The best first, at most `MOST_CANDIDATES`; and how many they are in all."""
        refused = self._refusals.get(wait.subject, ())
        held = wait.held_for if wait.held_until and wait.held_until > terms.now else None
        left = [
            _for_customer(it, wait)
            for it in self._found.values()
            if it.agent not in asked and it.agent not in refused and (held is None or it.agent == held)
        ]
        unread = max((it.possible for it in self._found.values()), default=0) - len(self._found) if held is None else 0
        return ranked(left, self._order)[:MOST_CANDIDATES], len(left) + unread


def _for_customer(it: store.Found, wait: Waiting) -> Candidate:
    return Candidate(
        it.agent,
        float(it.agent == wait.last_agent),
        float(it.agent == wait.keeper),
        it.expertise,
        round(it.load, 4),
        round(it.idle, 1),
    )


async def read_pool(db: Connection, waits: Sequence[Waiting], terms: Terms, place: Place, refusals: Refusals) -> Pool:
    """`waits`: of one lane, at least one. Nobody of them misses somebody whom he alone would be given to."""
    refused = {agent for it in waits for agent in refusals.get(it.subject, ())}
    their_own = {agent for it in waits for agent in (it.last_agent, it.keeper, it.held_for) if agent}
    found = await store.pool(
        db, waits[0].subject, now=terms.now, seen=terms.seen, weights=terms.weights, order=terms.order,
        named=[need.expertise for need in place.config.needs], limit=MOST_CANDIDATES + len(waits) + len(refused),
        also=sorted(refused | their_own),
    )  # fmt: skip
    return Pool(found, terms.rule.order, refusals)
