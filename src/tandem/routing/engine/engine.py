"""The clockwork: takes what is due to be looked at, looks, and sleeps until the next is due or until there is news."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import structlog

from tandem.access import act as access
from tandem.infra.bus import Bus
from tandem.infra.db import AWAY, Database
from tandem.kit.clock import Clock
from tandem.routing.engine.agent_look import AgentLook, Looked
from tandem.routing.engine.newcomers import Newcomers
from tandem.routing.engine.round import Rounds
from tandem.routing.engine.terms import Terms
from tandem.routing.engine.wait_look import NeedsTimeline, WaitLook
from tandem.routing.looks import store as looks
from tandem.routing.looks.act import TOPIC
from tandem.routing.looks.model import Look
from tandem.routing.offers import act as offers
from tandem.routing.offers import store as hands
from tandem.routing.offers.model import Standing
from tandem.routing.queues import store as queues
from tandem.routing.queues.model import LONGEST_OFFER
from tandem.timeline.act import Timeline

log = structlog.get_logger()

LEASE = timedelta(seconds=5)  # who dies while looking is replaced after this
_BATCH = 32
_AT_ONCE = 4
_AWAY_SECONDS = 1.0
_SET_BACK = timedelta(seconds=2)  # what a clock is corrected by without anybody noticing
_LONGEST_SLEEP = 60.0  # seconds; a clock that was set back is noticed at the latest then


@contextmanager
def _goes_on(what: str) -> Iterator[None]:
    """One that cannot be looked at must not hold up the others; its lease brings it back."""
    try:
        yield
    except Exception as error:
        log.warning("routing.look_failed", what=what, error=type(error).__name__, exc_info=error)


class Engine:
    """Any number of them over one database, in any number of processes."""

    def __init__(self, db: Database, bus: Bus, timeline: Timeline, clock: Clock, random: Random) -> None:
        self._db = db
        self._bus = bus
        self._clock = clock
        self._waits = WaitLook(bus, timeline, random)
        self._agents = AgentLook(db, bus, timeline)
        self._rounds = Rounds(db, bus, random)
        self._newcomers = Newcomers(db, self._waits, self._rounds)
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
            if self._latest - now > _SET_BACK:
                async with self._db.write_once() as tx:
                    await looks.bring_forward(tx.db, now)
            async with self._db.write_once() as tx:
                due = await looks.lease(tx.db, now, leased, _BATCH)
            self._latest = now
            if not due:
                async with self._db.read() as db:
                    return await looks.next_look(db)
            await self._look_at_each(due, leased)

    async def _look_at_each(self, due: list[Look], leased: datetime) -> None:
        """Those who wait as they came, so that of two who come at once the first is offered first; agents together; offers side by side."""
        waits = sorted((it for it in due if it.what == "wait"), key=lambda it: it.at)
        agents = [it.subject for it in due if it.what == "agent"]
        turn = asyncio.Semaphore(_AT_ONCE)
        offers = [self._look_in_turn(turn, it.subject, leased) for it in due if it.what == "offer"]
        await asyncio.gather(self._look_in_order(waits, leased), self._look_at_agents(agents, leased), *offers)

    async def _look_in_order(self, waits: list[Look], leased: datetime) -> None:
        """Several who come at once are offered together; who is left, and who comes alone, is looked at by himself."""
        offered = await self._offered_together([it.subject for it in waits], leased) if len(waits) > 1 else set()
        for it in waits:
            if it.subject in offered:
                continue
            with _goes_on(it.what):
                await self._look_at_wait(it.subject, leased, self._clock.now())

    async def _offered_together(self, waits: list[UUID], leased: datetime) -> set[UUID]:
        with _goes_on("newcomers"):
            return await self._newcomers.offer(waits, leased, self._clock.now())
        return set()

    async def _look_in_turn(self, turn: asyncio.Semaphore, offer: UUID, leased: datetime) -> None:
        async with turn:
            with _goes_on("offer"):
                again = await self._look_at_offer(offer, self._clock.now())
                async with self._db.write_once() as tx:
                    await looks.looked(tx.db, offer, leased, again)

    async def _look_at_agents(self, agents: list[UUID], leased: datetime) -> None:
        """What each needs for himself is done for each; then work is found for all who are free, in one go if it can be: if it
        cannot, each is tried alone, so that one cannot spoil it for the others."""
        if not agents:
            return
        with _goes_on("agents"):
            terms, standings = await self._agents.standings(agents, self._clock.now())
            found = {it: looked for it in agents if (looked := await self._look_at_agent(it, standings.get(it), terms))}
            free = [it for it, looked in found.items() if looked.free]
            try:
                await self._rounds.find_work(free, terms)
            except Exception as error:
                log.warning("routing.round_failed", error=type(error).__name__, exc_info=error)
                failed = [it for it in free if not await self._found_alone(it, terms)]
                found = {it: looked for it, looked in found.items() if it not in failed}
            async with self._db.write_once() as tx:
                await looks.looked_at(tx.db, {it: looked.again for it, looked in found.items()}, leased)

    async def _found_alone(self, agent: UUID, terms: Terms) -> bool:
        with _goes_on("agent"):
            await self._rounds.find_work([agent], terms)
            return True
        return False

    async def _look_at_agent(self, agent: UUID, stands: Standing | None, terms: Terms) -> Looked | None:
        with _goes_on("agent"):
            return await self._agents.look(agent, stands, terms) if stands else Looked(again=None)
        return None

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
