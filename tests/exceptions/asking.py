"""What an agent and those who decide do with a request, in a few words."""

from typing import Any
from uuid import UUID, uuid4

import httpx

from tandem.desk.exceptions.carrying import Carrying
from world.agent import Agent
from world.customer import Customer
from world.server import Server

Json = dict[str, Any]


async def served(server: Server, agent: Agent, tier: str | None = None, *, shopper: str = "", locale: str = "zh-CN") -> Customer:
    """A customer whom this agent has. `shopper`: the shop's id of him, for which it vouches."""
    named = shopper or uuid4().hex
    identity = server.identity(named, name="林女士", tier=tier, locale=locale) if tier or shopper else None
    customer = await server.customer(identity=identity, locale=locale)
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    return customer


async def asks(agent: Agent, customer: Customer, cost: int = 3500, **more: Any) -> Json:
    body = {"kind": "refund", "what": "退运费", "why": "包裹迟到五天", "cost": cost, "currency": "CNY", **more}
    told: Json = await agent.posts(f"/api/conversations/{customer.conversation}/exceptions", body)
    return told


async def decides(who: Agent, told: Json, verdict: str = "granted", **more: Any) -> httpx.Response:
    body = {"version": told["exception"]["version"], "verdict": verdict, "reason": "老客户，首次", **more}
    return await who.calls("POST", f"/api/exceptions/{told['exception']['id']}/decision", json=body)


async def stands(who: Agent, customer: Customer) -> Json:
    found: Json = (await who.gets(f"/api/conversations/{customer.conversation}/exceptions"))[0]
    return found


async def progress(customer: Customer) -> list[Json]:
    return [it["body"] for it in await customer.timeline() if it["body"]["type"] == "exception"]


def carrying(server: Server) -> Carrying:
    """The job that follows a grant, as the application makes it."""
    it = server.app.services
    return Carrying(it.db, it.timeline, it.bus, it.clock, it.remedies, it.remedies.carry_out)


async def is_carried_out(server: Server, told: Json) -> None:
    await carrying(server).run(UUID(told["exception"]["id"]))
