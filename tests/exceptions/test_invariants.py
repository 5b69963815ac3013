"""Whoever asks, decides, goes away or closes the case in whatever order, what must hold of exceptions holds."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from msgspec import Struct

from tandem.access.model import Role, User
from tandem.assistant.skills.connected import Asked, ConnectedSkill, Offer, arguments_of
from tandem.assistant.skills.ledger import Ledger
from tandem.assistant.skills.port import Failed, Parameter, Skill, Title
from tandem.assistant.skills.registry import Registry
from tandem.desk.exceptions import store
from tandem.desk.exceptions.act import Exceptions
from tandem.desk.exceptions.carrying import Carrying
from tandem.desk.exceptions.model import ROLES, Decide, Exceptional, ExceptionLimit, ExceptionStep, Propose, Verdict
from tandem.desk.exceptions.remedies import Remedies
from tandem.infra.bus import PostgresBus
from tandem.infra.db import Database, open_pool
from tandem.infra.numbers import Numbers
from tandem.kit.clock import SetClock
from tandem.kit.errors import Problem
from tandem.kit.ids import new_id
from tandem.timeline.act import Timeline
from tandem.timeline.model import ExceptionMoved, Moved
from tandem.timeline.store import entries_after

T = TypeVar("T")
PEOPLE: tuple[Role, ...] = ("agent", "agent", "supervisor", "supervisor", "administrator")
MAY_GRANT = {"agent": 0, "supervisor": 20_000, "administrator": None}
OWN = 500
_CLEAN = "truncate conversation, contact, channel, users, exception_delegate, exception_limit, audit cascade"
_ENDS = ("granted", "changed", "within_authority", "refused", "lapsed", "withdrawn", "closed")
_UP = ("approved", "escalated")


class Payer:
    """A system that pays once for a key, and may fail to say so."""

    def __init__(self) -> None:
        self.paid: dict[str, set[int]] = {}
        self.answers = True

    async def call(self, asked: Asked) -> Any:
        self.paid.setdefault(asked.key or "", set()).add(int(arguments_of(asked)["amount"]))
        if not self.answers:
            raise Failed("no answer")
        return {"paid": True}


_AMOUNT = Parameter("amount", Title("金额", "Amount"), kind="integer", given_by="grant")
_SKILL = Skill("pay", Title("打款", "Pay"), (_AMOUNT,), writes=True, confirm=True, repeatable=True, who=("desk",), tries=1)
PAY = ConnectedSkill(UUID(int=1), UUID(int=2), "pay", True, Offer(_SKILL), datetime(2026, 1, 1, tzinfo=UTC))


class House:
    """People, a case and a business system, on a real database and a clock that is moved by hand."""

    def __init__(self, db: Database, dsn: str, now: datetime) -> None:
        self.db = db
        self.clock = SetClock(now)
        self.timeline = Timeline(PostgresBus(dsn))
        bus = PostgresBus(dsn)
        self.payer = Payer()
        registry = Registry(Ledger(self.clock, Numbers()))
        registry.load({PAY.system_id: self.payer}, [PAY])
        remedies = Remedies(None, registry)
        self.exceptions = Exceptions(self.timeline, bus, remedies)
        self.people: list[User] = []
        self.away: set[UUID] = set()
        self.carrying = Carrying(db, self.timeline, bus, self.clock, remedies, remedies.carry_out)
        db.on(Moved, self.exceptions.close_with_case)

    async def opens(self) -> None:
        now = self.clock.now()
        limits = [ExceptionLimit(role, "any", "CNY", OWN, MAY_GRANT[role], 60) for role in ROLES]
        async with self.db.write() as tx:
            await tx.db.execute(_CLEAN)
            await store.set_limits(tx.db, limits)
            for place, role in enumerate(PEOPLE):
                user = User(new_id(now), f"{place}@desk.example", f"同事{place}", role, True, "zh-CN")
                await tx.db.execute(
                    """insert into users (id, email, name, role, password_hash, presence, presence_at, seen_at, created_at)
                       values ($1, $2, $3, $4, '', 'online', $5, $5, $5)""",
                    user.id, user.email, user.name, role, now,
                )  # fmt: skip
                self.people.append(user)
            channel, contact = new_id(now), new_id(now)
            await tx.db.execute(
                "insert into channel (id, kind, key, name, created_at) values ($1, 'webchat', 'demo', 'Shop', $2)", channel, now
            )
            await tx.db.execute("insert into contact (id, name, first_seen, last_seen) values ($1, '李女士', $2, $2)", contact, now)
            held = await self.timeline.open(tx, channel, contact, "thread", now)
            self.case = held.id
            await self.timeline.move(tx, held, "agent", self.people[0].id, at=now)

    async def moves(self, owner: Literal["agent", "closed"], agent: UUID | None = None) -> None:
        async with self.db.write() as tx:
            held = await self.timeline.hold(tx, self.case)
            await self.timeline.move(tx, held, owner, agent, at=self.clock.now())

    async def asks(self, who: User, kind: Any, cost: int, what: str, skill: str) -> UUID | None:
        proposal = Propose(kind, what, "迟到", cost, "CNY", skill)
        try:
            async with self.db.write() as tx:
                return await self.exceptions.propose(tx, who, self.case, proposal, self.clock.now())
        except Problem:
            return None

    async def decides(self, who: User, request: UUID, version: int, verdict: Verdict, cost: int | None) -> bool:
        decision = Decide(version, verdict, "理由", "别的" if verdict == "changed" else None, cost)
        try:
            async with self.db.write() as tx:
                await self.exceptions.decide(tx, who, request, decision, self.clock.now())
        except Problem:
            return False
        return True

    async def tries(self, act: Any, *arguments: Any) -> bool:
        try:
            async with self.db.write() as tx:
                await act(tx, *arguments, self.clock.now())
        except Problem:
            return False
        return True

    async def passes(self, minutes: int) -> None:
        self.clock.move(timedelta(minutes=minutes))
        async with self.db.write() as tx:
            await tx.db.execute("update users set seen_at = $1 where not (id = any($2))", self.clock.now(), list(self.away))
        await asyncio.gather(*(self.exceptions.escalate_due(self.db, self.clock) for _ in range(2)))

    async def goes(self, who: User, *, away: bool) -> None:
        (self.away.add if away else self.away.discard)(who.id)
        async with self.db.write() as tx:
            await tx.db.execute("update users set presence = $2 where id = $1", who.id, "break" if away else "online")

    async def all(self) -> list[Exceptional]:
        async with self.db.read() as db:
            return await store.of_conversation(db, self.case)

    async def looked_at(self) -> "Seen":
        async with self.db.read() as db:
            found = await store.of_conversation(db, self.case)
            steps = await store.steps(db, [it.id for it in found])
            audited = await db.fetch("select subject, count(*)::int as steps from audit group by subject")
            entries = await entries_after(db, self.case, 0, 2000)
        told = [it.body for it in entries if isinstance(it.body, ExceptionMoved)]
        return Seen(found, steps, {it["subject"]: it["steps"] for it in audited}, told)


class Seen(Struct, frozen=True):
    """How all stands: requests, their steps, how often each is in the audit, and what the customer sees."""

    requests: list[Exceptional]
    steps: dict[UUID, list[ExceptionStep]]
    audited: dict[str, int]
    told: list[ExceptionMoved]


class Desk(RuleBasedStateMachine):
    """The steps are what people, time and a business system do."""

    dsn: str
    now: datetime

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.ended: dict[UUID, tuple[str, int]] = {}
        self.closed = False
        self.owner = 0

    def do(self, act: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(act)

    @initialize()
    def opens(self) -> None:
        async def begin() -> None:
            self.db = Database(await open_pool(self.dsn, size=4))
            self.house = House(self.db, self.dsn, self.now)
            await self.house.opens()

        self.do(begin())
        self.the_owner_asks(3_500, "refund", skill=True)

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.runner.run(self.db.close())
        self.runner.close()

    def _one(self, which: int, *states: str | None) -> Exceptional | None:
        """One of those that stand so, or any if none does: what comes too late must do no harm either."""
        found = self.do(self.house.all())
        fitting = [it for it in found if states and (it.state in states or it.carried in states)] or found
        return fitting[which % len(fitting)] if fitting else None

    @rule(cost=st.sampled_from([OWN, 3_500, 50_000]), kind=st.sampled_from(["refund", "replacement"]), skill=st.booleans())
    def the_owner_asks(self, cost: int, kind: str, *, skill: bool) -> None:
        made = self.do(
            self.house.asks(self.house.people[self.owner], kind, cost, "补偿" if skill else "礼物", PAY.intent if skill else "")
        )
        assert made is None or not self.closed

    @rule(who=st.integers(0, 4))
    def somebody_else_asks(self, who: int) -> None:
        assert who == self.owner or self.do(self.house.asks(self.house.people[who], "refund", 3_500, "别人的客户", "")) is None

    @rule(
        which=st.integers(0, 5), who=st.sampled_from([2, 4, 3, 1, 0]), verdict=st.sampled_from(["granted", "changed", "refused"]),
        cost=st.sampled_from([1_000, 20_000, 60_000]), behind=st.sampled_from([0, 0, 0, 1]),
    )  # fmt: skip
    def somebody_decides(self, which: int, who: int, verdict: Verdict, cost: int, behind: int) -> None:
        it = self._one(which, "waiting")
        if it:
            was = it.state
            done = self.do(self.house.decides(self.house.people[who], it.id, it.version - behind, verdict, cost))
            assert not (done and (was != "waiting" or behind or self.house.people[who].id == it.by or self.closed))

    @rule(which=st.integers(0, 5), chief=st.booleans())
    def somebody_entitled_grants(self, which: int, *, chief: bool) -> None:
        it = self._one(which, "waiting")
        if it:
            self.do(self.house.decides(self.house.people[4 if chief else 2], it.id, it.version, "granted", None))

    @rule(which=st.integers(0, 5), one=st.integers(0, 4), two=st.integers(0, 4))
    def two_decide_at_once(self, which: int, one: int, two: int) -> None:
        it = self._one(which, "waiting")
        if it:
            both = [
                self.house.decides(self.house.people[one], it.id, it.version, "granted", None),
                self.house.decides(self.house.people[two], it.id, it.version, "refused", None),
            ]
            assert sum(self.do(_gathered(both))) <= 1

    @rule(which=st.integers(0, 5), who=st.integers(0, 4))
    def somebody_takes_it_back(self, which: int, who: int) -> None:
        it = self._one(which, "waiting")
        if it:
            act = self.house.exceptions.withdraw
            done = self.do(self.house.tries(act, self.house.people[who], it.id, it.version))
            assert not done or self.house.people[who].id == it.by

    @rule(minutes=st.sampled_from([1, 59, 61, 130]))
    def time_passes(self, minutes: int) -> None:
        self.do(self.house.passes(minutes))

    @rule(who=st.integers(2, 4), away=st.booleans())
    def somebody_who_decides_comes_or_goes(self, who: int, away: bool) -> None:
        self.do(self.house.goes(self.house.people[who], away=away))

    @rule(who=st.integers(2, 4), to=st.integers(0, 4))
    def somebody_names_a_delegate(self, who: int, to: int) -> None:
        delegate = self.house.people[to].id if to != who else None
        self.do(self.house.tries(self.house.exceptions.set_delegate, self.house.people[who], delegate))

    @rule(answers=st.booleans())
    def jobs_run_twice(self, *, answers: bool) -> None:
        self.house.payer.answers = answers
        requests = [it.id for it in self.do(self.house.all())] * 2
        self.do(_gathered([self.house.carrying.run(it) for it in requests]))

    @rule(which=st.integers(0, 5), who=st.integers(0, 4), by_hand=st.booleans())
    def what_was_not_done_is_done(self, which: int, who: int, *, by_hand: bool) -> None:
        it = self._one(which, "failed", "by_hand")
        if it and by_hand:
            done = self.do(self.house.tries(self.house.exceptions.done_by_hand, self.house.people[who], it.id, "办了"))
            assert not done or it.carried in ("failed", "by_hand")
        elif it:
            done = self.do(self.house.tries(self.house.exceptions.carry_again, self.house.people[who], it.id))
            assert not done or (it.skill and it.carried == "failed")

    @precondition(lambda self: not self.closed)
    @rule()
    def the_case_is_closed(self) -> None:
        self.do(self.house.moves("closed"))
        self.closed = True

    @precondition(lambda self: self.closed)
    @rule()
    def the_case_is_opened_again(self) -> None:
        self.do(self.house.moves("agent", self.house.people[self.owner].id))
        self.closed = False

    @precondition(lambda self: not self.closed)
    @rule(to=st.integers(0, 4))
    def the_case_is_given_to_another(self, to: int) -> None:
        self.do(self.house.moves("agent", self.house.people[to].id))
        self.owner = to

    @invariant()
    def all_holds(self) -> None:
        if not hasattr(self, "house"):
            return
        seen = self.do(self.house.looked_at())
        for it in seen.requests:
            self._stays_as_it_ended(it)
            self._was_ended_once(it, [step.what for step in seen.steps[it.id]], seen.audited[str(it.id)])
            self._was_granted_by_somebody_entitled(it, seen.steps[it.id])
            self._is_told_to_the_customer(it, [told.state for told in seen.told if told.exception == it.id])
        self._nothing_is_paid_but_what_was_granted(seen)

    def _stays_as_it_ended(self, it: Exceptional) -> None:
        now = (it.state, it.granted_cost.amount if it.granted_cost else 0)
        assert it.state == "waiting" or self.ended.setdefault(it.id, now) == now
        assert not (self.closed and it.state == "waiting")

    def _was_ended_once(self, it: Exceptional, steps: list[str], audited: int) -> None:
        ended = it.state != "waiting"
        assert steps[0] == "asked"
        assert sum(step in _ENDS for step in steps) == ended
        assert it.version == 1 + sum(step in _UP for step in steps) + ended
        assert len(steps) == audited

    def _was_granted_by_somebody_entitled(self, it: Exceptional, steps: list[ExceptionStep]) -> None:
        names = {person.name: person for person in self.house.people}
        for step in (step for step in steps if step.what in ("granted", "changed")):
            decided, entitled = names[step.by_name or ""], names[step.for_name or step.by_name or ""]
            bound = MAY_GRANT[entitled.role]
            assert it.by not in (decided.id, entitled.id)
            assert it.granted_cost is not None
            assert bound is None or it.granted_cost.amount <= bound

    def _is_told_to_the_customer(self, it: Exceptional, states: list[str]) -> None:
        ends = [state for state in states if state not in ("asked", "done")]
        assert len(ends) == (it.state != "waiting")
        assert states.count("done") == (it.carried == "done")

    def _nothing_is_paid_but_what_was_granted(self, seen: Seen) -> None:
        granted = {f"exception-{it.id}": it.granted_cost for it in seen.requests if it.state == "granted"}
        for key, amounts in self.house.payer.paid.items():
            cost = granted[key]
            assert cost is not None
            assert amounts == {cost.amount}


async def _gathered(acts: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    return await asyncio.gather(*acts)


@pytest.mark.slow
def test_what_must_hold_of_exceptions_holds_in_every_order_of_events(dsn: str, now: datetime) -> None:
    Desk.dsn, Desk.now = dsn, now
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=16, stateful_step_count=30, deadline=None, derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )  # fmt: skip
