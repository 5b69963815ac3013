"""Knowing a customer again, and correcting what is known of him."""

from datetime import datetime
from uuid import UUID

from tandem.infra import audit
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.ids import new_id
from tandem.kit.text import clean
from tandem.people import store
from tandem.people.fields import ContactField, check
from tandem.people.model import Contact, Introduction, Known

_MOST_ATTRIBUTES = 50


async def meet(tx: Tx, channel: UUID, who: Introduction, now: datetime) -> Known:
    """The contact behind an identity, made when it is new. Two that introduce the same identity at once get the same contact."""
    found = await store.meet(tx.db, channel, who, now)
    if found is None:
        contact = new_id(now)
        await store.add_contact(tx.db, contact, who, now)
        if await store.add_identity(tx.db, channel, who.external, contact, who.verified):
            return Known(contact, who.name, who.locale, who.tier, who.verified, who.external)
        await store.drop_contact(tx.db, contact)
        found = await store.meet(tx.db, channel, who, now)
    if found is None:
        raise NotFound
    return found


async def change(
    tx: Tx, contact: UUID, *, by: UUID, now: datetime, name: str | None, tier: str | None, attributes: dict[str, str] | None
) -> Contact:
    """Raises `NotFound`, `InvalidInput`."""
    if name is not None and len(name := clean(name)) > 80:
        raise InvalidInput.field("name", "0–80")
    if tier is not None and len(tier := clean(tier)) > 40:
        raise InvalidInput.field("tier", "0–40")
    if attributes is not None and (
        len(attributes) > _MOST_ATTRIBUTES or any(len(key) > 60 or len(value) > 500 for key, value in attributes.items())
    ):
        raise InvalidInput.field("attributes", f"0–{_MOST_ATTRIBUTES}")
    if attributes:
        check(await store.fields(tx.db, ContactField), attributes)
    if not await store.change(tx.db, contact, name=name, tier=tier, attributes=attributes):
        raise NotFound
    await audit.record(tx.db, by, "contact.changed", str(contact), {}, now)
    changed = await store.contact(tx.db, contact)
    if changed is None:
        raise NotFound
    return changed
