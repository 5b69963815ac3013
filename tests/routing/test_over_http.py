"""Routing as agents, customers and administrators meet it, over HTTP and sockets."""

from typing import Any
from uuid import uuid4

from world.agent import Agent
from world.line import desk_line
from world.server import Server
from world.waiting import eventually

Json = dict[str, Any]


async def _offer(agent: Agent) -> Json | None:
    found: Json | None = (await agent.gets("/api/routing/mine"))["offer"]
    return found


async def test_an_agent_is_shown_an_offer_takes_it_and_sees_what_he_has_in_hand(tandem: Server) -> None:
    wang = await tandem.agent("王芳")
    async with desk_line(wang) as desk:
        customer = await tandem.customer()
        await customer.presses_for_a_person()

        frame = await desk.hears("mine", lambda it: it["mine"]["offer"] is not None)
        offer = frame["mine"]["offer"]
        assert (offer["conversation"], offer["why"]["by"]) == (customer.conversation, "only")
        await wang.posts(f"/api/conversations/{customer.conversation}/accept", {"version": offer["version"]})
        taken = await desk.hears("mine", lambda it: it["mine"]["load"][0]["open"] == 1)

    assert taken["mine"]["offer"] is None
    in_hand = await wang.gets(f"/api/conversations/{customer.conversation}/in-hand")
    assert (in_hand["kind"], in_hand["why"]["by"]) == ("chat", "only")


async def test_an_offer_that_is_declined_is_gone_and_nobody_elses_can_be(tandem: Server) -> None:
    wang = await tandem.agent("王芳")
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    offer = await eventually(lambda: _offer(wang))
    assert offer is not None
    tom = await tandem.agent("Tom")

    refused = await tom.calls("POST", f"/api/offers/{offer['id']}/decline", json={})
    assert refused.status_code == 409
    await wang.posts(f"/api/offers/{offer['id']}/decline", {})

    assert await _offer(wang) is None
    assert (await eventually(lambda: _offer(tom)) or {})["conversation"] == customer.conversation


async def test_who_pulls_from_the_list_is_faster_than_the_offer(idle: Server) -> None:
    wang = await idle.agent("王芳")
    customer = await idle.customer()
    await customer.presses_for_a_person()

    await wang.accepts(customer.conversation)

    assert [it["open"] for it in (await wang.gets("/api/routing/mine"))["load"]] == [1, 0, 0]


async def test_a_customer_may_be_called_back_and_keeps_his_place(idle: Server) -> None:
    first, second = await idle.customer(), await idle.customer()
    for customer in (first, second):
        await customer.presses_for_a_person()

    answer = await first.calls("POST", "wait", json={"how": "callback", "phone": "+86 138 0000 1234"})

    queue = answer.json()["queue"]
    assert (queue["place"], queue["kind"]) == (1, "call")
    assert (await second.state())["queue"]["place"] == 2
    assert [it["body"]["how"] for it in await first.timeline() if it["body"]["type"] == "waits"] == ["callback"]
    wang = await idle.agent("王芳")
    await wang.accepts(first.conversation)
    assert (await wang.gets(f"/api/conversations/{first.conversation}/in-hand"))["phone"] == "+86 138 0000 1234"


async def test_who_looks_after_a_customer_is_chosen_by_a_supervisor_and_asked_first(tandem: Server) -> None:
    boss, agent = await tandem.agent("主管", "supervisor"), await tandem.agent("王芳")
    customer = await tandem.customer()
    await customer.says("你好")
    contact = (await boss.sees(customer.conversation))["contact"]["id"]
    path = f"/api/contacts/{contact}/keeper"

    refused = await agent.calls("PUT", path, json={"agent": agent.me["user"]["id"]})
    assert (await boss.calls("PUT", path, json={"agent": agent.me["user"]["id"]})).status_code == 204

    assert refused.status_code == 403
    assert await agent.gets(path) == {"agent": agent.me["user"]["id"]}
    await customer.presses_for_a_person()
    offer = await eventually(lambda: _offer(agent))
    assert offer is not None
    assert (offer["conversation"], offer["why"]["by"]) == (customer.conversation, "keeper")


async def test_a_callback_needs_a_number(idle: Server) -> None:
    customer = await idle.customer()
    await customer.presses_for_a_person()

    for phone in (None, "", "abc", "1" * 60, "<script>"):
        answer = await customer.calls("POST", "wait", json={"how": "callback", "phone": phone})
        assert answer.status_code == 400

    assert (await customer.state())["queue"]["kind"] == "chat"


async def test_a_message_leaves_the_line_and_the_assistant_is_still_there(idle: Server) -> None:
    first, second = await idle.customer(), await idle.customer()
    for customer in (first, second):
        await customer.presses_for_a_person()

    await first.calls("POST", "wait", json={"how": "message"})

    assert (await second.state())["queue"]["place"] == 1
    assert (await first.state())["queue"]["kind"] == "ticket"
    returned = await first.calls("POST", "return", json={})
    assert returned.json()["owner"] == "assistant"


async def test_an_administrator_sets_queues_agents_and_hours(idle: Server) -> None:
    admin = await idle.agent("管理员", "administrator")
    wang = await idle.agent("王芳")
    refunds = await admin.posts("/api/routing/expertise", {"name": "退款"})
    team = await admin.posts("/api/routing/teams", {"name": "售后"})
    week = [[{"start": 540, "end": 1080}]] * 7
    hours = await admin.posts("/api/routing/hours", {"name": "白班", "opening": {"zone": "Asia/Shanghai", "week": week}})
    config = {
        "takes": {"reasons": ["complaint"]}, "needs": [{"expertise": refunds["id"], "level": 3, "steps": [{"after": 30, "level": 0}]}],
        "teams": [{"team": team["id"]}], "hours": hours["id"], "overflow": [{"when": "closed", "to": "message"}],
    }  # fmt: skip
    queue = await admin.posts("/api/routing/queues", {"name": "投诉", "position": 1, "active": True, "config": config})

    settings = await admin.gets("/api/routing")
    assert settings["unreachable"] == [queue["id"]]
    profile = {"languages": ["zh"], "most_chats": 2, "teams": [team["id"]], "expertise": [{"expertise": refunds["id"], "level": 4}]}
    answer = await admin.calls("PUT", f"/api/routing/agents/{wang.me['user']['id']}", json=profile)
    assert answer.status_code == 204

    settings = await admin.gets("/api/routing")
    assert settings["unreachable"] == []
    kept = next(it["profile"] for it in settings["agents"] if it["id"] == wang.me["user"]["id"])
    assert (kept["most_chats"], kept["teams"], kept["expertise"][0]["level"]) == (2, [team["id"]], 4)


async def test_two_administrators_do_not_overwrite_each_other(idle: Server) -> None:
    admin = await idle.agent("管理员", "administrator")
    before = (await admin.gets("/api/routing"))["rule"]
    await admin.puts("/api/routing/rule", {"version": before["version"], "rule": before["rule"] | {"sticky_seconds": 5}})

    late = await admin.calls("PUT", "/api/routing/rule", json={"version": before["version"], "rule": before["rule"]})

    assert (late.status_code, late.json()["type"]) == (409, "/problems/version-conflict")


async def test_a_circle_of_overflows_cannot_be_saved(idle: Server) -> None:
    admin = await idle.agent("管理员", "administrator")

    async def put(queue: Json, target: str) -> int:
        config = {"overflow": [{"when": "waited", "to": "queue", "queue": target, "after": 60}]}
        body = {"name": queue["name"], "position": 1, "active": True, "config": config, "version": queue["version"]}
        return (await admin.calls("PUT", f"/api/routing/queues/{queue['id']}", json=body)).status_code

    made = [await admin.posts("/api/routing/queues", {"name": it, "position": 1, "active": True, "config": {}}) for it in "一二三"]

    assert await put(made[0], made[1]["id"]) == 200
    assert await put(made[1], made[2]["id"]) == 200
    assert await put(made[2], made[0]["id"]) == 400
    assert await put(made[2], made[2]["id"]) == 400
    assert await put(made[2], str(uuid4())) == 400


async def test_settings_that_cannot_be_are_refused_with_their_name(idle: Server) -> None:
    admin = await idle.agent("管理员", "administrator")
    wrong: list[tuple[str, str, Json]] = [
        ("POST", "queues", {"name": "", "position": 1, "active": True, "config": {}}),
        ("POST", "queues", {"name": "x", "position": -1, "active": True, "config": {}}),
        ("POST", "queues", {"name": "x", "position": 1, "active": True, "config": {"target": 0}}),
        ("POST", "queues", {"name": "x", "position": 1, "active": True, "config": {"offer_seconds": 1}}),
        ("POST", "queues", {"name": "x", "position": 1, "active": True, "config": {"unknown": 1}}),
        ("POST", "hours", {"name": "x", "opening": {"zone": "Mars/Base", "week": [[]] * 7}}),
        ("POST", "hours", {"name": "x", "opening": {"zone": "UTC", "week": [[]] * 6}}),
        ("POST", "hours", {"name": "x", "opening": {"zone": "UTC", "week": [[{"start": 60, "end": 30}], *[[]] * 6]}}),
        ("POST", "teams", {"name": " "}),
        ("PUT", f"agents/{admin.me['user']['id']}", {"most_chats": 101}),
        ("PUT", f"agents/{admin.me['user']['id']}", {"teams": [str(uuid4())]}),
    ]  # fmt: skip
    for method, path, body in wrong:
        answer = await admin.calls(method, f"/api/routing/{path}", json=body)
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-input"), (path, body, answer.text)


async def test_a_supervisor_without_the_right_changes_nothing(idle: Server) -> None:
    chief = await idle.agent("主管", "supervisor")
    admin = await idle.agent("管理员", "administrator")
    before = await admin.gets("/api/routing")

    for method, path, body in (
        ("GET", "", None), ("PUT", "/rule", {"version": 1, "rule": {}}), ("POST", "/teams", {"name": "x"}),
        ("PUT", f"/agents/{chief.me['user']['id']}", {"most_chats": 50}),
    ):  # fmt: skip
        answer = await chief.calls(method, f"/api/routing{path}", json=body)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-allowed")

    assert await admin.gets("/api/routing") == before


async def test_a_break_says_what_it_is_for(idle: Server) -> None:
    wang = await idle.agent("王芳")

    told = await wang.puts("/api/me/presence", {"state": "break", "reason": "吃饭"})

    assert (told["state"], told["reason"]) == ("break", "吃饭")
    assert (await wang.puts("/api/me/presence", {"state": "online", "reason": "吃饭"}))["reason"] == ""


async def test_after_work_counts_down_and_brings_no_new_work_until_it_is_over(tandem: Server) -> None:
    admin = await tandem.agent("管理员", "administrator")
    await admin.puts("/api/me/presence", {"state": "busy"})
    main = (await admin.gets("/api/routing"))["queues"][-1]
    changed = {key: main[key] for key in ("name", "position", "active", "version")} | {
        "config": main["config"] | {"wrap_up_seconds": 600}
    }
    await admin.puts(f"/api/routing/queues/{main['id']}", changed)
    wang = await tandem.agent("王芳")
    first, second = await tandem.customer(), await tandem.customer()
    await first.presses_for_a_person()
    offer = await eventually(lambda: _offer(wang))
    assert offer is not None
    await wang.posts(f"/api/conversations/{first.conversation}/accept", {"version": offer["version"]})
    await wang.resolves(first.conversation)

    mine = next(it for it in await wang.gets("/api/colleagues") if it["id"] == wang.me["user"]["id"])
    assert (mine["state"], mine["wrap_up_until"] is not None) == ("wrap_up", True)
    await second.presses_for_a_person()
    await wang.puts("/api/me/presence", {"state": "online"})  # he is done earlier

    assert (await eventually(lambda: _offer(wang)) or {})["conversation"] == second.conversation
