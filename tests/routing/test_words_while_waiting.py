"""What a customer says after he asked for a person, and before he has one, counts as if he had said it before."""

from typing import Any
from uuid import UUID

from world.agent import Agent
from world.customer import Customer
from world.server import Server
from world.waiting import eventually

COMPLAINT = "我要投诉！你们的快递员骂人，太过分了，气死我了"
DANGER = "取暖器冒烟了，插座都烧黑了，家里有小孩，怎么办"


async def _queue(admin: Agent, name: str, **takes: list[str]) -> str:
    body = {"name": name, "position": 0, "active": True, "config": {"takes": takes}}
    return str((await admin.posts("/api/routing/queues", body))["id"])


async def _waits_in(server: Server, customer: Customer) -> str:
    async with server.app.services.db.read() as db:
        return str(await db.fetchval("select queue_id from waiting where subject = $1", UUID(customer.conversation)))


async def _offered(agent: Agent) -> Any:
    return (await agent.gets("/api/routing/mine"))["offer"]


async def test_who_tells_of_a_danger_while_he_waits_is_served_before_those_who_came_earlier(tandem: Server) -> None:
    agent = await tandem.agent()
    await agent.puts("/api/me/presence", {"state": "busy"})
    first, second = await tandem.customer(), await tandem.customer()
    await first.presses_for_a_person()
    await second.presses_for_a_person()

    await first.says("我想问下发票")
    await second.says(DANGER)
    await agent.puts("/api/me/presence", {"state": "online"})

    offer = await eventually(lambda: _offered(agent))
    assert offer["conversation"] == second.conversation
    assert (await agent.sees(second.conversation))["conversation"]["urgency"] == 3


async def test_a_complaint_that_is_told_only_in_the_queue_goes_where_complaints_are_taken(idle: Server) -> None:
    admin = await idle.agent("林主管", "administrator")
    await admin.puts("/api/me/presence", {"state": "busy"})
    complaints = await _queue(admin, "投诉", reasons=["complaint", "anger"])
    customer = await idle.customer()
    await customer.presses_for_a_person()
    assert await _waits_in(idle, customer) != complaints

    await customer.says(COMPLAINT)

    assert await _waits_in(idle, customer) == complaints
    seen = (await admin.sees(customer.conversation))["conversation"]
    assert (seen["reason"] in ("complaint", "anger"), seen["emotion"]) == (True, "angry")
    assert (await customer.state())["queue"]["place"] == 1


async def test_words_in_another_language_than_the_pages_bring_him_to_those_who_speak_it(idle: Server) -> None:
    admin = await idle.agent("林主管", "administrator")
    await admin.puts("/api/me/presence", {"state": "busy"})
    english = await _queue(admin, "English", languages=["en"])
    customer = await idle.customer(locale="zh-CN")
    await customer.presses_for_a_person()

    await customer.says("Hello, could you please check when my parcel will be delivered?")

    assert await _waits_in(idle, customer) == english


async def test_whom_a_person_has_moved_stays_where_he_was_put(idle: Server) -> None:
    admin = await idle.agent("林主管", "administrator")
    await _queue(admin, "投诉", reasons=["complaint", "anger"])
    repairs = await _queue(admin, "维修", reasons=["safety"])
    customer = await idle.customer()
    await customer.presses_for_a_person()
    await admin.accepts(customer.conversation)
    await admin.puts("/api/me/presence", {"state": "busy"})
    body = {"version": await admin.version(customer.conversation), "to": None, "queue": repairs}
    assert (await admin.calls("POST", f"/api/conversations/{customer.conversation}/transfer", json=body)).status_code == 200

    await customer.says(COMPLAINT)

    assert await _waits_in(idle, customer) == repairs


async def test_whoever_takes_him_sees_how_he_felt_while_he_waited(idle: Server) -> None:
    agent = await idle.agent()
    await agent.puts("/api/me/presence", {"state": "busy"})
    customer = await idle.customer()
    await customer.presses_for_a_person()
    await customer.says(COMPLAINT)

    await agent.accepts(customer.conversation)

    assert (await agent.sees(customer.conversation))["packet"]["emotion"]["now"] == "angry"
    assert [it for it in await customer.timeline() if it["by"]["kind"] == "assistant"] == []
