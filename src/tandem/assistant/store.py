"""The SQL of what the assistant keeps: its memory of a conversation, and the record of each turn."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.handoff.model import Reading
from tandem.infra.db import Connection, many, one


async def memory(db: Connection, conversation: UUID) -> dict[str, Any] | None:
    found: dict[str, Any] | None = await db.fetchval("select memory from assistant_memory where conversation_id = $1", conversation)
    return found


async def remember(db: Connection, conversation: UUID, memory: object) -> None:
    await db.execute(
        """insert into assistant_memory (conversation_id, memory) values ($1, $2)
           on conflict (conversation_id) do update set memory = $2""",
        conversation, memory,
    )  # fmt: skip


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


async def record(db: Connection, turn: Turn) -> None:
    await db.execute(
        """insert into turn (id, conversation_id, from_seq, through_seq, at, ms, decision, reason, about, triage, trace)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        turn.id, turn.conversation, turn.from_seq, turn.through_seq, turn.at, turn.ms, turn.decision, turn.reason,
        turn.about, turn.triage, turn.trace,
    )  # fmt: skip


class _ReadingRow(Struct, frozen=True):
    from_seq: int
    through_seq: int
    emotion: str
    urgency: int
    risk: tuple[str, ...]
    about: bool


async def readings(db: Connection, conversation: UUID, limit: int = 100) -> list[Reading]:
    """What triage made of the episode so far, in order. Index: turn_conversation."""
    rows = await many(
        db, _ReadingRow,
        """select t.from_seq, t.through_seq, t.triage->>'emotion' as emotion, (t.triage->>'urgency')::int as urgency,
                  t.triage->'risk' as risk,
                  t.about
           from turn t where t.conversation_id = $1 and t.through_seq > coalesce(
               (select max(seq) from entry where conversation_id = $1 and body->>'type' = 'reopened'), 0)
           order by t.through_seq limit $2""",
        conversation, limit,
    )  # fmt: skip
    return [Reading(row.from_seq, row.through_seq, row.emotion, row.urgency, row.risk, row.about) for row in rows]


class About(Struct, frozen=True):
    """Who is asking, as far as an answer depends on it."""

    contact: UUID
    channel: UUID
    name: str
    locale: str
    tier: str | None
    page: dict[str, Any] | None


async def about(db: Connection, conversation: UUID) -> About | None:
    return await one(
        db, About,
        """select c.contact_id as contact, c.channel_id as channel, p.name, p.locale, p.tier, c.page
           from conversation c join contact p on p.id = c.contact_id where c.id = $1""",
        conversation,
    )  # fmt: skip
