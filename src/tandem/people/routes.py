"""Customers as agents see them."""

from uuid import UUID

from litestar import get, patch
from msgspec import Struct

from tandem.access.model import User
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound
from tandem.people import act, fields, store
from tandem.people.model import Contact


class ChangeContact(Struct, frozen=True, forbid_unknown_fields=True):
    """`tier` "" takes the tier away; `attributes` replaces all of them."""

    name: str | None = None
    tier: str | None = None
    attributes: dict[str, str] | None = None


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
        return await act.change(tx, contact, by=who.id, now=clock.now(), name=data.name, tier=data.tier, attributes=data.attributes)


ROUTES = [contact, change_contact, *fields.ROUTES]
