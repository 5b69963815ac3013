"""The agents' side of conversations."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter
from msgspec import Struct

from tandem.access.model import User
from tandem.channels import store as channels
from tandem.desk import inbox, store
from tandem.desk import packets as packet_routes
from tandem.desk.act import Desk, author
from tandem.desk.audit import routes as audit
from tandem.desk.contacts import routes as contacts
from tandem.desk.copilot import act as copilot
from tandem.desk.copilot import routes as copilot_routes
from tandem.desk.exceptions import routes as exceptions
from tandem.desk.model import Conversation, ConversationDetail, CustomerOrders, Inbox, Online, Orders, TimelinePage, View
from tandem.desk.order import routes as order
from tandem.desk.supervision import routes as supervision
from tandem.desk.translation import routes as translation
from tandem.desk.writing import routes as writing
from tandem.handoff import store as packets
from tandem.handoff.render import in_language
from tandem.infra.blobs import Blobs
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.crypto import Keys
from tandem.kit.errors import InvalidInput, Language, NotFound, Unavailable
from tandem.kit.text import clean
from tandem.people import store as people
from tandem.timeline.act import Timeline
from tandem.timeline.files import OneFile, attached, stored
from tandem.timeline.model import Attachment, Entry, MarkRead


class AtVersion(Struct, frozen=True, forbid_unknown_fields=True):
    """`version` is the one the caller saw."""

    version: int


class Reply(Struct, frozen=True, forbid_unknown_fields=True):
    """`suggestion`: the one of the copilot that it was made from. `original`: what the agent wrote, if `text` is its translation."""

    client_id: str
    text: str = ""
    attachments: list[UUID] = []
    suggestion: UUID | None = None
    original: str = ""


class WriteNote(Struct, frozen=True, forbid_unknown_fields=True):
    """`mentions`: ids of colleagues who are called to it."""

    client_id: str
    text: str
    mentions: list[UUID] = []


class Transfer(Struct, frozen=True, forbid_unknown_fields=True):
    """`to` None: to whoever of this `team` is free, into this `queue`, or else into the one whose conditions fit. `note`: what the
    next one should know, for colleagues alone."""

    version: int
    to: UUID | None = None
    queue: UUID | None = None
    team: UUID | None = None
    note: str = ""


@get("/api/conversations", permission="conversation:read")
async def conversations(
    who: User, db: Database, clock: Clock, view: View = "all", q: str = "", cursor: str | None = None, limit: int = 50,
    narrow: Annotated[str, Parameter(query="filter")] = "",
) -> Inbox:  # fmt: skip
    """`filter`: a `Filter` as JSON, in the place of the view."""
    narrowed = inbox.read_filter(narrow)
    async with db.read() as connection:
        if q.strip():
            return await inbox.search(connection, q.strip(), who.id)
        return await inbox.page(connection, view, narrowed, who.id, cursor, max(1, min(limit, 200)), clock.now())


@get("/api/conversations/{conversation:uuid}", permission="conversation:read")
async def conversation_detail(conversation: UUID, db: Database, online: Online, language: Language) -> ConversationDetail:
    """The packet is in the caller's language, whatever language it was made in."""
    async with db.read() as connection:
        found = await store.conversation(connection, conversation)
        if found is None:
            raise NotFound
        contact = await people.contact(connection, found.contact.id)
        if contact is None:
            raise NotFound
        packet = await packets.newest(connection, conversation)
        unsettled = await channels.unsettled(connection, conversation)
    return ConversationDetail(
        found, contact, packet and in_language(packet, language), online.customer_online(conversation), unsettled
    )


@get("/api/conversations/{conversation:uuid}/timeline", permission="conversation:read")
async def timeline_page(
    conversation: UUID, db: Database, since: int | None = None, before: int | None = None, limit: int = 50
) -> TimelinePage:
    async with db.read() as connection:
        return await inbox.timeline_page(connection, conversation, since, before, max(1, min(limit, 200)))


@post("/api/conversations/{conversation:uuid}/accept", permission="conversation:reply", status_code=200)
async def accept(conversation: UUID, data: AtVersion, who: User, db: Database, desk: Desk, clock: Clock) -> Conversation:
    async with db.write() as tx:
        return await desk.accept(tx, who, conversation, data.version, clock.now())


@post("/api/conversations/{conversation:uuid}/reply", permission="conversation:reply")
async def reply(conversation: UUID, data: Reply, who: User, db: Database, desk: Desk, keys: Keys, clock: Clock) -> Entry:
    async with db.write() as tx:
        files = await attached(tx.db, keys, data.attachments)
        entry = await desk.reply(tx, who, conversation, _client_id(data.client_id), data.text, files, clock.now(), data.original)
        if data.suggestion:
            await copilot.used(tx, who, conversation, data.suggestion, data.text, clock.now())
        return entry


@post("/api/conversations/{conversation:uuid}/note", permission="conversation:reply")
async def note(conversation: UUID, data: WriteNote, who: User, db: Database, desk: Desk, clock: Clock) -> Entry:
    async with db.write() as tx:
        return await desk.note(tx, who, conversation, _client_id(data.client_id), data.text, clock.now(), data.mentions)


@post("/api/conversations/{conversation:uuid}/transfer", permission="conversation:reply", status_code=200)
async def transfer(conversation: UUID, data: Transfer, who: User, db: Database, desk: Desk, clock: Clock) -> Conversation:
    async with db.write() as tx:
        to = data.to or (await desk.free_in(tx, conversation, data.team, clock.now()) if data.team else None)
        if clean(data.note):
            await desk.note(tx, who, conversation, f"transfer {data.version}", data.note, clock.now(), [to] if to else [])
        return await desk.transfer(tx, who, conversation, data.version, to, clock.now(), data.queue)


@post("/api/conversations/{conversation:uuid}/hand-back", permission="conversation:reply", status_code=200)
async def hand_back(conversation: UUID, data: AtVersion, who: User, db: Database, desk: Desk, clock: Clock) -> Conversation:
    async with db.write() as tx:
        return await desk.hand_back(tx, who, conversation, data.version, clock.now())


@post("/api/conversations/{conversation:uuid}/resolve", permission="conversation:reply", status_code=200)
async def resolve(conversation: UUID, data: AtVersion, who: User, db: Database, desk: Desk, clock: Clock) -> Conversation:
    async with db.write() as tx:
        return await desk.resolve(tx, who, conversation, data.version, clock.now())


@post("/api/conversations/{conversation:uuid}/read", permission="conversation:read", status_code=204)
async def mark_read(conversation: UUID, data: MarkRead, who: User, db: Database, timeline: Timeline) -> None:
    """Only whoever owns the conversation reads it for the desk: a supervisor who looks must not take the mark away."""
    async with db.write() as tx:
        held = await timeline.hold(tx, conversation)
        if held.owner == "agent" and held.agent == who.id:
            await timeline.read(tx, conversation, author(who), min(max(data.seq, 0), 2**31 - 1))


@post("/api/uploads", permission="conversation:reply", upload=True)
async def upload(
    data: Annotated[OneFile, Body(media_type=RequestEncodingType.MULTI_PART)],
    db: Database, blobs: Blobs, keys: Keys, clock: Clock,
) -> Attachment:  # fmt: skip
    return await stored(db, blobs, keys, data.file, clock.now())


@get("/api/contacts/{contact:uuid}/orders", permission="contact:read")
async def orders(contact: UUID, db: Database, customer_orders: CustomerOrders | None, language: Language) -> Orders:
    """What the shop knows of a customer that it vouched for."""
    async with db.read() as connection:
        external = await people.vouched_id(connection, contact)
    if customer_orders is None or external is None:
        return Orders([], None, signed_in=False)
    try:
        return Orders(await customer_orders.orders_of(external, language), None)
    except Unavailable:
        return Orders([], _SILENT[language])


_SILENT: dict[Language, str] = {
    "zh": "商城系统暂时没有回应，订单稍后可再看。",
    "en": "The shop's system is not answering right now. Try again in a moment.",
}


def _client_id(client_id: str) -> str:
    if not 1 <= len(client_id) <= 100:
        raise InvalidInput.field("client_id", "1–100")
    return client_id


ROUTES = [
    conversations, conversation_detail, timeline_page, accept, reply, note, transfer, hand_back, resolve, mark_read, upload, orders,
    *order.ROUTES, *packet_routes.ROUTES, *writing.ROUTES, *copilot_routes.ROUTES, *contacts.ROUTES,
    *exceptions.ROUTES, *supervision.ROUTES, *translation.ROUTES, *audit.ROUTES,
]  # fmt: skip
