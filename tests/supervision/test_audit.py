"""The audit read: who did what to whom, in names, newest first, and by administrators alone."""

from datetime import timedelta
from typing import Any

from world.agent import Agent
from world.customer import Customer
from world.server import Server

Json = dict[str, Any]


async def _served(server: Server, agent: Agent) -> Customer:
    customer = await server.customer(identity=server.identity("u-audit", name="林女士"))
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    return customer


async def _page(reader: Agent, **asked: str | int) -> Json:
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    found: Json = await reader.gets(f"/api/audit?{query}")
    return found


async def test_an_administrator_reads_what_a_supervisor_did_in_names_and_is_led_to_it(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("陈主管", "supervisor")
    admin = await idle.agent("管理员", "administrator")
    customer = await _served(idle, agent)
    await boss.posts(f"/api/conversations/{customer.conversation}/watch", {})
    await boss.posts(f"/api/conversations/{customer.conversation}/whisper", {"client_id": "a", "text": "先退运费"})
    await boss.puts(f"/api/colleagues/{agent.me['user']['id']}/presence", {"state": "break", "reason": "培训"})

    read = (await _page(admin, actor=boss.me["user"]["id"]))["items"]

    assert [(it["actor_name"], it["action"], it["subject_name"]) for it in read] == [
        ("陈主管", "presence.set_for", "王芳"),
        ("陈主管", "conversation.whispered", "林女士"),
        ("陈主管", "conversation.watched", "林女士"),
    ]
    assert read[0]["detail"]["reason"] == "培训"
    assert read[1]["detail"] == {"to": "王芳"}
    assert {it["conversation"] for it in read[1:]} == {customer.conversation}
    assert "先退运费" not in str(read)


async def test_the_audit_is_read_by_area_and_page_by_page_without_a_gap(idle: Server) -> None:
    boss, admin = await idle.agent("主管", "supervisor"), await idle.agent("管理员", "administrator")
    customer = await _served(idle, await idle.agent())
    for _ in range(5):
        await boss.posts(f"/api/conversations/{customer.conversation}/watch", {})
    asked: dict[str, str | int] = {"area": "conversation", "actor": boss.me["user"]["id"], "limit": 2}

    first = await _page(admin, **asked)
    second = await _page(admin, before=first["next"], **asked)
    third = await _page(admin, before=second["next"], **asked)

    ids = [it["id"] for page in (first, second, third) for it in page["items"]]
    assert len(ids) == 5
    assert ids == sorted(ids, reverse=True)
    assert third["next"] is None
    assert (await _page(admin, area="knowledge", actor=boss.me["user"]["id"]))["items"] == []


async def test_what_is_older_than_asked_for_is_left_out(idle: Server) -> None:
    boss, admin = await idle.agent("主管", "supervisor"), await idle.agent("管理员", "administrator")
    customer = await _served(idle, await idle.agent())
    await boss.posts(f"/api/conversations/{customer.conversation}/watch", {})
    actor = boss.me["user"]["id"]
    async with idle.app.services.db.write() as tx:
        await tx.db.execute("update audit set at = at - $2::interval where actor = $1", actor, timedelta(days=40))

    assert (await _page(admin, actor=actor, days=30))["items"] == []
    assert len((await _page(admin, actor=actor, days=90))["items"]) == 1


async def test_nobody_but_an_administrator_reads_the_audit(idle: Server) -> None:
    for role in ("agent", "supervisor"):
        somebody = await idle.agent(role, role)

        assert (await somebody.calls("GET", "/api/audit")).status_code == 403
