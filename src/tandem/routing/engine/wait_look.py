"""Looking at somebody who waits: is his queue open, who may take him by now, and when does that change?"""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.routing.engine import store
from tandem.routing.engine.asked import Asked, asked, due, widest
from tandem.routing.engine.match import offer_best
from tandem.routing.engine.model import Waiting
from tandem.routing.engine.terms import Place, Terms, terms_for
from tandem.routing.offers import store as offers
from tandem.routing.queues import store as queues
from tandem.routing.queues.model import Overflow
from tandem.routing.waits.place import place_of
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Draft, Held, Waits


class NeedsTimeline(Exception):
    """The look has to write into the timeline, and must begin again with the conversation locked."""


class WaitLook:
    """`random` is asked only where the rule explores."""

    def __init__(self, bus: Bus, timeline: Timeline, random: Random) -> None:
        self._bus = bus
        self._timeline = timeline
        self._random = random

    async def look(self, tx: Tx, subject: UUID, now: datetime) -> datetime | None:
        """When to look again; None when something else will tell. Raises `NeedsTimeline`."""
        wait = await store.hold(tx.db, subject)
        return None if wait is None else await self._look(tx, wait, None, now)

    async def look_with_timeline(self, tx: Tx, subject: UUID, now: datetime) -> datetime | None:
        """The same with the conversation locked first, as the order of locks asks of who will write into its timeline."""
        held = await self._timeline.hold(tx, subject)
        wait = await store.hold(tx.db, subject)
        return None if wait is None else await self._look(tx, wait, held, now)

    async def _look(self, tx: Tx, wait: Waiting, held: Held | None, now: datetime) -> datetime | None:
        if wait.offer_id is not None:
            return None
        terms, place = await terms_for(tx.db, wait.queue_id, now)
        open = place.open(now)
        wants = asked(place.config, wait.language, (now - wait.queued_at).total_seconds())
        await store.set_asked(tx.db, [wait.subject], wants, lane=wants.lane(wait.queue_id, wait.kind), open=open)
        until = await self.held_until(tx, wait, terms)
        if open and await offer_best(tx, self._bus, wait, terms, place, self._random):
            return None
        if await self._overflowed(tx, wait, held, terms, place):
            return now
        await self._promise(tx, wait, now)
        return await self._next(tx, wait, terms, place, wants, until)

    async def _promise(self, tx: Tx, wait: Waiting, now: datetime) -> None:
        """What he is told at first is kept, to be compared with what comes."""
        if wait.low is None and wait.kind == "chat":
            told = await place_of(tx.db, wait.subject, now)
            if told and told.high:
                await store.set_estimate(tx.db, wait.subject, told.low, told.high)

    async def held_until(self, tx: Tx, wait: Waiting, terms: Terms) -> datetime | None:
        """Kept a moment for whoever helped him last, if that one is there and has only no room; nobody else is asked till then."""
        until = await self._sticky_until(tx, wait, terms)
        if until != wait.held_until:
            await store.set_held(tx.db, wait.subject, wait.last_agent if until else None, until)
        return until

    async def _sticky_until(self, tx: Tx, wait: Waiting, terms: Terms) -> datetime | None:
        until = wait.queued_at + timedelta(seconds=terms.rule.sticky_seconds)
        if wait.last_agent is None or "last_agent" not in terms.rule.order or until <= terms.now:
            return None
        there = (await offers.standings(tx.db, [wait.last_agent], terms.weights)).get(wait.last_agent)
        if wait.queued_at > terms.now:  # the clock was set back: how long he waits is not known
            return None
        if there is None or not there.active or there.presence != "online" or there.seen_at <= terms.seen:
            return None
        passed = await store.refused_until(tx.db, wait.subject, terms.passed)
        return None if passed else until

    async def _next(
        self, tx: Tx, wait: Waiting, terms: Terms, place: Place, wants: Asked, until: datetime | None
    ) -> datetime | None:
        """The first time at which something would be different without anybody doing anything."""
        at = [until, place.opening.changes_after(terms.now) if place.opening else None]
        if wants.next_after is not None:
            at.append(wait.queued_at + timedelta(seconds=wants.next_after))
        at += [wait.queued_at + timedelta(seconds=it.after) for it in place.config.overflow if it.when == "waited"]
        refused = await store.refused_until(tx.db, wait.subject, terms.passed)
        if refused:
            at.append(refused + timedelta(seconds=terms.rule.again_after))
        return min((it for it in at if it is not None and it > terms.now), default=None)

    # Overflow ------------------------------------------------------------------------------------------------------------

    async def _overflowed(self, tx: Tx, wait: Waiting, held: Held | None, terms: Terms, place: Place) -> bool:
        """Whether the wait is another one now. The first rule that fits and can be followed is."""
        for it in place.config.overflow:
            if await self._is_due(tx, wait, it, terms, place) and await self._follow(tx, wait, held, it, terms):
                return True
        return False

    async def _is_due(self, tx: Tx, wait: Waiting, overflow: Overflow, terms: Terms, place: Place) -> bool:
        match overflow.when:
            case "closed":
                return not place.open(terms.now)
            case "waited":
                return (terms.now - wait.queued_at).total_seconds() >= overflow.after
            case "full":
                return wait.lane == "" and await self._full(tx, wait, place)
            case "nobody":
                return place.open(terms.now) and not await self._anybody(tx, wait, terms, place)

    async def _full(self, tx: Tx, wait: Waiting, place: Place) -> bool:
        most = place.config.most_waiting
        return most is not None and await store.before(tx.db, wait.queue_id, wait.queued_at, wait.subject) >= most

    async def _anybody(self, tx: Tx, wait: Waiting, terms: Terms, place: Place) -> bool:
        wants = widest(place.config, wait.language)
        return await store.somebody(
            tx.db, seen=terms.seen, expertise=wants.expertise, levels=wants.levels, teams=wants.teams, speaks=wants.speaks
        )

    async def _follow(self, tx: Tx, wait: Waiting, held: Held | None, overflow: Overflow, terms: Terms) -> bool:
        if overflow.to == "callback":
            if wait.kind == "chat" and await store.set_proposed(tx.db, wait.subject, "callback"):
                self._tell(tx)
            return False  # he is asked; until he answers he waits here
        if overflow.to == "message":
            return wait.kind == "chat" and await self._make_message(tx, wait, held, terms)
        target = await queues.queue(tx.db, overflow.queue) if overflow.queue else None
        if target is None or not target.active or target.id == wait.queue_id or target.id in wait.visited:
            return False  # a circle ends where it began
        at = due(target.config, terms.rule.head_start, wait.entered_at, None, None, 0)
        await store.requeue(tx.db, wait.subject, target.id, min(at, wait.due_at), terms.now)
        self._tell(tx)
        return True

    async def _make_message(self, tx: Tx, wait: Waiting, held: Held | None, terms: Terms) -> bool:
        """Answered later, and the customer need not stay."""
        if held is None:
            raise NeedsTimeline
        await store.set_kind(tx.db, wait.subject, "ticket", wait.entered_at + timedelta(seconds=terms.rule.message_target), None)
        await self._timeline.append(tx, held, Draft(SYSTEM, Waits("message")), at=terms.now)
        self._tell(tx)
        return True

    def _tell(self, tx: Tx) -> None:
        tx.after(lambda: self._bus.tell("queue", None))
