"""Customers as agents see them."""

from uuid import UUID

from litestar import get, patch
from msgspec import Struct

from tandem.access.model import User
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound
from tandem.people import act, fields, store
from tandem.people.model import Contact, Described


class ChangeContact(Struct, frozen=True, forbid_unknown_fields=True):
    """Only what is to change: what is not named stays, each attribute by itself. "" takes a tier or an attribute away. `was`: how what
    is to change stood before the caller's eyes; with it nobody writes over what a colleague wrote meanwhile."""

    name: str | None = None
    tier: str | None = None
    attributes: dict[str, str] = {}
    was: Described | None = None


@get("/api/contacts/{contact:uuid}", permission="contact:read")
async def contact(contact: UUID, db: Database) -> Contact:
    async with db.read() as connection:
        found = await store.contact(connection, contact)
    if found is None:
        raise NotFound
    return found


@patch("/api/contacts/{contact:uuid}", permission="contact:write")
async def change_contact(contact: UUID, data: ChangeContact, who: User, db: Database, clock: Clock) -> Contact:
    async with db.write() as tx:
        return await act.change(tx, contact, Described(data.name, data.tier, data.attributes), data.was, by=who.id, now=clock.now())


ROUTES = [contact, change_contact, *fields.ROUTES]
