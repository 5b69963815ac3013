"""Contacts in the round over HTTP."""

from uuid import UUID

from litestar import get, post
from msgspec import Struct

from tandem.access.model import User
from tandem.desk import store as desks
from tandem.desk.contacts import store
from tandem.desk.contacts.act import Contacts
from tandem.desk.contacts.model import FoundContact, History
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.text import clean

_MOST, _MOST_FOUND = 200, 10
_LONGEST_SEARCH = 80


class MergeWith(Struct, frozen=True, forbid_unknown_fields=True):
    """`absorb`: the record that goes into this one."""

    absorb: UUID


class JoinInto(Struct, frozen=True, forbid_unknown_fields=True):
    into: UUID


class Merged(Struct, frozen=True):
    """By this id it can be undone."""

    id: UUID


@get("/api/contacts", permission="contact:read")
async def find_contacts(db: Database, q: str, but: UUID) -> list[FoundContact]:
    """Those who might be the same person as `but`."""
    text = clean(q)[:_LONGEST_SEARCH]
    async with db.read() as connection:
        return await store.search(connection, text, but, _MOST_FOUND) if text else []


@get("/api/contacts/{contact:uuid}/history", permission="contact:read")
async def history(contact: UUID, db: Database) -> History:
    async with db.read() as connection:
        ids = await store.conversations_of(connection, contact, _MOST)
        rows = await desks.by_ids(connection, ids)
        return History(rows, await store.links_among(connection, ids), await store.merges_of(connection, contact))


@post("/api/contacts/{contact:uuid}/merge", permission="contact:write")
async def merge_contacts(contact: UUID, data: MergeWith, who: User, db: Database, contacts: Contacts, clock: Clock) -> Merged:
    async with db.write() as tx:
        return Merged(await contacts.merge(tx, who, contact, data.absorb, clock.now()))


@post("/api/contact-merges/{merge:uuid}/undo", permission="contact:write", status_code=204)
async def undo_merge(merge: UUID, who: User, db: Database, contacts: Contacts, clock: Clock) -> None:
    async with db.write() as tx:
        await contacts.unmerge(tx, who, merge, clock.now())


@post("/api/conversations/{conversation:uuid}/join", permission="conversation:reply", status_code=204)
async def join(conversation: UUID, data: JoinInto, who: User, db: Database, contacts: Contacts, clock: Clock) -> None:
    async with db.write() as tx:
        await contacts.join(tx, who, conversation, data.into, clock.now())


@post("/api/conversations/{conversation:uuid}/part", permission="conversation:reply", status_code=204)
async def part(conversation: UUID, who: User, db: Database, contacts: Contacts, clock: Clock) -> None:
    async with db.write() as tx:
        await contacts.part(tx, who, conversation, clock.now())


ROUTES = [find_contacts, history, merge_contacts, undo_merge, join, part]
