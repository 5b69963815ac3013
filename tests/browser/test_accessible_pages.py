"""axe finds nothing on any page of the console, walked from its own table of routes, and on what opens there."""

import re
from pathlib import Path

from playwright.async_api import Page, expect

from browser.axe import hard_to_read, serious
from browser.console_pages import ADDRESSES, administrator, shows
from browser.pages import People

ROUTES = Path(__file__).parents[2] / "web" / "console" / "src" / "app" / "routes.tsx"
# A press that opens what has no address: a dialog, a drawer, an article.
OPENED: tuple[tuple[str, str], ...] = (
    ("inbox/all", ".list-place >> nth=0"), ("knowledge", ".article-row >> nth=0"), ("approvals/decided", "main li button >> nth=0"),
    ("workbench", ".bench-row button >> nth=0"), ("workbench/macros", ".bench-row button >> nth=0"), ("users", "header button"),
    ("skills", ".skill-title >> nth=0"), ("skills", "header button"), ("routing", ".row-main >> nth=0"),
    ("routing/people", ".row-main >> nth=0"), ("routing/hours", ".row-main >> nth=0"),
)  # fmt: skip


def test_every_route_of_the_console_is_walked() -> None:
    found = re.findall(r'path: "([^"]+)"', ROUTES.read_text("utf-8"))

    assert sorted(found) == sorted(ADDRESSES)


async def test_no_page_of_the_console_keeps_anybody_out(visitors: People) -> None:
    page = (await administrator(visitors, "en", "light")).page
    found = {}

    for address in [it for group in ADDRESSES.values() for it in group]:
        await shows(page, f"{visitors.demo.url}/console/{address}")
        found[address] = await _barriers(page)
    for address, pressed in OPENED:
        await shows(page, f"{visitors.demo.url}/console/{address}")
        await page.locator(pressed).click()
        await page.wait_for_load_state("networkidle")
        found[f"{address} {pressed}"] = await _barriers(page)

    assert {place: faults for place, faults in found.items() if faults} == {}


async def _barriers(page: Page) -> list[str]:
    """In the light; in the dark only the colours are others."""
    found = await serious(page, "html")
    await page.emulate_media(color_scheme="dark")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    found += await hard_to_read(page, "html")
    await page.emulate_media(color_scheme="light")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    return found
