"""The SQL of the board and of second voices."""

from datetime import datetime
from uuid import UUID

from tandem.desk.supervision.model import Left, Waiting
from tandem.infra.db import Connection, sure


async def waiting(db: Connection) -> Waiting:
    """Read from conversation_waiting, which holds nobody else."""
    return await sure(
        db, Waiting, "select count(*)::int as count, min(waiting_since) as since from conversation where owner = 'queue'"
    )


async def left(db: Connection, since: datetime, target: float) -> Left:
    """`target`: seconds within which a person is in time. Index: queue_wait_left."""
    return await sure(
        db, Left,
        """select count(*) filter (where outcome = 'accepted')::int as accepted,
                  count(*) filter (where outcome = 'accepted' and left_at - entered_at <= make_interval(secs => $2))::int as in_time,
                  count(*) filter (where outcome <> 'accepted')::int as abandoned
           from queue_wait where left_at > $1""",
        since, target,
    )  # fmt: skip


async def step_in(db: Connection, conversation: UUID, user: UUID, now: datetime) -> bool:
    """False when he speaks there already."""
    made = await db.fetchval(
        """insert into second_voice (conversation_id, user_id, at) values ($1, $2, $3)
           on conflict (conversation_id, user_id) do nothing returning user_id""",
        conversation, user, now,
    )  # fmt: skip
    return made is not None


async def step_out(db: Connection, conversation: UUID, user: UUID) -> bool:
    """False when he did not speak there. Index: the primary key."""
    gone = await db.fetchval(
        "delete from second_voice where conversation_id = $1 and user_id = $2 returning user_id", conversation, user
    )
    return gone is not None


async def all_step_out(db: Connection, conversation: UUID) -> None:
    """Index: the primary key."""
    await db.execute("delete from second_voice where conversation_id = $1", conversation)


async def voices(db: Connection, conversation: UUID) -> list[UUID]:
    """Index: the primary key."""
    rows = await db.fetch("select user_id from second_voice where conversation_id = $1 order by at", conversation)
    return [row["user_id"] for row in rows]
