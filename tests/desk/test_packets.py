"""The packet follows the conversation, whoever has it reads it, and nobody asks for what it holds: counted where he does."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from tandem.assistant import store as assistants
from tandem.handoff.rate import wilson
from tandem.routing.engine.engine import Engine
from world.agent import Agent
from world.customer import Customer
from world.server import Server

Json = dict[str, Any]
ORDER = "TD20261101"


async def _handed(server: Server, words: str = f"订单 {ORDER} 一直没到，我要求周五前送到") -> Customer:
    customer = await server.customer()
    await customer.says(words)
    await server.app.turns.run(UUID(customer.conversation))
    await customer.presses_for_a_person()
    return customer


async def _packet(agent: Agent, customer: Customer) -> Json:
    found: Json = (await agent.sees(customer.conversation))["packet"]
    return found


async def _rate(boss: Agent) -> Json:
    found: Json = await boss.gets("/api/packets/repeat-rate?days=1")
    return found


async def test_accepting_is_counted_as_unread_until_the_packet_was_opened(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _handed(idle)

    assert (await agent.accepts(customer.conversation))["packet_unread"] is True
    assert (await agent.gets("/api/conversations?view=mine"))["counts"]["packets_unread"] == 1
    await agent.posts(f"/api/packets/{(await _packet(agent, customer))['id']}/read", {})

    assert (await agent.sees(customer.conversation))["conversation"]["packet_unread"] is False
    assert (await agent.gets("/api/conversations?view=mine"))["counts"]["packets_unread"] == 0


async def test_whoever_takes_a_conversation_from_the_assistant_gets_a_packet_too(idle: Server) -> None:
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says(f"订单 {ORDER} 到哪了")
    await idle.app.turns.run(UUID(customer.conversation))

    await agent.accepts(customer.conversation)

    packet = await _packet(agent, customer)
    assert (packet["version"], packet["reason"]) == (1, "taken_over")
    assert ORDER in [it["value"] for it in packet["facts"]]


@pytest.mark.parametrize("how", ["chat", "message", "callback"])
async def test_what_a_customer_adds_while_he_waits_is_in_the_packet_and_is_not_asked_again(idle: Server, how: str) -> None:
    agent, customer = await idle.agent(), await idle.customer()
    await customer.presses_for_a_person()
    if how != "chat":
        phone = {"phone": "13800001234"} if how == "callback" else {}
        await customer.calls("POST", "wait", json={"how": how, **phone})
    await customer.says(f"订单 {ORDER} 一直没到，我要求周五前送到")

    await agent.accepts(customer.conversation)

    packet = await _packet(agent, customer)
    asked = await agent.posts(f"/api/conversations/{customer.conversation}/check-draft", {"text": "请提供一下您的订单号"})
    assert (packet["version"], packet["reason"]) == (2, "asks_human")
    assert ORDER in [it["value"] for it in packet["facts"]]
    assert [it["key"] for it in asked] == ["order"]


async def test_whoever_takes_over_from_a_colleague_who_has_gone_knows_what_he_promised(idle: Server) -> None:
    agent, other = await idle.agent("王芳"), await idle.agent("李雷")
    customer = await _handed(idle)
    await agent.accepts(customer.conversation)
    await agent.replies(customer.conversation, "我已联系承运商，今天 18:00 前给您回复。")
    await _has_gone(idle, agent, customer)

    await other.accepts(customer.conversation)

    packet = await _packet(other, customer)
    assert [(it["by"], it["due"]) for it in packet["promises"]] == [("王芳", "今天 18:00 前")]
    assert (await other.sees(customer.conversation))["conversation"]["packet_unread"] is True


async def _has_gone(server: Server, agent: Agent, customer: Customer) -> None:
    """His console was closed for long and the customer writes: routing gives him back to the queue."""
    await agent.puts("/api/me/presence", {"state": "offline"})
    services = server.app.services
    long_ago = services.clock.now() - timedelta(hours=1)
    await services.db.pool.execute(
        "update users set seen_at = $2, presence_at = $2 where id = $1", UUID(agent.me["user"]["id"]), long_ago
    )
    await customer.says("还在吗")
    engine = Engine(services.db, services.bus, services.timeline, services.clock, Random(1))
    await engine.look_at_all_due()


async def test_nothing_new_makes_no_new_packet(idle: Server) -> None:
    agent, customer = await idle.agent(), await _handed(idle)

    await agent.accepts(customer.conversation)

    assert (await _packet(agent, customer))["version"] == 1


async def test_a_colleague_who_gets_it_knows_what_was_done_and_promised_meanwhile(idle: Server) -> None:
    agent, other = await idle.agent("王芳"), await idle.agent("李雷")
    customer = await _handed(idle)
    await agent.accepts(customer.conversation)
    await agent.replies(customer.conversation, "我已联系承运商，今天 18:00 前给您回复。")
    await customer.says("我要求赔偿，手机 13812345678")

    await agent.transfers(customer.conversation, other.me["user"]["id"])

    packet = await _packet(other, customer)
    facts = {it["key"]: it["value"] for it in packet["facts"]}
    assert packet["version"] == 2
    assert "13812345678" not in str(packet)
    assert packet["reason"] == "asks_human"
    assert (facts["order"], facts["phone"], packet["masked"]) == (ORDER, "138****5678", ["phone"])
    assert [(it["by"], it["due"]) for it in packet["promises"]] == [("王芳", "今天 18:00 前")]
    assert [it["what"] for it in packet["authority"]] == ["compensation"]
    assert ("agent", "我已联系承运商，今天 18:00 前给您回复。") in [(it["by"], it["what"]) for it in packet["attempts"]]
    assert (await other.sees(customer.conversation))["conversation"]["packet_unread"] is True


async def test_the_assistant_is_told_what_the_person_did_and_starts_without_the_old_misses(idle: Server) -> None:
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("你们老板的猫叫什么名字")
    await idle.app.turns.run(UUID(customer.conversation))
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    await customer.says(f"我问的是 {ORDER}")
    await agent.replies(customer.conversation, "已为您补发，明天前给您安排。")
    async with idle.app.services.db.read() as db:
        before = await assistants.memory(db, UUID(customer.conversation))

    await agent.hands_back(customer.conversation)

    async with idle.app.services.db.read() as db:
        after = await assistants.memory(db, UUID(customer.conversation))
    packet = await _packet(agent, customer)
    assert before is not None
    assert before["misses"] == 1
    assert after is not None
    assert after.get("misses", 0) == 0
    assert after["orders"] == [ORDER]
    assert packet["audience"] == "assistant"
    assert [it["what"] for it in packet["attempts"] if it["by"] == "agent"] == ["已为您补发，明天前给您安排。"]
    assert all(it["body"].get("packet") is None for it in await customer.timeline())


async def test_a_packet_reads_in_the_readers_language(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _handed(idle)
    path = f"/api/conversations/{customer.conversation}"

    chinese = (await agent.calls("GET", path, headers={"Accept-Language": "zh-CN"})).json()["packet"]
    english = (await agent.calls("GET", path, headers={"Accept-Language": "en"})).json()["packet"]

    assert "诉求：" in chinese["summary"]
    assert "handed over: asked for a person" in english["summary"]
    assert [it["label"] for it in english["facts"]] == ["Order", "Wanted by"]
    assert english["open_questions"] == ["Who they are (order number and last four phone digits)"]


async def test_a_packet_is_signed_and_fits_its_published_schema(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _handed(idle)
    path = f"/api/conversations/{customer.conversation}/packet"
    signed = await agent.gets(path)
    schema = (await customer.http.get("/api/schemas/packet.v1.json")).json()

    shape = schema["$defs"]
    assert schema["$ref"] == "#/$defs/Packet"
    assert set(shape["Packet"]["required"]) <= set(signed["packet"]) == set(shape["Packet"]["properties"])
    assert set(signed["packet"]["facts"][0]) == set(shape["Fact"]["properties"])
    assert signed["packet"]["schema"] == shape["Packet"]["properties"]["schema"]["default"] == "tandem.packet/1.2"
    assert signed["genuine"] is True
    async with idle.app.services.db.write() as tx:
        await tx.db.execute(
            "update packet set body = jsonb_set(body, '{summary}', '\"改过\"') where conversation_id = $1",
            UUID(customer.conversation),
        )
    assert (await agent.gets(path))["genuine"] is False


async def test_the_schema_asks_nothing_of_a_packet_that_a_version_before_did_not_have(idle: Server) -> None:
    customer = await idle.customer()
    shape = (await customer.http.get("/api/schemas/packet.v1.json")).json()["$defs"]

    assert {"locale", "queue", "transcript"} <= set(shape["Packet"]["properties"])
    assert not {"locale", "queue", "transcript"} & set(shape["Packet"]["required"])
    assert "confidence" not in shape["Intent"]["required"]
    assert "consent" not in shape["PacketCustomer"]["required"]


async def test_what_a_waiting_customer_agrees_to_is_in_the_packet_also_when_he_says_no_word(idle: Server) -> None:
    customer = await _handed(idle)
    await customer.calls("POST", "wait", json={"how": "callback", "phone": "13800001234"})
    agent = await idle.agent()

    await agent.accepts(customer.conversation)

    consent = (await _packet(agent, customer))["customer"]["consent"]
    assert [(it["to"], it["given"]) for it in consent] == [("callback", True)]


async def test_a_packet_recommends_the_queue_that_the_case_belongs_in_and_links_its_words(idle: Server) -> None:
    admin = await idle.agent("管理员", "administrator")
    config = {"takes": {"reasons": ["asks_human"]}}
    queue = await admin.posts("/api/routing/queues", {"name": "售后", "position": 0, "active": True, "config": config})
    customer = await _handed(idle)
    await customer.calls("POST", "wait", json={"how": "callback", "phone": "13800001234"})
    await customer.says("尽快")
    agent = await idle.agent()

    await agent.accepts(customer.conversation)

    packet = await _packet(agent, customer)
    assert packet["queue"] == {"id": queue["id"], "name": "售后"}
    assert [(it["to"], it["given"]) for it in packet["customer"]["consent"]] == [("callback", True)]
    assert packet["locale"] == "zh"
    told = await agent.gets(packet["transcript"]["path"])
    assert (told["entries"][0]["seq"], packet["transcript"]["through_seq"]) == (1, told["through"] - 1)  # he has accepted since
    stranger = await customer.http.get(packet["transcript"]["path"])
    assert stranger.status_code == 401


async def test_what_the_assistant_is_told_recommends_no_queue(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _handed(idle)
    await agent.accepts(customer.conversation)
    await agent.hands_back(customer.conversation)

    told = (await agent.gets(f"/api/conversations/{customer.conversation}/packet"))["packet"]
    assert (told["audience"], told["queue"]) == ("assistant", None)


async def test_how_sure_the_assistant_was_of_its_answer_follows_it_to_the_person(idle: Server) -> None:
    await idle.knows("可以开发票吗", "可以开电子发票。")
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("可以开发票吗")
    await idle.app.turns.run(UUID(customer.conversation))
    await customer.presses_for_a_person()

    (intent,) = (await _packet(agent, customer))["intents"]

    assert intent["name"].startswith("knowledge:")
    assert 0.5 < intent["confidence"] <= 1


async def test_an_agent_is_warned_before_he_asks_for_what_is_known(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _handed(idle)
    path = f"/api/conversations/{customer.conversation}/check-draft"

    warned = await agent.posts(path, {"text": "请提供一下您的订单号"})

    assert [(it["key"], it["value"]) for it in warned] == [("order", ORDER)]
    assert (await agent.timeline(customer.conversation))[warned[0]["seqs"][0] - 1]["by"]["kind"] == "customer"
    assert await agent.posts(path, {"text": "请问您的收货地址是？"}) == []


async def test_asking_again_is_counted_for_each_handoff_agent_and_version_once(idle: Server) -> None:
    boss, careful, hasty = await idle.agent("主管", "supervisor"), await idle.agent("细心"), await idle.agent("着急")
    for agent, words in ((careful, "订单我看到了，马上处理。"), (hasty, "订单号是多少？")):
        customer = await _handed(idle)
        await agent.accepts(customer.conversation)
        await agent.replies(customer.conversation, words)
        await agent.replies(customer.conversation, words)

    rate = await _rate(boss)

    assert (rate["handoffs"], rate["repeated"], rate["rate"]) == (2, 1, 0.5)
    assert rate["low"] < 0.5 < rate["high"]
    assert {it["label"]: (it["handoffs"], it["repeated"]) for it in rate["agents"]} == {"细心": (1, 0), "着急": (1, 1)}
    assert [(it["handoffs"], it["repeated"]) for it in rate["versions"]] == [(2, 1)]
    assert rate["keys"] == [{"key": "order", "times": 2}]
    assert (await hasty.calls("GET", "/api/packets/repeat-rate")).status_code == 403


async def test_a_customer_sees_what_he_told_corrects_it_and_takes_it_out(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _handed(idle, f"订单 {ORDER} 的围巾要换成灰色，手机 13812345678")
    await agent.accepts(customer.conversation)
    told = (await customer.calls("GET", "told")).json()
    assert {(it["key"], it["value"]) for it in told["facts"]} >= {("order", ORDER), ("colour", "灰色"), ("phone", "138****5678")}
    assert told["handed"] is True

    await customer.calls("POST", "told", json={"key": "colour", "was": "灰色", "now": "米白色"})
    after = (await customer.calls("POST", "told", json={"key": "phone", "was": "138****5678", "now": None})).json()

    assert "phone" not in [it["key"] for it in after["facts"]]
    facts = {it["key"]: (it["value"], it["said_by"]) for it in (await _packet(agent, customer))["facts"]}
    assert facts["colour"] == ("米白色", "customer")
    assert "phone" not in facts
    assert [it["body"]["type"] for it in await agent.timeline(customer.conversation)][-2:] == ["corrected", "corrected"]


@pytest.mark.parametrize(
    ("key", "was", "now"),
    [("order", "TD99999999", "x"), ("tracking", "SF1", None), ("order", ORDER, " "), ("order", ORDER, "x" * 200)],
)
async def test_a_customer_can_change_only_what_he_said_himself(idle: Server, key: str, was: str, now: str | None) -> None:
    customer = await _handed(idle)

    refused = await customer.calls("POST", "told", json={"key": key, "was": was, "now": now})

    assert refused.status_code == 400


async def test_nobody_sees_or_corrects_what_another_customer_told(idle: Server) -> None:
    await _handed(idle)
    stranger = await idle.customer()

    assert (await stranger.calls("GET", "told")).status_code == 404
    await stranger.says(uuid4().hex)
    assert ORDER not in (await stranger.calls("GET", "told")).text


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.2775), (1, 2, 0.0945, 0.9055), (10, 10, 0.7225, 1.0)]
)
def test_the_interval_of_a_share_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=1e-3)
