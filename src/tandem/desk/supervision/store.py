"""The SQL of the board and of second voices."""

from datetime import datetime
from uuid import UUID

from tandem.desk.supervision.model import Left, QueueNow, TeamStands
from tandem.infra.db import Connection, many, sure
from tandem.routing.queues.model import MAIN

# Those who waited in the line, each held to the target of the queue he waited in; `$2` stands for a queue that is no more. Who is gone
# again in a moment had only looked. Whoever is to be called, or left a message, has not given up.
_GONE = """count(*) filter (where w.outcome = 'accepted')::int as accepted,
                  count(*) filter (where w.outcome = 'accepted' and w.left_at - w.entered_at
                      <= make_interval(secs => coalesce((q.config->>'target')::int, $2)))::int as in_time,
                  count(*) filter (where w.outcome <> 'accepted' and w.left_at - w.entered_at >= interval '10 s')::int as abandoned
           from queue_wait w left join routing_queue q on q.id = coalesce(w.queue_id, $3)
           where w.left_at > $1 and w.kind = 'chat'"""


async def left(db: Connection, since: datetime, target: int) -> Left:
    """`target`: seconds within which a person is in time where the queue does not say. Index: queue_wait_left."""
    return await sure(db, Left, f"select {_GONE}", since, target, MAIN)


async def queues(db: Connection, since: datetime, target: int) -> list[QueueNow]:
    """Each queue, in the order in which they are asked; `target` as above. Who left before there were several had waited in the main
    one. Indexes: waiting_place, queue_wait_left."""
    return await many(
        db, QueueNow,
        f"""with here as (
               select queue_id, count(*) filter (where kind <> 'ticket')::int as waiting,
                      min(entered_at) filter (where kind <> 'ticket') as waiting_since,
                      count(*) filter (where kind = 'ticket')::int as messages
               from waiting group by queue_id),
           gone as (select coalesce(w.queue_id, $3) as queue_id, {_GONE} group by 1)
           select q.id, q.name, q.active, coalesce((q.config->>'target')::int, $2) as target,
                  array(select distinct (t->>'team')::uuid from jsonb_array_elements(q.config->'teams') t) as teams,
                  coalesce(h.waiting, 0) as waiting, h.waiting_since, coalesce(h.messages, 0) as messages,
                  coalesce(g.accepted, 0) as accepted, coalesce(g.in_time, 0) as in_time, coalesce(g.abandoned, 0) as abandoned
           from routing_queue q left join here h on h.queue_id = q.id left join gone g on g.queue_id = q.id
           order by q.position, q.id""",
        since, target, MAIN,
    )  # fmt: skip


async def teams(db: Connection) -> list[TeamStands]:
    return await many(
        db, TeamStands,
        """select t.id, t.name, array(select m.user_id from agent_team m where m.team_id = t.id) as members
           from team t order by t.name, t.id limit 500""",
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
