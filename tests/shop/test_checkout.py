"""Where a coupon is good for something: for its owner, while it lasts, and once."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from shop.conftest import RunningShop

SHOPPER, OTHER = "C1001", "C1002"


@asynccontextmanager
async def shopping(running: RunningShop, customer: str | None = SHOPPER) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=running.address, follow_redirects=True, headers={"Accept-Language": "en"}) as client:
        if customer:
            await client.post("/sign-in", data={"customer": customer})
        yield client


async def coupon(running: RunningShop, customer: str = SHOPPER, amount: int = 2000, key: str = "one") -> str:
    headers = running.key | {"Idempotency-Key": key}
    async with httpx.AsyncClient(base_url=running.address, headers=headers) as client:
        code: str = (await client.post(f"/api/customers/{customer}/coupons", json={"amount": amount})).json()["reference"]
        return code


def goods(running: RunningShop, least: int = 9900) -> tuple[str, int]:
    """A sku that is there, and its price; from ¥99 on delivery costs nothing."""
    found = (it for product in running.shop.find_products("") for it in product.variants)
    return next((it.sku, it.price.amount) for it in found if it.stock > 1 and it.price.amount >= least)


def hidden(page: str) -> dict[str, str]:
    """What the form of the button sends."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split('method="post"')[1]))


async def buys(client: httpx.AsyncClient, sku: str, code: str = "") -> httpx.Response:
    page = await client.get("/checkout", params={"sku": sku, "coupon": code})
    return await client.post("/checkout", data=hidden(page.text))


async def test_a_coupon_lowers_the_price_before_and_after_the_order(running: RunningShop) -> None:
    code, (sku, price) = await coupon(running), goods(running)
    pays = f"¥{(price - 2000) / 100:,.2f}".removesuffix(".00")
    async with shopping(running) as client:
        page = (await client.get("/checkout", params={"sku": sku, "coupon": code.lower()})).text
        assert f"Place order, {pays}" in page
        assert "−¥20" in page

        orders = await buys(client, sku, code)

    bought = max(running.shop.orders.values(), key=lambda it: it.placed_at)
    assert orders.url.path == "/orders"
    assert bought.number in orders.text
    assert "¥20 paid by coupon" in orders.text
    seen = (await running.get(f"/api/orders/{bought.number}", customer=SHOPPER)).json()
    assert (seen["total"]["amount"], seen["discount"]["amount"], seen["state"]) == (price - 2000, 2000, "paid")


async def test_who_has_a_coupon_is_shown_it_where_he_buys_and_told_where_to_use_it(running: RunningShop) -> None:
    code, (sku, _) = await coupon(running), goods(running)
    product = running.shop.catalogue.product_of[sku]
    async with shopping(running) as client:
        mine = (await client.get("/orders")).text
        assert code in mine
        assert "use it at checkout" in mine
        assert f'href="/checkout?sku={sku}"' in (await client.get(f"/products/{product}?sku={sku}")).text

        page = (await client.get("/checkout", params={"sku": sku})).text

    assert f"coupon={code}" in page


async def test_a_coupon_is_good_once(running: RunningShop) -> None:
    code, (sku, price) = await coupon(running), goods(running)
    async with shopping(running) as client:
        await buys(client, sku, code)
        again = await client.get("/checkout", params={"sku": sku, "coupon": code})
        forced = await client.post("/checkout", data={"sku": sku, "coupon": code, "once": "x"})
        mine = (await client.get("/orders")).text

    used_on = running.shop.coupons[code].used_on
    assert again.status_code == forced.status_code == 409
    assert f"This coupon was used for order {used_on}." in again.text
    assert f"Place order, ¥{price // 100:,}" in again.text
    assert code not in mine
    assert sum(it.coupon == code for it in running.shop.orders.values()) == 1
    assert (await running.get(f"/api/customers/{SHOPPER}/coupons")).json()[0]["used_on"] == used_on


async def test_pressing_twice_orders_once(running: RunningShop) -> None:
    code, (sku, _) = await coupon(running), goods(running)
    before, stock = len(running.shop.orders), running.shop.stock[sku]
    async with shopping(running) as client:
        form = hidden((await client.get("/checkout", params={"sku": sku, "coupon": code})).text)
        first, second = await client.post("/checkout", data=form), await client.post("/checkout", data=form)

    assert first.status_code == second.status_code == 200
    assert len(running.shop.orders) == before + 1
    assert running.shop.stock[sku] == stock - 1


@pytest.mark.parametrize("code", ["YW-AAAAAAAA", "' or 1=1", "<b>"])
async def test_somebody_elses_coupon_is_refused_like_one_that_is_not_there(running: RunningShop, code: str) -> None:
    theirs, (sku, _) = await coupon(running, OTHER), goods(running)
    async with shopping(running) as client:
        answers = [await client.get("/checkout", params={"sku": sku, "coupon": it}) for it in (theirs, code)]
        refused = await client.post("/checkout", data={"sku": sku, "coupon": theirs, "once": "x"})

    assert [it.status_code for it in (*answers, refused)] == [409, 409, 409]
    assert all("No such coupon on your account." in it.text for it in answers)
    assert 'value="<b>"' not in answers[1].text
    assert running.shop.coupons[theirs].used_on is None


async def test_a_coupon_that_has_ended_is_refused(running: RunningShop) -> None:
    code, (sku, _) = await coupon(running), goods(running)
    running.pass_time(days=91)
    async with shopping(running) as client:
        page = await client.get("/checkout", params={"sku": sku, "coupon": code})

    assert page.status_code == 409
    assert "no longer good" in page.text


async def test_a_coupon_worth_more_than_the_goods_pays_for_them_and_gives_no_change(running: RunningShop) -> None:
    code, (sku, price) = await coupon(running, amount=9_000_000), goods(running)
    async with shopping(running) as client:
        await buys(client, sku, code)

    bought = next(it for it in running.shop.orders.values() if it.coupon == code)
    assert (bought.discount, bought.total.amount) == (price, bought.fee)


async def test_who_sends_the_order_back_gets_the_coupon_back_while_it_lasts(running: RunningShop) -> None:
    code, (sku, price) = await coupon(running), goods(running)
    async with shopping(running) as client:
        await buys(client, sku, code)
        number = running.shop.coupons[code].used_on or ""
        running.time = max(it.arrives for it in running.shop.orders[number].journeys)
        returned = await running.post(f"/api/orders/{number}/return", {"customer": SHOPPER}, "three")
        assert code in (await client.get("/orders")).text
        running.pass_time(days=90)
        assert code not in (await client.get("/orders")).text

    assert returned.json()["refund"]["amount"] == price - 2000


async def test_who_calls_the_order_off_gets_the_coupon_back_and_only_what_he_paid(running: RunningShop) -> None:
    code, (sku, price) = await coupon(running), goods(running)
    async with shopping(running) as client:
        await buys(client, sku, code)
        number = running.shop.coupons[code].used_on
        cancelled = await running.post(f"/api/orders/{number}/cancel", {"customer": SHOPPER}, "three")
        mine = (await client.get("/orders")).text

    assert cancelled.json()["refund"]["amount"] == price - 2000
    assert code in mine


async def test_nobody_buys_without_signing_in_or_what_is_sold_out(running: RunningShop) -> None:
    code, (sku, _) = await coupon(running), goods(running)
    orders = len(running.shop.orders)
    async with shopping(running, None) as guest:
        assert (await guest.get("/checkout", params={"sku": sku})).url.path == "/sign-in"
        assert (await guest.post("/checkout", data={"sku": sku, "once": "x"})).url.path == "/sign-in"
    async with shopping(running) as client:
        form = hidden((await client.get("/checkout", params={"sku": sku, "coupon": code})).text)
        running.shop.stock[sku] = 0
        late = await client.post("/checkout", data=form)
        assert (await client.get("/checkout", params={"sku": "none"})).status_code == 404

    assert late.status_code == 409
    assert "Nothing was ordered" in late.text
    assert running.shop.coupons[code].used_on is None
    assert len(running.shop.orders) == orders
