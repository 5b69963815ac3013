"""Fields of a shop's own that are kept of customers: what they are called, and what may stand in them."""

from datetime import date
from typing import Literal

from litestar import delete, get, put
from msgspec import Struct

from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.text import clean
from tandem.people import store

Kind = Literal["text", "number", "date", "choice"]
_LONGEST, _MOST_CHOICES = 60, 50


class ContactField(Struct, frozen=True):
    """`key` is the name of the attribute; `label` by language, "zh" and "en"."""

    key: str
    label: dict[str, str]
    kind: Kind
    choices: tuple[str, ...] = ()
    position: int = 0


class DefineField(Struct, frozen=True, forbid_unknown_fields=True):
    label: dict[str, str]
    kind: Kind = "text"
    choices: list[str] = []
    position: int = 0


def check(fields: list[ContactField], attributes: dict[str, str]) -> None:
    """Raises `InvalidInput` that names the first value that does not fit its field; an empty one always does."""
    for field in fields:
        value = attributes.get(field.key, "")
        if value and not _fits(field, value):
            raise InvalidInput.field(f"attributes.{field.key}", field.kind)


def _fits(field: ContactField, value: str) -> bool:
    try:
        if field.kind == "number":
            float(value)
        elif field.kind == "date":
            date.fromisoformat(value)
    except ValueError:
        return False
    return field.kind != "choice" or value in field.choices


@get("/api/contact-fields", permission="contact:read")
async def contact_fields(db: Database) -> list[ContactField]:
    async with db.read() as connection:
        return await store.fields(connection, ContactField)


@put("/api/contact-fields/{key:str}", permission="channel:manage")
async def define_field(key: str, data: DefineField, db: Database, clock: Clock) -> ContactField:
    """What is stored already stays as it is."""
    key = clean(key)
    label = {language: clean(data.label.get(language, "")) for language in ("zh", "en")}
    choices = tuple(dict.fromkeys(clean(it) for it in data.choices if clean(it)))
    if not 1 <= len(key) <= _LONGEST or any(len(it) > _LONGEST for it in label.values()) or not any(label.values()):
        raise InvalidInput.field("label", f"1–{_LONGEST}")
    if len(choices) > _MOST_CHOICES or (data.kind == "choice" and not choices):
        raise InvalidInput.field("choices", f"1–{_MOST_CHOICES}")
    field = ContactField(key, label, data.kind, choices, max(0, min(data.position, 1000)))
    async with db.write() as tx:
        await store.put_field(tx.db, key, label, data.kind, choices, field.position, clock.now())
    return field


@delete("/api/contact-fields/{key:str}", permission="channel:manage")
async def drop_field(key: str, db: Database) -> None:
    async with db.write() as tx:
        if not await store.drop_field(tx.db, key):
            raise NotFound


ROUTES = [contact_fields, define_field, drop_field]
