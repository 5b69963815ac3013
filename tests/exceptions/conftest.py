"""A desk beside the demo shop, both over real HTTP, in which no job runs by itself."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from assistant.conftest import API_KEY, RunningShop, serving
from tandem.infra.settings import Settings
from world.server import Server, running


@pytest.fixture
async def shop() -> AsyncIterator[RunningShop]:
    async with serving() as it:
        yield it


@pytest.fixture
async def beside_shop(settings: Settings, dsn: str, shop: RunningShop) -> AsyncIterator[Server]:
    with_shop = msgspec.structs.replace(settings, shop_url=shop.address.removesuffix("/api"), shop_key=API_KEY)
    async with running(with_shop, dsn, works=False) as server:
        yield server
