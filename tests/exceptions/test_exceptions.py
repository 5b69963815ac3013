"""Exceptions: asked for beyond the rules, decided once, by somebody else with the authority, and told to the customer honestly."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from exceptions.asking import asks, decides, progress, served, stands
from tandem.kit.clock import SetClock
from world.agent import Agent
from world.customer import Customer
from world.server import Server

Json = dict[str, Any]


async def test_the_customer_sees_what_becomes_of_his_request_and_never_why(idle: Server) -> None:
    agent, boss = await idle.agent("王芳"), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)

    told = await asks(agent, customer, why="怀疑是恶意索赔，但金额小")
    granted = await decides(boss, told, reason="不值得争")

    assert granted.json()["exception"]["state"] == "granted"
    seen = await progress(customer)
    assert [it["state"] for it in seen] == ["asked", "granted"]
    assert seen[1]["amount"] == {"amount": 3500, "currency": "CNY"}
    said = str(await customer.timeline())
    assert "恶意" not in said
    assert "不值得" not in said
    assert "主管" not in said


async def test_a_customer_is_not_told_what_a_replacement_costs_the_house(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)

    await decides(boss, await asks(agent, customer, kind="replacement", what="换新"))

    assert [it["amount"] for it in await progress(customer)] == [None, None]


@pytest.mark.parametrize("role", ["supervisor", "administrator"])
async def test_nobody_decides_on_his_own_request(idle: Server, role: Any) -> None:
    boss = await idle.agent("主管", role)
    customer = await served(idle, boss)

    refused = await decides(boss, await asks(boss, customer))

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/own-request")
    assert (await stands(boss, customer))["exception"]["state"] == "waiting"


async def test_a_colleague_without_authority_decides_nothing(idle: Server) -> None:
    agent, other = await idle.agent(), await idle.agent("同事")
    customer = await served(idle, agent)
    told = await asks(agent, customer)

    assert (await decides(other, told)).status_code == 403
    assert not (await stands(other, customer))["may_decide"]


async def test_of_two_who_decide_at_once_one_does(idle: Server) -> None:
    agent, one, two = await idle.agent(), await idle.agent("甲", "supervisor"), await idle.agent("乙", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer)

    answers = await asyncio.gather(decides(one, told), decides(two, told, "refused"))

    assert sorted(it.status_code for it in answers) == [200, 409]
    assert len(await progress(customer)) == 2


async def test_what_is_beyond_a_supervisors_authority_needs_his_approval_and_an_administrators(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    chief = await idle.agent("管理员", "administrator")
    customer = await served(idle, agent)

    approved = (await decides(boss, await asks(agent, customer, cost=50000))).json()
    again = await decides(boss, approved)
    granted = (await decides(chief, approved)).json()

    assert (approved["exception"]["state"], approved["exception"]["level"]) == ("waiting", "administrator")
    assert again.status_code == 403
    assert granted["exception"]["state"] == "granted"
    assert [it["what"] for it in granted["steps"]] == ["asked", "approved", "granted"]
    assert [it["state"] for it in await progress(customer)] == ["asked", "granted"]


async def test_another_thing_may_be_granted_within_authority_and_not_beyond_it(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer, cost=50000)

    beyond = await decides(boss, told, "changed", what="退一半", cost=25000)
    within = await decides(boss, told, "changed", what="退部分", cost=20000)

    assert beyond.json()["type"] == "/problems/beyond-authority"
    assert within.json()["exception"]["granted_cost"] == {"amount": 20000, "currency": "CNY"}
    assert (await progress(customer))[-1] == {
        "type": "exception", "exception": told["exception"]["id"], "kind": "refund", "state": "changed",
        "amount": {"amount": 20000, "currency": "CNY"}, "said": "",
    }  # fmt: skip


async def test_what_is_within_an_agents_own_authority_needs_nobody_and_is_no_precedent(idle: Server) -> None:
    agent, chief = await idle.agent(), await idle.agent("管理员", "administrator")
    customer = await served(idle, agent)
    before = await agent.gets("/api/exceptions/limits")
    own = {"role": "agent", "kind": "discount", "currency": "CNY", "own": 2000, "grants": 0, "minutes": 60}
    await chief.puts("/api/exceptions/limits", {"limits": [*before, own]})

    within = await asks(agent, customer, cost=2000, kind="discount", what="补差价")
    beyond = await asks(agent, customer, cost=2001, kind="discount", what="补更多")
    await chief.puts("/api/exceptions/limits", {"limits": before})

    assert within["exception"]["state"] == "granted"
    assert [it["what"] for it in within["steps"]] == ["asked", "within_authority"]
    assert beyond["exception"]["state"] == "waiting"
    like = await agent.gets(f"/api/conversations/{customer.conversation}/precedents?kind=discount&cost=2000&words=补差价")
    assert like["decided"] == 0


async def test_what_nobody_decides_in_time_goes_up_and_at_the_top_it_ends_and_the_customer_hears(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer)
    services = idle.app.services

    for hours in (2, 12):
        later = SetClock(datetime.now(UTC) + timedelta(hours=hours))
        await asyncio.gather(*(services.exceptions.escalate_due(services.db, later) for _ in range(3)))

    now = await stands(agent, customer)
    assert [it["what"] for it in now["steps"]] == ["asked", "escalated", "lapsed"]
    assert [it["state"] for it in await progress(customer)] == ["asked", "lapsed"]
    late = await decides(boss, told)
    assert (late.status_code, late.json()["state"]) == (409, "lapsed")


async def test_a_delegate_decides_while_the_other_is_away_and_only_then(idle: Server) -> None:
    agent, deputy, boss = await idle.agent(), await idle.agent("代理"), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer)
    await boss.puts("/api/me/delegate", {"delegate": deputy.me["user"]["id"]})

    there = await decides(deputy, told)
    await boss.puts("/api/me/presence", {"state": "break"})
    away = await decides(deputy, told)

    assert (there.status_code, away.status_code) == (403, 200)
    step = away.json()["steps"][-1]
    assert (step["by_name"], step["for_name"]) == ("代理", "主管")


async def test_nobody_decides_with_the_authority_of_who_asked(idle: Server) -> None:
    boss, deputy = await idle.agent("主管", "supervisor"), await idle.agent("代理")
    customer = await served(idle, boss)
    told = await asks(boss, customer)
    await boss.puts("/api/me/delegate", {"delegate": deputy.me["user"]["id"]})
    await boss.puts("/api/me/presence", {"state": "break"})

    assert (await decides(deputy, told)).status_code == 403


async def test_with_its_case_a_request_ends_and_a_later_decision_pays_nothing(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer)

    await agent.resolves(customer.conversation)
    late = await decides(boss, told)

    assert (late.status_code, late.json()["type"], late.json()["state"]) == (409, "/problems/exception-settled", "closed")
    assert [it["state"] for it in await progress(customer)] == ["asked", "closed"]


async def test_what_was_handed_back_to_the_assistant_ends_with_its_case_too(idle: Server) -> None:
    agent = await idle.agent()
    customer = await served(idle, agent)
    await asks(agent, customer)
    await agent.hands_back(customer.conversation)
    services = idle.app.services
    async with services.db.write() as tx:
        held = await services.timeline.hold(tx, UUID(customer.conversation))
        await services.timeline.move(tx, held, "closed", at=services.clock.now())

    assert (await stands(agent, customer))["exception"]["state"] == "closed"


async def test_only_who_asked_takes_a_request_back(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer)
    path, body = f"/api/exceptions/{told['exception']['id']}/withdraw", {"version": 1}

    refused = await boss.calls("POST", path, json=body)
    await agent.posts(path, body)

    assert refused.status_code == 403
    assert [it["state"] for it in await progress(customer)] == ["asked", "withdrawn"]


async def test_asking_twice_for_the_same_asks_once_and_only_the_owner_asks(idle: Server) -> None:
    agent, other = await idle.agent(), await idle.agent("同事")
    customer = await served(idle, agent)
    await asks(agent, customer)
    path = f"/api/conversations/{customer.conversation}/exceptions"
    body = {"kind": "refund", "what": "退运费", "why": "迟到", "cost": 3500, "currency": "CNY"}

    assert (await agent.calls("POST", path, json=body)).status_code == 400
    assert (await other.calls("POST", path, json=body | {"what": "别的"})).json()["type"] == "/problems/not-yours"


@pytest.mark.parametrize(
    "wrong", [{"cost": -1}, {"cost": 10**15}, {"currency": "¥"}, {"what": ""}, {"why": " "}, {"why": "x" * 1001}, {"kind": "gift"}]
)
async def test_what_cannot_be_meant_is_refused(idle: Server, wrong: Json) -> None:
    agent = await idle.agent()
    customer = await served(idle, agent)
    body = {"kind": "refund", "what": "退运费", "why": "迟到", "cost": 3500, "currency": "CNY", **wrong}

    answer = await agent.calls("POST", f"/api/conversations/{customer.conversation}/exceptions", json=body)

    assert answer.status_code == 400
    assert await progress(customer) == []


async def test_like_cases_tell_how_many_were_granted_and_for_how_much(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    for place, (cost, verdict) in enumerate([(3000, "granted"), (3500, "granted"), (4000, "granted"), (5000, "refused")]):
        customer = await served(idle, agent, tier=f"黑金{place % 2}")
        await decides(boss, await asks(agent, customer, cost=cost, what="补偿打印机墨盒", why="漏墨弄脏地毯"), verdict)
    asking = await served(idle, agent, tier="黑金0")
    path = f"/api/conversations/{asking.conversation}/precedents?kind=refund&cost=3600&currency=CNY"

    like = await agent.gets(f"{path}&words=墨盒漏墨")
    other_words = await agent.gets(f"{path}&words=qwertyuiop")
    other_size = await agent.gets(f"{path.replace('3600', '900000')}&words=墨盒漏墨")

    assert (like["decided"], like["granted"], like["median"]) == (4, 3, 3500)
    assert (like["tier"], like["tier_decided"], like["tier_granted"]) == ("黑金0", 2, 2)
    assert like["cases"][0]["reason"] == "老客户，首次"
    assert (other_words["decided"], other_size["decided"]) == (0, 0)


async def test_a_decided_case_is_no_precedent_for_itself(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer, cost=7700, what="补偿花瓶", why="瓶口磕破")
    await decides(boss, told)
    path = f"/api/conversations/{customer.conversation}/precedents?kind=refund&cost=7700&words=花瓶磕破"

    assert (await boss.gets(path))["decided"] == 1
    assert (await boss.gets(f"{path}&but={told['exception']['id']}"))["decided"] == 0


async def test_the_report_shows_how_like_customers_fared_with_counts(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    for tier, verdict in (("报表甲", "granted"), ("报表甲", "granted"), ("报表乙", "refused")):
        customer = await served(idle, await idle.agent(), tier=tier)
        await decides(boss, await asks(await _owner(idle, boss, customer), customer, kind="extension", what="延长保修"), verdict)

    report = await boss.gets("/api/exceptions/differences?days=30")
    refused = await agent.calls("GET", "/api/exceptions/differences")

    rows = {(it["by"], it["group"]): it for it in report if it["kind"] == "extension"}
    assert (rows["tier", "报表甲"]["decided"], rows["tier", "报表甲"]["granted"], rows["tier", "报表甲"]["median"]) == (2, 2, 3500)
    assert (rows["tier", "报表乙"]["decided"], rows["tier", "报表乙"]["granted"], rows["tier", "报表乙"]["median"]) == (1, 0, None)
    assert {by for by, _ in rows} == {"tier", "language", "channel"}
    assert refused.status_code == 403


async def _owner(server: Server, boss: Agent, customer: Customer) -> Agent:
    """A fresh owner, to whom the supervisor gives the conversation."""
    owner = await server.agent("负责人")
    await boss.transfers(customer.conversation, owner.me["user"]["id"])
    return owner


async def test_every_step_is_in_the_audit_without_anybodys_words(idle: Server) -> None:
    agent, boss = await idle.agent(), await idle.agent("主管", "supervisor")
    customer = await served(idle, agent)
    told = await asks(agent, customer)
    await decides(boss, told, "refused")

    async with idle.app.services.db.read() as db:
        rows = await db.fetch("select action, actor, detail from audit where subject = $1 order by id", told["exception"]["id"])

    assert [(it["action"], str(it["actor"])) for it in rows] == [
        ("exception.asked", agent.me["user"]["id"]), ("exception.refused", boss.me["user"]["id"]),
    ]  # fmt: skip
    assert "迟到" not in str([dict(it) for it in rows])


async def test_only_administrators_set_limits(idle: Server) -> None:
    boss = await idle.agent("主管", "supervisor")

    assert (await boss.calls("PUT", "/api/exceptions/limits", json={"limits": []})).status_code == 403
