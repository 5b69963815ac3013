"""The SQL of looks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tandem.infra.db import Connection, many
from tandem.routing.looks.model import Look


async def look_at(db: Connection, subjects: Sequence[UUID], what: Sequence[str], at: Sequence[datetime]) -> None:
    """At the latest then; what is to be looked at earlier stays so. Ordered, so that two never wait for each other."""
    await db.execute(
        """insert into look (subject, what, at)
           select distinct on (subject) subject, what, at from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as it(subject, what, at)
           order by subject, at
           on conflict (subject) do update set at = least(look.at, excluded.at)""",
        subjects, what, at,
    )  # fmt: skip


async def look_if_gone(db: Connection, agent: UUID, seen: datetime, now: datetime) -> bool:
    """Have an agent looked at who is not there. Index: users_pkey."""
    done = await db.fetchval(
        """insert into look (subject, what, at)
           select id, 'agent', $3 from users where id = $1 and (presence = 'offline' or seen_at <= $2 or not active)
           on conflict (subject) do update set at = least(look.at, excluded.at) returning subject""",
        agent, seen, now,
    )  # fmt: skip
    return done is not None


async def lease(db: Connection, now: datetime, until: datetime, limit: int) -> list[Look]:
    """Take what is due. It is due again at `until` unless `looked` says otherwise before: a process that dies in between
    loses nothing. SKIP LOCKED: several processes share what is due. MATERIALIZED: as a subquery it may be run again for each row, and
    lease more than the limit. Index: look_due."""
    return await many(
        db, Look,
        """with due as materialized (
               select subject, at from look where at <= $1 order by at limit $3 for update skip locked)
           update look set at = $2 from due where look.subject = due.subject returning look.subject, look.what, due.at""",
        now, until, limit,
    )  # fmt: skip


async def looked(db: Connection, subject: UUID, leased: datetime, again: datetime | None) -> None:
    """Done with it until `again`, or for good; unless something has happened to it since it was leased."""
    if again is None:
        await db.execute("delete from look where subject = $1 and at = $2", subject, leased)
    else:
        await db.execute("update look set at = $3 where subject = $1 and at = $2", subject, leased, again)


async def looked_at(db: Connection, again: Mapping[UUID, datetime | None], leased: datetime) -> None:
    """The same for many, by subject, as all who have to do with several looks."""
    await db.execute(
        """with done as (
               select look.subject, it.again from unnest($1::uuid[], $2::timestamptz[]) it (subject, again)
               join look on look.subject = it.subject where look.at = $3 order by look.subject for update of look),
           over as (delete from look using done where look.subject = done.subject and done.again is null)
           update look set at = done.again from done where look.subject = done.subject and done.again is not null""",
        list(again), list(again.values()), leased,
    )  # fmt: skip


async def bring_forward(db: Connection, now: datetime) -> None:
    """Everything is due now. Looking too often changes nothing."""
    await db.execute("update look set at = $1 where at > $1", now)


async def next_look(db: Connection) -> datetime | None:
    """The first entry of the index look_due."""
    found: datetime | None = await db.fetchval("select at from look order by at limit 1")
    return found
