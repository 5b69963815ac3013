"""The SQL of agents' profiles, and of what each has in hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.infra.db import Connection, many, one
from tandem.routing.agents.model import AgentProfile, InHand, Level, Load, Mine, Named, OfferCard, Profile
from tandem.routing.model import Kind

_NAMED = {"team": "team", "expertise": "expertise"}


async def named(db: Connection, kind: str) -> list[Named]:
    """Teams, or expertise."""
    return await many(db, Named, f"select id, name from {_NAMED[kind]} order by name, id limit 500")


async def put_named(db: Connection, kind: str, it: Named) -> bool:
    """False when the name is taken."""
    done = await db.fetchval(
        f"""insert into {_NAMED[kind]} (id, name) select $1::uuid, $2::text
            where not exists (select 1 from {_NAMED[kind]} where name = $2 and id <> $1)
            on conflict (id) do update set name = $2 returning id""",
        it.id, it.name,
    )  # fmt: skip
    return done is not None


async def drop_named(db: Connection, kind: str, it: UUID) -> None:
    await db.execute(f"delete from {_NAMED[kind]} where id = $1", it)


class _Row(Struct, frozen=True):
    id: UUID
    name: str
    role: str
    languages: tuple[str, ...]
    most_chats: int
    most_tickets: int
    most_calls: int
    units: int
    teams: tuple[UUID, ...]
    expertise: list[dict[str, Any]]


async def profiles(db: Connection) -> list[AgentProfile]:
    rows = await many(
        db, _Row,
        """select u.id, u.name, u.role, coalesce(a.languages, '{}') as languages, coalesce(a.most_chats, 6) as most_chats,
                  coalesce(a.most_tickets, 20) as most_tickets, coalesce(a.most_calls, 1) as most_calls, coalesce(a.units, 60) as units,
                  coalesce((select array_agg(t.team_id order by t.team_id) from agent_team t where t.user_id = u.id), '{}') as teams,
                  coalesce((select jsonb_agg(jsonb_build_object('expertise', e.expertise_id, 'level', e.level) order by e.expertise_id)
                            from agent_expertise e where e.user_id = u.id), '[]') as expertise
           from users u left join agent a on a.user_id = u.id where u.active order by u.name, u.id limit 1000""",
    )  # fmt: skip
    return [
        AgentProfile(
            it.id, it.name, it.role,
            Profile(
                it.languages, it.most_chats, it.most_tickets, it.most_calls, it.units, it.teams,
                tuple(msgspec.convert(it.expertise, list[Level])),
            ),
        )
        for it in rows
    ]  # fmt: skip


async def put_profile(db: Connection, agent: UUID, profile: Profile, now: datetime) -> None:
    """The agent's row first: its lock is what the engine meets."""
    await db.execute(
        """insert into agent (user_id, languages, most_chats, most_tickets, most_calls, units, idle_since)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (user_id) do update set languages = $2, most_chats = $3, most_tickets = $4, most_calls = $5, units = $6""",
        agent, profile.languages, profile.most_chats, profile.most_tickets, profile.most_calls, profile.units, now,
    )  # fmt: skip
    await db.execute("delete from agent_team where user_id = $1", agent)
    await db.execute("insert into agent_team (user_id, team_id) select $1, unnest($2::uuid[])", agent, profile.teams)
    await db.execute("delete from agent_expertise where user_id = $1", agent)
    await db.execute(
        """insert into agent_expertise (user_id, expertise_id, level)
           select $1, it.expertise, it.level from unnest($2::uuid[], $3::int[]) as it(expertise, level)""",
        agent, [it.expertise for it in profile.expertise], [it.level for it in profile.expertise],
    )  # fmt: skip


async def keeper(db: Connection, contact: UUID) -> UUID | None:
    found: UUID | None = await db.fetchval(
        "select k.user_id from contact_keeper k join users u on u.id = k.user_id where k.contact_id = $1 and u.active", contact
    )
    return found


async def set_keeper(db: Connection, contact: UUID, agent: UUID | None) -> None:
    """Who looks after a customer for good; None: nobody in particular."""
    if agent is None:
        await db.execute("delete from contact_keeper where contact_id = $1", contact)
    else:
        await db.execute(
            """insert into contact_keeper (contact_id, user_id) values ($1, $2)
               on conflict (contact_id) do update set user_id = $2""",
            contact, agent,
        )  # fmt: skip


class _Hand(Struct, frozen=True):
    chats: int
    tickets: int
    calls: int
    most_chats: int
    most_tickets: int
    most_calls: int
    units: int
    offered: Kind | None


async def mine(db: Connection, agent: UUID, weights: Sequence[int]) -> Mine:
    """Index: agent_pkey."""
    hand = await one(
        db, _Hand,
        "select chats, tickets, calls, most_chats, most_tickets, most_calls, units, offered from agent where user_id = $1",
        agent,
    ) or _Hand(0, 0, 0, 6, 20, 1, 60, None)  # fmt: skip
    load = [
        Load("chat", hand.chats, hand.most_chats), Load("ticket", hand.tickets, hand.most_tickets),
        Load("call", hand.calls, hand.most_calls),
    ]  # fmt: skip
    used = sum(it.open * weight for it, weight in zip(load, weights, strict=True))
    return Mine(load, used, hand.units, await offered(db, agent) if hand.offered else None)


async def offered(db: Connection, agent: UUID) -> OfferCard | None:
    """`preview`: what the customer said last. Index: offer_open_agent."""
    return await one(
        db, OfferCard,
        """select o.id, o.subject as conversation, o.version, o.kind, q.name as queue, o.at, o.until, o.waited, o.why,
                  p.name as contact_name, p.tier, c.language, c.emotion, c.reason, c.urgency, ch.name as channel,
                  coalesce((select left(e.body->>'text', 200) from entry e
                            where e.conversation_id = c.id and e.author_kind = 'customer' and e.body->>'type' = 'message'
                            order by e.seq desc limit 1), '') as preview
           from offer o join conversation c on c.id = o.subject join contact p on p.id = c.contact_id
           join channel ch on ch.id = c.channel_id join routing_queue q on q.id = o.queue_id
           where o.agent_id = $1 and o.state = 'open'""",
        agent,
    )  # fmt: skip


async def in_hand(db: Connection, conversation: UUID) -> InHand | None:
    """None while nobody has it. Index: work_open."""
    return await one(
        db, InHand,
        """select k.kind, k.phone, q.name as queue, o.why, o.waited from work k left join routing_queue q on q.id = k.queue_id
           left join offer o on o.id = k.offer_id where k.subject = $1 and k.until is null""",
        conversation,
    )  # fmt: skip
