"""The SQL of conversations and their entries."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.infra.db import Connection, Record, many, one, sure
from tandem.kit.ids import new_id
from tandem.kit.text import shortened, sought, words
from tandem.timeline.model import INTERNAL, Author, Body, Draft, Entry, Held, Message, Note, Owner

HELD = """id, channel_id as channel, contact_id as contact, owner, agent_id as agent, version, last_seq, episode, heard_seq,
           customer_seq, rated_episode, language, read_by_agent"""
_ENTRY = "conversation_id, seq, id, at, author_kind, author_id, author_name, internal, client_id, body::text"
_PREVIEW_LENGTH = 120
_MOST_WORDS = 2000  # of one entry; a longer text is found by its beginning

_body: msgspec.json.Decoder[Body] = msgspec.json.Decoder(Body)


async def _entries(db: Connection, statement: str, *arguments: object) -> list[Entry]:
    """Each row is made into an entry by hand and its body parsed once: timelines are read more than anything else."""
    return [
        Entry(
            row["conversation_id"],
            row["seq"],
            row["id"],
            row["at"],
            Author(row["author_kind"], row["author_id"], row["author_name"]),
            row["internal"],
            row["client_id"],
            _body.decode(row["body"]),
        )
        for row in await db.fetch(statement, *arguments)
    ]


async def open_conversation(db: Connection, held: Held, thread: str, now: datetime) -> bool:
    """False when the thread has a conversation already. Index: unique (channel_id, thread)."""
    made = await db.fetchval(
        """insert into conversation (id, channel_id, contact_id, thread, owner, opened_at, changed_at)
           values ($1, $2, $3, $4, $5, $6, $6) on conflict (channel_id, thread) do nothing returning id""",
        held.id, held.channel, held.contact, thread, held.owner, now,
    )  # fmt: skip
    return made is not None


async def by_thread(db: Connection, channel: UUID, thread: str) -> UUID | None:
    """Index: unique (channel_id, thread)."""
    found: UUID | None = await db.fetchval("select id from conversation where channel_id = $1 and thread = $2", channel, thread)
    return found


async def lock_thread(db: Connection, channel: UUID, thread: str) -> Held | None:
    """As `lock`, by the thread. Index: unique (channel_id, thread)."""
    return await one(
        db, Held, f"select {HELD} from conversation where channel_id = $1 and thread = $2 for no key update", channel, thread
    )


async def lock(db: Connection, conversation: UUID) -> Held | None:
    """The row lock is what makes `seq` gapless and owners change one at a time. It leaves room for rows that only refer to the
    conversation, such as an offer that routing makes meanwhile: with `for update` the two would wait for each other."""
    return await one(db, Held, f"select {HELD} from conversation where id = $1 for no key update", conversation)


async def look(db: Connection, conversation: UUID) -> Held | None:
    return await one(db, Held, f"select {HELD} from conversation where id = $1", conversation)


class Heard(Struct, frozen=True):
    """What the assistant made of the conversation, for the lists and the routing, and up to where it has dealt with it."""

    language: str
    emotion: str
    urgency: int
    through: int


async def append(db: Connection, held: Held, drafts: Sequence[Draft], at: datetime, page: object = None) -> list[Entry]:
    """Give the drafts the next numbers. The caller holds the row lock, so no other number can come between."""
    entries, _ = await put_entries(db, f"{APPENDING} {APPENDED}", held, drafts, at, (None, None, None, None, None), page)
    return entries


def if_unchanged(seen: Held, heard: Heard) -> tuple[object, ...]:
    """For `put_entries`: append only while owner and version are as `seen` and nobody else has answered."""
    return heard.language, heard.emotion, heard.urgency, heard.through, seen.heard_seq


async def put_entries(
    db: Connection, statement: str, held: Held, drafts: Sequence[Draft], at: datetime, heard: tuple[object, ...], page: object,
    *beside: object,
) -> tuple[list[Entry], int]:  # fmt: skip
    """One statement for all of it: each further one would be a round trip while the conversation is locked. `statement` is
    APPENDING and APPENDED, with what another room stores `beside` between them: its arguments begin at $22, and it reads
    `numbered`, which is empty when nothing is appended. The entries, and how far the customer has spoken by now."""
    said = [draft for draft in drafts if isinstance(draft.body, Message)]
    asked = [draft for draft in said if draft.by.kind == "customer"]
    rows = await db.fetch(
        statement,
        held.id, len(drafts), at, _preview(said[-1], at) if said else None, len(asked),
        any(draft.by.kind == "agent" for draft in said), held.version, *heard,
        [new_id(at) for _ in drafts], [it.by.kind for it in drafts], [it.by.id for it in drafts], [it.by.name for it in drafts],
        [isinstance(it.body, INTERNAL) for it in drafts], [it.client_id for it in drafts],
        [msgspec.json.encode(it.body).decode() for it in drafts], [_words(it) for it in drafts], page, *beside,
    )  # fmt: skip
    entries = [
        Entry(held.id, row["seq"], row["id"], at, draft.by, isinstance(draft.body, INTERNAL), draft.client_id, draft.body)
        for row, draft in zip(rows, drafts, strict=False)
    ]
    return entries, rows[0]["customer_seq"] if rows else 0


APPENDING = """
    with numbered as (
        update conversation set
            last_seq = last_seq + $2, changed_at = $3, preview = coalesce($4, preview),
            unread = unread + $5,
            customer_seq = case when $5 > 0 then last_seq + $2 else customer_seq end,
            customer_at = case when $5 > 0 then $3 else customer_at end,
            heard_seq = case when $6 then customer_seq else greatest(heard_seq, $11) end,
            waiting_since = case when owner <> 'agent' then waiting_since
                                 when $6 then null
                                 when $5 > 0 then coalesce(waiting_since, $3) else waiting_since end,
            page = coalesce($21, page), language = coalesce($8, language), emotion = coalesce($9, emotion), urgency = coalesce($10, urgency)
        where id = $1 and ($12::int is null or (version = $7 and heard_seq = $12)) returning last_seq - $2 as before, customer_seq
    ), stored as (
        insert into entry (conversation_id, seq, id, at, author_kind, author_id, author_name, internal, client_id, body, words)
        select $1, before + place, draft.id, $3, kind, author, name, internal, client_id, body::jsonb,
               array_to_tsvector(string_to_array(words, ' '))
        from numbered, unnest($13::uuid[], $14::text[], $15::uuid[], $16::text[], $17::bool[], $18::text[], $19::text[], $20::text[])
            with ordinality as draft(id, kind, author, name, internal, client_id, body, words, place)
        returning seq, id
    )"""
APPENDED = "select seq, id, customer_seq from stored, numbered order by seq"


# A customer's message to the assistant, for a statement that finds the conversation itself: LED gives it as it stood before, `led`;
# SPEAKING_ON reads also `kept`, a row if the message is to be stored, and `met`, who says it. $1 is the channel and $3 the time;
# $10 to $16 are as `spoken` gives them. With a plain `=` for the owner, a plan made while there are few conversations reads all that
# the assistant leads (conversation_assistant) at every message; the index on channel and thread finds the one.
LED = f"""led as (
        select {HELD} from conversation
        where channel_id = $1 and thread = $10 and owner is not distinct from 'assistant' and last_seq > 0
        for no key update
    )"""
SPEAKING_ON = """numbered as (
        update conversation c set
            last_seq = c.last_seq + 1, changed_at = $3, preview = $11, unread = c.unread + 1, customer_seq = c.last_seq + 1,
            customer_at = $3, page = coalesce($16, c.page)
        from led, kept where c.id = led.id returning c.id as conversation, c.last_seq as seq
    ), stored as (
        insert into entry (conversation_id, seq, id, at, author_kind, author_id, author_name, internal, client_id, body, words)
        select conversation, seq, $12, $3, 'customer', met.id, met.name, false, $13, $14, array_to_tsvector(string_to_array($15, ' '))
        from numbered, met
    )"""


def spoken(thread: str, draft: Draft, at: datetime, entry: UUID, page: object) -> tuple[object, ...]:
    """The arguments of LED and SPEAKING_ON that are theirs alone."""
    return thread, _preview(draft, at), entry, draft.client_id, draft.body, _words(draft), page


def held_in(row: Record) -> Held:
    """The conversation in a row of more columns."""
    return Held(*(row[field] for field in Held.__struct_fields__))


def _preview(draft: Draft, at: datetime) -> dict[str, object]:
    body = draft.body
    text = body.text if isinstance(body, Message) else ""
    if isinstance(body, Message) and not text:
        text = f"[{body.attachments[0].name}]" if body.attachments else ""
    return {"by": draft.by.kind, "text": shortened(text, _PREVIEW_LENGTH), "at": at}


def _words(draft: Draft) -> str | None:
    """Between spaces, which no word contains."""
    text = draft.body.text if isinstance(draft.body, Message | Note) else ""
    return " ".join(words(text)[:_MOST_WORDS]) or None


async def move(db: Connection, conversation: UUID, owner: Owner, agent: UUID | None, at: datetime) -> Held:
    """A new owner, and with it a new version: whoever decided by the old one will find out."""
    return await sure(
        db, Held,
        f"""update conversation set
               owner = $2, agent_id = $3, version = version + 1, changed_at = $4,
               waiting_since = case when $2 = 'queue' then coalesce(waiting_since, $4)
                                    when $2 = 'agent' then waiting_since else null end,
               episode = episode + case when owner = 'closed' and $2 <> 'closed' then 1 else 0 end,
               closed_at = case when $2 = 'closed' then $4 else null end
           where id = $1 returning {HELD}""",
        conversation, owner, agent, at,
    )  # fmt: skip


async def entries_after(db: Connection, conversation: UUID, seq: int, limit: int) -> list[Entry]:
    """Index: the primary key."""
    return await _entries(
        db, f"select {_ENTRY} from entry where conversation_id = $1 and seq > $2 order by seq limit $3", conversation, seq, limit
    )


async def news(db: Connection, cursors: Mapping[UUID, int], limit: int) -> list[Entry]:
    """What came after each conversation's cursor, in order, at most `limit` of each. Index: entry_pkey."""
    return await _entries(
        db,
        f"""select e.* from unnest($1::uuid[], $2::int[]) as told(conversation, seq),
                   lateral (select {_ENTRY} from entry where conversation_id = told.conversation and entry.seq > told.seq
                            order by entry.seq limit $3) e""",
        list(cursors), list(cursors.values()), limit,
    )  # fmt: skip


async def entries_before(db: Connection, conversation: UUID, seq: int, limit: int) -> list[Entry]:
    """The `limit` entries below `seq`, oldest first. Index: the primary key."""
    found = await _entries(
        db,
        f"select {_ENTRY} from entry where conversation_id = $1 and seq < $2 order by seq desc limit $3",
        conversation,
        seq,
        limit,
    )
    return found[::-1]


async def by_client_id(db: Connection, conversation: UUID, author_kind: str, client_id: str) -> Entry | None:
    """Index: entry_client_id."""
    found = await _entries(
        db, f"select {_ENTRY} from entry where conversation_id = $1 and author_kind = $2 and client_id = $3",
        conversation, author_kind, client_id,
    )  # fmt: skip
    return found[0] if found else None


async def entry_at(db: Connection, conversation: UUID, seq: int) -> Entry | None:
    found = await _entries(db, f"select {_ENTRY} from entry where conversation_id = $1 and seq = $2", conversation, seq)
    return found[0] if found else None


async def set_read(db: Connection, conversation: UUID, by: Author, seq: int) -> bool:
    """Marks only grow. False when nothing changed."""
    if by.kind == "customer":
        done = await db.fetchval(
            """update conversation set read_by_customer = least($2, last_seq)
               where id = $1 and read_by_customer < least($2, last_seq) returning id""",
            conversation, seq,
        )  # fmt: skip
    else:
        done = await db.fetchval(
            """update conversation set read_by_agent = least($2, last_seq),
                   unread = case when $2 >= customer_seq then 0 else unread end
               where id = $1 and read_by_agent < least($2, last_seq) returning id""",
            conversation, seq,
        )  # fmt: skip
    return done is not None


async def set_reading(
    db: Connection, conversation: UUID, *, language: str, emotion: str, reason: str | None, urgency: int, heard_seq: int
) -> None:
    """What the assistant made of the conversation, for the lists and the routing; `heard_seq` is how far it has dealt with it."""
    await db.execute(
        """update conversation set language = $2, emotion = $3, reason = coalesce($4, reason), urgency = $5,
               heard_seq = greatest(heard_seq, $6) where id = $1""",
        conversation, language, emotion, reason, urgency, heard_seq,
    )  # fmt: skip


async def set_understood(
    db: Connection, conversation: UUID, *, language: str | None, emotion: str, reason: str | None, urgency: int
) -> tuple[str, str | None]:
    """What somebody said while he waits, as it was read: what is urgent stays so, and a reason takes the place of the bare wish for
    a person. Language and reason as they were before."""
    row = await db.fetchrow(
        """with was as (select language, reason from conversation where id = $1)
           update conversation c set language = coalesce($2, c.language), emotion = $3, urgency = greatest(c.urgency, $5),
               reason = case when c.reason is null or c.reason = 'asks_human' then coalesce($4, c.reason) else c.reason end
           from was where id = $1 returning was.language, was.reason""",
        conversation, language, emotion, reason, urgency,
    )  # fmt: skip
    if row is None:
        raise LookupError(conversation)
    return row["language"], row["reason"]


async def set_heard(db: Connection, conversation: UUID) -> None:
    """Nothing that was said so far needs an answer of the assistant any more."""
    await db.execute("update conversation set heard_seq = customer_seq where id = $1", conversation)


async def set_rated(db: Connection, conversation: UUID, episode: int) -> None:
    await db.execute("update conversation set rated_episode = $2 where id = $1", conversation, episode)


async def has_rating_words(db: Connection, conversation: UUID, last_seq: int) -> bool:
    """Whether the last rating, which is among the newest entries of a closed conversation, came with words."""
    words: str | None = await db.fetchval(
        """select body->>'comment' from entry where conversation_id = $1 and seq > $2 and body->>'type' = 'rated'
           order by seq desc limit 1""",
        conversation, last_seq - 50,
    )  # fmt: skip
    return bool(words)


async def said_helped(db: Connection, conversation: UUID, answer: int) -> bool | None:
    """What the customer said last of the answer at that `seq`. Index: entry_pkey."""
    said: bool | None = await db.fetchval(
        """select (body->>'yes')::bool from entry
           where conversation_id = $1 and seq > $2 and body->>'type' = 'helped' and (body->>'answer')::int = $2 order by seq desc limit 1""",
        conversation, answer,
    )  # fmt: skip
    return said


async def emotion(db: Connection, conversation: UUID) -> str | None:
    """As it was last read."""
    found: str | None = await db.fetchval("select emotion from conversation where id = $1", conversation)
    return found


async def page(db: Connection, conversation: UUID) -> dict[str, Any] | None:
    found: dict[str, Any] | None = await db.fetchval("select page from conversation where id = $1", conversation)
    return found


class Unheard(Struct, frozen=True):
    id: UUID
    customer_at: datetime


async def unheard(db: Connection, before: datetime, limit: int) -> list[Unheard]:
    """Customers to whom the assistant owes an answer since before then, longest first. Index: conversation_unheard."""
    return await many(
        db, Unheard,
        """select id, customer_at from conversation
           where owner = 'assistant' and customer_seq > heard_seq and customer_at < $1 order by customer_at limit $2""",
        before, limit,
    )  # fmt: skip


async def quiet(db: Connection, since: datetime, limit: int) -> list[UUID]:
    """Conversations of the assistant in which everything is answered and nothing happened since. Index: conversation_assistant."""
    rows = await db.fetch(
        """select id from conversation where owner = 'assistant' and customer_seq <= heard_seq and changed_at < $1
           order by changed_at limit $2""",
        since, limit,
    )  # fmt: skip
    return [row["id"] for row in rows]


class Changed(Struct, frozen=True):
    id: UUID
    last_seq: int
    changed_at: datetime


async def changed_since(db: Connection, since: datetime, limit: int) -> list[Changed]:
    """Index: conversation_list."""
    return await many(
        db, Changed, "select id, last_seq, changed_at from conversation where changed_at > $1 order by changed_at desc limit $2",
        since, limit,
    )  # fmt: skip


async def found_in(db: Connection, text: str, limit: int) -> list[UUID]:
    """Conversations in which something was said that holds all the words of `text`. Index: entry_words."""
    need = sought(text)
    if not need:
        return []
    rows = await db.fetch(
        """select conversation_id from entry where words @@ $1::tsquery
           group by conversation_id order by max(at) desc limit $2""",
        " & ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in need), limit,
    )  # fmt: skip
    return [row["conversation_id"] for row in rows]
