"""Tags, snoozes, drafts, saved views and bulk actions over HTTP."""

from datetime import datetime
from uuid import UUID

from litestar import delete, get, post, put
from msgspec import Struct

from tandem.access.model import User
from tandem.channels.intake import LONGEST_TEXT
from tandem.desk import store as desks
from tandem.desk.model import Conversation, Filter
from tandem.desk.order import store
from tandem.desk.order.act import Order
from tandem.desk.order.model import Bulk, Colour, Done, DraftKind, Label, SavedView, Tag, WrittenDraft
from tandem.infra.db import Connection, Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.ids import new_id
from tandem.kit.text import clean

_LONGEST_NAME = 40


class NameTag(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    colour: Colour = "grey"


class ChangeTags(Struct, frozen=True, forbid_unknown_fields=True):
    add: list[UUID] = []
    remove: list[UUID] = []


class SnoozeUntil(Struct, frozen=True, forbid_unknown_fields=True):
    until: datetime
    note: str = ""


class KeepDraft(Struct, frozen=True, forbid_unknown_fields=True):
    """An empty text takes the draft away."""

    kind: DraftKind
    text: str


class SaveView(Struct, frozen=True, forbid_unknown_fields=True):
    """`shared`: for everybody; asks for the right to assign."""

    name: str
    filter: Filter
    shared: bool = False


@get("/api/tags", permission="conversation:read")
async def tags(db: Database) -> list[Tag]:
    async with db.read() as connection:
        return await store.tags(connection)


@post("/api/tags", permission="conversation:reply")
async def add_tag(data: NameTag, db: Database, clock: Clock) -> Tag:
    return await _put_tag(db, new_id(clock.now()), data, clock.now())


@put("/api/tags/{tag:uuid}", permission="conversation:assign")
async def change_tag(tag: UUID, data: NameTag, db: Database, clock: Clock) -> Tag:
    return await _put_tag(db, tag, data, clock.now())


@delete("/api/tags/{tag:uuid}", permission="conversation:assign")
async def drop_tag(tag: UUID, db: Database) -> None:
    async with db.write() as tx:
        if not await store.drop_tag(tx.db, tag):
            raise NotFound


@post("/api/conversations/{conversation:uuid}/tags", permission="conversation:reply", status_code=200)
async def tag_conversation(
    conversation: UUID, data: ChangeTags, who: User, db: Database, order: Order, clock: Clock
) -> Conversation:
    async with db.write() as tx:
        await order.label(tx, who, conversation, Label(tuple(data.add), tuple(data.remove)), clock.now())
        return await _row(tx.db, conversation)


@post("/api/conversations/{conversation:uuid}/snooze", permission="conversation:reply", status_code=200)
async def snooze(conversation: UUID, data: SnoozeUntil, who: User, db: Database, order: Order, clock: Clock) -> Conversation:
    async with db.write() as tx:
        await order.snooze(tx, who, conversation, data.until, data.note, clock.now())
        return await _row(tx.db, conversation)


@post("/api/conversations/{conversation:uuid}/wake", permission="conversation:reply", status_code=200)
async def wake(conversation: UUID, who: User, db: Database, order: Order, clock: Clock) -> Conversation:
    async with db.write() as tx:
        await order.wake(tx, who, conversation, clock.now())
        return await _row(tx.db, conversation)


@post("/api/conversations/bulk", permission="conversation:reply", status_code=200)
async def bulk(data: Bulk, who: User, db: Database, order: Order, clock: Clock) -> Done:
    """Each conversation by itself: what has moved meanwhile is left, and told."""
    return await order.all_of(db, who, data, clock.now())


@get("/api/conversations/{conversation:uuid}/drafts", permission="conversation:reply")
async def drafts(conversation: UUID, who: User, db: Database) -> list[WrittenDraft]:
    async with db.read() as connection:
        return await store.drafts(connection, who.id, conversation)


@put("/api/conversations/{conversation:uuid}/drafts", permission="conversation:reply", status_code=204)
async def keep_draft(conversation: UUID, data: KeepDraft, who: User, db: Database, clock: Clock) -> None:
    if len(data.text) > LONGEST_TEXT:
        raise InvalidInput.field("text", f"0–{LONGEST_TEXT}")
    async with db.write() as tx:
        # Not `clean`ed at its ends: a space that was just typed must not vanish from under the cursor.
        text = data.text.replace("\0", "")
        if not text:
            await store.drop_draft(tx.db, who.id, conversation, data.kind)
        elif not await store.put_draft(tx.db, who.id, conversation, data.kind, text, clock.now()):
            raise NotFound


@get("/api/views", permission="conversation:read")
async def views(who: User, db: Database) -> list[SavedView]:
    async with db.read() as connection:
        return await store.saved_views(connection, who.id, may_share=who.may("conversation:assign"))


@post("/api/views", permission="conversation:read")
async def save_view(data: SaveView, who: User, db: Database, clock: Clock) -> SavedView:
    name = _named(data.name)
    shared = data.shared and who.may("conversation:assign")
    view = new_id(clock.now())
    async with db.write() as tx:
        await store.put_view(tx.db, view, None if shared else who.id, name, data.filter, clock.now())
    return SavedView(view, name, data.filter, shared, True)


@delete("/api/views/{view:uuid}", permission="conversation:read")
async def drop_view(view: UUID, who: User, db: Database) -> None:
    async with db.write() as tx:
        if not await store.drop_view(tx.db, view, who.id, may_share=who.may("conversation:assign")):
            raise NotFound


async def _put_tag(db: Database, tag: UUID, data: NameTag, now: datetime) -> Tag:
    made = Tag(tag, _named(data.name), data.colour)
    async with db.write() as tx:
        if not await store.put_tag(tx.db, made, now):
            raise InvalidInput.field("name", "taken")
    return made


def _named(name: str) -> str:
    name = clean(name)
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise InvalidInput.field("name", f"1–{_LONGEST_NAME}")
    return name


async def _row(db: Connection, conversation: UUID) -> Conversation:
    found = await desks.conversation(db, conversation)
    if found is None:
        raise NotFound
    return found


ROUTES = [
    tags, add_tag, change_tag, drop_tag, tag_conversation, snooze, wake, bulk, drafts, keep_draft, views, save_view, drop_view,
]  # fmt: skip
