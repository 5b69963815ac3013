"""The clockwork: takes what is due to be looked at, looks, and sleeps until the next is due or until there is news."""

import asyncio
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import structlog

from tandem.access import act as access
from tandem.infra.bus import Bus
from tandem.infra.db import AWAY, Database
from tandem.kit.clock import Clock
from tandem.routing.engine.agent_look import AgentLook
from tandem.routing.engine.wait_look import NeedsTimeline, WaitLook
from tandem.routing.looks import store as looks
from tandem.routing.looks.act import TOPIC
from tandem.routing.looks.model import Look
from tandem.routing.offers import act as offers
from tandem.routing.offers import store as hands
from tandem.routing.queues import store as queues
from tandem.routing.queues.model import LONGEST_OFFER
from tandem.timeline.act import Timeline

log = structlog.get_logger()

LEASE = timedelta(seconds=5)  # who dies while looking is replaced after this
_BATCH = 16
_AT_ONCE = 4
_AWAY_SECONDS = 1.0
_SET_BACK = timedelta(seconds=2)  # what a clock is corrected by without anybody noticing
_LONGEST_SLEEP = 60.0  # seconds; a clock that was set back is noticed at the latest then


class Engine:
    """Any number of them over one database, in any number of processes."""

    def __init__(self, db: Database, bus: Bus, timeline: Timeline, clock: Clock, random: Random) -> None:
        self._db = db
        self._bus = bus
        self._clock = clock
        self._waits = WaitLook(bus, timeline, random)
        self._agents = AgentLook(db, bus, timeline, random)
        self._latest = clock.now()
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        bus.hear(self._hear)

    def _hear(self, topic: str, _: object) -> None:
        if topic == TOPIC:
            self._woken.set()

    async def start(self) -> None:
        self._task = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_looking(self) -> None:
        while True:
            try:
                await self._sleep(await self.look_at_all_due())
            except Exception as error:  # whatever it was: an engine that stops leaves all customers waiting
                log.warning("routing.interrupted", error=type(error).__name__, exc_info=None if isinstance(error, AWAY) else error)
                await asyncio.sleep(_AWAY_SECONDS)

    async def _sleep(self, until: datetime | None) -> None:
        delay = None if until is None else min(_LONGEST_SLEEP, max(0.0, (until - self._clock.now()).total_seconds()))
        try:
            await asyncio.wait_for(self._woken.wait(), delay)
        except TimeoutError:
            return

    async def look_at_all_due(self) -> datetime | None:
        """Until nothing is due any more; when the next is."""
        while True:
            self._woken.clear()
            now = self._clock.now()
            leased = now + LEASE
            async with self._db.write() as tx:
                if self._latest - now > _SET_BACK:
                    await looks.bring_forward(tx.db, now)
                due = await looks.lease(tx.db, now, leased, _BATCH)
            self._latest = now
            if not due:
                async with self._db.read() as db:
                    return await looks.next_look(db)
            await self._look_at_each(due, leased)

    async def _look_at_each(self, due: list[Look], leased: datetime) -> None:
        """Those who wait one after the other as they came, so that of two who come at once the first is offered first; the rest
        side by side."""
        waits = sorted((it for it in due if it.what == "wait"), key=lambda it: it.at)
        turn = asyncio.Semaphore(_AT_ONCE)
        others = [self._look_in_turn(turn, it, leased) for it in due if it.what != "wait"]
        await asyncio.gather(self._look_in_order(waits, leased), *others)

    async def _look_in_order(self, waits: list[Look], leased: datetime) -> None:
        for it in waits:
            await self._look_safely(it, leased)

    async def _look_in_turn(self, turn: asyncio.Semaphore, look: Look, leased: datetime) -> None:
        async with turn:
            await self._look_safely(look, leased)

    async def _look_safely(self, look: Look, leased: datetime) -> None:
        try:
            await self._look(look, leased)
        except Exception as error:  # one that cannot be looked at must not hold up the others; its lease brings it back
            log.warning("routing.look_failed", what=look.what, error=type(error).__name__, exc_info=error)

    async def _look(self, look: Look, leased: datetime) -> None:
        now = self._clock.now()
        if look.what == "wait":
            await self._look_at_wait(look.subject, leased, now)
            return
        again = await (self._agents.look(look.subject, now) if look.what == "agent" else self._look_at_offer(look.subject, now))
        async with self._db.write() as tx:
            await looks.looked(tx.db, look.subject, leased, again)

    async def _look_at_wait(self, subject: UUID, leased: datetime, now: datetime) -> None:
        try:
            async with self._db.write() as tx:
                await looks.looked(tx.db, subject, leased, await self._waits.look(tx, subject, now))
        except NeedsTimeline:
            async with self._db.write() as tx:
                await looks.looked(tx.db, subject, leased, await self._waits.look_with_timeline(tx, subject, now))

    async def _look_at_offer(self, offer: UUID, now: datetime) -> datetime | None:
        """An offer whose time is over goes on to somebody else; who misses too many is set on a break, so that customers do not
        wait for an empty chair."""
        async with self._db.write() as tx:
            found = await hands.offer(tx.db, offer)
            if found is None or found.state != "open":
                return None
            if found.until - now > LONGEST_OFFER:  # the clock was set back: nobody is waited for that long
                await offers.end(tx, self._bus, offer, "withdrawn", now)
                return None
            if found.until > now:
                return found.until
            missed = await offers.end(tx, self._bus, offer, "missed", now)
        if missed is not None:
            await self._set_away_who_misses(found.agent_id, missed, now)
        return None

    async def _set_away_who_misses(self, agent: UUID, missed: int, now: datetime) -> None:
        async with self._db.write() as tx:
            if missed >= (await queues.rule(tx.db)).rule.missed_before_away:
                await hands.forget_missed(tx.db, agent)
                await access.put_away(tx, self._bus, agent, "break", "missed", now)
