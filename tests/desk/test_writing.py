"""Ready phrases, macros that do all or nothing, and calling a colleague to a note."""

from typing import Any
from uuid import uuid4

import pytest

from tandem.desk.writing.fill import filled
from tandem.kit.errors import InvalidInput
from world.agent import Agent
from world.customer import Customer
from world.line import desk_line
from world.server import Server

Json = dict[str, Any]


async def _served(server: Server, agent: Agent) -> Customer:
    customer = await server.customer(identity=server.identity(f"u-{uuid4().hex[:6]}", name="林女士"))
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    return customer


async def _macro(boss: Agent, *steps: Json) -> Json:
    made: Json = await boss.posts("/api/macros", {"name": f"宏 {uuid4().hex[:6]}", "steps": list(steps)})
    return made


async def _runs(agent: Agent, macro: Json, customer: Customer, client_id: str = "") -> Any:
    body = {"macro": macro["id"], "client_id": client_id or uuid4().hex}
    return await agent.calls("POST", f"/api/conversations/{customer.conversation}/macro", json=body)


async def test_a_phrase_is_ones_own_unless_one_may_write_for_all(idle: Server) -> None:
    agent, other, boss = await idle.agent(), await idle.agent("同事"), await idle.agent("主管", "supervisor")
    word = uuid4().hex[:6]
    mine = await agent.posts("/api/phrases", {"shortcut": f"/{word}", "text": "您好，{customer}"})
    refused = await agent.calls("POST", "/api/phrases", json={"shortcut": "x", "text": "y", "mine": False})
    shared = await boss.posts("/api/phrases", {"shortcut": word, "text": "稍等", "mine": False})

    assert mine["shortcut"] == word
    assert refused.status_code == 403
    assert [it["id"] for it in await other.gets("/api/phrases")] == [shared["id"]]
    assert (await other.calls("DELETE", f"/api/phrases/{mine['id']}")).status_code == 404
    assert (await agent.calls("DELETE", f"/api/phrases/{shared['id']}")).status_code == 403
    assert (await agent.calls("PUT", f"/api/phrases/{mine['id']}", json={"shortcut": word, "text": "新的"})).json()[
        "text"
    ] == "新的"


async def test_the_phrase_used_most_is_offered_first(idle: Server) -> None:
    agent = await idle.agent()
    first = await agent.posts("/api/phrases", {"shortcut": "a", "text": "一"})
    second = await agent.posts("/api/phrases", {"shortcut": "b", "text": "二"})
    await agent.posts(f"/api/phrases/{second['id']}/used", {})

    assert [it["id"] for it in await agent.gets("/api/phrases")] == [second["id"], first["id"]]


def test_a_customer_is_never_sent_a_bare_variable() -> None:
    assert filled("您好 {customer}，{json} 不动", {"customer": "林女士"}) == "您好 林女士，{json} 不动"
    with pytest.raises(InvalidInput) as refused:
        filled("{customer} 的订单 {order}", {"customer": "林女士"})
    assert refused.value.extra["errors"] == [{"field": "variables", "message": "order"}]


async def test_a_macro_does_all_its_steps_in_order_and_once_however_often_it_is_sent(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("主管", "supervisor")
    customer = await _served(idle, agent)
    tag = (await agent.posts("/api/tags", {"name": uuid4().hex[:8]}))["id"]
    macro = await _macro(
        boss, {"type": "say", "text": "{customer}您好，我是{agent}。"}, {"type": "remark", "text": "按流程处理"},
        {"type": "mark", "add": [tag]}, {"type": "set_aside", "seconds": 3600},
    )  # fmt: skip

    first, again = await _runs(agent, macro, customer, "once"), await _runs(agent, macro, customer, "once")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["tags"] == [tag]
    assert first.json()["snoozed_until"]
    said = [it["body"]["text"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] in ("message", "note")]
    assert said == ["林女士您好，我是王芳。", "按流程处理"]


async def test_a_macro_that_cannot_do_one_step_does_none(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await _served(idle, agent)
    before = await agent.timeline(customer.conversation)
    macro = await _macro(
        boss, {"type": "remark", "text": "先记一笔"}, {"type": "say", "text": "订单 {order} 已处理"}, {"type": "finish"}
    )

    refused = await _runs(agent, macro, customer)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["message"] == "order"
    assert await agent.timeline(customer.conversation) == before


async def test_a_macro_may_move_the_conversation_only_at_its_end(idle: Server) -> None:
    boss = await idle.agent("主管", "supervisor")
    steps = [{"type": "finish"}, {"type": "say", "text": "再见"}]

    refused = await boss.calls("POST", "/api/macros", json={"name": "错的", "steps": steps})

    assert refused.status_code == 400


async def test_who_is_mentioned_in_a_note_is_called_and_finds_it_until_he_has_looked(idle: Server) -> None:
    agent, called, other = await idle.agent("王芳"), await idle.agent("李雷"), await idle.agent("别人")
    customer = await _served(idle, agent)
    path = f"/api/conversations/{customer.conversation}"
    async with desk_line(called) as his, desk_line(other) as theirs:
        note = {"client_id": "n", "text": "@李雷 帮看下", "mentions": [called.me["user"]["id"]]}
        await agent.posts(f"{path}/note", note)

        await his.hears("mentioned", lambda it: it["conversation"] == customer.conversation and it["by"] == "王芳")
        assert theirs.heard("mentioned") == []

    page = await called.gets("/api/conversations?view=mentions")
    assert [it["id"] for it in page["items"]] == [customer.conversation]
    assert page["counts"]["mentions"] == 1
    await called.posts(f"{path}/mentions/seen", {})
    assert (await called.gets("/api/conversations?view=mentions"))["items"] == []
