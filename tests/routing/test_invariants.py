"""Whatever people and clocks do in whatever order, what must hold of routing holds."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from routing.floor import Floor
from tandem.access.model import User
from tandem.infra.db import Database, open_pool
from tandem.routing.engine import store
from tandem.routing.engine.terms import Terms
from tandem.routing.queues import store as queues
from tandem.routing.queues.model import Need, Step

T = TypeVar("T")
_CLEAN = "truncate conversation, contact, channel, users, look, expertise, team cascade"
_TORN = {
    "waiting is not what the owners say": """
        select count(*) from (select subject from waiting) w full join (select id from conversation where owner = 'queue') c
        on c.id = w.subject where c.id is null or w.subject is null""",
    "work is not what the owners say": """
        select count(*) from (select subject, agent_id from work where until is null) k
        full join (select id, agent_id from conversation where owner = 'agent') c on (c.id, c.agent_id) = (k.subject, k.agent_id)
        where c.id is null or k.subject is null""",
    "counted is not what is in hand": """
        select count(*) from agent a, lateral (
            select (count(*) filter (where kind = 'chat'))::int as chats, (count(*) filter (where kind = 'ticket'))::int as tickets,
                   (count(*) filter (where kind = 'call'))::int as calls from work where agent_id = a.user_id and until is null) k
        where (a.chats, a.tickets, a.calls) is distinct from (k.chats, k.tickets, k.calls)""",
    "an offer that its customer, or its agent, does not know of": """
        select count(*) from offer o where o.state = 'open' and not exists (
            select 1 from waiting w join agent a on a.user_id = o.agent_id where w.offer_id = o.id and a.offered = o.kind)""",
    "somebody holds an offer that is over": """
        select (select count(*) from waiting w where offer_id is not null
                and not exists (select 1 from offer o where o.id = w.offer_id and o.state = 'open'))
             + (select count(*) from agent a where offered is not null
                and not exists (select 1 from offer o where o.agent_id = a.user_id and o.state = 'open'))""",
    "somebody is asked to take more than he may, or while he is away": """
        select count(*) from agent a join users u on u.id = a.user_id where a.offered is not null and (
            u.presence <> 'online' or a.chats + (a.offered = 'chat')::int > a.most_chats and a.offered = 'chat'
            or a.chats * 10 + a.tickets * 3 + a.calls * 60 + 10 > a.units)""",
}  # fmt: skip


class Desk(RuleBasedStateMachine):
    """The steps are what people can do; the engine looks after some of them and not after others."""

    dsn: str
    now: datetime

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.agents: list[User] = []
        self.talks: list[UUID] = []
        self.looked = False

    def do(self, act: Coroutine[Any, Any, T]) -> T:
        self.looked = False
        return self.runner.run(act)

    @initialize(level=st.integers(1, 3))
    def opens(self, level: int) -> None:
        async def begin() -> None:
            self.db = Database(await open_pool(self.dsn, size=4))
            async with self.db.write() as tx:
                await tx.db.execute(_CLEAN)
                await tx.db.execute("update routing_rule set config = '{}'")
            self.floor = Floor(self.db, self.dsn, self.now)
            await self.floor.opens()
            self.expertise = await self.floor.expertise("退款")
            await self.floor.main_queue(needs=(Need(self.expertise, level, (Step(20, 0),)),))

        self.do(begin())

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.runner.run(self.db.close())
        self.runner.close()

    @precondition(lambda self: len(self.agents) < 4)
    @rule(most=st.integers(0, 3), level=st.integers(0, 3))
    def somebody_begins_to_work(self, most: int, level: int) -> None:
        agent = self.do(self.floor.agent(f"坐席{len(self.agents)}", most_chats=most))
        if level:
            self.do(self.floor.knows(agent, self.expertise, level))
        self.agents.append(agent)

    @precondition(lambda self: len(self.talks) < 8)
    @rule(angry=st.booleans())
    def a_customer_waits(self, angry: bool) -> None:
        self.talks.append(self.do(self.floor.waits(emotion="angry" if angry else None)))

    @rule()
    def the_engine_looks(self) -> None:
        self.do(self.floor.looks())
        self.looked = True

    @rule(seconds=st.sampled_from([1, 10, 26, 61]))
    def time_passes(self, seconds: int) -> None:
        self.do(self.floor.passes(seconds))
        self.looked = True

    @precondition(lambda self: self.agents and self.talks)
    @rule(who=st.integers(0, 3), what=st.integers(0, 7))
    def somebody_takes_from_the_list(self, who: int, what: int) -> None:
        self.do(self.floor.takes(self.agents[who % len(self.agents)], self.talks[what % len(self.talks)]))

    @rule(accepts=st.booleans())
    def somebody_answers_an_offer(self, accepts: bool) -> None:
        for row in self.do(self.floor.fetch("select subject, agent_id from offer where state = 'open' order by id limit 1")):
            agent = next(it for it in self.agents if it.id == row["agent_id"])
            if accepts:
                assert self.do(self.floor.takes(agent, row["subject"]))
            else:
                self.do(self.floor.declines(agent, row["subject"]))

    @precondition(lambda self: self.talks)
    @rule(what=st.integers(0, 7), owner=st.sampled_from(["closed", "assistant", "queue"]))
    def a_conversation_ends_or_goes_elsewhere(self, what: int, owner: str) -> None:
        talk = self.talks[what % len(self.talks)]
        if self.do(self.floor.held(talk)).owner != owner:
            self.do(self.floor.ends(talk, owner))

    @precondition(lambda self: self.agents)
    @rule(who=st.integers(0, 3), presence=st.sampled_from(["online", "busy", "break", "offline"]))
    def somebody_comes_or_goes(self, who: int, presence: Any) -> None:
        self.do(self.floor.says(self.agents[who % len(self.agents)], presence))

    @precondition(lambda self: self.agents)
    @rule(who=st.integers(0, 3), most=st.integers(0, 3))
    def somebody_may_carry_more_or_less(self, who: int, most: int) -> None:
        self.do(self.floor.limits(self.agents[who % len(self.agents)], most_chats=most))

    @invariant()
    def nothing_is_torn(self) -> None:
        if not hasattr(self, "floor"):
            return
        later = () if self.looked else ("somebody is asked to take more than he may, or while he is away",)
        for what, question in _TORN.items():
            # What people changed a moment ago the engine has still to look at; once it has looked, it holds.
            if what not in later:
                assert self.runner.run(self.floor.value(question)) == 0, what

    @invariant()
    def nobody_who_waits_and_could_be_helped_is_overlooked(self) -> None:
        if hasattr(self, "floor") and self.looked:
            assert self.runner.run(self._overlooked()) == []

    async def _overlooked(self) -> list[UUID]:
        """Customers whom a free agent could take and whom nobody is offered, after the engine has looked at everything due."""
        found = []
        async with self.db.read() as db:
            terms = Terms(self.floor.now, (await queues.rule(db)).rule)
            for agent in self.agents:
                first = await store.first_for(
                    db, [agent.id], now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed, limit=1
                )
                found += [it.subject for it in first]
        return found


@pytest.mark.slow
def test_what_must_hold_of_routing_holds_in_every_order_of_events(dsn: str, now: datetime) -> None:
    Desk.dsn, Desk.now = dsn, now
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )  # fmt: skip
