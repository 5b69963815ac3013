"""What the widget calls. A visitor is known by his token; there is no way to name another one's conversation."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Struct

from tandem.channels.intake import Intake
from tandem.channels.model import Incoming
from tandem.channels.webchat import Visitor
from tandem.chat.act import Chat, open_channel, state_of
from tandem.chat.flood import Flood
from tandem.chat.model import ChatSent, ChatSession, ChatState, ChatTimeline, Page
from tandem.chat.session import PAGE, Asked, open_session
from tandem.handoff.told import Told
from tandem.infra.blobs import Blobs
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database
from tandem.infra.settings import Settings
from tandem.kit.clock import Clock
from tandem.kit.crypto import Keys
from tandem.kit.errors import InvalidInput, Language, NotFound
from tandem.kit.text import clean
from tandem.routing.waits.act import How
from tandem.routing.waits.act import wait_otherwise as change_wait
from tandem.timeline import store as timelines
from tandem.timeline.act import Timeline, for_customer
from tandem.timeline.files import OneFile, attached, stored
from tandem.timeline.model import Attachment, Author, MarkRead

_said = Flood(burst=30, seconds=1.0)
_uploaded = Flood(burst=20, seconds=10.0)


class OpenSession(Struct, frozen=True, forbid_unknown_fields=True):
    channel: str
    token: str | None = None
    identity: str | None = None
    locale: str = ""
    colour: str = ""
    page: Page | None = None


class Say(Struct, frozen=True, forbid_unknown_fields=True):
    client_id: str
    text: str = ""
    choice: str | None = None
    attachments: list[UUID] = []
    page: Page | None = None


class WaitOtherwise(Struct, frozen=True, forbid_unknown_fields=True):
    """`phone`: where to call back."""

    how: How
    phone: str | None = None


class CorrectTold(Struct, frozen=True, forbid_unknown_fields=True):
    """`was`: the value as it was shown; `now` None takes it out of what people are given."""

    key: str
    was: str
    now: str | None = None


class SayHelped(Struct, frozen=True, forbid_unknown_fields=True):
    """`answer`: the `seq` of the assistant's message."""

    answer: int
    yes: bool


class Rate(Struct, frozen=True, forbid_unknown_fields=True):
    score: int
    comment: str = ""


@post("/api/chat/session", permission="anyone", status_code=200)
async def session(
    data: OpenSession, request: Request[Any, Any, Any], db: Database, clock: Clock, keys: Keys, settings: Settings, chat: Chat
) -> ChatSession:
    """Open to all: it stores nothing for a stranger and gives him a token that names only himself."""
    asked = Asked(data.channel, data.token, data.identity, data.locale, data.colour, request.headers.get("Origin", ""))
    async with db.write() as tx:
        return await open_session(tx, keys, chat, asked, settings.upload_limit, clock.now())


@get("/api/chat/timeline", permission="visitor")
async def timeline_page(
    visitor: Visitor, db: Database, clock: Clock, since: int | None = None, before: int | None = None, limit: int = PAGE
) -> ChatTimeline:
    """`since`: what came after that entry. `before`: the page above it."""
    limit = max(1, min(limit, 200))
    async with db.read() as connection:
        conversation = await _own(connection, visitor)
        if conversation is None:
            return ChatTimeline([], 0, 0, False, await state_of(connection, None, clock.now()))
        state = await state_of(connection, conversation, clock.now())
        if before is not None:
            entries = await timelines.entries_before(connection, conversation, before, limit)
            after = entries[0].seq - 1 if entries else 0
            return ChatTimeline(for_customer(entries), after, max(before - 1, 0), after > 0, state)
        after = max(since or 0, 0)
        entries = await timelines.entries_after(connection, conversation, after, limit)
        through = entries[-1].seq if entries else after
        return ChatTimeline(for_customer(entries), after, through, len(entries) == limit, state)


@post("/api/chat/messages", permission="visitor")
async def say(
    data: Say, visitor: Visitor, db: Database, intake: Intake, chat: Chat, keys: Keys, clock: Clock
) -> Response[ChatSent]:
    """201 when stored now, 200 when this `client_id` was stored before."""
    now = clock.now()
    if not 1 <= len(data.client_id) <= 100:
        raise InvalidInput.field("client_id", "1–100")
    _said.check(visitor.external, now)
    incoming = Incoming(
        event=f"{visitor.external}/{data.client_id}", thread=visitor.thread, who=visitor.introduction(), text=data.text,
        attachments=await _attached(db, keys, data.attachments), choice=data.choice, client_id=data.client_id,
        page=_page(data.page), raw=msgspec.to_builtins(data),
    )  # fmt: skip
    taken = await intake.take(await chat.channel(visitor.channel, now), incoming, now)
    return Response(ChatSent(taken.entry, await chat.state_with(taken.held, now)), status_code=201 if taken.fresh else 200)


async def _attached(db: Database, keys: Keys, ids: list[UUID]) -> tuple[Attachment, ...]:
    if not ids:
        return ()
    async with db.read() as connection:
        return await attached(connection, keys, ids)


@post("/api/chat/handoff", permission="visitor", status_code=200)
async def ask_for_person(visitor: Visitor, db: Database, chat: Chat, clock: Clock) -> ChatState:
    now = clock.now()
    _said.check(visitor.external, now)
    async with db.write() as tx:
        channel = await open_channel(tx.db, visitor.channel)
        conversation = await chat.ask_for_person(tx, channel, visitor, now)
        return await state_of(tx.db, conversation, now)


@post("/api/chat/return", permission="visitor", status_code=200)
async def return_to_assistant(visitor: Visitor, db: Database, chat: Chat, clock: Clock) -> ChatState:
    async with db.write() as tx:
        conversation = await _sure(tx.db, visitor)
        await chat.return_to_assistant(tx, conversation, clock.now())
        return await state_of(tx.db, conversation, clock.now())


@post("/api/chat/wait", permission="visitor", status_code=200)
async def wait_otherwise(
    data: WaitOtherwise, visitor: Visitor, db: Database, timeline: Timeline, bus: Bus, clock: Clock
) -> ChatState:
    """Stay on the page, leave it as a message, or be called back; the place is kept."""
    now = clock.now()
    _said.check(visitor.external, now)
    async with db.write() as tx:
        conversation = await _sure(tx.db, visitor)
        await change_wait(tx, timeline, bus, conversation, data.how, data.phone, now)
        return await state_of(tx.db, conversation, now)


@post("/api/chat/read", permission="visitor", status_code=204)
async def mark_read(data: MarkRead, visitor: Visitor, db: Database, timeline: Timeline) -> None:
    async with db.write() as tx:
        conversation = await _sure(tx.db, visitor)
        await timeline.read(tx, conversation, Author("customer"), _seq(data.seq))


@post("/api/chat/helped", permission="visitor", status_code=200)
async def say_helped(data: SayHelped, visitor: Visitor, db: Database, chat: Chat, clock: Clock) -> ChatState:
    """Told to the people who review answers; by itself it proves nothing."""
    now = clock.now()
    _said.check(visitor.external, now)
    async with db.write() as tx:
        conversation = await _sure(tx.db, visitor)
        await chat.helped(tx, conversation, _seq(data.answer), data.yes, now)
        return await state_of(tx.db, conversation, now)


@post("/api/chat/rating", permission="visitor", status_code=200)
async def rate(data: Rate, visitor: Visitor, db: Database, chat: Chat, clock: Clock) -> ChatState:
    async with db.write() as tx:
        conversation = await _sure(tx.db, visitor)
        await chat.rate(tx, conversation, data.score, data.comment, clock.now())
        return await state_of(tx.db, conversation, clock.now())


@get("/api/chat/told", permission="visitor")
async def what_i_told(visitor: Visitor, db: Database, chat: Chat, clock: Clock, language: Language) -> Told:
    async with db.write() as tx:
        return await chat.told(tx, await _sure(tx.db, visitor), language, clock.now())


@post("/api/chat/told", permission="visitor", status_code=200)
async def correct_what_i_told(
    data: CorrectTold, visitor: Visitor, db: Database, chat: Chat, clock: Clock, language: Language
) -> Told:
    _said.check(visitor.external, clock.now())
    async with db.write() as tx:
        return await chat.correct(tx, await _sure(tx.db, visitor), data.key, data.was, data.now, language, clock.now())


@post("/api/chat/uploads", permission="visitor", upload=True)
async def upload(
    data: Annotated[OneFile, Body(media_type=RequestEncodingType.MULTI_PART)],
    visitor: Visitor, db: Database, blobs: Blobs, keys: Keys, clock: Clock,
) -> Attachment:  # fmt: skip
    _uploaded.check(visitor.external, clock.now())
    return await stored(db, blobs, keys, data.file, clock.now())


async def _own(db: Connection, visitor: Visitor) -> UUID | None:
    channel = await open_channel(db, visitor.channel)
    return await timelines.by_thread(db, channel.id, visitor.thread)


async def _sure(db: Connection, visitor: Visitor) -> UUID:
    conversation = await _own(db, visitor)
    if conversation is None:
        raise NotFound
    return conversation


def _seq(seq: int) -> int:
    return min(max(seq, 0), 2**31 - 1)


def _page(page: Page | None) -> dict[str, str | None] | None:
    """Where the customer is. Only addresses of the web, so that nobody can be made to click on anything else."""
    if page is None:
        return None
    url = clean(page.url) if page.url.startswith(("http://", "https://")) else ""
    product = clean(page.product)[:100] if page.product else None
    return {"url": url[:1000], "title": clean(page.title)[:200], "product": product}


ROUTES = [
    session,
    timeline_page,
    say,
    ask_for_person,
    return_to_assistant,
    wait_otherwise,
    mark_read,
    say_helped,
    rate,
    what_i_told,
    correct_what_i_told,
    upload,
]
