"""What other systems may rely on when they ask the shop."""

import re
from datetime import datetime

import httpx
import pytest

from shop.conftest import RunningShop


async def test_the_shop_has_enough_to_be_asked_about(running: RunningShop) -> None:
    products = (await running.get("/api/products", limit=500)).json()
    orders = [order for id in running.shop.buyers for order in running.shop.orders_of(id)]

    assert len(products["items"]) == products["total"] >= 200
    assert len({it["category"]["en"] for it in products["items"]}) >= 12
    assert len(orders) >= 500
    assert len({order.customer.id for order in orders}) >= 150
    assert {order.state for order in orders} == {
        "placed", "paid", "packed", "shipped", "out_for_delivery", "delivered", "returning", "refunded", "cancelled",
    }  # fmt: skip
    assert all(re.fullmatch(r"TD\d{8}", order.number) for order in orders)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("空气净化器", "breeze-3"),
        ("air purifier", "breeze-3"),
        ("这款空气净化器还有货吗", "breeze-3"),
        ("充电宝", "bank-10"),
        ("洗面奶", "skin-cleanse"),
        ("cordless vacuum", "stick-v8"),
        ("白色小白鞋", "court-w"),
        ("WHITE SNEAKERS", "court-w"),
        ("绿色的双肩包", "trail-20"),
        ("desk lamps", "arc-l1"),
    ],
)
async def test_products_are_found_by_the_words_people_use(running: RunningShop, words: str, first: str) -> None:
    found = (await running.get("/api/products", q=words, limit=3)).json()["items"]

    assert found[0]["id"] == first
    assert len(found) <= 3


async def test_words_that_mean_nothing_here_find_nothing(running: RunningShop) -> None:
    assert (await running.get("/api/products", q="潜水艇 submarine")).json() == {"items": [], "total": 0}


async def test_the_white_purifier_is_there_and_the_black_one_is_expected_back(running: RunningShop) -> None:
    stock = (await running.get("/api/products/breeze-3/stock")).json()
    by_colour = {it["colour"]["en"]: it for it in stock["variants"]}

    assert by_colour["White"]["stock"] > 0
    assert by_colour["Black"]["stock"] == 0
    assert by_colour["Black"]["restock_on"] == "2026-03-16"


@pytest.mark.parametrize(
    "city", ["上海", "上海市", "shanghai", "Xi'an", "XIAN", "广东省", "United Kingdom", "英国", "new york", "São Paulo"]
)
async def test_delivery_knows_a_place_by_any_of_its_names(running: RunningShop, city: str) -> None:
    answer = await running.get("/api/delivery", city=city)

    if city == "São Paulo":
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    else:
        told = answer.json()
        assert 1 <= told["days_low"] <= told["days_high"] <= 12
        assert told["cut_off"] == "18:00"


async def test_delivery_costs_nothing_from_the_free_limit_on(running: RunningShop) -> None:
    small = (await running.get("/api/delivery", city="成都", sku="CABLE-C-WHI-1M")).json()
    large = (await running.get("/api/delivery", city="成都", sku="BREEZE-3-WHI")).json()

    assert (small["cost"]["amount"], large["cost"]["amount"]) == (800, 0)


async def test_an_order_is_told_to_its_buyer_alone(running: RunningShop) -> None:
    number, customer, digits = running.order("On its way")
    wrong = "0000" if digits != "0000" else "1111"

    answers = {
        "customer": await running.get(f"/api/orders/{number}", customer=customer),
        "phone": await running.get(f"/api/orders/{number}", phone=digits),
        "nobody": await running.get(f"/api/orders/{number}"),
        "stranger": await running.get(f"/api/orders/{number}", customer="C1105"),
        "wrong digits": await running.get(f"/api/orders/{number}", phone=wrong),
    }

    assert {who: it.status_code for who, it in answers.items()} == {
        "customer": 200, "phone": 200, "nobody": 403, "stranger": 403, "wrong digits": 403,
    }  # fmt: skip
    assert answers["stranger"].json()["type"] == "/problems/not-yours"
    assert answers["stranger"].headers["content-type"] == "application/problem+json"
    assert (await running.get("/api/orders/TD00000000", phone=digits)).status_code == 404


async def test_digits_cannot_be_tried_out_one_after_another(running: RunningShop) -> None:
    number, customer, digits = running.order("On its way")
    for guess in range(10):
        await running.get(f"/api/orders/{number}", phone=f"{guess:04d}")

    blocked = await running.get(f"/api/orders/{number}", phone=digits)
    assert (blocked.status_code, blocked.json()["type"]) == (429, "/problems/too-many")
    assert (await running.get(f"/api/orders/{number}", customer=customer)).status_code == 200

    running.pass_time(hours=1, seconds=1)
    assert (await running.get(f"/api/orders/{number}", phone=digits)).status_code == 200


async def test_parcels_move_as_time_passes(running: RunningShop) -> None:
    number, customer, _ = running.order("Paid, not sent yet")
    states, counts = [], []
    for _ in range(18):
        order = (await running.get(f"/api/orders/{number}", customer=customer)).json()
        states.append(order["state"])
        counts.append(sum(len(parcel["events"]) for parcel in order["parcels"]))
        now = running.time
        assert all(datetime.fromisoformat(it["at"]) <= now for parcel in order["parcels"] for it in parcel["events"])
        running.pass_time(hours=6)

    order_of_states = ["paid", "packed", "shipped", "out_for_delivery", "delivered"]
    assert states[0] == "paid"
    assert states[-1] == "delivered"
    assert states == sorted(states, key=order_of_states.index)
    assert counts == sorted(counts)


async def test_a_delay_moves_the_expected_day(running: RunningShop) -> None:
    number, customer, _ = running.order("Delayed on the way")
    parcel = (await running.get(f"/api/orders/{number}", customer=customer)).json()["parcels"][0]
    journey = running.shop.orders[number].journeys[0]

    assert parcel["delayed"] is True
    assert datetime.fromisoformat(parcel["eta"]) == journey.arrives > journey.promised


async def test_an_unpaid_order_closes_after_a_day(running: RunningShop) -> None:
    number, customer, _ = running.order("Not paid yet")
    assert (await running.get(f"/api/orders/{number}", customer=customer)).json()["state"] == "placed"

    running.pass_time(hours=24)
    assert (await running.get(f"/api/orders/{number}", customer=customer)).json()["state"] == "cancelled"


async def test_what_is_told_of_an_address_is_masked(running: RunningShop) -> None:
    number, customer, _ = running.order("On its way")
    whole = running.shop.orders[number].to

    answer = await running.get(f"/api/orders/{number}", customer=customer)

    assert whole.line not in answer.text
    assert whole.phone not in answer.text
    assert answer.json()["address"]["recipient"] == "林**"


async def test_repeating_a_call_changes_nothing_more(running: RunningShop) -> None:
    number, customer, _ = running.order("Paid, not sent yet")
    sku = running.shop.orders[number].items[0].sku
    before = running.shop.stock[sku]

    first = await running.post(f"/api/orders/{number}/cancel", {"customer": customer})
    running.pass_time(minutes=5)
    again = await running.post(f"/api/orders/{number}/cancel", {"customer": customer})

    assert first.status_code == 200
    assert first.json()["order"]["state"] == "cancelled"
    assert again.json() == first.json()
    assert running.shop.stock[sku] == before + 1


async def test_a_key_is_needed_and_serves_one_request_only(running: RunningShop) -> None:
    number, customer, _ = running.order("Paid, not sent yet")

    missing = await running.post(f"/api/orders/{number}/cancel", {"customer": customer}, key=None)
    await running.post(f"/api/orders/{number}/cancel", {"customer": customer})
    reused = await running.post(f"/api/orders/{number}/refund", {"customer": customer})
    stranger = await running.post(f"/api/orders/{number}/cancel", {"customer": "C1105"})

    assert (missing.status_code, reused.status_code, stranger.status_code) == (400, 422, 403)


async def refused(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json().get("type")) == (409, "/problems/not-allowed-now")


async def test_an_order_on_its_way_can_be_neither_cancelled_nor_moved(running: RunningShop) -> None:
    number, customer, _ = running.order("On its way")
    new_home = {"customer": customer, "recipient": "林晚秋", "city": "杭州", "line": "西湖区文三路 1 号"}

    assert await refused(await running.post(f"/api/orders/{number}/cancel", {"customer": customer}, "a"))
    assert await refused(await running.post(f"/api/orders/{number}/address", new_home, "b"))
    assert await refused(await running.post(f"/api/orders/{number}/return", {"customer": customer}, "c"))
    assert await refused(await running.post(f"/api/orders/{number}/refund", {"customer": customer}, "d"))


async def test_an_order_not_yet_sent_goes_to_its_new_address(running: RunningShop) -> None:
    number, customer, digits = running.order("Packed, waiting for the carrier")
    new_home = {"phone": digits, "recipient": "赵一鸣", "city": "Hangzhou", "line": "西湖区文三路 1 号"}

    done = (await running.post(f"/api/orders/{number}/address", new_home)).json()
    running.pass_time(days=9)
    order = (await running.get(f"/api/orders/{number}", customer=customer)).json()

    assert done["order"]["address"]["city"]["zh"] == "杭州"
    assert order["state"] == "delivered"
    assert order["parcels"][0]["events"][0]["place"]["en"].startswith("Hangzhou")


async def test_returns_are_taken_for_seven_days_and_then_paid_back(running: RunningShop) -> None:
    number, customer, _ = running.order("Just arrived, can be returned")
    old, its_buyer, _ = running.order("Arrived long ago, too late to return")

    done = (await running.post(f"/api/orders/{number}/return", {"customer": customer, "reason": "尺码不合适"})).json()
    running.pass_time(days=5)
    later = (await running.get(f"/api/orders/{number}", customer=customer)).json()

    assert (done["order"]["state"], later["state"]) == ("returning", "refunded")
    assert done["refund"]["amount"] == 89900
    assert await refused(await running.post(f"/api/orders/{old}/return", {"customer": its_buyer}))


async def test_a_lost_parcel_is_refunded(running: RunningShop) -> None:
    number, customer, _ = running.order("Seems to be lost")

    done = await running.post(f"/api/orders/{number}/refund", {"customer": customer})

    assert done.json()["order"]["state"] == "refunded"


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "key-for-tests", "Bearer key-for-testsx"])
async def test_nothing_is_told_without_the_key(running: RunningShop, authorization: str) -> None:
    async with httpx.AsyncClient(base_url=running.address) as client:
        told = (await client.get("/openapi.json")).json()["paths"].items()
        calls = [(method, path) for path, methods in told for method in methods if "{" not in path]
        headers = {"Authorization": authorization}
        answers = [await client.request(method, path, params={"city": "上海"}, headers=headers) for method, path in calls]

    assert {answer.status_code for answer in answers} == {401}


async def test_bad_values_are_refused_with_a_problem(running: RunningShop) -> None:
    number, customer, _ = running.order("Paid, not sent yet")
    answers = [
        await running.get("/api/products", limit="many"),
        await running.get("/api/products", q="长" * 201),
        await running.get(f"/api/orders/{number}", phone="12345"),
        await running.post(f"/api/orders/{number}/cancel", {"customer": customer, "surprise": "x"}),
        await running.post(f"/api/orders/{number}/address", {"customer": customer}),
        await running.post(f"/api/orders/{number}/cancel", {"customer": customer, "reason": "x" * 70_000}),
    ]

    assert [it.status_code for it in answers] == [400, 400, 400, 400, 400, 413]
    assert {it.headers["content-type"] for it in answers} == {"application/problem+json"}


async def test_the_description_of_the_api_names_every_call(running: RunningShop) -> None:
    told = (await running.get("/openapi.json")).json()
    calls = {f"{method} {path}" for path, methods in told["paths"].items() for method in methods}

    assert told["openapi"].startswith("3.1")
    assert {"get /api/products", "get /api/orders/{number}", "post /api/orders/{number}/return"} <= calls
    assert all(call["summary"] and call["description"] for methods in told["paths"].values() for call in methods.values())


async def test_the_same_seed_makes_the_same_shop() -> None:
    one, other = RunningShop().shop, RunningShop().shop

    assert one.orders == other.orders
    assert one.stock == other.stock


async def test_a_body_that_is_not_json_is_refused(running: RunningShop) -> None:
    number, _, _ = running.order("Paid, not sent yet")
    async with httpx.AsyncClient(base_url=running.address, headers=running.key | {"Idempotency-Key": "k"}) as client:
        answers = [
            await client.post(f"/api/orders/{number}/cancel", content=body, headers={"Content-Type": "application/json"})
            for body in (b"{", b"\xff\xfe", b'"\\ud800"', b"[]", b'{"customer": 7}')
        ]

    assert {(it.status_code, it.json()["type"]) for it in answers} == {(400, "/problems/invalid-input")}
