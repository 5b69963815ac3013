"""The SQL of connected business systems, their skills, and the record of calls."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.assistant.skills.connected import ConnectedSkill, Offer, System
from tandem.infra.db import Connection, many, one


class KeptCall(Struct, frozen=True):
    """A call as it is kept: arguments masked, the summary of a failure without anything personal."""

    id: UUID
    skill: str
    who: str
    outcome: str
    ms: int
    arguments: dict[str, str]
    summary: str
    at: datetime


class SkillNumbers(Struct, frozen=True):
    """Of one skill's calls since a time. Latencies in milliseconds."""

    skill: str
    calls: int
    failed: int
    p50: float
    p95: float


async def systems(db: Connection) -> list[System]:
    return await many(
        db, System,
        """select id, name, kind, url, auth, auth_header, sealed_secret is not null as has_secret, created_at
           from skill_system order by created_at, id""",
    )  # fmt: skip


async def secret(db: Connection, system: UUID) -> bytes | None:
    """Sealed. Index: the primary key of skill_system."""
    sealed: bytes | None = await db.fetchval("select sealed_secret from skill_system where id = $1", system)
    return sealed


async def add_system(db: Connection, system: System, sealed: bytes | None) -> None:
    await db.execute(
        """insert into skill_system (id, name, kind, url, auth, auth_header, sealed_secret, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        system.id, system.name, system.kind, system.url, system.auth, system.auth_header, sealed, system.created_at,
    )  # fmt: skip


async def remove_system(db: Connection, system: UUID) -> bool:
    """With all its skills. Index: the primary key of skill_system."""
    return await db.fetchval("delete from skill_system where id = $1 returning true", system) is True


async def add_skill(db: Connection, skill: ConnectedSkill) -> None:
    """A skill that is known already is left as the administrator set it."""
    await db.execute(
        """insert into connected_skill (id, system_id, operation, active, offer, updated_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (system_id, operation) do nothing""",
        skill.id, skill.system_id, skill.operation, skill.active, skill.offer, skill.updated_at,
    )  # fmt: skip


async def skills(db: Connection) -> list[ConnectedSkill]:
    """All of them, by system and name."""
    return await many(
        db, ConnectedSkill,
        """select k.id, k.system_id, k.operation, k.active, k.offer, k.updated_at
           from connected_skill k join skill_system s on s.id = k.system_id order by s.created_at, k.operation""",
    )  # fmt: skip


async def skill(db: Connection, id: UUID) -> ConnectedSkill | None:
    """Locked until the end of the transaction. Index: the primary key of connected_skill."""
    return await one(
        db, ConnectedSkill,
        "select id, system_id, operation, active, offer, updated_at from connected_skill where id = $1 for update", id,
    )  # fmt: skip


async def change_skill(db: Connection, id: UUID, *, active: bool, offer: Offer, at: datetime) -> None:
    """Index: the primary key of connected_skill."""
    await db.execute("update connected_skill set active = $2, offer = $3, updated_at = $4 where id = $1", id, active, offer, at)


async def keep_calls(db: Connection, calls: list[KeptCall]) -> None:
    rows: list[tuple[Any, ...]] = [(it.id, it.skill, it.who, it.outcome, it.ms, it.arguments, it.summary, it.at) for it in calls]
    await db.executemany(
        """insert into skill_call (id, skill, who, outcome, ms, arguments, summary, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        rows,
    )  # fmt: skip


async def last_calls(db: Connection, skill: str, limit: int) -> list[KeptCall]:
    """Newest first."""
    return await many(
        db, KeptCall,
        """select id, skill, who, outcome, ms, arguments, summary, at from skill_call where skill = $1
           order by at desc limit $2""",
        skill, limit,
    )  # fmt: skip


async def numbers(db: Connection, since: datetime) -> list[SkillNumbers]:
    """By skill, of a day: few enough to be counted each time somebody looks."""
    return await many(
        db, SkillNumbers,
        """select skill, count(*)::int as calls, (count(*) filter (where outcome = 'failed'))::int as failed,
                  percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95
           from skill_call where at > $1 group by skill""",
        since,
    )  # fmt: skip


async def forget_calls(db: Connection, before: datetime) -> None:
    """Those of a month ago. Run each hour."""
    await db.execute("delete from skill_call where at < $1", before)
