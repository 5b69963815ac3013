"""The SQL of a customer's place."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, one, sure
from tandem.kit.opening import Opening
from tandem.routing.engine.asked import Asked
from tandem.routing.model import Kind
from tandem.routing.queues.model import QueueConfig


class Standing(Struct, frozen=True):
    """`place` among those of the queue who wait for a person now: who will be called back keeps his place among them. `config`: of
    the queue, `language`: of the customer; both decide who can ever take him."""

    place: int
    kind: Kind
    queue_id: UUID
    proposed: str
    opening: Opening | None
    config: QueueConfig
    language: str


async def standing(db: Connection, conversation: UUID) -> Standing | None:
    """None for who does not wait. Index: waiting_place."""
    return await one(
        db, Standing,
        """select (select count(*) from waiting o where o.queue_id = w.queue_id and (o.kind = 'ticket') = (w.kind = 'ticket')
                   and (o.due_at, o.subject) <= (w.due_at, w.subject))::int as place,
                  w.kind, w.queue_id, w.proposed, h.config as opening, q.config, w.language
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


async def pace(db: Connection, queue: UUID, who: Asked, *, seen: datetime, since: datetime, limit: int) -> Pace:
    """`who`: what is asked of those who can ever take the customer; the others help him nothing. Indexes: work_of_agent, work_done,
    queue_wait_left, offer_log."""
    return await sure(
        db, Pace,
        """with able as materialized (
               select a.user_id, a.most_chats from agent a join users u on u.id = a.user_id
               where u.active and u.presence = 'online' and u.seen_at > $2
                 and ($8 = '' or a.languages = '{}' or $8 = any(a.languages))
                 and ($7::uuid[] = '{}' or exists (select 1 from agent_team t where t.user_id = a.user_id and t.team_id = any($7)))
                 and not exists (select 1 from unnest($5::uuid[], $6::int[]) as need(expertise, level)
                     where coalesce((select e.level from agent_expertise e
                                     where e.user_id = a.user_id and e.expertise_id = need.expertise), 0) < need.level))
           select (select coalesce(sum(most_chats), 0)::int from able) as slots,
                  coalesce((select array_agg(k.since) from able a join work k on k.agent_id = a.user_id and k.until is null
                            where k.kind = 'chat'), '{}') as since,
                  coalesce((select array_agg(seconds) from (
                      select extract(epoch from until - since)::float8 as seconds from work
                      where queue_id = $1 and until > $3 and kind = 'chat' order by until desc limit $4) it), '{}') as handled,
                  coalesce((select array_agg(seconds) from (
                      select extract(epoch from ended_at - at)::float8 as seconds from offer
                      where state = 'accepted' and kind = 'chat' and at > $3 order by at desc, id desc limit $4) it), '{}') as answering,
                  count(*)::int as left, (count(*) filter (where outcome = 'returned'))::int as gave_up,
                  coalesce(sum(seconds), 0)::float8 as waited
           from (select outcome, extract(epoch from left_at - entered_at) as seconds from queue_wait
                 where left_at > $3 and kind = 'chat' order by left_at desc limit $4) it""",
        queue, seen, since, limit, who.expertise, who.levels, who.teams, who.speaks,
    )  # fmt: skip
