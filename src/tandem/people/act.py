"""Knowing a customer again, and correcting what is known of him."""

from datetime import datetime
from uuid import UUID

from tandem.infra import audit
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound, VersionConflict
from tandem.kit.ids import new_id
from tandem.kit.text import clean
from tandem.people import store
from tandem.people.fields import ContactField, check
from tandem.people.model import Contact, Described, Introduction, Known

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


async def change(tx: Tx, contact: UUID, to: Described, was: Described | None, *, by: UUID, now: datetime) -> Contact:
    """Writes what `to` says and leaves the rest. Where `was` is given, it is what the writer saw of it: raises `VersionConflict` with
    the contact as it is when something he changes has become something else, by another hand, since. `NotFound`, `InvalidInput`."""
    to = await _checked(tx, to)
    if await store.lock(tx.db, contact) is None:
        raise NotFound
    known = await store.contact(tx.db, contact)
    if known is None:
        raise NotFound
    if was is not None and _overtaken(known, to, was):
        raise VersionConflict(contact=known)
    if len(known.attributes.keys() | to.attributes.keys()) > _MOST_ATTRIBUTES:
        raise InvalidInput.field("attributes", f"0–{_MOST_ATTRIBUTES}")
    await store.change(tx.db, contact, to)
    await audit.record(tx.db, by, "contact.changed", str(contact), {}, now)
    changed = await store.contact(tx.db, contact)
    if changed is None:
        raise NotFound
    return changed


async def _checked(tx: Tx, to: Described) -> Described:
    name, tier = (None if it is None else clean(it) for it in (to.name, to.tier))
    if name is not None and len(name) > 80:
        raise InvalidInput.field("name", "0–80")
    if tier is not None and len(tier) > 40:
        raise InvalidInput.field("tier", "0–40")
    if any(len(key) > 60 or len(value) > 500 for key, value in to.attributes.items()):
        raise InvalidInput.field("attributes", "0–500")
    if to.attributes:
        check(await store.fields(tx.db, ContactField), to.attributes)
    return Described(name, tier, to.attributes)


def _overtaken(known: Contact, to: Described, was: Described) -> bool:
    """Whether something that is to change is neither as it was seen nor as it is to be."""
    whole = [(to.name, was.name, known.name), (to.tier, was.tier, known.tier or "")]
    each = [(value, was.attributes.get(key, ""), known.attributes.get(key, "")) for key, value in to.attributes.items()]
    return any(wanted is not None and there not in (wanted, seen) for wanted, seen, there in whole + each)
