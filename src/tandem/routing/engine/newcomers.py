"""Several who begin to wait at once: offered in a round, as far as there are agents for them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs

from tandem.infra.db import Database, Tx
from tandem.routing.engine import store
from tandem.routing.engine.asked import asked
from tandem.routing.engine.model import Waiting
from tandem.routing.engine.round import Rounds
from tandem.routing.engine.terms import Terms, terms_for
from tandem.routing.engine.wait_look import WaitLook
from tandem.routing.looks import store as looks


class Newcomers:
    def __init__(self, db: Database, waits: WaitLook, rounds: Rounds) -> None:
        self._db = db
        self._waits = waits
        self._rounds = rounds

    async def offer(self, subjects: Sequence[UUID], leased: datetime, now: datetime) -> set[UUID]:
        """Who of them has been offered, and need not be looked at any more. The others stand as if nobody had looked at them yet: what
        becomes of somebody whom nobody is free for, his own look decides."""
        async with self._db.write() as tx:
            await store.begin_round(tx.db)
            ready, terms = await self._ready(tx, subjects, now)
            if terms is None:
                return set()
            _, made = await self._rounds.offer(tx, ready, terms, set())
            offered = {it.subject for it in made}
            await store.forget_asked(tx.db, [it.subject for it in ready if it.subject not in offered])
            await looks.looked_at(tx.db, dict.fromkeys(offered), leased)
        return offered

    async def _ready(self, tx: Tx, subjects: Sequence[UUID], now: datetime) -> tuple[list[Waiting], Terms | None]:
        """Those whose queue is open, each in his lane, the earliest due first. All who share a lane are put there at once."""
        terms, ready, lanes = None, list[Waiting](), dict[str, list[UUID]]()
        come = await store.hold_newcomers(tx.db, subjects)
        places = {queue: await terms_for(tx.db, queue, now) for queue in {it.queue_id for it in come}}
        wants = {}
        for wait in come:
            terms, place = places[wait.queue_id]
            if not place.open(now):
                continue
            asks = asked(place.config, wait.language, (now - wait.queued_at).total_seconds())
            lane = asks.lane(wait.queue_id, wait.kind)
            wants[lane] = asks
            lanes.setdefault(lane, []).append(wait.subject)
            until = await self._waits.held_until(tx, wait, terms)
            ready.append(structs.replace(wait, lane=lane, held_for=wait.last_agent if until else None, held_until=until))
        for lane, them in lanes.items():
            await store.set_asked(tx.db, them, wants[lane], lane=lane, open=True)
        return ready, terms
