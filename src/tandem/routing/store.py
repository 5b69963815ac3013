"""The SQL of waiting."""

from datetime import datetime
from uuid import UUID

from tandem.infra.db import Connection


async def enter(db: Connection, conversation: UUID, at: datetime) -> None:
    await db.execute(
        "insert into queue_wait (conversation_id, entered_at) values ($1, $2) on conflict do nothing", conversation, at
    )


async def leave(db: Connection, conversation: UUID, outcome: str, at: datetime) -> None:
    """Index: the primary key."""
    await db.execute(
        "update queue_wait set left_at = $3, outcome = $2 where conversation_id = $1 and left_at is null", conversation, outcome, at
    )


async def place(db: Connection, conversation: UUID) -> int | None:
    """1 for whoever is next, None for who does not wait. Index: conversation_waiting."""
    found: int | None = await db.fetchval(
        """select (select count(*) from conversation o where o.owner = 'queue'
                   and (o.waiting_since, o.id) <= (c.waiting_since, c.id))::int
           from conversation c where c.id = $1 and c.owner = 'queue'""",
        conversation,
    )
    return found


async def accepted_lately(db: Connection, since: datetime, limit: int) -> list[datetime]:
    """When people took customers from the queue, newest first. Index: queue_wait_accepted."""
    rows = await db.fetch(
        "select left_at from queue_wait where outcome = 'accepted' and left_at > $1 order by left_at desc limit $2", since, limit
    )
    return [row["left_at"] for row in rows]
