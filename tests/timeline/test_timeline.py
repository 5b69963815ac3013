"""The timeline: no gap, nothing twice, one owner at a time, and no word over a person's."""

import asyncio
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from tandem.app import Application
from tandem.assistant.model import Context, Reply
from tandem.assistant.respond import Assistant
from tandem.assistant.triage.model import Triage
from tandem.assistant.turn import Turns
from tandem.handoff.act import Handoff
from tandem.routing.queues.recommended import recommended
from tandem.timeline.lately import Lately
from tandem.timeline.model import ASSISTANT, Body, Draft, Message, SkillCalled
from world.server import Server


async def test_fifty_writers_at_once_leave_no_gap(open_all_day: Server) -> None:
    services = open_all_day.app.services
    customer = await open_all_day.customer()
    await customer.presses_for_a_person()
    conversation = UUID(customer.conversation)
    before = len(await customer.timeline())

    async def write(number: int) -> list[int]:
        async with services.db.write() as tx:
            held = await services.timeline.hold(tx, conversation)
            drafts = [Draft(ASSISTANT, Message(f"{number}.{place}")) for place in range(1 + number % 3)]
            return [it.seq for it in await services.timeline.append(tx, held, *drafts, at=services.clock.now())]

    given = await asyncio.gather(*(write(number) for number in range(50)))

    seqs = [it["seq"] for it in await customer.timeline()]
    assert seqs == list(range(1, before + sum(map(len, given)) + 1))
    assert sorted(seq for each in given for seq in each) == seqs[before:]
    assert all(each == list(range(each[0], each[0] + len(each))) for each in given)


async def test_a_transaction_that_fails_leaves_no_gap(open_all_day: Server) -> None:
    services = open_all_day.app.services
    customer = await open_all_day.customer()
    await customer.presses_for_a_person()

    async def fails() -> None:
        async with services.db.write() as tx:
            held = await services.timeline.hold(tx, UUID(customer.conversation))
            await services.timeline.append(tx, held, Draft(ASSISTANT, Message("never")), at=services.clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()

    await customer.says("还在")

    timeline = await customer.timeline()
    assert [it["seq"] for it in timeline] == list(range(1, len(timeline) + 1))
    assert "never" not in str(timeline)


async def test_whoever_holds_a_conversation_does_not_stop_the_routing_from_storing_what_refers_to_it(idle: Server) -> None:
    """Else an agent who accepts while routing makes an offer would wait for it, and it for him: one of the two would fail."""
    customer = await idle.customer()
    await customer.says("在吗")
    held, services = UUID(customer.conversation), idle.app.services
    async with services.db.write() as accepting, services.db.write() as routing:
        await services.timeline.hold(accepting, held)
        await routing.db.execute("set local lock_timeout = '2s'")

        referred_to = await routing.db.fetchval("select id from conversation where id = $1 for key share", held)

    assert referred_to == held


async def test_a_message_sent_again_is_stored_once(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    body = {"client_id": uuid4().hex, "text": "发了三次"}

    answers = [await customer.calls("POST", "messages", json=body) for _ in range(3)]

    assert [it.status_code for it in answers] == [201, 200, 200]
    assert len({it.json()["entry"]["id"] for it in answers}) == 1
    assert [it["body"]["text"] for it in await customer.timeline() if it["by"]["kind"] == "customer"] == ["发了三次"]


async def test_a_message_sent_ten_times_at_once_is_stored_once(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    body = {"client_id": uuid4().hex, "text": "同时发"}

    answers = await asyncio.gather(*(customer.calls("POST", "messages", json=body) for _ in range(10)))

    assert sorted(it.status_code for it in answers) == [200] * 9 + [201]
    assert len({it.json()["entry"]["id"] for it in answers}) == 1
    assert sum(it["by"]["kind"] == "customer" for it in await customer.timeline()) == 1


async def test_two_customers_may_use_the_same_client_id(open_all_day: Server) -> None:
    one, other = await open_all_day.customer(), await open_all_day.customer()

    answers = [await it.calls("POST", "messages", json={"client_id": "1", "text": "hi"}) for it in (one, other)]

    assert [it.status_code for it in answers] == [201, 201]
    assert answers[0].json()["entry"]["conversation"] != answers[1].json()["entry"]["conversation"]


async def test_an_agents_reply_sent_again_is_stored_once(open_all_day: Server) -> None:
    agent, customer = await open_all_day.agent(), await open_all_day.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    body = {"client_id": "same", "text": "您好"}

    path = f"/api/conversations/{customer.conversation}/reply"
    answers = await asyncio.gather(*(agent.calls("POST", path, json=body) for _ in range(5)))

    assert len({it.json()["id"] for it in answers}) == 1
    assert sum(it["by"]["kind"] == "agent" and it["body"]["type"] == "message" for it in await customer.timeline()) == 1


async def test_of_two_agents_who_accept_at_once_exactly_one_wins_and_the_other_is_shown_how_it_stands(open_all_day: Server) -> None:
    one, other = await open_all_day.agent("甲"), await open_all_day.agent("乙")
    for _ in range(5):
        customer = await open_all_day.customer()
        await customer.presses_for_a_person()
        body = {"version": await one.version(customer.conversation)}
        path = f"/api/conversations/{customer.conversation}/accept"

        answers = await asyncio.gather(*(agent.calls("POST", path, json=body) for agent in (one, other)))

        won, lost = sorted(answers, key=lambda it: it.status_code)
        assert (won.status_code, lost.status_code) == (200, 409)
        assert lost.json()["type"] == "/problems/conversation-moved"
        assert lost.json()["conversation"] == won.json()
        accepted = [it for it in await one.timeline(customer.conversation) if it["body"]["type"] == "accepted"]
        assert [it["by"]["name"] for it in accepted] == [won.json()["agent"]["name"]]


class Pondering:
    """An assistant that answers only when it is let go on: the moment between deciding and storing, held open."""

    def __init__(self, *looked_up: SkillCalled) -> None:
        self.thinks = asyncio.Event()
        self.goes_on = asyncio.Event()
        self._looked_up = looked_up

    async def respond(self, context: Context, on_draft: Callable[[str], None]) -> Reply:
        on_draft("我在想")
        self.thinks.set()
        await self.goes_on.wait()
        answer: tuple[Body, ...] = (*self._looked_up, Message("助手的话"))
        return Reply("answer", None, Triage("zh"), answer, context.memory, {})


def _turns(app: Application, assistant: Any) -> Turns:
    services = app.services
    handoff = Handoff(services.timeline, services.keys, "zh", recommended)
    return Turns(
        services.db, services.timeline, Lately(), handoff, cast(Assistant, assistant), services.bus, services.clock, services.numbers,
        here=False, nothing_to_send=lambda _: False,
    )  # fmt: skip


async def test_the_assistant_never_talks_over_a_person_who_took_over_meanwhile(idle: Server) -> None:
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("在吗")
    assistant = Pondering()
    turn = asyncio.create_task(_turns(idle.app, assistant).run(UUID(customer.conversation)))
    await assistant.thinks.wait()

    await agent.accepts(customer.conversation)
    assistant.goes_on.set()
    await turn

    assert [it["body"]["type"] for it in await customer.timeline()] == ["message", "accepted"]
    async with idle.app.services.db.read() as db:
        assert await db.fetchval("select count(*) from turn") == 0
    assert idle.app.services.numbers.silenced._value.get() == 1


async def test_what_was_changed_in_a_business_system_stands_on_the_timeline_though_the_answer_was_dropped(idle: Server) -> None:
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("确认取消")
    read = SkillCalled("order_status", "物流查询", {}, "ok", "TD1：待发货", 3)
    changed = SkillCalled("cancel_order", "取消订单", {}, "ok", "TD1：已取消", 9, writes=True)
    assistant = Pondering(read, changed)
    turn = asyncio.create_task(_turns(idle.app, assistant).run(UUID(customer.conversation)))
    await assistant.thinks.wait()

    await agent.accepts(customer.conversation)
    assistant.goes_on.set()
    await turn

    told = [it["body"] for it in await agent.timeline(customer.conversation)]
    assert [it["skill"] for it in told if it["type"] == "skill_called"] == ["cancel_order"]
    assert not any(it.get("text") == "助手的话" for it in told)


async def test_a_person_who_came_and_went_silences_what_was_thought_before(idle: Server) -> None:
    """The owner is the assistant again, but the answer is one to an older state of things."""
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("在吗")
    assistant = Pondering()
    turn = asyncio.create_task(_turns(idle.app, assistant).run(UUID(customer.conversation)))
    await assistant.thinks.wait()

    await agent.accepts(customer.conversation)
    await agent.replies(customer.conversation, "我来了")
    await agent.hands_back(customer.conversation)
    assistant.goes_on.set()
    await turn

    assert "助手的话" not in str(await customer.timeline())


async def test_two_turns_over_the_same_words_answer_once(idle: Server) -> None:
    customer = await idle.customer()
    await customer.says("在吗")
    assistant = Pondering()
    turns = _turns(idle.app, assistant)
    both = [asyncio.create_task(turns.run(UUID(customer.conversation))) for _ in range(2)]
    await assistant.thinks.wait()
    assistant.goes_on.set()
    await asyncio.gather(*both)

    assert [it["body"]["text"] for it in await customer.timeline()] == ["在吗", "助手的话"]


async def test_what_is_said_while_the_assistant_thinks_is_answered_too(idle: Server) -> None:
    customer = await idle.customer()
    await customer.says("第一句")
    assistant = Pondering()
    turn = asyncio.create_task(_turns(idle.app, assistant).run(UUID(customer.conversation)))
    await assistant.thinks.wait()
    await customer.says("第二句")
    assistant.goes_on.set()
    await turn

    async with idle.app.services.db.read() as db:
        row = await db.fetchrow("select customer_seq, heard_seq from conversation")
        waiting = await db.fetchval("select count(*) from pgqueuer where status = 'queued'")
    assert row is not None
    assert row["customer_seq"] > row["heard_seq"]
    assert waiting >= 1
