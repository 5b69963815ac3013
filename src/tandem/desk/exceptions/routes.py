"""Exceptions over HTTP."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Literal
from uuid import UUID

from litestar import get, post, put
from msgspec import Struct

from tandem.access.model import User
from tandem.desk.exceptions import precedents as like
from tandem.desk.exceptions import store
from tandem.desk.exceptions.act import LARGEST, Exceptions, may_carry
from tandem.desk.exceptions.authority import power_for, powers_of
from tandem.desk.exceptions.carrying import entitled
from tandem.desk.exceptions.model import (
    Decide,
    Exceptional,
    ExceptionDelegate,
    ExceptionDifference,
    ExceptionLimit,
    ExceptionView,
    Precedents,
    Propose,
    Remedy,
)
from tandem.desk.exceptions.remedies import Remedies
from tandem.desk.model import CustomerOrders
from tandem.infra.db import Connection, Database
from tandem.kit.clock import Clock
from tandem.kit.errors import Language, NotFound, Unavailable
from tandem.timeline.model import ExceptionKind, Money, OrderCard

_MOST = 200
_LONGEST_DAYS = 3650


class WithdrawAt(Struct, frozen=True, forbid_unknown_fields=True):
    """`version` of the request, as the caller saw it."""

    version: int


class DoneByHand(Struct, frozen=True, forbid_unknown_fields=True):
    """`detail`: what was done, for colleagues; a number to find it by."""

    detail: str


class SetLimits(Struct, frozen=True, forbid_unknown_fields=True):
    limits: list[ExceptionLimit]


class SetDelegate(Struct, frozen=True, forbid_unknown_fields=True):
    """None: nobody."""

    delegate: UUID | None


class OwnDelegate(Struct, frozen=True):
    delegate: ExceptionDelegate | None


@post("/api/conversations/{conversation:uuid}/exceptions", permission="conversation:reply")
async def propose(
    conversation: UUID, data: Propose, who: User, db: Database, exceptions: Exceptions, clock: Clock, remedies: Remedies,
    language: Language,
) -> ExceptionView:  # fmt: skip
    async with db.write() as tx:
        request = await exceptions.propose(tx, who, conversation, data, clock.now())
        return await _told(tx.db, who, request, clock, remedies, language)


@get("/api/conversations/{conversation:uuid}/exceptions", permission="conversation:read")
async def of_conversation(
    conversation: UUID, who: User, db: Database, clock: Clock, remedies: Remedies, language: Language
) -> list[ExceptionView]:
    """Newest first."""
    async with db.read() as connection:
        found = await store.of_conversation(connection, conversation)
        return await _all_told(connection, who, found, clock, remedies, language)


@get("/api/conversations/{conversation:uuid}/remedies", permission="conversation:read")
async def remedies_for(
    conversation: UUID, who: User, db: Database, remedies: Remedies, customer_orders: CustomerOrders | None, language: Language,
    kind: ExceptionKind = "refund",
) -> list[Remedy]:  # fmt: skip
    """Skills that could carry out what is asked for here. Without the shop's answer its orders are typed, not picked."""
    async with db.read() as connection:
        parties = await store.parties(connection, conversation, who.id)
    if parties is None:
        raise NotFound
    known = entitled(parties.vouched, parties.memory)
    orders = list(known.proven)
    if customer_orders and known.vouched:
        with suppress(Unavailable):
            orders = [it.number for it in await customer_orders.orders_of(known.vouched, language) if isinstance(it, OrderCard)]
    return remedies.of(kind, language, known=known.vouched is not None, orders=orders)


@get("/api/conversations/{conversation:uuid}/precedents", permission="conversation:read")
async def precedents(
    conversation: UUID, db: Database, kind: ExceptionKind, cost: int = 0, currency: str = "CNY", words: str = "",
    but: UUID | None = None,
) -> Precedents:  # fmt: skip
    """`cost` in minor units of `currency`; `words`: what is asked for and why; `but`: a request that is not counted, as it is the one
    that is looked at."""
    async with db.read() as connection:
        tier = await store.tier_of(connection, conversation)
        return await like.precedents(connection, kind, words[:1000], tier, Money(max(0, min(cost, LARGEST)), currency), but)


@get("/api/exceptions", permission="conversation:read")
async def exceptions_list(
    who: User, db: Database, clock: Clock, remedies: Remedies, language: Language,
    which: Literal["waiting", "decided", "to_do"] = "waiting",
) -> list[ExceptionView]:  # fmt: skip
    """Those waiting by when they must be decided; those decided with the newest first; those to be carried out by hand, of all
    colleagues for who supervises, with the oldest first."""
    async with db.read() as connection:
        if which == "to_do":
            found = await store.to_do(connection, None if who.may("desk:supervise") else who.id, _MOST)
        else:
            found = await (store.waiting if which == "waiting" else store.decided)(connection, _MOST)
        return await _all_told(connection, who, found, clock, remedies, language)


@post("/api/exceptions/{request_id:uuid}/decision", permission="conversation:reply", status_code=200)
async def decide(
    request_id: UUID, data: Decide, who: User, db: Database, exceptions: Exceptions, clock: Clock, remedies: Remedies,
    language: Language,
) -> ExceptionView:  # fmt: skip
    """Who may is asked of limits and delegates, not of the role alone."""
    async with db.write() as tx:
        await exceptions.decide(tx, who, request_id, data, clock.now())
        return await _told(tx.db, who, request_id, clock, remedies, language)


@post("/api/exceptions/{request_id:uuid}/withdraw", permission="conversation:reply", status_code=200)
async def withdraw(
    request_id: UUID, data: WithdrawAt, who: User, db: Database, exceptions: Exceptions, clock: Clock, remedies: Remedies,
    language: Language,
) -> ExceptionView:  # fmt: skip
    async with db.write() as tx:
        await exceptions.withdraw(tx, who, request_id, data.version, clock.now())
        return await _told(tx.db, who, request_id, clock, remedies, language)


@post("/api/exceptions/{request_id:uuid}/carry-again", permission="conversation:reply", status_code=200)
async def carry_again(
    request_id: UUID, who: User, db: Database, exceptions: Exceptions, clock: Clock, remedies: Remedies, language: Language
) -> ExceptionView:
    """Have the skill try once more what failed. It is done once, however often it is tried."""
    async with db.write() as tx:
        await exceptions.carry_again(tx, who, request_id, clock.now())
        return await _told(tx.db, who, request_id, clock, remedies, language)


@post("/api/exceptions/{request_id:uuid}/done-by-hand", permission="conversation:reply", status_code=200)
async def done_by_hand(
    request_id: UUID, data: DoneByHand, who: User, db: Database, exceptions: Exceptions, clock: Clock, remedies: Remedies,
    language: Language,
) -> ExceptionView:  # fmt: skip
    async with db.write() as tx:
        await exceptions.done_by_hand(tx, who, request_id, data.detail, clock.now())
        return await _told(tx.db, who, request_id, clock, remedies, language)


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


async def _told(db: Connection, who: User, request: UUID, clock: Clock, remedies: Remedies, language: Language) -> ExceptionView:
    found = await store.exception(db, request)
    if found is None:
        raise NotFound
    return (await _all_told(db, who, [found], clock, remedies, language))[0]


async def _all_told(
    db: Connection, who: User, found: Sequence[Exceptional], clock: Clock, remedies: Remedies, language: Language
) -> list[ExceptionView]:
    if not found:
        return []
    powers = await powers_of(db, who, clock.now())
    steps = await store.steps(db, [it.id for it in found])
    owners = await store.owners(db, [it.conversation for it in found])
    told = []
    for it in found:
        name, lines = remedies.lines(it.skill, it.given, language) if it.skill else (None, [])
        to_do = it.carried in ("failed", "by_hand") and may_carry(who, it, owners.get(it.conversation))
        told.append(ExceptionView(it, steps[it.id], power_for(powers, it, who) is not None, name, lines, to_do))
    return told


ROUTES = [
    propose, of_conversation, remedies_for, precedents, exceptions_list, decide, withdraw, carry_again, done_by_hand, limits,
    set_limits, differences, own_delegate, set_delegate,
]  # fmt: skip
