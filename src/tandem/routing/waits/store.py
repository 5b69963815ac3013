"""The SQL of a customer's place."""

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


class Pace(Struct, frozen=True):
    """How the desk stands. `since`: when each of the chats that those who are there have began. `gave_up` of `left`, who waited
    `waited` seconds in all."""

    slots: int
    since: list[datetime]
    handled: list[float]
    answering: list[float]
    left: int
    gave_up: int
    waited: float


async def pace(db: Connection, queue: UUID, *, seen: datetime, since: datetime, limit: int) -> Pace:
    """Indexes: work_of_agent, work_done, queue_wait_left, offer_log."""
    return await sure(
        db, Pace,
        """select (select coalesce(sum(a.most_chats), 0)::int from agent a join users u on u.id = a.user_id
                   where u.active and u.presence = 'online' and u.seen_at > $2) as slots,
                  coalesce((select array_agg(k.since) from users u join work k on k.agent_id = u.id and k.until is null
                            where k.kind = 'chat' and u.presence = 'online' and u.seen_at > $2), '{}') as since,
                  coalesce((select array_agg(seconds) from (
                      select extract(epoch from until - since)::float8 as seconds from work
                      where queue_id = $1 and until > $3 and kind = 'chat' order by until desc limit $4) it), '{}') as handled,
                  coalesce((select array_agg(seconds) from (
                      select extract(epoch from ended_at - at)::float8 as seconds from offer
                      where state = 'accepted' and kind = 'chat' and at > $3 order by at desc, id desc limit $4) it), '{}') as answering,
                  count(*)::int as left, (count(*) filter (where outcome = 'returned'))::int as gave_up,
                  coalesce(sum(seconds), 0)::float8 as waited
           from (select outcome, extract(epoch from left_at - entered_at) as seconds from queue_wait
                 where left_at > $3 order by left_at desc limit $4) it""",
        queue, seen, since, limit,
    )  # fmt: skip
