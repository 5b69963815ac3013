"""What a customer may do with his conversation, from the first moment to the rating."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tandem.infra.settings import Settings
from tandem.kit.clock import SetClock
from world.agent import Agent
from world.customer import Customer
from world.server import Server, running
from world.waiting import eventually

DEADLINE = timedelta(seconds=20)


async def _closed(server: Server) -> tuple[Agent, Customer]:
    agent, customer = await server.agent(), await server.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    await agent.resolves(customer.conversation)
    return agent, customer


async def test_a_person_can_be_asked_for_before_a_word_was_said(open_all_day: Server) -> None:
    customer = await open_all_day.customer(identity=open_all_day.identity("at-once-1", name="李女士"))

    state = await customer.presses_for_a_person()

    assert (state["owner"], state["queue"]["place"] >= 1) == ("queue", True)
    agent = await open_all_day.agent()
    detail = await agent.sees(customer.conversation, lang="zh-CN")
    assert detail["packet"]["reason"] == "asks_human"
    assert [(it["key"], it["value"]) for it in detail["packet"]["facts"]] == [("verified", "已登录商城")]


async def test_pressing_again_changes_nothing(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    await customer.presses_for_a_person()

    await customer.presses_for_a_person()

    assert [it["body"]["type"] for it in await customer.timeline()] == ["handed_off"]


async def test_nobody_online_is_told_honestly(tandem: Server) -> None:
    customer = await tandem.customer()
    state = await customer.presses_for_a_person()
    assert state["people_online"] is False
    assert {key: state["queue"][key] for key in ("place", "low", "high")} == {"place": 1, "low": 0, "high": 0}

    await tandem.agent()

    assert (await customer.state())["people_online"] is True


async def test_whoever_no_longer_waits_is_the_assistants_again(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    await customer.presses_for_a_person()
    await customer.says("还要等多久")

    state = (await customer.calls("POST", "return", json={})).json()

    assert (state["owner"], state["queue"]) == ("assistant", None)
    answer = await customer.asks("你好")
    assert answer["by"]["kind"] == "assistant"
    assert [it["body"]["type"] for it in await customer.timeline()][:3] == ["handed_off", "message", "returned"]


async def test_returning_without_waiting_changes_nothing(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    await customer.asks("你好")
    before = await customer.timeline()

    await customer.calls("POST", "return", json={})

    assert await customer.timeline() == before


async def test_a_closed_conversation_opens_again_when_the_customer_writes(open_all_day: Server) -> None:
    agent, customer = await _closed(open_all_day)

    answer = await customer.asks("你好")

    assert answer["by"]["kind"] == "assistant"
    kinds = [it["body"]["type"] for it in await customer.timeline()]
    assert kinds == ["handed_off", "accepted", "resolved", "reopened", "message", "message"]
    conversation = (await agent.sees(customer.conversation))["conversation"]
    assert (conversation["owner"], conversation["episode"], conversation["closed_at"]) == ("assistant", 2, None)


async def test_a_person_can_be_asked_for_in_a_closed_conversation(open_all_day: Server) -> None:
    agent, customer = await _closed(open_all_day)

    state = await customer.presses_for_a_person()

    assert state["owner"] == "queue"
    assert [it["body"]["type"] for it in await customer.timeline()][-2:] == ["reopened", "handed_off"]
    assert (await agent.sees(customer.conversation))["packet"]["emotion"]["path"] == []


async def test_a_conversation_is_rated_once_an_episode(open_all_day: Server) -> None:
    agent, customer = await _closed(open_all_day)
    assert (await customer.state())["can_rate"]

    await customer.calls("POST", "rating", json={"score": 4, "comment": "不错"})
    state = (await customer.calls("POST", "rating", json={"score": 1, "comment": "改了"})).json()
    assert state["can_rate"] is False
    rated = [it["body"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "rated"]
    assert [(it["score"], it["comment"]) for it in rated] == [(4, "不错")]

    await customer.says("又来了")
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    await agent.resolves(customer.conversation)
    assert (await customer.state())["can_rate"]


async def test_only_one_to_five_and_only_when_it_is_over(open_all_day: Server) -> None:
    _, customer = await _closed(open_all_day)
    for score in (0, 6, -1):
        assert (await customer.calls("POST", "rating", json={"score": score})).status_code == 400

    talking = await open_all_day.customer()
    await talking.asks("你好")
    assert (await talking.calls("POST", "rating", json={"score": 5})).json()["can_rate"] is False
    assert all(it["body"]["type"] == "message" for it in await talking.timeline())


async def test_pages_above_and_below_meet_without_a_gap(open_all_day: Server) -> None:
    agent, customer = await open_all_day.agent(), await open_all_day.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    for number in range(25):
        await agent.replies(customer.conversation, f"{number}")
        await agent.notes(customer.conversation, "内部")

    below: list[int] = []
    before = 1_000
    while True:
        page = (await customer.calls("GET", f"timeline?before={before}&limit=10")).json()
        below = [it["seq"] for it in page["entries"]] + below
        before = page["after"] + 1
        if not page["more"]:
            break

    assert below == [it["seq"] for it in await customer.timeline()]


async def test_a_customer_whose_turn_never_ran_is_found_and_answered(settings: Settings, dsn: str) -> None:
    """The job is gone, as if whoever had it vanished with it; only the conversation itself tells that an answer is owed."""
    clock = SetClock(datetime(2026, 11, 23, tzinfo=UTC))
    async with running(settings, dsn, works=False, clock=clock) as server:
        customer = await server.customer()
        await customer.says("你好")
        async with server.app.services.db.write() as tx:
            await tx.db.execute("delete from pgqueuer")

        await server.app.turns.rescue(DEADLINE)
        assert await _jobs(server) == 0  # still within its time
        clock.move(DEADLINE + timedelta(seconds=1))
        await server.app.turns.rescue(DEADLINE)
        assert await _jobs(server) == 1
        assert server.app.services.numbers.rescued._value.get() == 1

        await server.app.turns.run(UUID(customer.conversation))
        assert (await customer.timeline())[-1]["by"]["kind"] == "assistant"
        await server.app.turns.rescue(DEADLINE)
        assert server.app.services.numbers.rescued._value.get() == 1


async def _jobs(server: Server) -> int:
    async with server.app.services.db.read() as db:
        count: int = await db.fetchval("select count(*) from pgqueuer")
        return count


async def test_after_twice_the_deadline_a_person_gets_the_customer(settings: Settings, dsn: str) -> None:
    clock = SetClock(datetime(2026, 11, 23, tzinfo=UTC))
    async with running(settings, dsn, works=False, clock=clock) as server:
        customer = await server.customer()
        await customer.says("有人吗，我的订单 TD20261101 丢了")
        clock.move(2 * DEADLINE + timedelta(seconds=1))

        await server.app.turns.rescue(DEADLINE)

        state = await customer.state()
        assert (state["owner"], state["queue"]["place"]) == ("queue", 1)
        packet = (await (await server.agent()).sees(customer.conversation))["packet"]
        assert packet["reason"] == "assistant_unavailable"
        assert [(it["key"], it["value"]) for it in packet["facts"]] == [("order", "TD20261101")]


async def test_words_that_nobody_answered_before_a_person_was_asked_for_are_read_all_the_same(settings: Settings, dsn: str) -> None:
    async with running(settings, dsn, works=False) as server:
        customer = await server.customer(locale="zh-CN")
        await customer.says("This is outrageous, your courier lied to me and I want to file a complaint right now!!")

        await customer.presses_for_a_person()

        seen = await (await server.agent()).sees(customer.conversation)
        packet = seen["packet"]
        assert (packet["emotion"]["now"], packet["locale"]) == ("angry", "en")
        assert seen["conversation"]["urgency"] >= 2
        async with server.app.services.db.read() as db:
            waits = await db.fetch("select w.language, c.emotion from waiting w join conversation c on c.id = w.subject")
        assert [tuple(it) for it in waits] == [("en", "angry")]


async def test_words_that_cannot_be_read_keep_nobody_from_a_person(settings: Settings, dsn: str) -> None:
    def breaks(_: object) -> None:
        raise RuntimeError("broken")

    async with running(settings, dsn, works=False) as server:
        server.app.turns._assistant.read = breaks  # type: ignore[method-assign, assignment]
        customer = await server.customer()
        await customer.says("在吗")

        assert (await customer.presses_for_a_person())["owner"] == "queue"


async def test_an_assistant_that_breaks_leaves_nobody_hanging(tandem: Server) -> None:
    """Its turn fails again and again; the sweeper gives the customer to people."""
    customer = await tandem.customer()
    await customer.asks("你好")
    agent = await tandem.agent()

    async def breaks(*_: object) -> None:
        raise RuntimeError("broken")

    tandem.app.turns._assistant.respond = breaks  # type: ignore[method-assign, assignment]
    await customer.says("还在吗")
    await tandem.app.turns.rescue(timedelta(0))

    async def with_people() -> bool:
        await tandem.app.turns.rescue(timedelta(0))
        return bool((await agent.sees(customer.conversation))["conversation"]["owner"] == "queue")

    assert await eventually(with_people)
