"""What was granted is carried out by the shop, once; what it cannot do comes back to the colleague who asked."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from assistant.conftest import API_KEY, RunningShop
from exceptions.asking import Json, asks, carrying, decides, is_carried_out, progress, served, stands
from tandem.infra.settings import Settings
from tandem.kit.clock import SetClock
from world.agent import Agent
from world.customer import Customer
from world.server import Server, running
from world.waiting import eventually

SETTLED = "Arrived long ago, too late to return"


async def _asked_for_refund(
    server: Server, shop: RunningShop, *, locale: str = "zh-CN", **more: Any
) -> tuple[Agent, Customer, Json]:
    number, shopper, _ = shop.order(SETTLED)
    agent = await server.agent()
    customer = await served(server, agent, shopper=shopper, locale=locale)
    told = await asks(agent, customer, skill="refund_part", given={"order": number}, **more)
    return agent, customer, told


async def _notes(agent: Agent, customer: Customer) -> list[str]:
    return [it["body"]["text"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "note"]


async def test_a_granted_refund_is_paid_by_the_shop_once_and_the_customer_hears_it(beside_shop: Server, shop: RunningShop) -> None:
    agent, customer, told = await _asked_for_refund(beside_shop, shop)
    boss = await beside_shop.agent("主管", "supervisor")

    await decides(boss, told)
    await asyncio.gather(*(is_carried_out(beside_shop, told) for _ in range(3)))

    assert shop.shop.orders[shop.order(SETTLED)[0]].given_back == 3500
    now = await stands(agent, customer)
    assert (now["exception"]["carried"], now["steps"][-1]["what"]) == ("done", "carried_out")
    seen = await progress(customer)
    assert [it["state"] for it in seen] == ["asked", "granted", "done"]
    assert seen[-1]["said"] == "已退款 ¥35.00，3 天内原路到账。"
    called = [it["body"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "skill_called"]
    assert [(it["skill"], it["outcome"], it["writes"], it["arguments"]["customer"]) for it in called] == [
        ("refund_part", "ok", True, "••••")
    ]


async def test_the_customer_is_told_in_his_own_language(beside_shop: Server, shop: RunningShop) -> None:
    _, customer, told = await _asked_for_refund(beside_shop, shop, locale="en")
    await decides(await beside_shop.agent("主管", "supervisor"), told)

    await is_carried_out(beside_shop, told)

    assert (await progress(customer))[-1]["said"].startswith("¥35.00 has been refunded")


async def test_who_decides_sees_what_will_be_done_to_which_order(beside_shop: Server, shop: RunningShop) -> None:
    _, customer, told = await _asked_for_refund(beside_shop, shop)
    boss = await beside_shop.agent("主管", "supervisor")

    seen = await stands(boss, customer)

    number = shop.order(SETTLED)[0]
    assert (seen["remedy"], seen["remedy_lines"]) == ("Part refund", [{"title": "Order number", "value": number}])
    assert told["exception"]["skill"] == "refund_part"


async def test_what_is_paid_is_what_was_granted_and_not_what_was_asked_for(beside_shop: Server, shop: RunningShop) -> None:
    _, _, told = await _asked_for_refund(beside_shop, shop, cost=15000)
    boss = await beside_shop.agent("主管", "supervisor")

    await decides(boss, told, "changed", what="退一部分", cost=2000)
    await is_carried_out(beside_shop, told)

    assert shop.shop.orders[shop.order(SETTLED)[0]].given_back == 2000


async def test_something_else_can_be_granted_for_a_person_to_do(beside_shop: Server, shop: RunningShop) -> None:
    agent, customer, told = await _asked_for_refund(beside_shop, shop)
    boss = await beside_shop.agent("主管", "supervisor")

    await decides(boss, told, "changed", what="送一份小礼物", cost=2000, by_hand=True)
    await is_carried_out(beside_shop, told)

    assert shop.shop.orders[shop.order(SETTLED)[0]].given_back == 0
    assert (await stands(agent, customer))["exception"]["carried"] == "by_hand"


async def test_a_grant_whose_job_was_lost_goes_to_people_and_can_be_tried_again(beside_shop: Server, shop: RunningShop) -> None:
    agent, customer, told = await _asked_for_refund(beside_shop, shop)
    await decides(await beside_shop.agent("主管", "supervisor"), told)
    services = beside_shop.app.services
    await services.db.pool.execute("update exception set carried = 'running' where id = $1", UUID(told["exception"]["id"]))
    await services.db.pool.execute("delete from pgqueuer")

    await services.exceptions.escalate_due(services.db, SetClock(services.clock.now() + timedelta(minutes=9)))
    assert (await stands(agent, customer))["exception"]["carried"] == "running"
    later = SetClock(services.clock.now() + timedelta(minutes=11))
    await asyncio.gather(*(services.exceptions.escalate_due(services.db, later) for _ in range(2)))

    now = await stands(agent, customer)
    assert (now["exception"]["carried"], now["exception"]["carried_why"], now["may_carry"]) == ("failed", "unclear", True)
    assert [it["what"] for it in now["steps"]].count("not_carried_out") == 1
    assert told["exception"]["id"] in [it["exception"]["id"] for it in await agent.gets("/api/exceptions?which=to_do")]
    assert len(await _notes(agent, customer)) == 1


async def test_a_like_case_says_why_it_was_decided_whatever_was_done_afterwards(beside_shop: Server, shop: RunningShop) -> None:
    agent, customer, told = await _asked_for_refund(beside_shop, shop)
    boss = await beside_shop.agent("主管", "supervisor")
    await decides(boss, told, "changed", what="送一份小礼物", cost=2000, by_hand=True, reason="礼物更合适")
    await is_carried_out(beside_shop, told)

    cost = told["exception"]["cost"]
    path = f"/api/conversations/{customer.conversation}/precedents?kind=refund&cost={cost['amount']}&currency={cost['currency']}"
    like = (await agent.gets(path))["cases"]

    assert "礼物更合适" in [it["reason"] for it in like]


async def test_what_the_shop_refuses_comes_back_with_the_reason_and_what_to_do_and_is_done_by_hand(
    beside_shop: Server, shop: RunningShop
) -> None:
    number, _, _ = shop.order(SETTLED)
    left = shop.shop.orders[number].total.amount - 100
    shop.shop.orders[number] = msgspec.structs.replace(shop.shop.orders[number], given_back=left)
    agent, customer, told = await _asked_for_refund(beside_shop, shop)
    await decides(await beside_shop.agent("主管", "supervisor"), told)

    await is_carried_out(beside_shop, told)

    failed = await stands(agent, customer)
    assert (failed["exception"]["carried"], failed["exception"]["carried_why"], failed["may_carry"]) == ("failed", "refused", True)
    assert [it["exception"]["id"] for it in await agent.gets("/api/exceptions?which=to_do")] == [told["exception"]["id"]]
    note = (await _notes(agent, customer))[-1]
    assert "最多还能退 ¥1.00" in note
    assert "手动" in note
    mentions = await agent.gets("/api/conversations?view=mentions")
    assert [it["id"] for it in mentions["items"]] == [customer.conversation]
    assert [it["state"] for it in await progress(customer)] == ["asked", "granted"]

    done = await agent.posts(f"/api/exceptions/{told['exception']['id']}/done-by-hand", {"detail": "线下打款 88231"})
    again = await agent.calls("POST", f"/api/exceptions/{told['exception']['id']}/done-by-hand", json={"detail": "再一次"})

    assert (done["exception"]["carried"], again.status_code) == ("done", 409)
    assert (await progress(customer))[-1]["said"] == "退款已为您办好。"
    assert "88231" not in str(await customer.timeline())
    assert await agent.gets("/api/exceptions?which=to_do") == []


async def test_a_shop_that_gives_no_answer_can_be_asked_again_and_pays_once(
    settings: Settings, dsn: str, shop: RunningShop
) -> None:
    dead = msgspec.structs.replace(settings, shop_url="http://127.0.0.1:9", shop_key=API_KEY)
    async with running(dead, dsn, works=False) as server:
        agent, customer, told = await _asked_for_refund(server, shop)
        await decides(await server.agent("主管", "supervisor"), told)
        await is_carried_out(server, told)
        failed = await stands(agent, customer)
    up = msgspec.structs.replace(settings, shop_url=shop.address.removesuffix("/api"), shop_key=API_KEY)
    async with running(up, dsn) as server:
        boss = await server.agent("主管二", "supervisor")
        await boss.posts(f"/api/exceptions/{told['exception']['id']}/carry-again", {})

        async def carried() -> bool:
            return bool((await stands(boss, customer))["exception"]["carried"] == "done")

        await eventually(carried)
        steps = [it["what"] for it in (await stands(boss, customer))["steps"]]

    assert (failed["exception"]["carried"], failed["exception"]["carried_why"]) == ("failed", "unclear")
    assert steps == ["asked", "granted", "not_carried_out", "tried_again", "carried_out"]
    assert shop.shop.orders[shop.order(SETTLED)[0]].given_back == 3500


async def test_another_customers_order_is_not_paid_back(beside_shop: Server, shop: RunningShop) -> None:
    theirs, _, _ = shop.order("Paid, not sent yet")
    number, _, _ = shop.order(SETTLED)
    shopper = next(
        id for id in shop.shop.buyers if id not in (shop.shop.orders[theirs].customer, shop.shop.orders[number].customer)
    )
    agent = await beside_shop.agent()
    customer = await served(beside_shop, agent, shopper=shopper)
    told = await asks(agent, customer, skill="refund_part", given={"order": theirs})
    await decides(await beside_shop.agent("主管", "supervisor"), told)

    await is_carried_out(beside_shop, told)

    assert shop.shop.orders[theirs].given_back == 0
    assert (await stands(agent, customer))["exception"]["carried"] == "failed"


async def test_a_granted_replacement_is_a_new_order_for_nothing_of_which_the_customer_hears(
    beside_shop: Server, shop: RunningShop
) -> None:
    number, shopper, _ = shop.order(SETTLED)
    shop.shop.stock.update({it.sku: 5 for it in shop.shop.orders[number].items})
    agent = await beside_shop.agent()
    customer = await served(beside_shop, agent, shopper=shopper)
    told = await asks(agent, customer, kind="replacement", skill="send_again", given={"order": number})
    await decides(await beside_shop.agent("主管", "supervisor"), told)

    await is_carried_out(beside_shop, told)

    again = shop.shop.orders[str(shop.shop.orders[number].replaced_by)]
    assert (again.items[0].sku, again.total.amount, again.customer) == (shop.shop.orders[number].items[0].sku, 0, shopper)
    assert (await progress(customer))[-1]["said"].startswith(f"已免费补发，新订单号 {again.number}")


async def test_only_what_fits_the_kind_and_the_customer_is_offered(beside_shop: Server, shop: RunningShop) -> None:
    _, shopper, _ = shop.order(SETTLED)
    agent = await beside_shop.agent()
    known, guest = await served(beside_shop, agent, shopper=shopper), await served(beside_shop, agent)

    async def offered(customer: Customer, kind: str) -> list[str]:
        path = f"/api/conversations/{customer.conversation}/remedies?kind={kind}"
        return [it["name"] for it in await agent.gets(path)]

    orders = (await agent.gets(f"/api/conversations/{known.conversation}/remedies?kind=refund"))[0]["slots"][0]["options"]
    assert [await offered(known, kind) for kind in ("refund", "discount", "replacement", "extension", "other")] == [
        ["refund_part"], ["give_coupon"], ["send_again"], ["return_late"], [],
    ]  # fmt: skip
    assert set(orders) == {it.number for it in shop.shop.orders_of(shopper)}
    assert await offered(guest, "refund") == []


async def test_what_cannot_be_carried_out_is_refused_before_anybody_decides(beside_shop: Server, shop: RunningShop) -> None:
    number, shopper, _ = shop.order(SETTLED)
    agent = await beside_shop.agent()
    customer = await served(beside_shop, agent, shopper=shopper)
    path = f"/api/conversations/{customer.conversation}/exceptions"
    body = {"kind": "refund", "what": "退运费", "why": "迟到", "cost": 3500, "currency": "CNY"}
    wrong: list[Json] = [
        {"skill": "refund_part"}, {"skill": "refund_part", "given": {"order": "../x"}}, {"skill": "cancel_order", "given": {"order": number}},
        {"skill": "give_coupon"}, {"skill": "refund_part", "given": {"order": number}, "currency": "USD"},
        {"skill": "refund_part", "given": {"order": number}, "cost": 0},
    ]  # fmt: skip

    answers = [await agent.calls("POST", path, json=body | it) for it in wrong]

    assert [it.status_code for it in answers] == [400] * len(wrong)


async def test_only_who_asked_who_has_the_customer_and_supervisors_see_to_it(beside_shop: Server) -> None:
    agent, other, boss = await beside_shop.agent(), await beside_shop.agent("同事"), await beside_shop.agent("主管", "supervisor")
    customer = await served(beside_shop, agent)
    told = await asks(agent, customer, kind="other", what="送礼物")
    await decides(boss, told)
    await is_carried_out(beside_shop, told)
    path = f"/api/exceptions/{told['exception']['id']}/done-by-hand"

    stranger = await other.calls("POST", path, json={"detail": "好了"})
    await agent.transfers(customer.conversation, other.me["user"]["id"])
    taken_over = await other.calls("POST", path, json={"detail": "好了"})

    assert (stranger.status_code, taken_over.status_code) == (403, 200)


async def test_each_step_of_carrying_out_is_in_the_audit(beside_shop: Server, shop: RunningShop) -> None:
    _, _, told = await _asked_for_refund(beside_shop, shop)
    await decides(await beside_shop.agent("主管", "supervisor"), told)
    await is_carried_out(beside_shop, told)

    async with beside_shop.app.services.db.read() as db:
        rows = await db.fetch("select action, detail from audit where subject = $1 order by id", told["exception"]["id"])

    assert [it["action"] for it in rows] == ["exception.asked", "exception.granted", "exception.carried_out"]
    assert rows[-1]["detail"]["skill"] == "refund_part"


async def test_a_port_that_breaks_leaves_a_grant_that_is_seen_to_have_failed(beside_shop: Server, shop: RunningShop) -> None:
    agent, customer, told = await _asked_for_refund(beside_shop, shop)
    await decides(await beside_shop.agent("主管", "supervisor"), told)
    job = carrying(beside_shop)

    async def broken(_: object) -> Any:
        raise ValueError

    job._carry_out = broken
    await job.run(UUID(told["exception"]["id"]))

    now = (await stands(agent, customer))["exception"]
    assert (now["state"], now["carried"], now["carried_why"]) == ("granted", "failed", "unclear")
