"""The shop for trials: whoever calls with its key may do anything, and nothing of it happens in the real one, nor the other way round."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from examples.shop.app import create_app
from examples.shop.shop import Shop

from shop.conftest import API_KEY, SECRET, START

TRIAL_KEY = "key-for-trials"


def _calling(trial_key: str) -> httpx.AsyncClient:
    app: Any = create_app(Shop(7, START, lambda: START), API_KEY, SECRET, "", "demo", trial_key, 7)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop")


@pytest.fixture
async def both() -> AsyncIterator[httpx.AsyncClient]:
    async with _calling(TRIAL_KEY) as client:
        yield client


async def _asks(client: httpx.AsyncClient, key: str, method: str, path: str, **more: Any) -> httpx.Response:
    return await client.request(method, path, headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "one"}, **more)


async def _unsent(client: httpx.AsyncClient) -> tuple[str, str]:
    """Number and buyer of an order that can be cancelled; both shops are laid out alike."""
    known = (await _asks(client, API_KEY, "GET", "/api/demo")).json()
    return next(
        (order["number"], shopper["id"])
        for shopper in known["shoppers"]
        for order in shopper["orders"]
        if order["story"]["en"] == "Paid, not sent yet"
    )


async def _state(client: httpx.AsyncClient, key: str, number: str, customer: str) -> str:
    found = await _asks(client, key, "GET", f"/api/orders/{number}", params={"customer": customer})
    return str(found.json()["state"])


@pytest.mark.parametrize(("acts", "looks"), [(API_KEY, TRIAL_KEY), (TRIAL_KEY, API_KEY)])
async def test_what_is_done_in_one_shop_is_not_done_in_the_other(both: httpx.AsyncClient, acts: str, looks: str) -> None:
    number, customer = await _unsent(both)

    done = await _asks(both, acts, "POST", f"/api/orders/{number}/cancel", json={"customer": customer})

    assert done.status_code == 200
    assert await _state(both, acts, number, customer) == "cancelled"
    assert await _state(both, looks, number, customer) == "paid"


async def test_a_key_that_was_used_in_the_shop_is_new_in_its_trials_from_the_first_call(both: httpx.AsyncClient) -> None:
    number, customer = await _unsent(both)
    path, asked = f"/api/orders/{number}/cancel", {"customer": customer}
    await _asks(both, API_KEY, "POST", path, json=asked)

    await _asks(both, TRIAL_KEY, "POST", path, json=asked)

    assert await _state(both, TRIAL_KEY, number, customer) == "cancelled"


async def test_each_trial_begins_with_the_shop_as_it_was_laid_out(both: httpx.AsyncClient) -> None:
    known = (await _asks(both, TRIAL_KEY, "POST", "/api/trial")).json()["known"]
    number, customer = known["fresh"], known["fresh_customer"]
    await _asks(both, TRIAL_KEY, "POST", f"/api/orders/{number}/cancel", json={"customer": customer})

    await _asks(both, TRIAL_KEY, "POST", "/api/trial")

    assert await _state(both, TRIAL_KEY, number, customer) == "paid"


async def test_only_the_key_for_trials_begins_one_and_without_such_a_key_there_is_none(both: httpx.AsyncClient) -> None:
    async with _calling("") as client:
        without = [(await _asks(client, key, "POST", "/api/trial")).status_code for key in (API_KEY, "", TRIAL_KEY)]

    assert (await _asks(both, API_KEY, "POST", "/api/trial")).status_code == 401
    assert without == [401, 401, 401]
