"""A conversation is moved into a queue that a person chose, and only its people are asked then."""

from typing import Any
from uuid import uuid4

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


async def test_a_queue_that_is_not_there_takes_nobody_and_nothing_is_moved(idle: Server) -> None:
    agent = await idle.agent()
    customer = await idle.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)

    assert await _moves(agent, customer, str(uuid4())) == 400

    assert (await agent.sees(customer.conversation))["conversation"]["owner"] == "agent"
