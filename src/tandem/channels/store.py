"""The SQL of channels, of what came in and of what is to go out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.channels.model import Channel
from tandem.infra.db import Connection, many, one
from tandem.kit.ids import new_id
from tandem.people.model import Introduction, Known
from tandem.timeline.model import Author, Draft, Entry, Held
from tandem.timeline.store import LED, SPEAKING_ON, held_in, spoken

_CHANNEL = "id, kind, key, name, active, config"


async def add(db: Connection, channel: Channel, secret: bytes | None, now: datetime) -> None:
    await db.execute(
        """insert into channel (id, kind, key, name, active, config, secret, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        channel.id, channel.kind, channel.key, channel.name, channel.active, channel.config, secret, now,
    )  # fmt: skip


async def channels(db: Connection) -> list[Channel]:
    return await many(db, Channel, f"select {_CHANNEL} from channel order by created_at, id limit 500")


async def by_key(db: Connection, key: str) -> Channel | None:
    """Index: unique (key)."""
    return await one(db, Channel, f"select {_CHANNEL} from channel where key = $1", key)


async def by_id(db: Connection, channel: UUID) -> Channel | None:
    return await one(db, Channel, f"select {_CHANNEL} from channel where id = $1", channel)


async def sealed_secret(db: Connection, channel: UUID) -> bytes | None:
    found: bytes | None = await db.fetchval("select secret from channel where id = $1", channel)
    return found


async def set_secret(db: Connection, channel: UUID, secret: bytes) -> bool:
    return await db.fetchval("update channel set secret = $2 where id = $1 returning id", channel, secret) is not None


async def change(
    db: Connection, channel: UUID, *, name: str | None, active: bool | None, config: dict[str, Any] | None
) -> Channel | None:
    return await one(
        db, Channel,
        f"""update channel set name = coalesce($2, name), active = coalesce($3, active), config = config || coalesce($4::jsonb, '{{}}'::jsonb)
            where id = $1 returning {_CHANNEL}""",
        channel, name, active, config,
    )  # fmt: skip


async def arrive(
    db: Connection, channel: UUID, event: str, raw: Any, who: Introduction, now: datetime
) -> tuple[bool, Known | None]:
    """Keep what came in, and look up who sent it: in one statement, because every message begins with it. False when this event was
    kept before. What the introduction says that is new is kept; the day a contact was last seen is kept to the minute, as a row
    written anew for every message of a busy customer would cost more than it tells. Index: identity_pkey, contact_pkey."""
    row = await db.fetchrow(
        f"""with kept as (
               insert into inbound_event (channel_id, event_id, received_at, raw) values ($1, $2, $3, $4)
               on conflict do nothing returning true
           ), {_MET}, {_SEEN}
           select exists (select from kept) as fresh, met.* from (values (1)) always left join met on true""",
        channel, event, now, raw, *_introduced(who),
    )  # fmt: skip
    if row is None or row["id"] is None:
        return bool(row and row["fresh"]), None
    return row["fresh"], Known(row["id"], row["name"], row["locale"], row["tier"], row["verified"], who.external)


async def speak_on(
    db: Connection, channel: UUID, event: str, raw: Any, who: Introduction, now: datetime,
    *, thread: str, draft: Draft, page: object,
) -> tuple[Held, Entry] | None:  # fmt: skip
    """What nearly every message of a customer does, in one statement that needs no transaction around it: `arrive`, and the
    `draft`, whose author is whom it meets, is appended to the conversation that the assistant leads. The conversation as it stood
    before, and the entry. None when nothing was stored, because things are otherwise: the contact or the conversation is new, the
    assistant does not lead it, the event was kept before. Index: conversation_channel_id_thread_key."""
    entry = new_id(now)
    row = await db.fetchrow(
        f"""with {_MET}, {LED}, kept as (
               insert into inbound_event (channel_id, event_id, received_at, raw) select $1, $2, $3, $4 from led, met
               on conflict do nothing returning true
           ), {_SEEN}, {SPEAKING_ON}
           select led.*, numbered.seq, met.id as by, met.name from numbered, led, met""",
        channel, event, now, raw, *_introduced(who), *spoken(thread, draft, now, entry, page),
    )  # fmt: skip
    if row is None:
        return None
    by = Author("customer", row["by"], row["name"])
    return held_in(row), Entry(row["id"], row["seq"], entry, now, by, False, draft.client_id, draft.body)


def _introduced(who: Introduction) -> tuple[object, ...]:
    return who.external, who.name, who.locale, who.tier, who.attributes


_MET = """met as (
        select c.id, c.name, c.locale, c.tier, i.verified from identity i join contact c on c.id = i.contact_id
        where i.channel_id = $1 and i.external_id = $5
    )"""
# A contact that is being merged at this moment is seen with his next message: his words do not wait for it, nor it for them.
_SEEN = """met_now as (
        select c.id from contact c, met, kept where c.id = met.id and (
            c.last_seen < $3::timestamptz - interval '1 minute' or c.name <> coalesce(nullif($6, ''), c.name)
            or c.locale <> coalesce(nullif($7, ''), c.locale) or c.tier is distinct from coalesce($8, c.tier)
            or not c.attributes @> $9)
        for no key update of c skip locked
    ), seen as (
        update contact c set last_seen = $3, name = coalesce(nullif($6, ''), c.name), locale = coalesce(nullif($7, ''), c.locale),
            tier = coalesce($8, c.tier), attributes = c.attributes || $9
        from met_now where c.id = met_now.id
    )"""


class Due(Struct, frozen=True):
    """A message to be sent, with all that sending it needs."""

    id: UUID
    channel: UUID
    conversation: UUID
    thread: str
    seq: int
    state: str
    attempts: int


_DUE = """o.id, o.channel_id as channel, o.conversation_id as conversation, c.thread, o.seq, o.state, o.attempts
          from outbox o join conversation c on c.id = o.conversation_id"""


async def put_out(db: Connection, row: UUID, channel: UUID, conversation: UUID, seq: int, now: datetime) -> None:
    await db.execute(
        """insert into outbox (id, channel_id, conversation_id, seq, next_at, created_at) values ($1, $2, $3, $4, $5, $5)""",
        row, channel, conversation, seq, now,
    )  # fmt: skip


async def first_due(db: Connection, conversation: UUID) -> Due | None:
    """The oldest message of a conversation that is not settled: later ones wait behind it, so order is kept."""
    return await one(
        db, Due, f"select {_DUE} where o.conversation_id = $1 and o.state in ('pending', 'sending') order by o.seq limit 1",
        conversation,
    )  # fmt: skip


async def claim(db: Connection, row: UUID, attempts: int, until: datetime) -> bool:
    """Mark as being sent. False when somebody else took it: `attempts` is the compare of a compare-and-set."""
    claimed = await db.fetchval(
        """update outbox set state = 'sending', attempts = attempts + 1, next_at = $3
           where id = $1 and state = 'pending' and attempts = $2 returning id""",
        row, attempts, until,
    )  # fmt: skip
    return claimed is not None


async def settle(
    db: Connection, row: UUID, state: str, now: datetime, *, problem: str | None = None, platform_id: str | None = None
) -> None:
    await db.execute(
        "update outbox set state = $2, next_at = $3, problem = $4, platform_id = $5 where id = $1",
        row, state, now, problem, platform_id,
    )  # fmt: skip


async def overdue(db: Connection, now: datetime, limit: int) -> list[UUID]:
    """Conversations with messages that should have gone out by now. Index: outbox_due."""
    rows = await db.fetch(
        """select distinct conversation_id from outbox where state in ('pending', 'sending') and next_at < $1 limit $2""",
        now, limit,
    )  # fmt: skip
    return [row["conversation_id"] for row in rows]


async def lost_in_sending(db: Connection, now: datetime) -> list[UUID]:
    """Messages whose sender died between the call and its answer become uncertain: nobody knows, so nobody repeats."""
    rows = await db.fetch(
        """update outbox set state = 'uncertain', problem = 'the sender stopped before the answer came'
           where state = 'sending' and next_at < $1 returning conversation_id""",
        now,
    )  # fmt: skip
    return [row["conversation_id"] for row in rows]


class Delivery(Struct, frozen=True):
    seq: int
    state: str
    problem: str | None


async def unsettled(db: Connection, conversation: UUID) -> list[Delivery]:
    """What an agent must know: messages that did not certainly arrive."""
    return await many(
        db, Delivery,
        """select seq, state, problem from outbox where conversation_id = $1 and state in ('uncertain', 'failed')
           order by seq limit 200""",
        conversation,
    )  # fmt: skip
