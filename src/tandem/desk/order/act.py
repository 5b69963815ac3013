"""Putting aside, labelling, and doing one thing to many conversations."""

from datetime import datetime, timedelta
from uuid import UUID

from tandem.access.model import User
from tandem.desk import store as desks
from tandem.desk.act import Desk, author
from tandem.desk.model import Conversation
from tandem.desk.order import store
from tandem.desk.order.model import Action, Assign, At, Bulk, Done, Label, Left, PutAside, Resolve, Snooze, Wake
from tandem.infra.bus import Bus
from tandem.infra.db import Database, Tx
from tandem.kit.clock import Clock
from tandem.kit.errors import ConversationClosed, ConversationMoved, InvalidInput, NotFound, NotYours, Problem
from tandem.kit.text import clean
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Appended, Author, Draft, Held, Message, Moved, Snoozed, Woken

LONGEST = timedelta(days=365)
LONGEST_NOTE = 200
MOST_AT_ONCE = 500
_WOKEN_AT_ONCE = 500


class Order:
    """Every act runs in the caller's transaction, but `all_of` has one for each conversation: one that has moved must not
    stop the others."""

    def __init__(self, timeline: Timeline, desk: Desk, bus: Bus) -> None:
        self._timeline = timeline
        self._desk = desk
        self._bus = bus

    async def snooze(self, tx: Tx, user: User, conversation: UUID, until: datetime, note: str, now: datetime) -> None:
        """Put one's own conversation aside. Raises `InvalidInput`, `NotYours`, `NotFound`."""
        note = clean(note)
        if until.tzinfo is None or not now < until <= now + LONGEST:
            raise InvalidInput.field("until", f"{now.isoformat()} – {(now + LONGEST).isoformat()}")
        if len(note) > LONGEST_NOTE:
            raise InvalidInput.field("note", f"0–{LONGEST_NOTE}")
        held = await self._timeline.hold(tx, conversation)
        if held.owner != "agent" or held.agent != user.id:
            raise NotYours
        await store.put_snooze(tx.db, Snooze(held.id, user.id, until, note))
        await self._timeline.append(tx, held, Draft(author(user), Snoozed(until, note)), at=now)

    async def wake(self, tx: Tx, user: User, conversation: UUID, now: datetime) -> Snooze | None:
        """Take one's own conversation back; None when it was not put aside. Raises `NotYours`, `NotFound`."""
        held = await self._timeline.hold(tx, conversation)
        if held.owner != "agent" or held.agent != user.id:
            raise NotYours
        return await self._wake(tx, held, Woken("agent"), author(user), now)

    async def label(self, tx: Tx, user: User, conversation: UUID, wanted: Label, now: datetime) -> Label:
        """What was really changed. Raises `NotFound`."""
        if await desks.conversation(tx.db, conversation) is None:
            raise NotFound
        added = await store.label(tx.db, conversation, wanted.add, user.id, now)
        removed = await store.unlabel(tx.db, conversation, wanted.remove)
        # A label is no entry of the timeline, so nothing else would tell the lists.
        news = {"conversation": str(conversation)}
        tx.after(lambda: self._bus.tell("timeline", news))
        return Label(tuple(added), tuple(removed))

    async def wake_on_message(self, tx: Tx, happened: Appended) -> None:
        """Reaction. Without it a snoozed customer would write into the void. Only people put things aside: a customer of the
        assistant costs nothing here."""
        if happened.before.owner != "agent":
            return
        heard = [it for it in happened.entries if it.by.kind == "customer" and isinstance(it.body, Message)]
        if heard:
            await self._wake(tx, happened.before, Woken("message"), SYSTEM, heard[-1].at)

    async def forget_on_move(self, tx: Tx, happened: Moved) -> None:
        """Reaction: whoever gets it next has not put it aside."""
        if happened.before.owner == "agent":
            await store.drop_snooze(tx.db, happened.before.id)

    async def _wake(self, tx: Tx, held: Held, woken: Woken, by: Author, now: datetime) -> Snooze | None:
        dropped = await store.drop_snooze(tx.db, held.id)
        if dropped:
            await self._timeline.append(tx, held, Draft(by, woken), at=now)
        return dropped

    async def wake_due(self, db: Database, clock: Clock) -> None:
        """Each in its own transaction, under its own lock: two workers that find the same one wake it once."""
        async with db.read() as connection:
            due = await store.due_snoozes(connection, clock.now(), _WOKEN_AT_ONCE)
        for conversation in due:
            async with db.write() as tx:
                held = await self._timeline.hold(tx, conversation)
                await self._wake(tx, held, Woken("time"), SYSTEM, clock.now())

    async def all_of(self, db: Database, user: User, bulk: Bulk, now: datetime) -> Done:
        """Raises `InvalidInput`."""
        if not 1 <= len(bulk.items) <= MOST_AT_ONCE:
            raise InvalidInput.field("items", f"1–{MOST_AT_ONCE}")
        changed: list[Conversation] = []
        left: list[Left] = []
        undo: dict[Action, list[At]] = {}
        for item in bulk.items:
            try:
                async with db.write() as tx:
                    back = await self._one(tx, user, item, bulk.action, now)
                    row = await desks.conversation(tx.db, item.id)
            except Problem as problem:
                left.append(Left(item.id, problem.name))
                continue
            if row is None:
                continue
            changed.append(row)
            if back is not None:
                undo.setdefault(back, []).append(At(row.id, row.version))
        return Done(changed, left, [Bulk(items, action) for action, items in undo.items()])

    async def _one(self, tx: Tx, user: User, item: At, action: Action, now: datetime) -> Action | None:
        """Do it; what would put it back, None where nothing would or nothing need."""
        if isinstance(action, Assign):
            return await self._assign(tx, user, item, action, now)
        if isinstance(action, Label):
            done = await self.label(tx, user, item.id, action, now)
            return Label(add=done.remove, remove=done.add) if done.add or done.remove else None
        if isinstance(action, PutAside):
            await self.snooze(tx, user, item.id, action.until, action.note, now)
            return Wake()
        if isinstance(action, Wake):
            slept = await self.wake(tx, user, item.id, now)
            return PutAside(slept.until, slept.note) if slept and slept.until > now else None
        if isinstance(action, Resolve):
            await self._desk.resolve(tx, user, item.id, item.version, now)
        return None

    async def _assign(self, tx: Tx, user: User, item: At, action: Assign, now: datetime) -> Action | None:
        before = await desks.conversation(tx.db, item.id)
        if before is None:
            raise NotFound
        if before.owner == "closed":
            raise ConversationClosed
        if before.version != item.version:
            raise ConversationMoved(conversation=before)
        holder = before.agent.id if before.agent else None
        if action.to == user.id and before.owner in ("queue", "assistant"):
            await self._desk.accept(tx, user, item.id, item.version, now)
        else:
            await self._desk.transfer(tx, user, item.id, item.version, action.to, now)
        if action.to not in (user.id, None) and not user.may("conversation:assign"):
            return None  # given away: only who may assign can take it from him again
        # What the assistant had goes back into the queue: it must not be thrown between two voices by an undo.
        return Assign(holder)
