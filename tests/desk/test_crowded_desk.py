"""Everybody at once: what people do in the same moment may be refused, but it never fails, and nobody is lost."""

import asyncio
import random
from collections import Counter
from uuid import UUID, uuid4

import httpx

from world.agent import Agent
from world.customer import Customer
from world.server import Server
from world.waiting import eventually

_ACTS = 45  # of each person


async def test_whatever_people_do_in_the_same_moment_nothing_fails_and_nobody_is_lost(tandem: Server) -> None:
    agents = [await tandem.agent(f"客服{n}") for n in range(4)]
    boss = await tandem.agent("主管", "supervisor")
    customers = [await tandem.customer() for _ in range(8)]
    for customer in customers:
        await customer.says("在吗")
    answered: Counter[int] = Counter()

    chance = random.Random(4)
    await asyncio.gather(
        *(_works(it, boss, customers, random.Random(chance.random()), answered) for it in [*agents, boss]),
        *(_writes(it, random.Random(chance.random()), answered) for it in customers),
    )

    assert [status for status in answered if status >= 500] == []
    assert answered[200] > 50
    await eventually(lambda: _everybody_has_his_place(tandem))


async def _works(agent: Agent, boss: Agent, customers: list[Customer], chance: random.Random, answered: Counter[int]) -> None:
    for _ in range(_ACTS):
        conversation = chance.choice(customers).conversation
        seen = (await agent.calls("GET", f"/api/conversations/{conversation}")).json()["conversation"]["version"]
        at = f"/api/conversations/{conversation}"
        acts: list[tuple[str, str, object]] = [
            ("POST", f"{at}/accept", {"version": seen}),
            ("POST", f"{at}/accept", {"version": seen}),
            ("POST", f"{at}/reply", {"client_id": uuid4().hex, "text": "我来看看"}),
            ("POST", f"{at}/note", {"client_id": uuid4().hex, "text": "留个备注"}),
            ("POST", f"{at}/transfer", {"version": seen, "to": None}),
            ("POST", f"{at}/transfer", {"version": seen, "to": boss.me["user"]["id"]}),
            ("POST", f"{at}/hand-back", {"version": seen}),
            ("POST", f"{at}/resolve", {"version": seen}),
            ("PUT", "/api/me/presence", {"state": chance.choice(["online", "busy", "online"])}),
        ]
        if agent is boss:
            acts += [("POST", f"{at}/watch", None), ("POST", f"{at}/voices", None)]
        method, path, body = chance.choice(acts)
        _count(answered, await agent.calls(method, path, json=body))


async def _writes(customer: Customer, chance: random.Random, answered: Counter[int]) -> None:
    for _ in range(_ACTS):
        acts: list[tuple[str, object]] = [
            ("messages", {"client_id": uuid4().hex, "text": chance.choice(["你好", "转人工", "我的包裹呢"])}),
            ("handoff", {}),
            ("handoff", {}),
            ("return", {}),
            ("wait", {"how": "message"}),
            ("wait", {"how": "callback", "phone": "13800001234"}),
        ]
        path, body = chance.choice(acts)
        _count(answered, await customer.calls("POST", path, json=body))


def _count(answered: Counter[int], response: httpx.Response) -> None:
    answered[response.status_code] += 1


async def _everybody_has_his_place(tandem: Server) -> bool:
    """Whoever waits is in the book of those who wait, whoever has a person is in that person's hands, and nobody else is."""
    async with tandem.app.services.db.read() as db:
        owners: list[UUID] = await db.fetchval(
            """select array(
                   select id from conversation c where (owner = 'queue') <> exists (select from waiting where subject = c.id)
                   union all
                   select id from conversation c
                   where (owner = 'agent') <> exists (select from work where subject = c.id and until is null and agent_id = c.agent_id)
                   union all
                   select user_id from agent a where chats + tickets + calls <>
                       (select count(*) from work where agent_id = a.user_id and until is null))"""
        )
    return owners == []
