"""A shop with a clock of its own, served over real HTTP on a free port."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import uvicorn
from examples.shop.app import create_app
from examples.shop.shop import Shop

API_KEY = "key-for-tests"
SECRET = "identity-secret-for-tests-0123456789"
START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


class RunningShop:
    """What a test does with the shop: calls it as a system, opens pages as a visitor, moves its clock."""

    def __init__(self) -> None:
        self.time = START
        self.shop = Shop(7, START, lambda: self.time)
        self.address = ""
        self.key = {"Authorization": f"Bearer {API_KEY}"}

    def pass_time(self, **by: float) -> None:
        self.time += timedelta(**by)

    async def get(self, path: str, **params: str | int) -> httpx.Response:
        async with httpx.AsyncClient(base_url=self.address) as client:
            return await client.get(path, params=params, headers=self.key)

    async def post(self, path: str, body: dict[str, str], key: str | None = "one") -> httpx.Response:
        headers = self.key | ({"Idempotency-Key": key} if key else {})
        async with httpx.AsyncClient(base_url=self.address) as client:
            return await client.post(path, json=body, headers=headers)

    async def open(self, path: str, lang: str = "zh", shopper: str | None = None) -> httpx.Response:
        async with httpx.AsyncClient(base_url=self.address) as browser:
            if shopper:
                await browser.post("/sign-in", data={"customer": shopper})
            return await browser.get(path, headers={"Accept-Language": lang})

    def order(self, story: str) -> tuple[str, str, str]:
        """Number, customer id and phone digits of a demo shopper's order with this story (in English)."""
        return next(
            (order.number, shopper.id, shopper.phone_last4)
            for shopper in self.shop.demo().shoppers
            for order in shopper.orders
            if order.story.en == story
        )


@pytest.fixture
async def running() -> AsyncIterator[RunningShop]:
    it = RunningShop()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    it.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = create_app(it.shop, API_KEY, SECRET, "", "demo")
    listener.listen()  # from here on a caller waits for the server to start instead of being refused
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield it
    server.should_exit = True
    await serving
    listener.close()
