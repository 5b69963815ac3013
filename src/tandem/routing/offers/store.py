"""The SQL of offers and of what agents have in hand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tandem.infra.db import Connection, many, one
from tandem.routing.model import Kind
from tandem.routing.offers.model import EndedWork, HowEnded, OpenOffer, Standing


async def offer(db: Connection, offer: UUID) -> OpenOffer | None:
    return await one(db, OpenOffer, "select id, subject, agent_id, state, until from offer where id = $1", offer)


async def end_offer(db: Connection, offer: UUID, how: HowEnded, at: datetime) -> int | None:
    """Nobody is asked any more. How many the agent has missed in a row, or None when the offer was over. The caller holds the
    waiting row."""
    missed: int | None = await db.fetchval(
        """with ended as (update offer set state = $2, ended_at = $3 where id = $1 and state = 'open' returning subject, agent_id),
           waits as (update waiting set offer_id = null from ended where waiting.subject = ended.subject)
           update agent set offered = null, missed = missed + ($2 = 'missed')::int
           from ended where user_id = ended.agent_id returning missed""",
        offer, how, at,
    )  # fmt: skip
    return missed


async def settle_offer(db: Connection, offer: UUID, agent: UUID, at: datetime) -> None:
    """Somebody took the customer: whom he was offered to, or another one. The caller holds the agents."""
    await db.execute(
        """with ended as (update offer set state = case when agent_id = $2 then 'accepted' else 'taken' end, ended_at = $3
                          where id = $1 and state = 'open' returning agent_id)
           update agent set offered = null, missed = case when user_id = $2 then 0 else missed end
           from ended where user_id = ended.agent_id""",
        offer, agent, at,
    )  # fmt: skip


async def hold_agents(db: Connection, agents: Sequence[UUID], now: datetime) -> None:
    """Lock them, made where somebody is new here; by id, so that two transfers never wait for each other."""
    await db.execute(
        "insert into agent (user_id, idle_since) select it, $2 from unnest($1::uuid[]) it order by it on conflict do nothing",
        agents, now,
    )  # fmt: skip
    await db.execute("select 1 from agent where user_id = any($1) order by user_id for no key update", agents)


async def begin_work(
    db: Connection, work: UUID, subject: UUID, agent: UUID, contact: UUID, kind: Kind, *, queue: UUID | None, offer: UUID | None,
    phone: str | None, at: datetime,
) -> None:  # fmt: skip
    """The caller holds the agent."""
    await db.execute(
        """with begun as (
               insert into work (id, subject, agent_id, contact_id, kind, queue_id, offer_id, phone, since)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9))
           update agent set chats = chats + ($5 = 'chat')::int, tickets = tickets + ($5 = 'ticket')::int,
                            calls = calls + ($5 = 'call')::int, idle_since = $9 where user_id = $3""",
        work, subject, agent, contact, kind, queue, offer, phone, at,
    )  # fmt: skip


async def end_work(db: Connection, subject: UUID, how: str, at: datetime) -> EndedWork | None:
    """The caller holds the agent. Index: work_open."""
    return await one(
        db, EndedWork,
        """with ended as (update work set until = $3, ended = $2 where subject = $1 and until is null returning *),
           freed as (update agent set chats = chats - (e.kind = 'chat')::int, tickets = tickets - (e.kind = 'ticket')::int,
                                      calls = calls - (e.kind = 'call')::int, idle_since = $3
                     from ended e where user_id = e.agent_id)
           select e.agent_id, e.kind, coalesce((q.config->>'wrap_up_seconds')::int, 0) as wrap_up
           from ended e left join routing_queue q on q.id = e.queue_id""",
        subject, how, at,
    )  # fmt: skip


async def standings(db: Connection, agents: Sequence[UUID], weights: Sequence[int]) -> dict[UUID, Standing]:
    """Index: offer_open_agent."""
    found = await many(
        db, Standing,
        """select u.id as agent, u.active, u.presence, u.presence_at, u.presence_reason, u.seen_at, u.wrap_up_until, o.id as offer_id,
                  coalesce(case a.offered when 'chat' then a.chats >= a.most_chats when 'ticket' then a.tickets >= a.most_tickets
                                          when 'call' then a.calls >= a.most_calls end
                           or a.chats * $2::int + a.tickets * $3::int + a.calls * $4::int
                              + case a.offered when 'chat' then $2::int when 'ticket' then $3::int else $4::int end > a.units, false) as over
           from users u left join agent a on a.user_id = u.id left join offer o on o.agent_id = u.id and o.state = 'open'
           where u.id = any($1)""",
        agents, *weights,
    )  # fmt: skip
    return {it.agent: it for it in found}


async def owed_by(db: Connection, agent: UUID) -> list[UUID]:
    """Conversations of an agent in which a customer waits for an answer. Index: conversation_mine."""
    rows = await db.fetch(
        "select id from conversation where owner = 'agent' and agent_id = $1 and waiting_since is not null limit 500", agent
    )
    return [row["id"] for row in rows]


async def forget_missed(db: Connection, agent: UUID) -> None:
    """Once he is set away for them they do not count against him when he is back."""
    await db.execute("update agent set missed = 0 where user_id = $1", agent)


async def begin_shift(db: Connection, agent: UUID, now: datetime) -> None:
    """An agent who is here for the first time."""
    await db.execute("insert into agent (user_id, idle_since) values ($1, $2) on conflict do nothing", agent, now)
