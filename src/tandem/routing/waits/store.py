"""The SQL of a customer's place."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, one, sure
from tandem.kit.opening import Opening
from tandem.routing.model import Kind


class Standing(Struct, frozen=True):
    """`place` among those of the queue who wait for a person now: who will be called back keeps his place among them."""

    place: int
    kind: Kind
    queue_id: UUID
    proposed: str
    opening: Opening | None


async def standing(db: Connection, conversation: UUID) -> Standing | None:
    """None for who does not wait. Index: waiting_place."""
    return await one(
        db, Standing,
        """select (select count(*) from waiting o where o.queue_id = w.queue_id and (o.kind = 'ticket') = (w.kind = 'ticket')
                   and (o.due_at, o.subject) <= (w.due_at, w.subject))::int as place,
                  w.kind, w.queue_id, w.proposed, h.config as opening
           from waiting w join routing_queue q on q.id = w.queue_id
           left join opening_hours h on h.id = (q.config->>'hours')::uuid where w.subject = $1""",
        conversation,
    )  # fmt: skip


async def accepted_lately(db: Connection, queue: UUID, since: datetime, limit: int) -> list[datetime]:
    """When people took customers from the queue, newest first. Index: queue_wait_accepted."""
    rows = await db.fetch(
        """select left_at from queue_wait where outcome = 'accepted' and left_at > $2 and queue_id is not distinct from $1
           order by left_at desc limit $3""",
        queue, since, limit,
    )  # fmt: skip
    return [row["left_at"] for row in rows]


class Staff(Struct, frozen=True):
    """`slots`: chats that those who are there can have at once; `since`: when each of those they have began."""

    slots: int
    since: list[datetime]


async def staff(db: Connection, queue: UUID, seen: datetime) -> Staff:
    """Who may take from the queue's present ring is left to routing; here everybody counts who is there. Index: work_of_agent."""
    return await sure(
        db, Staff,
        """select coalesce(sum(a.most_chats), 0)::int as slots,
                  coalesce((select array_agg(k.since) from work k join users v on v.id = k.agent_id
                            where k.until is null and k.kind = 'chat' and v.presence = 'online' and v.seen_at > $2), '{}') as since
           from agent a join users u on u.id = a.user_id
           where u.active and u.presence = 'online' and u.seen_at > $2 and $1::uuid is not null""",
        queue, seen,
    )  # fmt: skip


async def handled_lately(db: Connection, queue: UUID, since: datetime, limit: int) -> list[float]:
    """Seconds that chats of the queue took, newest first. Index: work_done."""
    rows = await db.fetch(
        """select extract(epoch from until - since)::float8 as seconds from work
           where queue_id = $1 and until > $2 and kind = 'chat' order by until desc limit $3""",
        queue, since, limit,
    )  # fmt: skip
    return [row["seconds"] for row in rows]


async def patience_lately(db: Connection, since: datetime, limit: int) -> Sequence[tuple[float, bool]]:
    """How long customers waited, and whether they gave up then; newest first. Index: queue_wait_left."""
    rows = await db.fetch(
        """select extract(epoch from left_at - entered_at)::float8 as seconds, outcome = 'returned' as gave_up from queue_wait
           where left_at > $1 order by left_at desc limit $2""",
        since, limit,
    )  # fmt: skip
    return [(row["seconds"], row["gave_up"]) for row in rows]
