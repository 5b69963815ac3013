"""Supervision: the board, looking on unseen, whispering, speaking beside a colleague, moving; each with its trace, none without the right."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tandem.desk.supervision.board import shares
from tandem.desk.supervision.model import Left
from tandem.routing.queues.model import MAIN
from world.agent import Agent
from world.customer import Customer
from world.line import customer_line, desk_line
from world.server import Server

Json = dict[str, Any]


async def served(server: Server, agent: Agent) -> Customer:
    customer = await server.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    return customer


async def audited(server: Server, who: Agent) -> list[tuple[str, str]]:
    async with server.app.services.db.read() as db:
        rows = await db.fetch("select action, subject from audit where actor = $1 order by id", who.me["user"]["id"])
    return [(row["action"], row["subject"]) for row in rows]


async def test_who_looks_on_in_silence_is_seen_by_the_audit_and_by_no_customer(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    before = await customer.timeline()

    async with customer_line(customer) as line:
        told = len(line.frames)
        await boss.posts(f"/api/conversations/{customer.conversation}/watch", {})
        async with desk_line(boss) as desk:
            await desk.follows(customer.conversation)
            await desk.hears("entries")
        await agent.replies(customer.conversation, "您好")
        await line.hears("entries", lambda it: "您好" in str(it["entries"]))
        since = line.frames[told:]

    assert all("主管" not in str(it) for it in since)
    assert [it["seq"] for it in await customer.timeline()] == [*(it["seq"] for it in before), before[-1]["seq"] + 1]
    assert ("conversation.watched", customer.conversation) in await audited(idle, boss)


async def test_a_whisper_reaches_the_colleague_and_never_the_customer(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    path = f"/api/conversations/{customer.conversation}/whisper"

    async with desk_line(agent) as desk:
        for _ in range(2):
            await boss.posts(path, {"client_id": "once", "text": "可以先退运费"})
        await desk.hears("mentioned", lambda it: it["whisper"] and it["by"] == "主管")

    notes = [it["body"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "note"]
    assert [(it["text"], it["whisper"], it["mentions"]) for it in notes] == [("可以先退运费", True, [agent.me["user"]["id"]])]
    assert "运费" not in str(await customer.timeline())


async def test_nobody_is_whispered_to_where_nobody_serves(idle: Server) -> None:
    boss, customer = await idle.agent("主管", "supervisor"), await idle.customer()
    await customer.presses_for_a_person()

    answer = await boss.calls(
        "POST", f"/api/conversations/{customer.conversation}/whisper", json={"client_id": "a", "text": "在吗"}
    )

    assert answer.status_code == 400


async def test_a_second_voice_is_shown_by_name_and_speaks_until_it_leaves(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("赵主管", "supervisor")
    customer = await served(idle, agent)
    path = f"/api/conversations/{customer.conversation}/voices"
    reply = {"client_id": "early", "text": "我是主管"}
    early = await boss.calls("POST", f"/api/conversations/{customer.conversation}/reply", json=reply)

    for _ in range(2):
        await boss.posts(path, {})
    await boss.replies(customer.conversation, "我来一起处理")
    await agent.replies(customer.conversation, "好的")
    await boss.calls("DELETE", path)
    late = await boss.calls("POST", f"/api/conversations/{customer.conversation}/reply", json=reply)

    seen = [(it["by"]["name"], it["body"]["type"]) for it in await customer.timeline()][-4:]
    assert seen == [("赵主管", "stepped_in"), ("赵主管", "message"), ("王芳", "message"), ("赵主管", "stepped_in")]
    assert (early.status_code, late.status_code) == (409, 409)
    row = (await boss.sees(customer.conversation))["conversation"]
    assert row["agent"]["id"] == agent.me["user"]["id"]
    assert [it for it, _ in await audited(idle, boss)][-2:] == ["conversation.joined", "conversation.left"]


async def test_a_second_voice_ends_when_the_conversation_changes_hands(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    await boss.posts(f"/api/conversations/{customer.conversation}/voices", {})

    await agent.transfers(customer.conversation, None)
    await agent.accepts(customer.conversation)

    body = {"client_id": "late", "text": "还在"}
    assert (await boss.calls("POST", f"/api/conversations/{customer.conversation}/reply", json=body)).status_code == 409


async def test_a_supervisor_takes_over_and_moves_what_is_not_his(idle: Server) -> None:
    agent, boss, other = await idle.agent(), await idle.agent("主管", "supervisor"), await idle.agent("李雷")
    customer = await served(idle, agent)

    await boss.transfers(customer.conversation, boss.me["user"]["id"])
    await boss.replies(customer.conversation, "现在由我来")
    await boss.transfers(customer.conversation, other.me["user"]["id"])
    await boss.transfers(customer.conversation, None)

    assert (await boss.sees(customer.conversation))["conversation"]["owner"] == "queue"
    moves = [it["body"]["name"] for it in await customer.timeline() if it["body"]["type"] == "transferred"]
    assert moves == ["主管", "李雷", ""]
    assert [it for it, _ in await audited(idle, boss)].count("conversation.transferred") == 3


async def test_a_colleagues_presence_is_changed_with_a_reason_that_is_kept(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("主管", "supervisor")
    path = f"/api/colleagues/{agent.me['user']['id']}/presence"

    without = await boss.calls("PUT", path, json={"state": "break", "reason": " "})
    async with desk_line(agent) as desk:
        await boss.puts(path, {"state": "break", "reason": "连续接待三小时"})
        await desk.hears("colleague", lambda it: it["colleague"]["name"] == "王芳" and it["colleague"]["state"] == "break")

    assert without.status_code == 400
    async with idle.app.services.db.read() as db:
        detail = await db.fetchval("select detail from audit where action = 'presence.set_for'")
    assert detail == {"from": "online", "to": "break", "reason": "连续接待三小时"}


async def test_nobody_is_made_to_be_there_who_is_not(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("主管", "supervisor")
    await agent.puts("/api/me/presence", {"state": "offline"})

    answer = await boss.calls(
        "PUT", f"/api/colleagues/{agent.me['user']['id']}/presence", json={"state": "online", "reason": "缺人"}
    )

    assert answer.status_code == 400


async def test_the_board_tells_how_the_desk_stands(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("主管", "supervisor")
    await served(idle, agent)
    gone, waits = await idle.customer(), await idle.customer()
    await gone.presses_for_a_person()
    await _has_waited(idle, gone, timedelta(seconds=30))
    await gone.http.post("/api/chat/return", json={}, headers={"Authorization": f"Bearer {gone.token}"})
    await waits.presses_for_a_person()

    board = await boss.gets("/api/board")

    assert (board["waiting"], board["left"], board["service_level"], board["abandonment"]) == (1, 2, 0.5, 0.5)
    since = datetime.fromisoformat(board["waiting_since"])
    assert timedelta(0) <= datetime.now(UTC) - since < timedelta(minutes=5)
    assert {it["name"]: it["state"] for it in board["agents"]} == {"王芳": "online", "主管": "online"}
    assert next(it["open"] for it in board["agents"] if it["name"] == "王芳") == 1


async def _has_waited(server: Server, customer: Customer, long: timedelta) -> None:
    async with server.app.services.db.write() as tx:
        await tx.db.execute(
            "update queue_wait set entered_at = entered_at - $2::interval where conversation_id = $1", customer.conversation, long
        )


async def test_who_had_only_looked_left_a_message_or_is_to_be_called_has_not_given_up_and_slows_nobody(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("主管", "supervisor")
    looked, wrote, called = await idle.customer(), await idle.customer(), await idle.customer()
    for it in (looked, wrote, called):
        await it.presses_for_a_person()
    await looked.calls("POST", "return", json={})
    await wrote.calls("POST", "wait", json={"how": "message"})
    await called.calls("POST", "wait", json={"how": "callback", "phone": "13800000000"})
    for it in (wrote, called):
        await _has_waited(idle, it, timedelta(hours=8))
    await agent.posts(f"/api/conversations/{wrote.conversation}/accept", {"version": (await _row(agent, wrote))["version"]})
    await called.calls("POST", "return", json={})

    board = await boss.gets("/api/board")

    assert (board["left"], board["service_level"], board["abandonment"]) == (0, None, None)


async def _row(agent: Agent, customer: Customer) -> Json:
    detail: Json = await agent.gets(f"/api/conversations/{customer.conversation}")
    row: Json = detail["conversation"]
    return row


async def _team_of(server: Server, admin: Agent, member: Agent, name: str, reasons: list[str]) -> tuple[str, str]:
    """A team with one member, and a queue that only it takes from."""
    team: Json = await admin.posts("/api/routing/teams", {"name": name})
    profile = {"languages": [], "most_chats": 6, "teams": [team["id"]], "expertise": []}
    assert (await admin.calls("PUT", f"/api/routing/agents/{member.me['user']['id']}", json=profile)).status_code == 204
    config = {"takes": {"reasons": reasons}, "teams": [{"team": team["id"]}]}
    queue: Json = await admin.posts("/api/routing/queues", {"name": name, "position": 0, "active": True, "config": config})
    return team["id"], queue["id"]


async def test_the_board_tells_how_each_queue_stands_and_whose_it_is(idle: Server) -> None:
    boss, admin, agent = (
        await idle.agent("主管", "supervisor"),
        await idle.agent("管理员", "administrator"),
        await idle.agent("王芳"),
    )
    earlier = await idle.customer()
    await earlier.presses_for_a_person()
    team, queue = await _team_of(idle, admin, agent, "退款组", ["asks_human"])
    await served(idle, agent)
    later, by_message = await idle.customer(), await idle.customer()
    await later.presses_for_a_person()
    await by_message.presses_for_a_person()
    await by_message.calls("POST", "wait", json={"how": "message"})

    board = await boss.gets("/api/board")

    main = next(it for it in board["queues"] if it["name"] == "")
    own = next(it for it in board["queues"] if it["id"] == queue)
    assert (main["waiting"], main["messages"], main["left"], main["service_level"], main["teams"]) == (1, 0, 0, None, [])
    assert (own["waiting"], own["messages"], own["left"], own["service_level"], own["abandonment"]) == (1, 1, 1, 1.0, 0.0)
    assert own["teams"] == [team]
    assert datetime.fromisoformat(main["waiting_since"]) < datetime.fromisoformat(own["waiting_since"])
    assert board["teams"] == [{"id": team, "name": "退款组", "members": [agent.me["user"]["id"]]}]
    assert (board["waiting"], board["messages"], board["waiting_since"]) == (2, 1, main["waiting_since"])


async def _waited(server: Server, customer: Customer, seconds: int) -> None:
    """As if the wait that has ended had taken so long."""
    async with server.app.services.db.write() as tx:
        await tx.db.execute(
            "update queue_wait set entered_at = left_at - make_interval(secs => $2) where conversation_id = $1",
            UUID(customer.conversation), seconds,
        )  # fmt: skip


async def test_each_queue_is_held_to_its_own_target_and_messages_to_none(idle: Server) -> None:
    boss, admin, agent = (
        await idle.agent("主管", "supervisor"),
        await idle.agent("管理员", "administrator"),
        await idle.agent("王芳"),
    )
    first = await served(idle, agent)
    config = {"takes": {"reasons": ["asks_human"]}, "target": 300}
    queue: Json = await admin.posts("/api/routing/queues", {"name": "留言也行", "position": 0, "active": True, "config": config})
    second, written = await served(idle, agent), await idle.customer()
    await written.presses_for_a_person()
    await written.calls("POST", "wait", json={"how": "message"})
    await agent.accepts(written.conversation)
    for customer in (first, second, written):
        await _waited(idle, customer, 90)

    board = await boss.gets("/api/board")

    main, own = (next(it for it in board["queues"] if it["id"] == id_) for id_ in (str(MAIN), queue["id"]))
    assert (main["target"], main["service_level"], main["left"]) == (60, 0.0, 1)
    assert (own["target"], own["service_level"], own["left"]) == (300, 1.0, 1)
    assert (board["target"], board["service_level"], board["left"]) == (None, 0.5, 2)


async def test_a_queue_that_is_off_and_empty_is_not_on_the_board(idle: Server) -> None:
    boss, admin = await idle.agent("主管", "supervisor"), await idle.agent("管理员", "administrator")
    await admin.posts("/api/routing/queues", {"name": "旧队列", "position": 0, "active": False, "config": {}})

    assert [it["name"] for it in (await boss.gets("/api/board"))["queues"]] == [""]


async def test_an_agent_sees_who_waits_for_his_own_teams_and_nobody_elses(idle: Server) -> None:
    admin, agent, other = await idle.agent("管理员", "administrator"), await idle.agent("王芳"), await idle.agent("李雷")
    elsewhere = await idle.customer()
    await elsewhere.presses_for_a_person()
    await _team_of(idle, admin, other, "投诉组", ["complaint"])
    await _team_of(idle, admin, agent, "退款组", ["asks_human"])
    waits = await idle.customer()
    await waits.presses_for_a_person()

    mine, theirs = await agent.gets("/api/conversations?view=team"), await other.gets("/api/conversations?view=team")
    everybody = await admin.gets("/api/conversations?view=team")

    assert [it["id"] for it in mine["items"]] == [waits.conversation]
    assert (mine["counts"]["team"], mine["counts"]["unassigned"]) == (1, 2)
    assert (theirs["items"], theirs["counts"]["team"]) == ([], 0)
    assert (everybody["items"], everybody["counts"]["team"]) == ([], 0)
    await agent.accepts(waits.conversation)
    assert (await agent.gets("/api/conversations?view=team"))["items"] == []


def test_who_gave_up_counts_against_the_service_level() -> None:
    assert shares(Left(accepted=6, in_time=3, abandoned=4)) == (0.3, 0.4)
    assert shares(Left(0, 0, 0)) == (None, None)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/board"), ("POST", "/api/conversations/{c}/watch"), ("POST", "/api/conversations/{c}/whisper"),
        ("POST", "/api/conversations/{c}/voices"), ("DELETE", "/api/conversations/{c}/voices"),
        ("PUT", "/api/colleagues/{a}/presence"),
    ],
)  # fmt: skip
async def test_who_has_no_right_to_supervise_is_refused_and_nothing_changes(idle: Server, method: str, path: str) -> None:
    owner, other = await idle.agent("王芳"), await idle.agent("同事")
    customer = await served(idle, owner)
    before = await owner.timeline(customer.conversation)
    body = {"client_id": uuid4().hex, "text": "x", "state": "offline", "reason": "x"}

    answer = await other.calls(method, path.format(c=customer.conversation, a=owner.me["user"]["id"]), json=body)

    assert answer.status_code == 403
    assert await owner.timeline(customer.conversation) == before
    assert await audited(idle, other) == []
