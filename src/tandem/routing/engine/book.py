"""What follows from conversations that move and people who come and go: reactions, in the transaction of their cause."""

from datetime import datetime, timedelta
from uuid import UUID

from tandem.access import act as access
from tandem.access.model import PresenceChanged
from tandem.access.store import UNSEEN_AFTER
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.infra.numbers import Numbers
from tandem.kit.ids import new_id
from tandem.routing.engine import store
from tandem.routing.engine.asked import due, queue_for
from tandem.routing.engine.model import Left
from tandem.routing.looks import store as looks
from tandem.routing.looks.act import TOPIC, look_at, tell_work
from tandem.routing.looks.model import Looked
from tandem.routing.offers import store as offers
from tandem.routing.queues import store as queues
from tandem.timeline.model import Appended, Message, Moved, Understood

_OUTCOMES = {"agent": "accepted", "assistant": "returned"}


class Book:
    """Keeps who waits and who has what equal to the conversations' owners."""

    def __init__(self, bus: Bus, numbers: Numbers) -> None:
        self._bus = bus
        self._numbers = numbers

    async def moved(self, tx: Tx, happened: Moved) -> None:
        """Reaction. The caller holds the conversation."""
        before, now, at = happened.before, happened.now, happened.at
        left = None
        if before.owner == "queue":
            left = await store.leave(tx.db, now.id, _OUTCOMES.get(now.owner, "closed"), at)
        if now.owner == "queue":
            await self._enter(tx, happened)
        agents = {it for it in (before.agent, now.agent, left.offered_to if left else None) if it}
        if agents:
            await self._hand_over(tx, happened, left, agents)
        if left:
            self._score(left, now.owner == "agent", at)
            tx.after(lambda: self._bus.tell("queue", None))

    async def _enter(self, tx: Tx, happened: Moved) -> None:
        now, at = happened.now, happened.at
        rule = (await queues.rule(tx.db)).rule
        who = await store.newcomer(tx.db, now.id, at - timedelta(days=rule.sticky_days))
        queue = queue_for(await queues.queues(tx.db), who.channel, who.reason, who.language, who.tier)
        entered = who.waiting_since or at
        when = due(queue.config, rule.head_start, entered, who.tier, who.emotion, who.urgency)
        await store.enter(tx.db, now.id, who, queue=queue.id, version=now.version, entered=entered, due=when, now=at)
        tx.after(lambda: self._bus.tell(TOPIC, None))
        tx.after(lambda: self._bus.tell("queue", None))

    async def _hand_over(self, tx: Tx, happened: Moved, left: Left | None, agents: set[UUID]) -> None:
        before, now, at = happened.before, happened.now, happened.at
        await offers.hold_agents(tx.db, sorted(agents), at)
        if left and left.offer_id:
            # Only who really takes the customer has accepted; `UUID(int=0)` is nobody.
            await offers.settle_offer(tx.db, left.offer_id, now.agent or UUID(int=0), at)
        if before.agent:
            await self._end_work(tx, now.id, now.owner, at)
        if now.agent:
            await offers.begin_work(
                tx.db, new_id(at), now.id, now.agent, now.contact, left.kind if left else "chat",
                queue=left.queue_id if left else None, offer=left.offer_id if left and left.offered_to == now.agent else None,
                phone=left.phone if left else None, at=at,
            )  # fmt: skip
        tell_work(tx, self._bus, *agents)
        wanted: list[tuple[UUID, Looked, datetime]] = [(it, "agent", at) for it in agents]
        await look_at(tx, self._bus, *wanted)

    async def _end_work(self, tx: Tx, conversation: UUID, how: str, at: datetime) -> None:
        ended = await offers.end_work(tx.db, conversation, how, at)
        if ended and ended.wrap_up and how == "closed":
            await access.wrap_up(tx, self._bus, ended.agent_id, at + timedelta(seconds=ended.wrap_up), at)

    def _score(self, left: Left, accepted: bool, at: datetime) -> None:
        """Was the wait what the customer had been told? Only of those who waited to the end and were told something."""
        if accepted and left.low is not None and left.high is not None and left.high > 0 and left.kind == "chat":
            took = (at - left.entered_at).total_seconds()
            self._numbers.wait_estimates.labels("inside" if left.low <= took <= left.high else "outside").inc()

    async def appended(self, tx: Tx, happened: Appended) -> None:
        """Reaction: a customer writes to somebody who has gone."""
        agent = happened.before.agent
        if agent is None or not any(it.by.kind == "customer" and isinstance(it.body, Message) for it in happened.entries):
            return
        at = happened.entries[-1].at
        if await looks.look_if_gone(tx.db, agent, at - UNSEEN_AFTER, at):
            tx.after(lambda: self._bus.tell(TOPIC, None))

    async def understood(self, tx: Tx, happened: Understood) -> None:
        """Reaction: who waits has said more. He is due as soon as if he had said it before, and whom the rules would have put into
        another queue then comes into that one; who was moved by a person, or was offered to one, stays."""
        wait, rule = await store.hold(tx.db, happened.conversation), (await queues.rule(tx.db)).rule
        if wait is None or wait.kind != "chat":
            return
        who = await store.newcomer(tx.db, wait.subject, happened.at - timedelta(days=rule.sticky_days))
        known = await queues.queues(tx.db)
        thought = queue_for(known, who.channel, happened.reason, happened.language, who.tier)
        fits = queue_for(known, who.channel, who.reason, who.language, who.tier)
        moves = wait.queue_id == thought.id != fits.id and wait.offer_id is None and not wait.visited
        config = fits.config if moves else next(it.config for it in known if it.id == wait.queue_id)
        when = due(config, rule.head_start, wait.entered_at, who.tier, who.emotion, who.urgency)
        if moves:
            await store.requeue(tx.db, wait.subject, fits.id, when, happened.at)
        await store.set_understood(tx.db, wait.subject, who.language, when)
        await look_at(tx, self._bus, (wait.subject, "wait", happened.at))
        tx.after(lambda: self._bus.tell("queue", None))

    async def presence_changed(self, tx: Tx, happened: PresenceChanged) -> None:
        """Reaction: his work, if there is any for him, or somebody else's work that was his."""
        await offers.begin_shift(tx.db, happened.user, happened.at)
        tell_work(tx, self._bus, happened.user)
        await look_at(tx, self._bus, (happened.user, "agent", happened.at))

    async def arrived(self, tx: Tx, user: UUID, now: datetime) -> None:
        """A console has connected."""
        await access.come_back(tx, self._bus, user, now)
