"""The SQL of packets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.handoff.model import Packet, PacketCustomer
from tandem.infra.db import Connection, many, one


async def next_version(db: Connection, conversation: UUID) -> int:
    """Index: unique (conversation_id, version). The caller holds the conversation's lock."""
    version: int = await db.fetchval("select coalesce(max(version), 0) + 1 from packet where conversation_id = $1", conversation)
    return version


async def put(db: Connection, packet: Packet, signature: str) -> None:
    await db.execute(
        "insert into packet (id, conversation_id, version, at, body, signature) values ($1, $2, $3, $4, $5, $6)",
        packet.id, packet.conversation, packet.version, packet.at, packet, signature,
    )  # fmt: skip


async def newest(db: Connection, conversation: UUID) -> Packet | None:
    """Index: unique (conversation_id, version)."""
    body = await db.fetchval("select body from packet where conversation_id = $1 order by version desc limit 1", conversation)
    return None if body is None else msgspec.convert(body, Packet)


async def is_outdated(db: Connection, conversation: UUID) -> bool:
    """Whether something was said or agreed to (to be called, to be answered later, who one is) since the newest packet was made, or
    there is none. Index: the primary key of entry."""
    outdated: bool = await db.fetchval(
        """select coalesce((select e.at from entry e where e.conversation_id = $1 and e.author_kind in ('customer', 'agent')
                              and e.body->>'type' in ('message', 'waits', 'verified') order by e.seq desc limit 1)
                           > (select p.at from packet p where p.conversation_id = $1 order by p.version desc limit 1),
                           not exists (select 1 from packet p where p.conversation_id = $1))""",
        conversation,
    )  # fmt: skip
    return outdated


class Signed(Struct, frozen=True):
    packet: Packet
    signature: str


async def signed(db: Connection, conversation: UUID) -> Signed | None:
    """The newest packet as it was signed. Index: unique (conversation_id, version)."""
    row = await db.fetchrow(
        "select body, signature from packet where conversation_id = $1 order by version desc limit 1", conversation
    )
    return None if row is None else Signed(msgspec.convert(row["body"], Packet), row["signature"])


async def customer(db: Connection, contact: UUID) -> PacketCustomer | None:
    return await one(db, PacketCustomer, "select id, tier from contact where id = $1", contact)


async def locale_of(db: Connection, contact: UUID) -> str:
    return str(await db.fetchval("select locale from contact where id = $1", contact))


async def mark_read(db: Connection, packet: UUID, user: UUID, now: datetime) -> UUID | None:
    """The conversation it is of; None when there is no such packet."""
    conversation: UUID | None = await db.fetchval(
        """with there as (select id, conversation_id from packet where id = $1), marked as (
               insert into packet_read (packet_id, user_id, at) select id, $2, $3 from there on conflict do nothing)
           select conversation_id from there""",
        packet, user, now,
    )  # fmt: skip
    return conversation


async def take_over(db: Connection, packet: Packet, agent: UUID, now: datetime) -> None:
    """Somebody has the conversation, and with it this packet."""
    await db.execute(
        """insert into takeover (packet_id, agent_id, conversation_id, made_by, at) values ($1, $2, $3, $4, $5)
           on conflict do nothing""",
        packet.id, agent, packet.conversation, packet.made_by, now,
    )  # fmt: skip


async def add_repeat(db: Connection, packet: UUID, agent: UUID, seq: int, keys: Sequence[str], now: datetime) -> None:
    """Asked although it was known; only of what the agent took over."""
    await db.execute(
        """insert into repeated_question (packet_id, agent_id, seq, keys, at)
           select packet_id, agent_id, $3, $4, $5 from takeover where packet_id = $1 and agent_id = $2 on conflict do nothing""",
        packet, agent, seq, keys, now,
    )  # fmt: skip


class Counted(Struct, frozen=True):
    """Of one agent or one version: handoffs taken over, and those in which something known was asked for."""

    key: str
    label: str
    handoffs: int
    repeated: int


_TAKEN = """with taken as (
    select t.agent_id, t.made_by, u.name,
           exists (select 1 from repeated_question r where r.packet_id = t.packet_id and r.agent_id = t.agent_id) as repeated
    from takeover t join users u on u.id = t.agent_id where t.at >= $1 and t.at < $2)"""


async def repeats_by_agent(db: Connection, since: datetime, until: datetime) -> list[Counted]:
    """Index: takeover_at."""
    return await many(
        db, Counted,
        f"""{_TAKEN} select agent_id::text as key, name as label, count(*)::int as handoffs,
               count(*) filter (where repeated)::int as repeated from taken group by agent_id, name order by name, agent_id""",
        since, until,
    )  # fmt: skip


async def repeats_by_version(db: Connection, since: datetime, until: datetime) -> list[Counted]:
    """Index: takeover_at."""
    return await many(
        db, Counted,
        f"""{_TAKEN} select made_by as key, made_by as label, count(*)::int as handoffs,
               count(*) filter (where repeated)::int as repeated from taken group by made_by order by made_by""",
        since, until,
    )  # fmt: skip


class Asked(Struct, frozen=True):
    """How often a known fact was asked for again."""

    key: str
    times: int


async def repeats_by_key(db: Connection, since: datetime, until: datetime) -> list[Asked]:
    return await many(
        db, Asked,
        """select key, count(*)::int as times from repeated_question r, unnest(r.keys) as key
           where r.at >= $1 and r.at < $2 group by key order by times desc, key""",
        since, until,
    )  # fmt: skip
