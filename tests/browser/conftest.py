"""A demo for each file and one Chromium for all; a fresh browser context, so a new person, for each who opens a page.

Who waits and who is busy is the whole demo's affair: what one file leaves in the queue would decide whom another's agents are offered.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from zlib import crc32

import pytest
from playwright.async_api import Browser, async_playwright

from browser.chromium import ARGUMENTS, find
from browser.demo import Demo, demo_in
from browser.pages import People, Scheme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if find() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt install chromium, or set TANDEM_CHROMIUM"))


@pytest.fixture
def locale(request: pytest.FixtureRequest) -> str:
    """For a test in which either of the two languages will do: which, its name decides, so that all together speak both."""
    return ("zh-CN", "en")[crc32(request.node.name.encode()) % 2]


@pytest.fixture
def scheme(locale: str) -> Scheme:
    return "light" if locale == "zh-CN" else "dark"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> AsyncIterator[Demo]:
    demo = await demo_in(tmp_path_factory.mktemp("demo"), shared)
    yield demo
    await demo.stop()


@pytest.fixture(scope="module")
async def furnished(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> AsyncIterator[Demo]:
    """As everybody else finds it who opens the demo."""
    demo = await demo_in(tmp_path_factory.mktemp("furnished"), shared, furnished=True)
    yield demo
    await demo.stop()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def people(demo: Demo, browser: Browser) -> AsyncIterator[People]:
    people = People(demo, browser)
    yield people
    await people.leave()


@pytest.fixture
async def visitors(furnished: Demo, browser: Browser) -> AsyncIterator[People]:
    people = People(furnished, browser)
    yield people
    await people.leave()
