"""What every incoming message goes through, whatever platform it comes from: kept, deduplicated, appended, in one
transaction. Only after its commit may an adapter tell the platform "ok"."""

from datetime import datetime

from msgspec import Struct

from tandem.channels import store
from tandem.channels.model import Channel, Incoming
from tandem.infra.db import Database, Tx
from tandem.kit.errors import InvalidInput, TooLong, Unavailable
from tandem.kit.text import clean, shortened, storable
from tandem.people import act as people
from tandem.timeline import store as timelines
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Author, Draft, Entry, Held, Message, Reopened, Verified

LONGEST_TEXT = 8000  # characters
MOST_ATTACHMENTS = 10
_LONGEST_CHOICE = 200


class Taken(Struct, frozen=True):
    """`fresh` is False for an event that was stored before; `entry` is then the one from back then."""

    held: Held
    entry: Entry
    fresh: bool


class Intake:
    """The door for whoever brings one message. `answers_here`: what follows from a message to the assistant needs nothing
    stored, because this process answers it."""

    def __init__(self, db: Database, timeline: Timeline, *, answers_here: bool) -> None:
        self._db = db
        self._timeline = timeline
        self._answers_here = answers_here

    async def take(self, channel: Channel, incoming: Incoming, now: datetime) -> Taken:
        """Raises `InvalidInput`, `TooLong`."""
        if self._answers_here and (taken := await self._to_assistant(channel, incoming, now)):
            return taken
        async with self._db.write() as tx:
            return await take_in(tx, self._timeline, channel, incoming, now)

    async def _to_assistant(self, channel: Channel, incoming: Incoming, now: datetime) -> Taken | None:
        """The way of nearly all messages, at a fifth of the round trips."""
        draft = _draft(Author("customer"), checked(incoming), incoming)
        async with self._db.write_once() as tx:
            said = await self._timeline.hear(
                tx, lambda db: store.speak_on(
                    db, channel.id, incoming.event, storable(incoming.raw), incoming.who, now,
                    thread=incoming.thread, draft=draft, page=incoming.page,
                ),
            )  # fmt: skip
        return Taken(*said, True) if said else None


async def take_in(tx: Tx, timeline: Timeline, channel: Channel, incoming: Incoming, now: datetime) -> Taken:
    """Store one message, however things stand. Raises `InvalidInput`, `TooLong`."""
    text = checked(incoming)
    # The conversation first, as on the shorter way: two that locked in different orders would wait for each other.
    held = await timelines.lock_thread(tx.db, channel.id, incoming.thread)
    fresh, known = await store.arrive(tx.db, channel.id, incoming.event, storable(incoming.raw), incoming.who, now)
    known = known or await people.meet(tx, channel.id, incoming.who, now)
    held = held or await timeline.open(tx, channel.id, known.contact, incoming.thread, now)
    if not fresh:
        return Taken(held, await _stored(tx, held, incoming), False)
    drafts = [_draft(Author("customer", known.contact, known.name), text, incoming)]
    if held.owner == "closed":
        drafts.insert(0, Draft(SYSTEM, Reopened()))
        held = await timeline.move(tx, held, "assistant", at=now)
    if held.last_seq == 0 and incoming.who.verified:
        drafts.insert(0, Draft(SYSTEM, Verified("host", known.name)))
    entries = await timeline.append(tx, held, *drafts, at=now, page=incoming.page)
    return Taken(held, entries[-1], True)


def checked(incoming: Incoming) -> str:
    """The text as it can be stored."""
    text = clean(incoming.text)
    if len(text) > LONGEST_TEXT:
        raise TooLong(size=f"{len(text):,}", limit=f"{LONGEST_TEXT:,}")
    if not text and not incoming.attachments:
        raise InvalidInput.field("text", "1–8000")
    if len(incoming.attachments) > MOST_ATTACHMENTS:
        raise InvalidInput.field("attachments", f"0–{MOST_ATTACHMENTS}")
    return text


def _draft(by: Author, text: str, incoming: Incoming) -> Draft:
    return Draft(by, Message(text, incoming.attachments, choice=_choice(incoming)), _key(incoming))


def _choice(incoming: Incoming) -> str | None:
    return shortened(clean(incoming.choice), _LONGEST_CHOICE) if incoming.choice else None


def _key(incoming: Incoming) -> str:
    return incoming.client_id or incoming.event


async def _stored(tx: Tx, held: Held, incoming: Incoming) -> Entry:
    entry = await timelines.by_client_id(tx.db, held.id, "customer", _key(incoming))
    if entry is None:
        # The event was kept for another conversation: the same id was used by two senders.
        raise Unavailable
    return entry
