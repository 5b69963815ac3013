"""The SQL of solved cases and of what became of suggestions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.desk.copilot.model import Ground, Outcome, Use
from tandem.infra.db import Connection, many, one, sure


async def put_case(
    db: Connection, conversation: UUID, episode: int, at: datetime, lang: str, question: str, answer: str, answer_seq: int,
    agent_name: str, words: Sequence[str],
) -> None:  # fmt: skip
    await db.execute(
        """insert into solved_case (conversation_id, episode, at, lang, question, answer, answer_seq, agent_name, words)
           values ($1, $2, $3, $4, $5, $6, $7, $8, array_to_tsvector($9::text[])) on conflict (conversation_id, episode)
           do update set at = $3, question = $5, answer = $6, answer_seq = $7, agent_name = $8, words = array_to_tsvector($9::text[])""",
        conversation, episode, at, lang, question, answer, answer_seq, agent_name, words,
    )  # fmt: skip


class Case(Struct, frozen=True):
    conversation: UUID
    episode: int
    at: datetime
    question: str
    answer: str
    answer_seq: int
    agent_name: str


async def cases(db: Connection, words: Sequence[str], lang: str, limit: int) -> list[Case]:
    """Those that share a word with the question, the most first. Index: solved_case_words."""
    return await many(
        db, Case,
        """select conversation_id as conversation, episode, at, question, answer, answer_seq, agent_name from solved_case
           where words @@ $1::tsquery and lang = $2
           order by ts_rank(words, $1::tsquery) desc, at desc limit $3""",
        " | ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words), lang, limit,
    )  # fmt: skip


class Shown(Struct, frozen=True):
    id: UUID
    agent: UUID
    conversation: UUID
    text: str
    outcome: Outcome | None


_SHOWN = "id, agent_id as agent, conversation_id as conversation, text, outcome"


async def shown(db: Connection, conversation: UUID, agent: UUID, through: int, text: str) -> Shown | None:
    """The same suggestion at the same place, if the agent has been shown it. Index: suggestion_conversation."""
    return await one(
        db, Shown, f"select {_SHOWN} from suggestion where conversation_id = $1 and through_seq = $3 and agent_id = $2 and text = $4",
        conversation, agent, through, text,
    )  # fmt: skip


async def show(
    db: Connection, suggestion: UUID, conversation: UUID, agent: UUID, through: int, text: str, ground: Ground, now: datetime
) -> None:
    await db.execute(
        """insert into suggestion (id, conversation_id, agent_id, through_seq, text, source, shown_at)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        suggestion, conversation, agent, through, text, ground, now,
    )  # fmt: skip


async def suggestion(db: Connection, suggestion: UUID) -> Shown | None:
    return await one(db, Shown, f"select {_SHOWN} from suggestion where id = $1", suggestion)


async def settle(db: Connection, suggestion: UUID, outcome: Outcome, distance: int | None, now: datetime) -> None:
    """What became of it, once."""
    await db.execute(
        "update suggestion set outcome = $2, distance = $3, settled_at = $4 where id = $1 and outcome is null",
        suggestion, outcome, distance, now,
    )  # fmt: skip


async def use(db: Connection, since: datetime) -> Use:
    """Index: suggestion_shown."""
    return await sure(
        db, Use,
        """select count(*)::int as shown, count(*) filter (where outcome = 'accepted')::int as accepted,
                  count(*) filter (where outcome = 'edited')::int as edited,
                  count(*) filter (where outcome = 'dismissed')::int as dismissed,
                  percentile_cont(0.5) within group (order by distance) filter (where outcome = 'edited') as distance
           from suggestion where shown_at >= $1""",
        since,
    )  # fmt: skip
