"""The assistant with the demo's help centre, and with the demo shop behind real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn
from examples.shop.app import create_app
from examples.shop.shop import Shop as DemoShop

from assistant.judge_questions import demo_articles
from tandem.assistant.respond import Assistant
from tandem.assistant.skills.shop import Shop
from tandem.knowledge.search import Index

API_KEY = "key-for-tests"
START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


class RunningShop:
    """The demo shop with a clock that stands still."""

    def __init__(self) -> None:
        self.shop = DemoShop(7, START, lambda: START + timedelta(hours=1))
        self.address = ""

    def order(self, story: str) -> tuple[str, str, str]:
        """Number, customer id and phone digits of a demo order with this story (in English)."""
        return next(
            (order.number, shopper.id, shopper.phone_last4)
            for shopper in self.shop.demo().shoppers
            for order in shopper.orders
            if order.story.en == story
        )


@asynccontextmanager
async def serving() -> AsyncIterator[RunningShop]:
    it = RunningShop()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    it.address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    listener.listen()
    app = create_app(it.shop, API_KEY, "identity-secret-for-tests-0123456789", "", "demo")
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield it
    server.should_exit = True
    await serving
    listener.close()


@pytest.fixture(scope="session")
async def running() -> AsyncIterator[RunningShop]:
    async with serving() as it:
        yield it


@pytest.fixture(scope="session")
def running_shop(running: RunningShop) -> RunningShop:
    return running


@pytest.fixture
async def own_shop() -> AsyncIterator[RunningShop]:
    """A shop of a test's own, which may change its orders."""
    async with serving() as it:
        yield it


@pytest.fixture(scope="session")
def index() -> Index:
    return Index(demo_articles())


@pytest.fixture
async def assistant(running: RunningShop, index: Index) -> AsyncIterator[Assistant]:
    shop = Shop(running.address, API_KEY)
    yield Assistant(index, shop)
    await shop.close()


@pytest.fixture
async def acting(own_shop: RunningShop, index: Index) -> AsyncIterator[Assistant]:
    """An assistant at a shop of its own."""
    shop = Shop(own_shop.address, API_KEY)
    yield Assistant(index, shop)
    await shop.close()


@pytest.fixture
def reader(index: Index) -> Assistant:
    """An assistant without a shop: it has knowledge alone."""
    return Assistant(index)
