"""What may happen to a conversation: something is appended, or its owner changes. Nothing else writes to a timeline.

Both tell the bus after the commit, and let the reactions declared in `app.py` run before it.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Tx
from tandem.kit.errors import NotFound
from tandem.kit.ids import new_id
from tandem.timeline import store
from tandem.timeline.model import WITH_PACKET, Appended, Author, Body, Draft, Entry, Held, Moved, Owner, Transferred


class Stale(Exception):
    """The conversation is no longer as the caller saw it. `now` is how it stands."""

    def __init__(self, now: Held) -> None:
        super().__init__(f"conversation {now.id} is at version {now.version}, owned by {now.owner}")
        self.now = now


class Stored(Struct, frozen=True):
    """What this process itself has just stored: whoever tells it to screens need not read it again."""

    conversation: UUID
    entries: list[Entry]


class Timeline:
    """The one door to the timelines."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def hold(self, tx: Tx, conversation: UUID, *, version: int | None = None) -> Held:
        """Lock a conversation until the end of the transaction. Raises `NotFound`; `Stale` when it is not at `version`."""
        held = await store.lock(tx.db, conversation)
        if held is None:
            raise NotFound
        if version is not None and held.version != version:
            raise Stale(held)
        return held

    async def open(self, tx: Tx, channel: UUID, contact: UUID, thread: str, at: datetime) -> Held:
        """The conversation of a thread, made if there is none, and locked. Raises `NotFound` if it vanished meanwhile."""
        held = await store.lock_thread(tx.db, channel, thread)
        if held is None:
            fresh = Held(new_id(at), channel, contact, "assistant", None, 1, 0, 1, 0, 0, 0, "")
            if await store.open_conversation(tx.db, fresh, thread, at):
                return fresh
            held = await store.lock_thread(tx.db, channel, thread)
        if held is None:
            raise NotFound
        return held

    async def append(self, tx: Tx, held: Held, *drafts: Draft, at: datetime, page: object = None) -> list[Entry]:
        """Append in order, whole or not at all. `page`: where the customer is by now, if that is known."""
        entries = await store.append(tx.db, held, drafts, at, page)
        await self._appended(tx, held, entries)
        return entries

    async def answer(self, tx: Tx, seen: Held, put: Callable[[Connection], Awaitable[tuple[list[Entry], int]]]) -> int | None:
        """What was `put` (by `store.put_entries`) in answer to what the customer had said when the conversation was `seen`. How
        far he has spoken by now; None when nothing was put, because it no longer stands as it was seen."""
        entries, spoken = await put(tx.db)
        if not entries:
            return None
        await self._appended(tx, seen, entries)
        return spoken

    async def hear(self, tx: Tx, put: Callable[[Connection], Awaitable[tuple[Held, Entry] | None]]) -> tuple[Held, Entry] | None:
        """What a customer says where the assistant leads, `put` by a statement that also finds the conversation. None when
        nothing was put."""
        said = await put(tx.db)
        if said:
            await self._appended(tx, said[0], [said[1]])
        return said

    async def _appended(self, tx: Tx, held: Held, entries: list[Entry]) -> None:
        await tx.happened(Appended(held, tuple(entries)))
        stored = Stored(held.id, entries)
        tx.after(lambda: self._bus.tell("timeline", _news(held.id, entries[-1].seq), here=stored))

    async def move(self, tx: Tx, held: Held, owner: Owner, agent: UUID | None = None, *, at: datetime) -> Held:
        """Change who must answer now."""
        moved = await store.move(tx.db, held.id, owner, agent, at)
        await tx.happened(Moved(held, moved, at))
        tx.after(lambda: self._bus.tell("timeline", _news(held.id, moved.last_seq)))
        return moved

    async def read(self, tx: Tx, conversation: UUID, by: Author, seq: int) -> None:
        """Mark as read up to `seq`."""
        if await store.set_read(tx.db, conversation, by, seq):
            news = {"conversation": str(conversation), "by": by.kind, "seq": seq}
            tx.after(lambda: self._bus.tell("read", news))


def _news(conversation: UUID, through: int) -> dict[str, object]:
    return {"conversation": str(conversation), "through": through}


def for_customer(entries: list[Entry]) -> list[Entry]:
    """What of a timeline a customer may see: nothing internal, not which packet was made, and not what the house calls a queue."""
    seen = [entry for entry in entries if not entry.internal]
    return [structs.replace(it, body=_told(it.body)) if isinstance(it.body, WITH_PACKET) else it for it in seen]


def _told(body: Body) -> Body:
    if isinstance(body, Transferred) and body.to is None:
        return structs.replace(body, packet=None, name="")
    return structs.replace(body, packet=None) if isinstance(body, WITH_PACKET) else body


async def recent(db: Connection, conversation: UUID, limit: int) -> list[Entry]:
    """The last `limit` entries, oldest first."""
    return await store.entries_before(db, conversation, 2**31 - 1, limit)
