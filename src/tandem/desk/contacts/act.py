"""Making one of two records of a person, and of two conversations one case; and taking it back."""

from datetime import datetime
from uuid import UUID

from tandem.access.model import User
from tandem.desk.act import Desk, author
from tandem.desk.contacts import store
from tandem.desk.contacts.store import KeptMerge, Person
from tandem.infra import audit
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.ids import new_id
from tandem.timeline.act import Timeline
from tandem.timeline.model import Draft, Held, Joined


class Contacts:
    """Every act runs in the caller's transaction."""

    def __init__(self, timeline: Timeline, desk: Desk) -> None:
        self._timeline = timeline
        self._desk = desk

    async def merge(self, tx: Tx, user: User, kept: UUID, absorbed: UUID, now: datetime) -> UUID:
        """All identities and conversations of `absorbed` become those of `kept`; where both say something, `kept` is right.
        Raises `NotFound`, `InvalidInput` for one that is merged away already. The id by which it can be undone."""
        people = {it.id: it for it in await store.lock(tx.db, [kept, absorbed])}
        if kept == absorbed or any(it.merged_into for it in people.values()):
            raise InvalidInput.field("absorb", "merged")
        if len(people) != 2:
            raise NotFound
        stays, goes = people[kept], people[absorbed]
        conversations = await store.conversations_of(tx.db, absorbed, limit=100_000)
        made = KeptMerge(
            new_id(now), kept, absorbed, await store.identities_of(tx.db, absorbed), conversations, _taken(stays, goes)
        )
        await store.hand_over(tx.db, made.identities, conversations, absorbed, kept)
        await store.describe(tx.db, kept, stays.name or goes.name, stays.tier or goes.tier, {**goes.attributes, **stays.attributes})
        await store.set_merged(tx.db, absorbed, kept)
        await store.put_merge(tx.db, made, user.id, now)
        await audit.record(tx.db, user.id, "contact.merged", str(kept), {"absorbed": str(absorbed)}, now)
        return made.id

    async def unmerge(self, tx: Tx, user: User, merge: UUID, now: datetime) -> UUID:
        """What came from the other goes back to it; what has been added or changed since stays. Raises `NotFound`. The contact
        that stands by itself again."""
        made = await store.take_merge(tx.db, merge, now)
        if made is None:
            raise NotFound
        people = {it.id: it for it in await store.lock(tx.db, [made.kept, made.absorbed])}
        await store.hand_over(tx.db, made.identities, made.conversations, made.kept, made.absorbed)
        stays = people[made.kept]
        taken = made.kept_before
        added = {key for key, value in taken["attributes"].items() if stays.attributes.get(key) == value}
        await store.describe(
            tx.db, made.kept, "" if taken["name"] and stays.name == taken["name"] else stays.name,
            None if taken["tier"] and stays.tier == taken["tier"] else stays.tier,
            {key: value for key, value in stays.attributes.items() if key not in added},
        )  # fmt: skip
        await store.set_merged(tx.db, made.absorbed, None)
        await audit.record(tx.db, user.id, "contact.unmerged", str(made.kept), {"absorbed": str(made.absorbed)}, now)
        return made.absorbed

    async def join(self, tx: Tx, user: User, absorbed: UUID, kept: UUID, now: datetime) -> None:
        """Two conversations of one customer are one case: each says so, and what still waits goes to whoever has the other, so
        that two people do not work on it. Raises `NotFound`, `InvalidInput`."""
        if absorbed == kept:
            raise InvalidInput.field("into", "itself")
        first, second = sorted((absorbed, kept))
        held = {it: await self._timeline.hold(tx, it) for it in (first, second)}
        if held[absorbed].contact != held[kept].contact:
            raise InvalidInput.field("into", "another customer")
        if not await store.link(tx.db, absorbed, kept, user.id, now):
            raise InvalidInput.field("into", "joined")
        await self._tell(tx, user, held[absorbed], held[kept], undone=False, now=now)
        if held[absorbed].owner == "queue" and held[kept].agent == user.id:
            await self._desk.accept(tx, user, absorbed, held[absorbed].version, now)

    async def part(self, tx: Tx, user: User, absorbed: UUID, now: datetime) -> None:
        """Two cases again; who has them does not change. Raises `NotFound` when it belonged to none."""
        kept = await store.unlink(tx.db, absorbed)
        if kept is None:
            raise NotFound
        first, second = sorted((absorbed, kept))
        held = {it: await self._timeline.hold(tx, it) for it in (first, second)}
        await self._tell(tx, user, held[absorbed], held[kept], undone=True, now=now)

    async def _tell(self, tx: Tx, user: User, absorbed: Held, kept: Held, *, undone: bool, now: datetime) -> None:
        await self._timeline.append(tx, absorbed, Draft(author(user), Joined(kept.id, True, undone)), at=now)
        await self._timeline.append(tx, kept, Draft(author(user), Joined(absorbed.id, False, undone)), at=now)


def _taken(stays: Person, goes: Person) -> dict[str, object]:
    """What the record that stays gets from the other: the part that an undo takes away again."""
    return {
        "name": goes.name if not stays.name else "",
        "tier": goes.tier if not stays.tier else None,
        "attributes": {key: value for key, value in goes.attributes.items() if key not in stays.attributes},
    }
