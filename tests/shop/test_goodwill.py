"""What the shop's people grant beyond its rules: once for each key, for the buyer's own order, and never more than was paid."""

from typing import Any

import httpx

from shop.conftest import RunningShop


async def granted(running: RunningShop, path: str, body: dict[str, Any], key: str | None = "one") -> httpx.Response:
    headers = running.key | ({"Idempotency-Key": key} if key else {})
    async with httpx.AsyncClient(base_url=running.address) as client:
        return await client.post(path, json=body, headers=headers)


async def test_a_part_is_paid_back_once_for_a_key_and_never_more_than_was_paid(running: RunningShop) -> None:
    number, customer, _ = running.order("Arrived long ago, too late to return")
    paid, path = running.shop.orders[number].total.amount, f"/api/orders/{number}/part-refund"

    first = await granted(running, path, {"amount": 3500, "customer": customer})
    again = await granted(running, path, {"amount": 3500, "customer": customer})
    too_much = await granted(running, path, {"amount": paid - 3499, "customer": customer}, "two")
    other = await granted(running, path, {"amount": 100, "customer": customer}, "one")

    assert first.json()["done"]["zh"].startswith("已退款 ¥35.00")
    assert again.json() == first.json()
    assert running.shop.orders[number].given_back == 3500
    assert (too_much.status_code, other.status_code) == (409, 422)


async def test_what_was_given_back_is_not_refunded_again_with_the_order(running: RunningShop) -> None:
    number, customer, _ = running.order("Paid, not sent yet")
    paid = running.shop.orders[number].total.amount

    await granted(running, f"/api/orders/{number}/part-refund", {"amount": 500, "customer": customer})
    cancelled = await running.post(f"/api/orders/{number}/cancel", {"customer": customer}, "three")
    nothing = await granted(running, f"/api/orders/{number}/part-refund", {"amount": 500, "customer": customer}, "two")

    assert cancelled.json()["refund"]["amount"] == paid - 500
    assert nothing.status_code == 409


async def test_a_return_is_taken_after_its_time_when_it_was_granted(running: RunningShop) -> None:
    number, customer, _ = running.order("Arrived long ago, too late to return")

    by_the_rules = await running.post(f"/api/orders/{number}/return", {"customer": customer})
    by_grant = await granted(running, f"/api/orders/{number}/late-return", {"customer": customer})

    assert (by_the_rules.status_code, by_grant.status_code) == (409, 200)
    assert (await running.get(f"/api/orders/{number}", customer=customer)).json()["state"] == "returning"


async def test_goods_that_arrived_are_sent_again_once_for_nothing_and_are_taken_from_the_stock(running: RunningShop) -> None:
    number, customer, _ = running.order("Arrived long ago, too late to return")
    goods = running.shop.orders[number].items
    running.shop.stock.update({it.sku: 3 for it in goods})
    path = f"/api/orders/{number}/replacement"

    first = await granted(running, path, {"customer": customer})
    again = await granted(running, path, {"customer": customer})
    twice = await granted(running, path, {"customer": customer}, "two")

    order = (await running.get(f"/api/orders/{first.json()['reference']}", customer=customer)).json()
    assert (again.json(), twice.status_code) == (first.json(), 409)
    assert (order["state"], order["total"]["amount"]) == ("paid", 0)
    assert [running.shop.stock[it.sku] for it in goods] == [3 - it.quantity for it in goods]


async def test_what_is_out_of_stock_or_on_its_way_is_not_sent_again(running: RunningShop) -> None:
    settled, customer, _ = running.order("Arrived long ago, too late to return")
    running.shop.stock.update({it.sku: 0 for it in running.shop.orders[settled].items})
    fresh, other, _ = running.order("Paid, not sent yet")

    out = await granted(running, f"/api/orders/{settled}/replacement", {"customer": customer})
    early = await granted(running, f"/api/orders/{fresh}/replacement", {"customer": other})

    assert (out.status_code, early.status_code) == (409, 409)


async def test_a_coupon_stands_with_the_shoppers_orders_until_it_ends(running: RunningShop) -> None:
    _, customer, _ = running.order("Arrived long ago, too late to return")
    given = await granted(running, f"/api/customers/{customer}/coupons", {"amount": 2000})

    async with httpx.AsyncClient(base_url=running.address, follow_redirects=True) as client:
        await client.post("/sign-in", data={"customer": customer}, headers={"Origin": running.address})
        page = (await client.get("/orders?lang=en")).text

    assert given.json()["reference"] in page
    assert "¥20" in page


async def test_nobody_elses_order_is_paid_back_and_a_key_is_needed(running: RunningShop) -> None:
    number, customer, _ = running.order("Arrived long ago, too late to return")
    path = f"/api/orders/{number}/part-refund"

    stranger = await granted(running, path, {"amount": 100, "customer": "C1199"})
    keyless = await granted(running, path, {"amount": 100, "customer": customer}, None)
    nothing = await granted(running, path, {"amount": 0, "customer": customer})

    assert (stranger.status_code, keyless.status_code, nothing.status_code) == (403, 400, 400)


async def test_a_coupon_is_given_once_for_a_key(running: RunningShop) -> None:
    customer = next(iter(running.shop.buyers))

    first = await granted(running, f"/api/customers/{customer}/coupons", {"amount": 2000})
    await granted(running, f"/api/customers/{customer}/coupons", {"amount": 2000})

    coupons = (await running.get(f"/api/customers/{customer}/coupons")).json()
    assert [(it["code"], it["amount"]["amount"]) for it in coupons] == [(first.json()["reference"], 2000)]
