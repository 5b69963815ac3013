"""Looking at an agent: is he there, is he free, whom could he take, and who waits for him in vain?"""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from tandem.access import act as access
from tandem.infra.bus import Bus
from tandem.infra.db import Database, Tx
from tandem.routing.engine import store
from tandem.routing.engine.match import offer_best
from tandem.routing.engine.model import Waiting
from tandem.routing.engine.terms import Terms, terms_for
from tandem.routing.looks.act import look_at
from tandem.routing.offers import act as offers
from tandem.routing.offers import store as hands
from tandem.routing.offers.model import Standing
from tandem.routing.queues import store as queues
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Draft, Transferred

_MOST_LANES = 8  # tried for one agent in one look


class AgentLook:
    """Each step is a transaction of its own: what one has done stays done if the next one fails."""

    def __init__(self, db: Database, bus: Bus, timeline: Timeline, random: Random) -> None:
        self._db = db
        self._bus = bus
        self._timeline = timeline
        self._random = random

    async def look(self, agent: UUID, now: datetime) -> datetime | None:
        """When to look again."""
        async with self._db.read() as db:
            terms = Terms(now, (await queues.rule(db)).rule)
            stands = await hands.standing(db, agent, terms.weights)
        if stands is None:
            return None
        gone = now - timedelta(seconds=terms.rule.absent_after)
        if stands.active and stands.presence != "offline" and stands.seen_at <= gone:
            await self._set_absent(agent, now)
            return now
        if stands.wrap_up_until and stands.wrap_up_until <= now:
            await self._end_wrap_up(agent, now)
            return now
        there = stands.active and stands.presence == "online" and stands.seen_at > terms.seen
        if stands.offer_id and (stands.over or not there or stands.wrap_up_until):
            await self._withdraw(stands.offer_id, now)
        if not stands.active or stands.presence == "offline":
            await self._give_up_what_waits(agent, stands, terms)
            later = stands.presence_at + timedelta(seconds=terms.rule.absent_after)
            return later if later > now else None
        if there and not stands.offer_id and not stands.wrap_up_until:
            await self._find_work(agent, terms)
        return min(it for it in (stands.wrap_up_until, stands.seen_at + timedelta(seconds=terms.rule.absent_after)) if it)

    async def _set_absent(self, agent: UUID, now: datetime) -> None:
        async with self._db.write() as tx:
            await access.put_away(tx, self._bus, agent, "offline", "absent", now)

    async def _end_wrap_up(self, agent: UUID, now: datetime) -> None:
        async with self._db.write() as tx:
            await access.wrap_up(tx, self._bus, agent, None, now)

    async def _withdraw(self, offer: UUID, now: datetime) -> None:
        async with self._db.write() as tx:
            await offers.end(tx, self._bus, offer, "withdrawn", now)

    # Work for who is free ------------------------------------------------------------------------------------------------

    async def _find_work(self, agent: UUID, terms: Terms) -> None:
        """The earliest due of all he may take, offered to the best who may: mostly to him."""
        for _ in range(_MOST_LANES):
            async with self._db.write() as tx:
                wait = await self._first_for(tx, agent, terms)
                if wait is None:
                    return
                its_terms, place = await terms_for(tx.db, wait.queue_id, terms.now)
                if await offer_best(tx, self._bus, wait, its_terms, place, self._random) in (agent, None):
                    return

    async def _first_for(self, tx: Tx, agent: UUID, terms: Terms) -> Waiting | None:
        """Locked. Who is locked by another process is passed over, until nobody else is left: then that process is waited for,
        since it may be about to find that nobody is free, not knowing of this agent yet."""
        heads = await store.heads_for(
            tx.db, agent, now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed, limit=_MOST_LANES
        )
        for head in heads:
            wait = await store.take_in_lane(tx.db, head.lane, agent, now=terms.now, passed=terms.passed)
            if wait:
                return wait
        wait = await store.hold(tx.db, heads[0].subject) if heads else None
        return wait if wait and wait.offer_id is None and wait.open else None

    # What an agent who has gone leaves behind --------------------------------------------------------------------------------

    async def _give_up_what_waits(self, agent: UUID, stands: Standing, terms: Terms) -> None:
        """Customers who are owed an answer go back to the queue, with the time they have waited; who is owed nothing keeps his
        person, until he writes and is looked at again."""
        async with self._db.read() as db:
            owed = await hands.owed_by(db, agent) if _long_gone(stands, terms) else []
        for conversation in owed:
            async with self._db.write() as tx:
                held = await self._timeline.hold(tx, conversation)
                now_stands = await hands.standing(tx.db, agent, terms.weights)
                if held.owner == "agent" and held.agent == agent and now_stands and _long_gone(now_stands, terms):
                    await self._timeline.append(tx, held, Draft(SYSTEM, Transferred(None, "")), at=terms.now)
                    await self._timeline.move(tx, held, "queue", at=terms.now)
        async with self._db.write() as tx:
            watched = await store.watched_for_nobody(tx.db)
            await look_at(tx, self._bus, *((it, "wait", terms.now) for it in watched))


def _long_gone(stands: Standing, terms: Terms) -> bool:
    """Deactivated, gone without a word, or away for as long as one who was gone without a word."""
    away = stands.presence_at <= terms.now - timedelta(seconds=terms.rule.absent_after)
    return not stands.active or (stands.presence == "offline" and (away or stands.presence_reason == "absent"))
