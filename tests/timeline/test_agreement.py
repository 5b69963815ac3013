"""Event and state agree: whatever is done, in whatever order, the timeline tells how the conversation stands."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tandem.access.model import User
from tandem.channels.intake import take_in
from tandem.channels.model import Incoming
from tandem.channels.webchat import stranger
from tandem.handoff.act import Handoff
from tandem.infra.db import Tx
from tandem.kit.errors import Problem
from tandem.routing.queues.recommended import recommended
from tandem.timeline import store as timelines
from tandem.timeline.model import (
    ASSISTANT,
    Accepted,
    Draft,
    Entry,
    HandedBack,
    HandedOff,
    Held,
    Message,
    Reopened,
    Resolved,
    Returned,
    Transferred,
)
from world.server import Server

Standing = tuple[str, UUID | None]


def told(entries: list[Entry]) -> Standing:
    """Who must answer, by the events alone."""
    now: Standing = ("assistant", None)
    for entry in entries:
        match entry.body:
            case Accepted():
                now = ("agent", entry.by.id)
            case Transferred(to=None) | HandedOff():
                now = ("queue", None)
            case Transferred(to=to):
                now = ("agent", to)
            case HandedBack() | Returned() | Reopened():
                now = ("assistant", None)
            case Resolved():
                now = ("closed", None)
    return now


class Talk(RuleBasedStateMachine):
    """One conversation and everybody who may do something with it. Each rule is one transaction, as a request is."""

    server: Server
    loop: asyncio.AbstractEventLoop
    people: list[User]

    def do(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(20)

    @initialize()
    def opens(self) -> None:
        self.services = self.server.app.services
        self.handoff = Handoff(self.services.timeline, self.services.keys, "zh", recommended)
        self.visitor = stranger(self.server.channel, "zh-CN")
        self.conversation = self.do(self._says("你好"))

    async def _says(self, text: str) -> UUID:
        incoming = Incoming(uuid4().hex, self.visitor.thread, self.visitor.introduction(), text, raw={"text": text})
        async with self.services.db.write() as tx:
            taken = await take_in(tx, self.services.timeline, self.server.channel, incoming, self.services.clock.now())
        return taken.held.id

    async def _tries(self, act: Any) -> None:
        """A refusal must leave everything as it was; whether it did is what the invariants look at."""
        try:
            async with self.services.db.write() as tx:
                await act(tx, self.services.clock.now())
        except Problem:
            return

    async def _look(self) -> tuple[Held, list[Entry]]:
        async with self.services.db.read() as db:
            held = await timelines.look(db, self.conversation)
            assert held is not None
            return held, await timelines.entries_after(db, self.conversation, 0, 10_000)

    @rule(text=st.sampled_from(["在吗", "转人工", "谢谢", "😀"]))
    def customer_says(self, text: str) -> None:
        self.do(self._says(text))

    @rule()
    def customer_asks_for_a_person(self) -> None:
        self.do(self._tries(lambda tx, now: self.services.chat.ask_for_person(tx, self.server.channel, self.visitor, now)))

    @rule()
    def customer_returns(self) -> None:
        self.do(self._tries(lambda tx, now: self.services.chat.return_to_assistant(tx, self.conversation, now)))

    @rule(score=st.integers(0, 6))
    def customer_rates(self, score: int) -> None:
        self.do(self._tries(lambda tx, now: self.services.chat.rate(tx, self.conversation, score, "", now)))

    @rule()
    def assistant_answers(self) -> None:
        async def answer(tx: Tx, now: Any) -> None:
            held = await self.services.timeline.hold(tx, self.conversation)
            if held.owner == "assistant":
                await self.services.timeline.append(tx, held, Draft(ASSISTANT, Message("好的")), at=now)

        self.do(self._tries(answer))

    @rule()
    def assistant_hands_off(self) -> None:
        async def hand_off(tx: Tx, now: Any) -> None:
            held = await self.services.timeline.hold(tx, self.conversation)
            if held.owner == "assistant":
                await self.handoff.hand_off(tx, held, "complaint", [], at=now, by=ASSISTANT)

        self.do(self._tries(hand_off))

    @rule(who=st.integers(0, 1), act=st.sampled_from(["accept", "hand_back", "resolve"]), late=st.booleans())
    def agent_acts(self, who: int, act: str, late: bool) -> None:
        version = self.do(self._look())[0].version - late
        perform = getattr(self.services.desk, act)
        self.do(self._tries(lambda tx, now: perform(tx, self.people[who], self.conversation, version, now)))

    @rule(who=st.integers(0, 1), to=st.sampled_from([None, 0, 1]))
    def agent_transfers(self, who: int, to: int | None) -> None:
        version = self.do(self._look())[0].version
        whom = self.people[to].id if to is not None else None
        self.do(
            self._tries(lambda tx, now: self.services.desk.transfer(tx, self.people[who], self.conversation, version, whom, now))
        )

    @rule(who=st.integers(0, 1))
    def agent_replies(self, who: int) -> None:
        self.do(
            self._tries(
                lambda tx, now: self.services.desk.reply(tx, self.people[who], self.conversation, uuid4().hex, "您好", (), now)
            )
        )

    @rule(who=st.integers(0, 1))
    def agent_notes(self, who: int) -> None:
        self.do(
            self._tries(lambda tx, now: self.services.desk.note(tx, self.people[who], self.conversation, uuid4().hex, "记", now))
        )

    @invariant()
    def the_timeline_tells_how_it_stands(self) -> None:
        held, entries = self.do(self._look())
        assert told(entries) == (held.owner, held.agent)
        assert [it.seq for it in entries] == list(range(1, held.last_seq + 1))
        assert held.episode == 1 + sum(isinstance(it.body, Reopened) for it in entries)
        said = [it.seq for it in entries if it.by.kind == "customer" and isinstance(it.body, Message)]
        assert held.customer_seq == said[-1]
        assert held.heard_seq <= held.customer_seq

    @invariant()
    def the_queue_book_agrees(self) -> None:
        async def waiting() -> int:
            async with self.services.db.read() as db:
                count: int = await db.fetchval(
                    "select count(*) from queue_wait where conversation_id = $1 and left_at is null", self.conversation
                )
                return count

        held, _ = self.do(self._look())
        assert self.do(waiting()) == (1 if held.owner == "queue" else 0)


@pytest.mark.slow
async def test_event_and_state_agree_whatever_is_done(idle: Server) -> None:
    class Here(Talk):
        server = idle
        loop = asyncio.get_running_loop()
        people: list[User] = []  # noqa: RUF012  # filled below

    Here.people = [await idle.editor(), await idle.editor()]
    chosen = settings(
        max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    await asyncio.to_thread(run_state_machine_as_test, Here, settings=chosen)
