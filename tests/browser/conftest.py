"""A demo for each file and one Chromium for all; a fresh browser context, so a new person, for each who opens a page.

Who waits and who is busy is the whole demo's affair: what one file leaves in the queue would decide whom another's agents are offered.
"""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from browser.chromium import ARGUMENTS, find
from browser.demo import Demo
from browser.pages import People


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if find() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt install chromium, or set TANDEM_CHROMIUM"))


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("demo"))
    await demo.start()
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
