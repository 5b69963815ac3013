"""Exceptions over HTTP."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal
from uuid import UUID

from litestar import get, post, put
from msgspec import Struct

from tandem.access.model import User
from tandem.desk.exceptions import precedents as like
from tandem.desk.exceptions import store
from tandem.desk.exceptions.act import LARGEST, Exceptions
from tandem.desk.exceptions.authority import power_for, powers_of
from tandem.desk.exceptions.model import (
    Decide,
    Exceptional,
    ExceptionDelegate,
    ExceptionDifference,
    ExceptionLimit,
    ExceptionView,
    Precedents,
    Propose,
)
from tandem.infra.db import Connection, Database
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound
from tandem.timeline.model import ExceptionKind, Money

_MOST = 200
_LONGEST_DAYS = 3650


class WithdrawAt(Struct, frozen=True, forbid_unknown_fields=True):
    """`version` of the request, as the caller saw it."""

    version: int


class SetLimits(Struct, frozen=True, forbid_unknown_fields=True):
    limits: list[ExceptionLimit]


class SetDelegate(Struct, frozen=True, forbid_unknown_fields=True):
    """None: nobody."""

    delegate: UUID | None


class OwnDelegate(Struct, frozen=True):
    delegate: ExceptionDelegate | None


@post("/api/conversations/{conversation:uuid}/exceptions", permission="conversation:reply")
async def propose(
    conversation: UUID, data: Propose, who: User, db: Database, exceptions: Exceptions, clock: Clock
) -> ExceptionView:
    async with db.write() as tx:
        request = await exceptions.propose(tx, who, conversation, data, clock.now())
        return await _told(tx.db, who, request, clock)


@get("/api/conversations/{conversation:uuid}/exceptions", permission="conversation:read")
async def of_conversation(conversation: UUID, who: User, db: Database, clock: Clock) -> list[ExceptionView]:
    """Newest first."""
    async with db.read() as connection:
        return await _all_told(connection, who, await store.of_conversation(connection, conversation), clock)


@get("/api/conversations/{conversation:uuid}/precedents", permission="conversation:read")
async def precedents(
    conversation: UUID, db: Database, kind: ExceptionKind, cost: int = 0, currency: str = "CNY", words: str = ""
) -> Precedents:
    """`cost` in minor units of `currency`; `words`: what is asked for and why."""
    async with db.read() as connection:
        tier = await store.tier_of(connection, conversation)
        return await like.precedents(connection, kind, words[:1000], tier, Money(max(0, min(cost, LARGEST)), currency))


@get("/api/exceptions", permission="conversation:read")
async def exceptions_list(
    who: User, db: Database, clock: Clock, which: Literal["waiting", "decided"] = "waiting"
) -> list[ExceptionView]:
    """Those waiting by when they must be decided; those decided with the newest first."""
    async with db.read() as connection:
        found = await (store.waiting if which == "waiting" else store.decided)(connection, _MOST)
        return await _all_told(connection, who, found, clock)


@post("/api/exceptions/{request_id:uuid}/decision", permission="conversation:reply", status_code=200)
async def decide(request_id: UUID, data: Decide, who: User, db: Database, exceptions: Exceptions, clock: Clock) -> ExceptionView:
    """Who may is asked of limits and delegates, not of the role alone."""
    async with db.write() as tx:
        await exceptions.decide(tx, who, request_id, data, clock.now())
        return await _told(tx.db, who, request_id, clock)


@post("/api/exceptions/{request_id:uuid}/withdraw", permission="conversation:reply", status_code=200)
async def withdraw(
    request_id: UUID, data: WithdrawAt, who: User, db: Database, exceptions: Exceptions, clock: Clock
) -> ExceptionView:
    async with db.write() as tx:
        await exceptions.withdraw(tx, who, request_id, data.version, clock.now())
        return await _told(tx.db, who, request_id, clock)


@get("/api/exceptions/limits", permission="conversation:read")
async def limits(db: Database) -> list[ExceptionLimit]:
    async with db.read() as connection:
        return await store.limits(connection)


@put("/api/exceptions/limits", permission="exception:manage")
async def set_limits(data: SetLimits, who: User, db: Database, exceptions: Exceptions, clock: Clock) -> list[ExceptionLimit]:
    async with db.write() as tx:
        await exceptions.set_limits(tx, who, data.limits, clock.now())
        return await store.limits(tx.db)


@get("/api/exceptions/differences", permission="desk:supervise")
async def differences(db: Database, clock: Clock, days: int = 90) -> list[ExceptionDifference]:
    """How like customers fared in the last `days`: by tier, by language and by channel."""
    async with db.read() as connection:
        return await store.differences(connection, clock.now() - timedelta(days=max(1, min(days, _LONGEST_DAYS))))


@get("/api/me/delegate", permission="desk:supervise")
async def own_delegate(who: User, db: Database) -> OwnDelegate:
    async with db.read() as connection:
        return OwnDelegate(await store.delegate(connection, who.id))


@put("/api/me/delegate", permission="desk:supervise")
async def set_delegate(data: SetDelegate, who: User, db: Database, exceptions: Exceptions, clock: Clock) -> OwnDelegate:
    async with db.write() as tx:
        return OwnDelegate(await exceptions.set_delegate(tx, who, data.delegate, clock.now()))


async def _told(db: Connection, who: User, request: UUID, clock: Clock) -> ExceptionView:
    found = await store.exception(db, request)
    if found is None:
        raise NotFound
    return (await _all_told(db, who, [found], clock))[0]


async def _all_told(db: Connection, who: User, found: Sequence[Exceptional], clock: Clock) -> list[ExceptionView]:
    if not found:
        return []
    powers = await powers_of(db, who, clock.now())
    steps = await store.steps(db, [it.id for it in found])
    return [ExceptionView(it, steps[it.id], power_for(powers, it, who) is not None) for it in found]


ROUTES = [
    propose, of_conversation, precedents, exceptions_list, decide, withdraw, limits, set_limits, differences, own_delegate,
    set_delegate,
]  # fmt: skip
