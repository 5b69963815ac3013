"""Looking at an agent: is he there, is he free, and who waits for him in vain?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from tandem.access import act as access
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.routing.engine import store
from tandem.routing.engine.terms import Terms
from tandem.routing.looks.act import look_at
from tandem.routing.offers import act as offers
from tandem.routing.offers import store as hands
from tandem.routing.offers.model import Standing
from tandem.routing.queues import store as queues
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Draft, Transferred


class Looked(Struct, frozen=True):
    """`again`: when to look again. `free`: something may be found for him."""

    again: datetime | None
    free: bool = False


class AgentLook:
    """Each step is a transaction of its own: what one has done stays done if the next one fails."""

    def __init__(self, db: Database, bus: Bus, timeline: Timeline) -> None:
        self._db = db
        self._bus = bus
        self._timeline = timeline

    async def standings(self, agents: Sequence[UUID], now: datetime) -> tuple[Terms, dict[UUID, Standing]]:
        async with self._db.read() as db:
            terms = Terms(now, (await queues.rule(db)).rule)
            return terms, await hands.standings(db, agents, terms.weights)

    async def look(self, agent: UUID, stands: Standing, terms: Terms) -> Looked:
        """What has become due for him alone is done."""
        now, gone = terms.now, terms.now - timedelta(seconds=terms.rule.absent_after)
        if stands.active and stands.presence != "offline" and stands.seen_at <= gone:
            await self._set_absent(agent, now)
            return Looked(again=now)
        if stands.wrap_up_until and stands.wrap_up_until <= now:
            await self._end_wrap_up(agent, now)
            return Looked(again=now)
        there = stands.active and stands.presence == "online" and stands.seen_at > terms.seen
        if stands.offer_id and (stands.over or not there or stands.wrap_up_until):
            await self._withdraw(stands.offer_id, now)
        if not stands.active or stands.presence == "offline":
            await self._give_up_what_waits(agent, stands, terms)
            later = stands.presence_at + timedelta(seconds=terms.rule.absent_after)
            return Looked(again=later if later > now else None)
        absent = stands.seen_at + timedelta(seconds=terms.rule.absent_after)
        return Looked(
            again=min(stands.wrap_up_until, absent) if stands.wrap_up_until else absent,
            free=there and not stands.offer_id and not stands.wrap_up_until,
        )

    async def _set_absent(self, agent: UUID, now: datetime) -> None:
        async with self._db.write() as tx:
            await access.put_away(tx, self._bus, agent, "offline", "absent", now)

    async def _end_wrap_up(self, agent: UUID, now: datetime) -> None:
        async with self._db.write() as tx:
            await access.wrap_up(tx, self._bus, agent, None, now)

    async def _withdraw(self, offer: UUID, now: datetime) -> None:
        async with self._db.write() as tx:
            await offers.end(tx, self._bus, offer, "withdrawn", now)

    # What an agent who has gone leaves behind --------------------------------------------------------------------------------

    async def _give_up_what_waits(self, agent: UUID, stands: Standing, terms: Terms) -> None:
        """Customers who are owed an answer go back to the queue, with the time they have waited; who is owed nothing keeps his
        person, until he writes and is looked at again."""
        async with self._db.read() as db:
            owed = await hands.owed_by(db, agent) if _long_gone(stands, terms) else []
        for conversation in owed:
            async with self._db.write() as tx:
                held = await self._timeline.hold(tx, conversation)
                now_stands = (await hands.standings(tx.db, [agent], terms.weights)).get(agent)
                if held.owner == "agent" and held.agent == agent and now_stands and _long_gone(now_stands, terms):
                    await self._timeline.append(tx, held, Draft(SYSTEM, Transferred(None, "")), at=terms.now)
                    await self._timeline.move(tx, held, "queue", at=terms.now)
        async with self._db.write() as tx:
            watched = await store.watched_for_nobody(tx.db)
            await look_at(tx, self._bus, *((it, "wait", terms.now) for it in watched))


def _long_gone(stands: Standing, terms: Terms) -> bool:
    """Deactivated, gone without a word, or away for as long as one who was gone without a word."""
    away = stands.presence_at <= terms.now - timedelta(seconds=terms.rule.absent_after)
    return not stands.active or (stands.presence == "offline" and (away or stands.presence_reason.startswith("absent")))
