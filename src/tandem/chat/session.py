"""Opening the widget: who is this, and what was said before."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.channels import store as channels
from tandem.channels.model import Channel
from tandem.channels.webchat import Visitor, stranger, token_for, visitor_of, vouched
from tandem.chat.act import Chat, open_channel, state_of
from tandem.chat.greeting import config_for
from tandem.chat.model import ChatSession
from tandem.infra.db import Connection, Tx
from tandem.kit.crypto import Forged, Keys
from tandem.kit.errors import NotAllowed, NotSignedIn
from tandem.people import store as people
from tandem.timeline import store as timelines
from tandem.timeline.act import for_customer, recent
from tandem.timeline.model import Entry

PAGE = 50


class Asked(Struct, frozen=True):
    """What a page tells when it opens the widget: the token it kept, the shop's signed word on who is there."""

    channel: str
    token: str | None
    identity: str | None
    locale: str
    colour: str
    origin: str


async def open_session(tx: Tx, keys: Keys, chat: Chat, asked: Asked, upload_limit: int, now: datetime) -> ChatSession:
    """Nothing is stored for a stranger. Raises `NotFound` for an unknown channel, `NotSignedIn` for a forged identity."""
    channel = await open_channel(tx.db, asked.channel)
    _check_origin(channel, asked.origin)
    visitor = await _who(tx, keys, chat, channel, asked, now)
    conversation = await timelines.by_thread(tx.db, channel.id, visitor.thread)
    known = await people.known(tx.db, channel.id, visitor.external)
    entries, after, through = await last_page(tx.db, conversation)
    return ChatSession(
        token=token_for(keys, visitor, now), name=known.name if known else visitor.name, verified=visitor.verified,
        conversation=conversation, config=config_for(channel, asked.locale, asked.colour, upload_limit),
        state=await state_of(tx.db, conversation, now), entries=entries, after=after, through=through,
    )  # fmt: skip


def _check_origin(channel: Channel, origin: str) -> None:
    """A channel may name the sites it is for (`origins`); without this anybody could put our brand on his page.
    Raises `NotAllowed`."""
    allowed = channel.config.get("origins")
    if isinstance(allowed, list) and allowed and origin and origin not in allowed:
        raise NotAllowed


async def last_page(db: Connection, conversation: UUID | None) -> tuple[list[Entry], int, int]:
    """The newest entries a customer may see, and which part of the timeline they cover."""
    entries = await recent(db, conversation, PAGE) if conversation else []
    if not entries:
        return [], 0, 0
    return for_customer(entries), entries[0].seq - 1, entries[-1].seq


async def _who(tx: Tx, keys: Keys, chat: Chat, channel: Channel, asked: Asked, now: datetime) -> Visitor:
    returning = _returning(keys, asked, now)
    guest = returning if returning and not returning.verified else None
    if not asked.identity:
        # A customer's token is not good on its own: the page says that nobody is signed in there any more.
        return guest or stranger(channel, asked.locale)
    customer = await _vouched(tx.db, keys, channel, asked.identity, now)
    if guest:
        await chat.recognise(tx, channel, guest, customer, now)
    return customer


def _returning(keys: Keys, asked: Asked, now: datetime) -> Visitor | None:
    """Whoever the kept token names; with an old or forged one a visitor is a stranger."""
    try:
        visitor = visitor_of(keys, asked.token, now) if asked.token else None
    except Forged:
        return None
    return visitor if visitor and visitor.channel == asked.channel else None


async def _vouched(db: Connection, keys: Keys, channel: Channel, identity: str, now: datetime) -> Visitor:
    sealed = await channels.sealed_secret(db, channel.id)
    if sealed is None:
        raise NotSignedIn
    try:
        return vouched(channel, keys.unseal(sealed), identity, now)
    except Forged:
        raise NotSignedIn from None
