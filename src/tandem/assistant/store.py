"""The SQL of what the assistant keeps: its memory of a conversation, and the record of each turn."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.handoff.model import Reading
from tandem.infra.db import Connection, many, one
from tandem.timeline.model import Draft, Entry, Held
from tandem.timeline.store import APPENDED, APPENDING, Heard, if_unchanged, put_entries


class Turn(Struct, frozen=True):
    """One run of the assistant: over which entries, what it decided, and why."""

    id: UUID
    conversation: UUID
    from_seq: int
    through_seq: int
    at: datetime
    ms: int
    decision: str
    reason: str | None
    about: bool
    triage: Any
    trace: Any


async def answer(
    db: Connection, seen: Held, drafts: Sequence[Draft], heard: Heard, turn: Turn, memory: object
) -> tuple[list[Entry], int]:
    """What the assistant says, the record of the turn, and what it remembers: all of it, or nothing when the conversation no
    longer stands as it was `seen`. One statement, which needs no transaction around it."""
    return await put_entries(
        db,
        f"""{APPENDING}, remembered as (
               insert into assistant_memory (conversation_id, memory) select $1, $31::jsonb from numbered
               on conflict (conversation_id) do update set memory = $31
           ), recorded as (
               insert into turn (id, conversation_id, from_seq, through_seq, at, ms, decision, reason, about, triage, trace)
               select $22::uuid, $1, $23::int, $24::int, $3, $25::int, $26::text, $27::text, $28::bool, $29::jsonb, $30::jsonb
               from numbered
           ) {APPENDED}""",
        seen, drafts, turn.at, if_unchanged(seen, heard), None,
        turn.id, turn.from_seq, turn.through_seq, turn.ms, turn.decision, turn.reason, turn.about, turn.triage, turn.trace,
        memory,
    )  # fmt: skip


async def keep(db: Connection, turn: Turn, memory: object) -> None:
    """The record of a turn after which a person has the conversation, and what the assistant remembers."""
    await db.execute(
        """with remembered as (
               insert into assistant_memory (conversation_id, memory) values ($2, $12)
               on conflict (conversation_id) do update set memory = $12)
           insert into turn (id, conversation_id, from_seq, through_seq, at, ms, decision, reason, about, triage, trace)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        turn.id, turn.conversation, turn.from_seq, turn.through_seq, turn.at, turn.ms, turn.decision, turn.reason,
        turn.about, turn.triage, turn.trace, memory,
    )  # fmt: skip


async def readings(db: Connection, conversation: UUID, limit: int = 100) -> list[Reading]:
    """What triage made of the episode so far, in order. Index: turn_conversation."""
    return await many(
        db, Reading,
        """select t.from_seq, t.through_seq, t.triage->>'emotion' as emotion, (t.triage->>'urgency')::int as urgency,
                  t.triage->'risk' as risk, t.about,
                  t.trace->'chosen'->>'article' as article, (t.trace->'chosen'->>'sure')::float8 as sure
           from turn t where t.conversation_id = $1 and t.through_seq > coalesce(
               (select max(seq) from entry where conversation_id = $1 and body->>'type' = 'reopened'), 0)
           order by t.through_seq limit $2""",
        conversation, limit,
    )  # fmt: skip


class About(Struct, frozen=True):
    """Who is asking, as far as an answer depends on it. `vouched` is the identity that the channel vouches for, `memory` what the
    assistant kept."""

    contact: UUID
    name: str
    locale: str
    tier: str | None
    page: dict[str, Any] | None
    vouched: str | None
    memory: dict[str, Any] | None


async def asked(db: Connection, conversation: UUID) -> tuple[Held, About] | None:
    """How a conversation stands, and who asks in it: in one statement, because every turn begins with it.
    Index: identity_contact."""
    row = await db.fetchrow(
        """select c.id, c.channel_id, c.contact_id, c.owner, c.agent_id, c.version, c.last_seq, c.episode, c.heard_seq,
                  c.customer_seq, c.rated_episode, c.language, c.read_by_agent,
                  p.name, p.locale, p.tier, c.page, m.memory,
                  (select external_id from identity where contact_id = c.contact_id and channel_id = c.channel_id and verified
                   order by external_id limit 1) as vouched
           from conversation c join contact p on p.id = c.contact_id left join assistant_memory m on m.conversation_id = c.id
           where c.id = $1""",
        conversation,
    )
    if row is None:
        return None
    held = Held(
        row["id"], row["channel_id"], row["contact_id"], row["owner"], row["agent_id"], row["version"], row["last_seq"],
        row["episode"], row["heard_seq"], row["customer_seq"], row["rated_episode"], row["language"], row["read_by_agent"],
    )  # fmt: skip
    return held, About(row["contact_id"], row["name"], row["locale"], row["tier"], row["page"], row["vouched"], row["memory"])


async def memory(db: Connection, conversation: UUID) -> dict[str, Any] | None:
    """What the assistant kept of a conversation. Index: the primary key."""
    kept: dict[str, Any] | None = await db.fetchval("select memory from assistant_memory where conversation_id = $1", conversation)
    return kept


async def put_memory(db: Connection, conversation: UUID, memory: object) -> None:
    await db.execute(
        """insert into assistant_memory (conversation_id, memory) values ($1, $2)
           on conflict (conversation_id) do update set memory = $2""",
        conversation, memory,
    )  # fmt: skip


class ModelUse(Struct, frozen=True):
    """A day (UTC) of one language model. `cached`: answered from memory, without a call. `cost` in the currency of the prices."""

    day: date
    model: str
    calls: int = 0
    failed: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0


async def add_model_use(db: Connection, use: ModelUse) -> None:
    """Added to what is there. Index: the primary key of model_use."""
    await db.execute(
        """insert into model_use (day, model, calls, failed, cached, input_tokens, output_tokens, cost)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (day, model) do update set calls = model_use.calls + $3, failed = model_use.failed + $4,
               cached = model_use.cached + $5, input_tokens = model_use.input_tokens + $6,
               output_tokens = model_use.output_tokens + $7, cost = model_use.cost + $8""",
        use.day, use.model, use.calls, use.failed, use.cached, use.input_tokens, use.output_tokens, use.cost,
    )  # fmt: skip


async def model_use(db: Connection, since: date) -> list[ModelUse]:
    """Newest day first. Index: the primary key of model_use."""
    return await many(
        db, ModelUse,
        """select day, model, calls, failed, cached, input_tokens, output_tokens, cost from model_use where day >= $1
           order by day desc, model""",
        since,
    )  # fmt: skip


class ColleaguesUse(Struct, frozen=True):
    """What one colleague used of the language model in a day (UTC)."""

    day: date
    colleague: UUID
    tokens: int
    cost: float


async def add_colleagues_use(db: Connection, use: ColleaguesUse) -> None:
    """Added to what is there. Index: the primary key of colleague_model_use."""
    await db.execute(
        """insert into colleague_model_use (day, colleague, tokens, cost) values ($1, $2, $3, $4)
           on conflict (day, colleague) do update set tokens = colleague_model_use.tokens + $3, cost = colleague_model_use.cost + $4""",
        use.day, use.colleague, use.tokens, use.cost,
    )  # fmt: skip


async def colleagues_use(db: Connection, day: date) -> list[ColleaguesUse]:
    """Index: the primary key of colleague_model_use."""
    return await many(db, ColleaguesUse, "select day, colleague, tokens, cost from colleague_model_use where day = $1", day)


async def forget_colleagues_use(db: Connection, before: date) -> None:
    """Index: the primary key of colleague_model_use."""
    await db.execute("delete from colleague_model_use where day < $1", before)


class Exchange(Struct, frozen=True):
    """What a language model was given and said for an answer: one for each call. Empty when it was not asked."""

    at: datetime
    decision: str
    reason: str | None
    ms: int
    model: Any


async def exchange(db: Connection, conversation: UUID, before: int) -> Exchange | None:
    """Of the turn that gave the assistant's entry `before`. Index: turn_conversation."""
    return await one(
        db, Exchange,
        """select at, decision, reason, ms, trace->'model' as model from turn
           where conversation_id = $1 and through_seq < $2 order by through_seq desc limit 1""",
        conversation, before,
    )  # fmt: skip
