"""A round: agents who have become free and customers who wait are brought together, many at once, by one process at a time."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from random import Random
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Database, Tx
from tandem.routing.engine import store
from tandem.routing.engine.choose import choose
from tandem.routing.engine.match import new_offer, store_offers
from tandem.routing.engine.model import NewOffer, Waiting
from tandem.routing.engine.pool import Pool, Refusals, read_pool
from tandem.routing.engine.terms import Place, Terms, terms_for
from tandem.routing.looks.act import look_at

_MOST = 64  # offers in a round. It grows to that while others than those who were looked at are better: then many are free
_SOON = timedelta(milliseconds=50)  # those whom somebody else is dealing with are looked at again then


class Rounds:
    """`random` is asked only where the rule explores."""

    def __init__(self, db: Database, bus: Bus, random: Random) -> None:
        self._db = db
        self._bus = bus
        self._random = random

    async def find_work(self, agents: Sequence[UUID], terms: Terms) -> None:
        """Round after round, until each of these agents has been asked something or nobody waits whom he may take. The earliest due
        comes first and gets the best who may: mostly one of these, but not always."""
        left, busy, most = list(agents), set[UUID](), len(agents)
        while left:
            async with self._db.write() as tx:
                await store.begin_round(tx.db)
                waits = await store.first_for(
                    tx.db, left, now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed, limit=most,
                    but=sorted(busy),
                )  # fmt: skip
                matched, made = await self.offer(tx, waits, terms, busy)
                missed = [it for it in matched if it not in made]
                await self._look_again(tx, missed, terms)
            if not matched:
                return
            asked = {it.agent_id for it in made}
            left = [it for it in left if it not in asked]
            most = min(2 * most, _MOST)
            busy |= {it.subject for it in missed} | {it.agent_id for it in missed}

    async def offer(
        self, tx: Tx, waits: Sequence[Waiting], terms: Terms, busy: set[UUID]
    ) -> tuple[list[NewOffer], list[NewOffer]]:  # fmt: skip
        """What fits together, and what of it could be made an offer: the rest is being dealt with elsewhere. `busy`: who is left out."""
        matched = await self._matched(tx, waits, terms, busy)
        made = await self._claimed(tx, matched, terms)
        if made:
            await store_offers(tx, self._bus, made, terms)
        return matched, made

    async def _matched(self, tx: Tx, waits: Sequence[Waiting], terms: Terms, busy: set[UUID]) -> list[NewOffer]:
        refusals = await store.refused_by(tx.db, [it.subject for it in waits], terms.passed) if waits else {}
        lanes = await self._lanes(tx, waits, terms, refusals)
        asked, matched = set(busy), list[NewOffer]()
        for wait in waits:
            pool, place = lanes[wait.lane]
            candidates, possible = pool.candidates(wait, terms, asked)
            if candidates:
                choice = choose(candidates, terms.rule.order, terms.rule.exploration, self._random)
                matched.append(new_offer(wait, choice, candidates, possible, terms, place))
                asked.add(choice.candidate.agent)
        return matched

    async def _lanes(self, tx: Tx, waits: Sequence[Waiting], terms: Terms, refusals: Refusals) -> dict[str, tuple[Pool, Place]]:
        """Who could take those of each lane, and the queue it belongs to."""
        found = {}
        for lane, them in groupby(sorted(waits, key=lambda it: it.lane), key=lambda it: it.lane):
            in_lane = list(them)
            _, place = await terms_for(tx.db, in_lane[0].queue_id, terms.now)
            found[lane] = await read_pool(tx.db, in_lane, terms, place, refusals), place
        return found

    async def _claimed(self, tx: Tx, matched: Sequence[NewOffer], terms: Terms) -> list[NewOffer]:
        """Those whose customer and agent are both locked now. Who is being dealt with elsewhere is not waited for: a round holds up
        everybody."""
        if not matched:
            return []
        held = await store.hold_unasked(tx.db, [it.subject for it in matched])
        pairs = [(it.subject, it.agent_id) for it in matched if it.subject in held]
        claimed = await store.claim(
            tx.db, pairs, now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed
        ) if pairs else set()  # fmt: skip
        return [it for it in matched if it.subject in claimed]

    async def _look_again(self, tx: Tx, missed: Sequence[NewOffer], terms: Terms) -> None:
        """Else a free agent and a customer, each being dealt with elsewhere for a moment, would miss each other."""
        soon = terms.now + _SOON
        await look_at(
            tx, self._bus, *((it.subject, "wait", soon) for it in missed), *((it.agent_id, "agent", soon) for it in missed)
        )
