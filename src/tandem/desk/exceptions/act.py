"""What may be done with exceptions: ask, decide, take back; and what happens when nobody decides.

Every change holds the conversation first, so that a decision and the end of the case come one after the other, whoever is faster.
"""

import re
from datetime import datetime
from uuid import UUID

from msgspec import structs

from tandem.access import store as access
from tandem.access.model import Role, User
from tandem.desk.exceptions import store, words
from tandem.desk.exceptions.authority import Authority, Power, power_for, powers_of
from tandem.desk.exceptions.carrying import Carrying, told_done
from tandem.desk.exceptions.model import Decide, Exceptional, ExceptionDelegate, ExceptionLimit, Propose, State, StepKind
from tandem.desk.exceptions.remedies import Remedies
from tandem.desk.exceptions.store import Given
from tandem.infra import audit, jobs
from tandem.infra.bus import Bus
from tandem.infra.db import Database, Tx
from tandem.kit.clock import Clock
from tandem.kit.errors import (
    BeyondAuthority,
    ConversationClosed,
    ExceptionSettled,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotYours,
    OwnRequest,
    language_of,
)
from tandem.kit.ids import new_id
from tandem.kit.text import clean, sought
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Draft, ExceptionMoved, Held, Money, Moved

JOB = "exception"
LONGEST = 1000
MOST_WAITING = 5
MOST_LIMITS = 200
LARGEST = 10**12  # minor units
LONGEST_TIME = 10080  # minutes
_AT_ONCE = 100
_CURRENCY = re.compile(r"[A-Z]{3}")
_SHOWN: dict[State, StepKind] = {"lapsed": "lapsed", "withdrawn": "withdrawn", "closed": "closed"}


class Exceptions:
    """Every act runs in the caller's transaction."""

    def __init__(self, timeline: Timeline, bus: Bus, remedies: Remedies) -> None:
        self._timeline = timeline
        self._bus = bus
        self._remedies = remedies

    async def propose(self, tx: Tx, user: User, conversation: UUID, proposal: Propose, now: datetime) -> UUID:
        """Ask for it; what is within the asker's own authority is granted at once. Raises `NotYours`, `ConversationClosed`,
        `InvalidInput`, `NotFound`."""
        what, why, cost = _text("what", proposal.what), _text("why", proposal.why), _money(proposal.cost, proposal.currency)
        given = self._remedies.check(proposal.kind, proposal.skill, proposal.given, cost)
        held = await self._timeline.hold(tx, conversation)
        if held.owner == "closed":
            raise ConversationClosed
        if held.owner != "agent" or held.agent != user.id:
            raise NotYours
        await self._check_new(tx, conversation, proposal.kind, what)
        authority = Authority(await store.limits(tx.db))
        level = authority.first(user.role, proposal.kind, cost.currency)
        request = new_id(now)
        due = authority.due(level, proposal.kind, cost.currency, now)
        await store.put(
            tx.db, request, conversation, proposal.kind, what, why, cost, user.id, level, due, sought(f"{what} {why}"),
            proposal.skill, given, now,
        )  # fmt: skip
        await self._note(tx, request, "asked", level, user.id, why, now)
        if authority.needs_nobody(user.role, proposal.kind, cost):
            await self._end(tx, held, await self._at(tx, request, 1), "granted", Given(what, cost.amount), None, now)
            await self._note(tx, request, "within_authority", level, user.id, "", now)
        else:
            await self._show(tx, held, ExceptionMoved(request, proposal.kind, "asked"), now)
        return request

    async def decide(self, tx: Tx, user: User, request: UUID, decision: Decide, now: datetime) -> None:
        """Grant, grant otherwise, or refuse; or approve and pass up what is beyond one's authority. Raises `NotFound`,
        `ExceptionSettled`, `OwnRequest`, `NotAllowed`, `BeyondAuthority`, `InvalidInput`."""
        reason = _text("reason", decision.reason)
        held, found = await self._held(tx, request, decision.version)
        if found.by == user.id:
            raise OwnRequest
        power = power_for(await powers_of(tx.db, user, now), found, user)
        if power is None:
            raise NotAllowed
        if decision.verdict == "refused":
            await self._end(tx, held, found, "refused", None, power, now)
            await self._note(tx, request, "refused", found.level, user.id, reason, now, power)
            return
        authority = Authority(await store.limits(tx.db))
        given = _given(found, decision)
        if authority.may_grant(power.role, found.kind, Money(given.amount, found.cost.currency)):
            await self._end(tx, held, found, "granted", given, power, now)
            await self._note(tx, request, decision.verdict, found.level, user.id, reason, now, power)
            return
        above = authority.next(power.role)
        if above is None or decision.verdict == "changed":
            raise BeyondAuthority
        await self._pass_up(tx, found, above, authority, now)
        await self._note(tx, request, "approved", above, user.id, reason, now, power)

    async def withdraw(self, tx: Tx, user: User, request: UUID, version: int, now: datetime) -> None:
        """By whoever asked. Raises `NotFound`, `ExceptionSettled`, `NotAllowed`."""
        held, found = await self._held(tx, request, version)
        if found.by != user.id:
            raise NotAllowed
        await self._end(tx, held, found, "withdrawn", None, None, now)
        await self._note(tx, request, "withdrawn", found.level, user.id, "", now)

    async def carry_again(self, tx: Tx, user: User, request: UUID, now: datetime) -> None:
        """With the same idempotency key as before: what was done after all is not done twice. Raises `NotFound`, `NotAllowed`,
        `ExceptionSettled`."""
        _, found = await self._granted(tx, user, request)
        if not await store.carry_again(tx.db, request):
            raise ExceptionSettled(state=found.state, version=found.version)
        await jobs.enqueue(tx, JOB, str(request))
        await self._note(tx, request, "tried_again", found.level, user.id, "", now)

    async def done_by_hand(self, tx: Tx, user: User, request: UUID, detail: str, now: datetime) -> None:
        """What no system did, a person did: the customer is told. `detail` is for colleagues. Raises `NotFound`, `NotAllowed`,
        `ExceptionSettled`, `InvalidInput`."""
        how = _text("detail", detail)
        held, found = await self._granted(tx, user, request)
        if not await store.carried_by_hand(tx.db, request, user.id, how):
            raise ExceptionSettled(state=found.state, version=found.version)
        parties = await store.parties(tx.db, found.conversation, found.by)
        spoken = language_of(parties.spoken if parties else held.language)
        await self._show(tx, held, told_done(found, words.done(found.kind, spoken)), now)
        await self._note(tx, request, "done_by_hand", found.level, user.id, how, now)

    async def _granted(self, tx: Tx, user: User, request: UUID) -> tuple[Held, Exceptional]:
        """A request whose carrying out is his to see to: he asked, or has the customer, or supervises."""
        seen = await store.exception(tx.db, request)
        if seen is None:
            raise NotFound
        held = await self._timeline.hold(tx, seen.conversation)
        if not may_carry(user, seen, held.agent):
            raise NotAllowed
        return held, seen

    async def close_with_case(self, tx: Tx, happened: Moved) -> None:
        """Reaction: with the case its open requests end. A decision that comes later finds that, and nothing is paid for a case
        that is over."""
        if happened.now.owner != "closed":
            return
        for it in await store.of_conversation(tx.db, happened.now.id):
            if it.state == "waiting":
                await self._end(tx, happened.now, it, "closed", None, None, happened.at)
                await self._note(tx, it.id, "closed", it.level, None, "", happened.at)

    async def escalate_due(self, db: Database, clock: Clock) -> None:
        """Each in its own transaction, under its own lock: two workers that find the same one pass it up once."""
        async with db.read() as connection:
            overdue = await store.overdue(connection, clock.now(), _AT_ONCE)
        for it in overdue:
            async with db.write() as tx:
                held = await self._timeline.hold(tx, it.conversation)
                found = await store.exception(tx.db, it.id)
                if found and found.state == "waiting" and found.due_at <= clock.now():
                    await self._too_late(tx, held, found, clock.now())

        await Carrying(db, self._timeline, self._bus, clock, self._remedies, self._remedies.carry_out).give_up_stuck()

    async def _too_late(self, tx: Tx, held: Held, found: Exceptional, now: datetime) -> None:
        authority = Authority(await store.limits(tx.db))
        above = authority.next(found.level)
        if above:
            await self._pass_up(tx, found, above, authority, now)
            await self._note(tx, found.id, "escalated", above, None, "", now)
        else:
            await self._end(tx, held, found, "lapsed", None, None, now)
            await self._note(tx, found.id, "lapsed", found.level, None, "", now)

    async def _check_new(self, tx: Tx, conversation: UUID, kind: str, what: str) -> None:
        """A second press of the button asks for nothing twice."""
        waiting = [it for it in await store.of_conversation(tx.db, conversation) if it.state == "waiting"]
        if any(it.kind == kind and it.what == what for it in waiting):
            raise InvalidInput.field("what", "already asked for")
        if len(waiting) >= MOST_WAITING:
            raise InvalidInput.field("what", f"0–{MOST_WAITING}")

    async def _held(self, tx: Tx, request: UUID, version: int) -> tuple[Held, Exceptional]:
        seen = await store.exception(tx.db, request)
        if seen is None:
            raise NotFound
        held = await self._timeline.hold(tx, seen.conversation)
        return held, await self._at(tx, request, version)

    async def _at(self, tx: Tx, request: UUID, version: int) -> Exceptional:
        found = await store.exception(tx.db, request)
        if found is None:
            raise NotFound
        if found.state != "waiting" or found.version != version:
            raise ExceptionSettled(state=found.state, version=found.version)
        return found

    async def _pass_up(self, tx: Tx, found: Exceptional, above: Role, authority: Authority, now: datetime) -> None:
        due = authority.due(above, found.kind, found.cost.currency, now)
        if not await store.pass_up(tx.db, found.id, found.version, above, due):
            raise ExceptionSettled(state=found.state, version=found.version)

    async def _end(
        self, tx: Tx, held: Held, found: Exceptional, state: State, given: Given | None, power: Power | None, now: datetime
    ) -> None:
        """`power`: by which somebody judged it."""
        if not await store.settle(tx.db, found.id, found.version, state, given, judged=power is not None, now=now):
            raise ExceptionSettled(state=found.state, version=found.version)
        await self._show(tx, held, _shown(found, state, given), now)
        if given:
            await jobs.enqueue(tx, JOB, str(found.id))

    async def _show(self, tx: Tx, held: Held, body: ExceptionMoved, now: datetime) -> None:
        await self._timeline.append(tx, held, Draft(SYSTEM, body), at=now)

    async def _note(
        self, tx: Tx, request: UUID, what: StepKind, level: Role, by: UUID | None, reason: str, now: datetime,
        power: Power | None = None,
    ) -> None:  # fmt: skip
        """In the request's own steps and in the audit, which holds no words of people."""
        lent_by = power.lent_by if power else None
        await store.add_step(tx.db, request, what, by, lent_by, level, reason, now)
        detail = {"level": level} | ({"for": str(lent_by)} if lent_by else {})
        await audit.record(tx.db, by, f"exception.{what}", str(request), detail, now)
        tx.after(lambda: self._bus.tell("exception", {"exception": str(request)}))

    # What administrators and approvers set ------------------------------------------------------------------------------

    async def set_limits(self, tx: Tx, user: User, limits: list[ExceptionLimit], now: datetime) -> None:
        """These and no others. Raises `InvalidInput`."""
        if len(limits) > MOST_LIMITS:
            raise InvalidInput.field("limits", f"0–{MOST_LIMITS}")
        for place, it in enumerate(limits):
            _money(it.own, it.currency, f"limits.{place}.own")
            if it.grants is not None:
                _money(it.grants, it.currency, f"limits.{place}.grants")
            if not 1 <= it.minutes <= LONGEST_TIME:
                raise InvalidInput.field(f"limits.{place}.minutes", f"1–{LONGEST_TIME}")
        if len({(it.role, it.kind, it.currency) for it in limits}) < len(limits):
            raise InvalidInput.field("limits", "one for each role, kind and currency")
        await store.set_limits(tx.db, limits)
        await audit.record(tx.db, user.id, "exception.limits", "limits", {"count": str(len(limits))}, now)

    async def set_delegate(self, tx: Tx, user: User, delegate: UUID | None, now: datetime) -> ExceptionDelegate | None:
        """Who decides while he is away; None: nobody. Raises `InvalidInput`."""
        colleague = await access.user(tx.db, delegate) if delegate else None
        if delegate and (colleague is None or not colleague.active or delegate == user.id):
            raise InvalidInput.field("delegate", "another colleague")
        if delegate:
            await store.set_delegate(tx.db, user.id, delegate, now)
        else:
            await store.drop_delegate(tx.db, user.id)
        await audit.record(tx.db, user.id, "exception.delegate", str(user.id), {"to": str(delegate or "")}, now)
        return await store.delegate(tx.db, user.id)


def may_carry(user: User, found: Exceptional, agent: UUID | None) -> bool:
    """`agent`: who has the customer now."""
    return user.id in (found.by, agent) or user.may("desk:supervise")


def _shown(found: Exceptional, state: State, given: Given | None) -> ExceptionMoved:
    """What the customer gets is his to know; what a replacement costs the house is not."""
    moved = ExceptionMoved(found.id, found.kind, "asked")
    if given is None:
        return structs.replace(moved, state="refused" if state == "refused" else _SHOWN[state])
    changed = (given.what, given.amount) != (found.what, found.cost.amount)
    amount = Money(given.amount, found.cost.currency) if found.kind in ("refund", "discount") else None
    return structs.replace(moved, state="changed" if changed else "granted", amount=amount)


def _given(found: Exceptional, decision: Decide) -> Given:
    if decision.verdict == "granted":
        return Given(found.what, found.cost.amount)
    amount = found.cost.amount if decision.cost is None else decision.cost
    return Given(_text("what", decision.what or ""), _money(amount, found.cost.currency).amount, decision.by_hand)


def _text(field: str, text: str) -> str:
    text = clean(text)
    if not 1 <= len(text) <= LONGEST:
        raise InvalidInput.field(field, f"1–{LONGEST}")
    return text


def _money(amount: int, currency: str, field: str = "cost") -> Money:
    if not 0 <= amount <= LARGEST:
        raise InvalidInput.field(field, f"0–{LARGEST}")
    if not _CURRENCY.fullmatch(currency):
        raise InvalidInput.field("currency", "ISO 4217")
    return Money(amount, currency)
