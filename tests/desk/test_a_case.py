"""A case from the first question to the rating."""

from world.server import Server
from world.waiting import eventually


async def test_a_question_is_answered_from_knowledge_with_its_source(tandem: Server) -> None:
    article = await tandem.knows("七天无理由退货怎么退", "签收后七天内，在订单页点「申请退货」。", "怎么退货")
    customer = await tandem.customer()

    answer = await customer.asks("七天无理由退货怎么退")

    assert "申请退货" in answer["body"]["text"]
    assert answer["by"]["kind"] == "assistant"
    assert [it["id"] for it in answer["body"]["sources"]] == [str(article)]


async def test_a_case_goes_from_the_assistant_to_a_person_and_to_its_end(tandem: Server) -> None:
    agent = await tandem.agent("王芳")
    customer = await tandem.customer()
    await customer.asks("你好")

    state = await customer.presses_for_a_person()
    assert state["owner"] == "queue"
    assert state["queue"]["place"] == 1

    accepted = await agent.accepts(customer.conversation)
    assert accepted["owner"] == "agent"
    await agent.notes(customer.conversation, "内部备注：老客户")
    await agent.replies(customer.conversation, "您好，我是王芳")

    assert (await customer.state())["agent_name"] == "王芳"
    said = [it["body"].get("text", "") for it in await customer.timeline()]
    assert "您好，我是王芳" in said
    assert not any("内部备注" in text for text in said)

    await agent.resolves(customer.conversation)
    assert (await customer.state())["can_rate"]
    await customer.calls("POST", "rating", json={"score": 5, "comment": "很好"})
    rated = [it for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "rated"]
    assert [it["body"]["score"] for it in rated] == [5]
    assert not (await customer.state())["can_rate"]


async def test_the_assistant_is_silent_while_a_person_owns_the_conversation(tandem: Server) -> None:
    await tandem.knows("运费多少", "满 99 元包邮。", "运费")
    agent = await tandem.agent()
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)

    await customer.says("运费多少")
    await agent.replies(customer.conversation, "我来看看")
    await agent.hands_back(customer.conversation)
    answer = await customer.asks("那运费多少")

    assert answer["by"]["kind"] == "assistant"
    by = [it["by"]["kind"] for it in await customer.timeline() if it["body"]["type"] == "message"]
    assert by == ["customer", "agent", "customer", "assistant"]


async def test_a_customer_who_comes_back_finds_what_was_said(tandem: Server) -> None:
    customer = await tandem.customer()
    await customer.asks("你好")

    again = await tandem.customer(token=customer.token)

    assert again.session["conversation"] == customer.conversation
    assert next(it["body"]["text"] for it in again.session["entries"]) == "你好"


async def test_the_inbox_shows_who_waits(tandem: Server) -> None:
    agent = await tandem.agent()
    customer = await tandem.customer()
    await customer.presses_for_a_person()

    async def waiting() -> bool:
        inbox = await agent.gets("/api/conversations?view=unassigned")
        return [it["id"] for it in inbox["items"]] == [customer.conversation] and inbox["counts"]["unassigned"] == 1

    assert await eventually(waiting)
