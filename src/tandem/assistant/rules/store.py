"""The SQL of triage's rules, and of the turns they are tried on."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.assistant.rules.model import Rules, RulesVersion
from tandem.infra.db import Connection, many, one, sure

_VERSION = "version, at, by_name, note, rules"


async def rules(db: Connection) -> RulesVersion | None:
    """Those in force."""
    return await one(db, RulesVersion, f"select {_VERSION} from triage_rules order by version desc limit 1")


async def version(db: Connection, number: int) -> RulesVersion | None:
    return await one(db, RulesVersion, f"select {_VERSION} from triage_rules where version = $1", number)


async def versions(db: Connection, limit: int = 50) -> list[RulesVersion]:
    """Newest first."""
    return await many(db, RulesVersion, f"select {_VERSION} from triage_rules order by version desc limit $1", limit)


async def lock(db: Connection) -> None:
    """Until the transaction ends nobody else makes a version, so that who was faster is known."""
    await db.execute("select pg_advisory_xact_lock(7266643)")


async def add(db: Connection, at: datetime, by: str, note: str, new: Rules) -> RulesVersion:
    return await sure(
        db, RulesVersion,
        f"insert into triage_rules (at, by_name, note, rules) values ($1, $2, $3, $4) returning {_VERSION}",
        at, by, note, new,
    )  # fmt: skip


class Talked(Struct, frozen=True):
    """A conversation that the assistant had a part in, with the places of its turns: first and last entry heard in each."""

    id: UUID
    changed_at: datetime
    tier: str | None
    locale: str
    turns: list[tuple[int, int]]


async def talked(db: Connection, before: tuple[datetime, UUID] | None, limit: int) -> list[Talked]:
    """The last changed first. Index: conversation_list."""
    at, last = before or (None, None)
    return await many(
        db, Talked,
        """select c.id, c.changed_at, p.tier, p.locale, coalesce((
                      select jsonb_agg(jsonb_build_array(t.from_seq, t.through_seq) order by t.through_seq)
                      from (select from_seq, through_seq from turn where conversation_id = c.id
                            order by through_seq desc limit 20) t), '[]') as turns
           from conversation c join contact p on p.id = c.contact_id
           where $1::timestamptz is null or (c.changed_at, c.id) < ($1, $2::uuid)
           order by c.changed_at desc, c.id desc limit $3""",
        at, last, limit,
    )  # fmt: skip
