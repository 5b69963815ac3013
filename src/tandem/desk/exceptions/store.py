"""The SQL of exceptions: requests, their steps, limits, delegates and what can be learnt from those decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.access.model import Role
from tandem.desk.exceptions.model import (
    Carried,
    CarriedWhy,
    Exceptional,
    ExceptionDelegate,
    ExceptionDifference,
    ExceptionLimit,
    ExceptionStep,
    Precedent,
    State,
    StepKind,
)
from tandem.infra.db import Connection, many, one
from tandem.timeline.model import ExceptionKind, Money

_EXCEPTION = """
    select e.id, e.conversation_id, p.name as contact_name, e.kind, e.what, e.why, e.amount, e.currency, e.by_user, u.name as by_name,
           e.at, e.state, e.level, e.due_at, e.version, e.tier, e.language, e.decided_at, e.granted_what, e.granted_amount,
           e.carried, e.carried_detail, e.carried_why, e.skill, e.given
    from exception e join contact p on p.id = e.contact_id join users u on u.id = e.by_user
"""


def _exception(row: Any) -> Exceptional:
    granted = None if row["granted_amount"] is None else Money(row["granted_amount"], row["currency"])
    return Exceptional(
        row["id"], row["conversation_id"], row["contact_name"], row["kind"], row["what"], row["why"],
        Money(row["amount"], row["currency"]), row["by_user"], row["by_name"], row["at"], row["state"], row["level"],
        row["due_at"], row["version"], row["tier"], row["language"], row["decided_at"], row["granted_what"], granted,
        row["carried"], row["carried_detail"], row["carried_why"], row["skill"], row["given"],
    )  # fmt: skip


async def put(
    db: Connection, exception: UUID, conversation: UUID, kind: ExceptionKind, what: str, why: str, cost: Money, by: UUID,
    level: Role, due: datetime, words: Sequence[str], skill: str, given: dict[str, str], now: datetime,
) -> None:  # fmt: skip
    """Tier, language and channel are kept as they are now."""
    await db.execute(
        """insert into exception (id, conversation_id, contact_id, channel_id, tier, language, kind, what, why, amount, currency,
                                  by_user, at, state, level, due_at, words, skill, given)
           select $1, c.id, c.contact_id, c.channel_id, coalesce(p.tier, ''), c.language, $3, $4, $5, $6, $7, $8, $9, 'waiting',
                  $10, $11, array_to_tsvector($12::text[]), $13, $14
           from conversation c join contact p on p.id = c.contact_id where c.id = $2""",
        exception, conversation, kind, what, why, cost.amount, cost.currency, by, now, level, due, words, skill, given,
    )  # fmt: skip


async def exception(db: Connection, exception: UUID) -> Exceptional | None:
    row = await db.fetchrow(f"{_EXCEPTION} where e.id = $1", exception)
    return None if row is None else _exception(row)


async def of_conversation(db: Connection, conversation: UUID) -> list[Exceptional]:
    """Newest first. Index: exception_conversation."""
    rows = await db.fetch(f"{_EXCEPTION} where e.conversation_id = $1 order by e.at desc limit 100", conversation)
    return [_exception(row) for row in rows]


async def waiting(db: Connection, limit: int) -> list[Exceptional]:
    """Those that must be decided first, first. Index: exception_due."""
    rows = await db.fetch(f"{_EXCEPTION} where e.state = 'waiting' order by e.due_at limit $1", limit)
    return [_exception(row) for row in rows]


async def decided(db: Connection, limit: int) -> list[Exceptional]:
    """Newest decision first. Index: exception_decided."""
    rows = await db.fetch(f"{_EXCEPTION} where e.state in ('granted', 'refused') order by e.decided_at desc limit $1", limit)
    return [_exception(row) for row in rows]


async def pass_up(db: Connection, exception: UUID, version: int, level: Role, due: datetime) -> bool:
    """To the next who must decide. False when it is no longer as it was at `version`."""
    done = await db.fetchval(
        """update exception set level = $3, due_at = $4, version = version + 1
           where id = $1 and version = $2 and state = 'waiting' returning id""",
        exception, version, level, due,
    )  # fmt: skip
    return done is not None


async def to_do(db: Connection, user: UUID | None, limit: int) -> list[Exceptional]:
    """Granted and left to people, longest first: all, or those that `user` asked for or whose customer he has.
    Index: exception_to_do."""
    rows = await db.fetch(
        f"""{_EXCEPTION} join conversation c on c.id = e.conversation_id
            where e.carried in ('failed', 'by_hand') and ($1::uuid is null or e.by_user = $1 or c.agent_id = $1)
            order by e.decided_at limit $2""",
        user, limit,
    )  # fmt: skip
    return [_exception(row) for row in rows]


class Given(Struct, frozen=True):
    """What was granted; `amount` in minor units of the request's currency. `by_hand`: no skill carries it out."""

    what: str
    amount: int
    by_hand: bool = False


async def settle(
    db: Connection, exception: UUID, version: int, state: State, granted: Given | None, *, judged: bool, now: datetime
) -> bool:
    """Bring it to its end, once: of two who decide on the same version one changes a row. False for the other."""
    done = await db.fetchval(
        """update exception set state = $3, granted_what = $4, granted_amount = $5, judged = $6, decided_at = $7,
               carried = case when $3 = 'granted' then 'running' end, skill = case when $8 then '' else skill end,
               version = version + 1
           where id = $1 and version = $2 and state = 'waiting' returning id""",
        exception, version, state, granted.what if granted else None, granted.amount if granted else None, judged, now,
        granted is not None and granted.by_hand,
    )  # fmt: skip
    return done is not None


async def add_step(
    db: Connection, exception: UUID, what: StepKind, by: UUID | None, for_user: UUID | None, level: Role, reason: str, now: datetime
) -> None:
    """The caller holds the conversation, so no other number can come between."""
    await db.execute(
        """insert into exception_step (exception_id, n, at, what, by_user, for_user, level, reason)
           select $1, coalesce(max(n), 0) + 1, $7, $2, $3, $4, $5, $6 from exception_step where exception_id = $1""",
        exception, what, by, for_user, level, reason, now,
    )  # fmt: skip


class _StepOf(ExceptionStep, frozen=True):
    exception_id: UUID


async def steps(db: Connection, exceptions: Sequence[UUID]) -> dict[UUID, list[ExceptionStep]]:
    """In order. Index: the primary key."""
    rows = await many(
        db, _StepOf,
        """select s.exception_id, s.at, s.what, b.name as by_name, f.name as for_name, s.level, s.reason
           from exception_step s left join users b on b.id = s.by_user left join users f on f.id = s.for_user
           where s.exception_id = any($1) order by s.exception_id, s.n""",
        exceptions,
    )  # fmt: skip
    found: dict[UUID, list[ExceptionStep]] = {it: [] for it in exceptions}
    for row in rows:
        found[row.exception_id].append(ExceptionStep(row.at, row.what, row.by_name, row.for_name, row.level, row.reason))
    return found


class Overdue(Struct, frozen=True):
    id: UUID
    conversation: UUID


async def overdue(db: Connection, now: datetime, limit: int) -> list[Overdue]:
    """Nobody decided in time, longest first. Index: exception_due."""
    return await many(
        db, Overdue,
        """select id, conversation_id as conversation from exception where state = 'waiting' and due_at <= $1
           order by due_at limit $2""",
        now, limit,
    )  # fmt: skip


async def stuck(db: Connection, before: datetime, limit: int) -> list[UUID]:
    """Granted, and nothing was heard of the carrying out since before then. Index: exception_decided, and the primary key of
    exception_step."""
    rows = await db.fetch(
        """select e.id from exception e
           where e.state = 'granted' and e.decided_at <= $1 and e.carried = 'running'
             and (select max(s.at) from exception_step s where s.exception_id = e.id) <= $1
           order by e.decided_at limit $2""",
        before, limit,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def set_carried(db: Connection, exception: UUID, carried: Carried, detail: str, why: CarriedWhy | None) -> bool:
    """What came of it. False when it was not under way: of two that tried it one is kept."""
    done = await db.fetchval(
        """update exception set carried = $2, carried_detail = $3, carried_why = $4 where id = $1 and carried = 'running'
           returning id""",
        exception, carried, detail, why,
    )  # fmt: skip
    return done is not None


async def carry_again(db: Connection, exception: UUID) -> bool:
    done = await db.fetchval(
        "update exception set carried = 'running' where id = $1 and carried = 'failed' and skill <> '' returning id", exception
    )
    return done is not None


async def carried_by_hand(db: Connection, exception: UUID, by: UUID, detail: str) -> bool:
    done = await db.fetchval(
        """update exception set carried = 'done', carried_by = $2, carried_detail = $3, carried_why = null
           where id = $1 and carried in ('failed', 'by_hand') returning id""",
        exception, by, detail,
    )  # fmt: skip
    return done is not None


class Parties(Struct, frozen=True):
    """For whom it is done and who asked: `vouched` is the business system's id of the customer, if a channel vouches for him;
    `memory` what the assistant kept; `spoken` and `read` the locales of both; `agent` who has the customer now."""

    contact: UUID
    memory: dict[str, Any] | None
    vouched: str | None
    spoken: str
    read: str
    agent: UUID | None


async def parties(db: Connection, conversation: UUID, by: UUID) -> Parties | None:
    """Index: identity_contact."""
    return await one(
        db, Parties,
        """select c.contact_id as contact, m.memory, coalesce(nullif(c.language, ''), nullif(p.locale, ''), u.locale) as spoken, u.locale as read,
                  c.agent_id as agent,
                  (select substring(external_id from 10) from identity where contact_id = c.contact_id and verified
                   and external_id like 'customer:%' order by external_id limit 1) as vouched
           from conversation c join contact p on p.id = c.contact_id join users u on u.id = $2
                left join assistant_memory m on m.conversation_id = c.id
           where c.id = $1""",
        conversation, by,
    )  # fmt: skip


async def owners(db: Connection, conversations: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """Who has each customer now. Index: the primary key of conversation."""
    rows = await db.fetch("select id, agent_id from conversation where id = any($1)", conversations)
    return {row["id"]: row["agent_id"] for row in rows}


async def tier_of(db: Connection, conversation: UUID) -> str:
    found: str | None = await db.fetchval(
        "select p.tier from conversation c join contact p on p.id = c.contact_id where c.id = $1", conversation
    )
    return found or ""


# Authority ------------------------------------------------------------------------------------------------------------


async def limits(db: Connection) -> list[ExceptionLimit]:
    return await many(
        db, ExceptionLimit,
        """select role, kind, currency, own, grants, minutes from exception_limit
           order by currency, kind <> 'any', kind, array_position(array['agent', 'supervisor', 'administrator'], role)""",
    )  # fmt: skip


async def set_limits(db: Connection, limits: Sequence[ExceptionLimit]) -> None:
    """These and no others."""
    await db.execute("delete from exception_limit")
    await db.executemany(
        "insert into exception_limit (role, kind, currency, own, grants, minutes) values ($1, $2, $3, $4, $5, $6)",
        [(it.role, it.kind, it.currency, it.own, it.grants, it.minutes) for it in limits],
    )


async def set_delegate(db: Connection, user: UUID, delegate: UUID, now: datetime) -> None:
    await db.execute(
        """insert into exception_delegate (user_id, delegate, set_at) values ($1, $2, $3)
           on conflict (user_id) do update set delegate = $2, set_at = $3""",
        user, delegate, now,
    )  # fmt: skip


async def drop_delegate(db: Connection, user: UUID) -> None:
    await db.execute("delete from exception_delegate where user_id = $1", user)


async def delegate(db: Connection, user: UUID) -> ExceptionDelegate | None:
    """Index: the primary key."""
    return await one(
        db, ExceptionDelegate,
        """select d.user_id as user, d.delegate, u.name from exception_delegate d join users u on u.id = d.delegate
           where d.user_id = $1""",
        user,
    )  # fmt: skip


class Represented(Struct, frozen=True):
    id: UUID
    role: Role


async def represented(db: Connection, delegate: UUID, seen_after: datetime) -> list[Represented]:
    """Those for whom he decides now: they named him, and are away. Index: exception_delegate_of."""
    return await many(
        db, Represented,
        """select u.id, u.role from exception_delegate d join users u on u.id = d.user_id
           where d.delegate = $1 and u.active and (u.presence in ('break', 'offline') or u.seen_at <= $2)""",
        delegate, seen_after,
    )  # fmt: skip


# Precedents -----------------------------------------------------------------------------------------------------------


class Like(Struct, frozen=True):
    """A decided case that is like the one asked about."""

    id: UUID
    conversation: UUID
    state: State
    what: str
    why: str
    amount: int
    currency: str
    granted_amount: int | None
    tier: str
    decided_at: datetime
    reason: str

    def precedent(self) -> Precedent:
        granted = None if self.granted_amount is None else Money(self.granted_amount, self.currency)
        return Precedent(
            self.id, self.conversation, self.state, self.what, self.why, Money(self.amount, self.currency), granted, self.tier,
            self.decided_at, self.reason,
        )  # fmt: skip


_LIKE = """
    select e.id, e.conversation_id as conversation, e.state, e.what, e.why, e.amount, e.currency, e.granted_amount, e.tier,
           e.decided_at,
           coalesce((select s.reason from exception_step s
                     where s.exception_id = e.id and s.what in ('granted', 'changed', 'refused') order by s.n desc limit 1), '') as reason
    from exception e
"""


async def like_words(
    db: Connection, kind: ExceptionKind, currency: str, low: int, high: int, words: Sequence[str], limit: int, but: UUID | None
) -> list[Like]:
    """Decided cases of a kind and size that share a word, the most first. Index: exception_words."""
    return await many(
        db, Like,
        f"""{_LIKE} where e.state in ('granted', 'refused') and e.judged and e.words @@ $5::tsquery and e.kind = $1 and e.currency = $2
                and e.amount between $3 and $4 and e.id is distinct from $7
            order by ts_rank(e.words, $5::tsquery) desc, e.decided_at desc limit $6""",
        kind, currency, low, high, " | ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words), limit, but,
    )  # fmt: skip


async def like_amount(
    db: Connection, kind: ExceptionKind, currency: str, low: int, high: int, limit: int, but: UUID | None
) -> list[Like]:
    """Decided cases of a kind and size, newest first. Index: exception_decided."""
    return await many(
        db, Like,
        f"""{_LIKE} where e.state in ('granted', 'refused') and e.judged and e.kind = $1 and e.currency = $2 and e.amount between $3 and $4
                and e.id is distinct from $6
            order by e.decided_at desc limit $5""",
        kind, currency, low, high, limit, but,
    )  # fmt: skip


async def differences(db: Connection, since: datetime) -> list[ExceptionDifference]:
    """Of what was decided since then, by kind and currency within each group. Index: exception_decided."""
    return await many(
        db, ExceptionDifference,
        """select case when grouping(e.tier) = 0 then 'tier' when grouping(e.language) = 0 then 'language' else 'channel' end as by,
                  coalesce(e.tier, e.language, ch.name) as group, e.kind, e.currency, count(*)::int as decided,
                  count(*) filter (where e.state = 'granted')::int as granted,
                  (percentile_disc(0.5) within group (order by e.granted_amount) filter (where e.state = 'granted'))::bigint as median
           from exception e join channel ch on ch.id = e.channel_id
           where e.state in ('granted', 'refused') and e.judged and e.decided_at >= $1
           group by e.kind, e.currency, grouping sets ((e.tier), (e.language), (ch.name))
           order by e.kind, e.currency, by desc, decided desc, 2""",
        since,
    )  # fmt: skip
