"""A conversation is moved into a queue that a person chose, and only its people are asked then."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from world.agent import Agent
from world.customer import Customer
from world.server import Server
from world.waiting import eventually


async def _expert_queue(admin: Agent, expert: Agent) -> str:
    """A queue that takes nobody by itself and asks for an expertise that one agent has."""
    repairs = await admin.posts("/api/routing/expertise", {"name": "维修"})
    config = {"needs": [{"expertise": repairs["id"], "level": 3}]}
    queue = await admin.posts("/api/routing/queues", {"name": "维修", "position": 1, "active": True, "config": config})
    profile = {"expertise": [{"expertise": repairs["id"], "level": 4}]}
    await admin.calls("PUT", f"/api/routing/agents/{expert.me['user']['id']}", json=profile)
    return str(queue["id"])


async def _moves(who: Agent, customer: Customer, queue: str) -> int:
    body = {"version": await who.version(customer.conversation), "to": None, "queue": queue}
    return (await who.calls("POST", f"/api/conversations/{customer.conversation}/transfer", json=body)).status_code


def _transfers(timeline: list[Any]) -> list[tuple[str | None, str]]:
    return [(it["body"]["to"], it["body"]["name"]) for it in timeline if it["body"]["type"] == "transferred"]


async def test_who_is_moved_into_a_chosen_queue_is_offered_to_its_people_alone(tandem: Server) -> None:
    admin = await tandem.agent("管理员", "administrator")
    agent, expert = await tandem.agent("王芳"), await tandem.agent("李雷")
    for it in (admin, expert):
        await it.puts("/api/me/presence", {"state": "busy"})
    queue = await _expert_queue(admin, expert)
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)

    moved = await _moves(agent, customer, queue)
    await expert.puts("/api/me/presence", {"state": "online"})

    async def offered() -> bool:
        async with tandem.app.services.db.read() as db:
            rows = await db.fetch("select agent_id from offer where subject = $1 and state = 'open'", customer.conversation)
        return [str(row["agent_id"]) for row in rows] == [expert.me["user"]["id"]]

    await eventually(offered)
    assert moved == 200
    assert _transfers(await agent.timeline(customer.conversation)) == [(None, "维修")]
    assert _transfers(await customer.timeline()) == [(None, "")], "what the house calls its queues is no customer's business"
    assert {it["name"] for it in await agent.gets("/api/queues")} == {"", "维修"}


async def test_who_waits_in_one_queue_is_moved_to_another_and_keeps_his_time(idle: Server) -> None:
    admin, boss = await idle.agent("管理员", "administrator"), await idle.agent("主管", "supervisor")
    queue = await _expert_queue(admin, boss)
    customer = await idle.customer()
    await customer.presses_for_a_person()

    async def waiting() -> tuple[str, str]:
        async with idle.app.services.db.read() as db:
            row = await db.fetchrow("select queue_id, entered_at from waiting where subject = $1", customer.conversation)
        assert row is not None
        return str(row["queue_id"]), row["entered_at"].isoformat()

    before = await waiting()
    assert await _moves(boss, customer, queue) == 200

    assert await waiting() == (queue, before[1])


async def _team(admin: Agent, *members: Agent) -> str:
    team = await admin.posts("/api/routing/teams", {"name": f"售后 {uuid4().hex[:6]}"})
    for it in members:
        await admin.calls("PUT", f"/api/routing/agents/{it.me['user']['id']}", json={"teams": [team["id"]]})
    return str(team["id"])


async def _gives(who: Agent, customer: Customer, **to: str) -> Any:
    body = {"version": await who.version(customer.conversation), **to}
    return await who.calls("POST", f"/api/conversations/{customer.conversation}/transfer", json=body)


async def _held_by(server: Server, agent: Agent) -> Customer:
    customer = await server.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    return customer


async def test_what_is_given_to_a_team_comes_to_whoever_of_it_carries_least(idle: Server) -> None:
    admin, agent = await idle.agent("管理员", "administrator"), await idle.agent("王芳")
    busy, free = await idle.agent("李雷"), await idle.agent("韩梅")
    team = await _team(admin, busy, free, agent)
    await _held_by(idle, busy)
    customer = await _held_by(idle, agent)

    given = await _gives(agent, customer, team=team)

    assert given.status_code == 200
    assert given.json()["agent"]["name"] == "韩梅"
    assert {it["id"]: it["free"] for it in await agent.gets("/api/teams")}[team] == 3


async def test_a_team_of_which_nobody_is_free_takes_nobody_and_he_stays_where_he_is(idle: Server) -> None:
    admin, agent, away = await idle.agent("管理员", "administrator"), await idle.agent("王芳"), await idle.agent("李雷")
    team = await _team(admin, away, agent)
    await away.puts("/api/me/presence", {"state": "break"})
    customer = await _held_by(idle, agent)

    refused = await _gives(agent, customer, team=team, note="请尽快")

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "team"
    row = (await agent.sees(customer.conversation))["conversation"]
    assert row["agent"]["name"] == "王芳"
    assert not [it for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "note"]


async def test_what_the_next_one_should_know_reaches_him_and_no_customer(idle: Server) -> None:
    agent, other = await idle.agent("王芳"), await idle.agent("李雷")
    customer = await _held_by(idle, agent)

    await _gives(agent, customer, to=other.me["user"]["id"], note="他要的是白色，已答应今天回电")

    entries = await other.timeline(customer.conversation)
    note, moved = entries[-2:]
    assert (note["body"]["text"], note["body"]["mentions"]) == ("他要的是白色，已答应今天回电", [other.me["user"]["id"]])
    assert moved["body"]["type"] == "transferred"
    assert (await other.gets("/api/conversations?view=mentions"))["items"][0]["id"] == customer.conversation
    assert "白色" not in str(await customer.timeline())


async def test_a_queue_that_is_not_there_takes_nobody_and_nothing_is_moved(idle: Server) -> None:
    agent = await idle.agent()
    customer = await idle.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)

    assert await _moves(agent, customer, str(uuid4())) == 400

    assert (await agent.sees(customer.conversation))["conversation"]["owner"] == "agent"


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB", "pt-BR"])
async def test_who_asks_for_a_person_before_a_word_was_read_waits_where_the_language_of_his_page_is_spoken(
    idle: Server, locale: str
) -> None:
    admin = await idle.agent("林主管", "administrator")
    spoken = locale.split("-", maxsplit=1)[0]
    config = {"takes": {"languages": [spoken]}}
    queue = await admin.posts("/api/routing/queues", {"name": spoken, "position": 0, "active": True, "config": config})
    customer = await idle.customer(locale=locale)

    await customer.presses_for_a_person()

    packet = (await admin.sees(customer.conversation))["packet"]
    async with idle.app.services.db.read() as db:
        waits = await db.fetchval("select queue_id from waiting where subject = $1", UUID(customer.conversation))
    is_known = spoken in ("zh", "en")
    assert (packet["locale"], packet["queue"]["id"] == queue["id"]) == (spoken if is_known else "", is_known)
    assert (str(waits) == queue["id"]) is is_known
    await admin.puts(f"/api/routing/queues/{queue['id']}", {k: v for k, v in queue.items() if k != "id"} | {"active": False})
