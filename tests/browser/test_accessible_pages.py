"""Every address of the console, walked from its own table of routes: axe finds nothing, and the palette leads there."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from browser.axe import LOOKS, serious
from browser.demo import Demo
from browser.pages import PHONE, AtDesk, People, Scheme
from world.waiting import eventually

ROUTES = Path(__file__).parents[2] / "web" / "console" / "src" / "app" / "routes.tsx"
# A new page that stands in the routes and not here fails the first test below.
ADDRESSES: dict[str, tuple[str, ...]] = {
    "/": (),
    "inbox": (),
    "inbox/:view/:conversation?/:details?": ("inbox/mine", "inbox/unassigned", "inbox/all", "inbox/closed", "inbox/snoozed"),
    "knowledge/:article?": ("knowledge", "knowledge/new", "knowledge/imports"),
    "board": ("board",),
    "approvals/:tab?": ("approvals", "approvals/to_do", "approvals/decided", "approvals/differences", "approvals/authority"),
    "workbench/:tab?": ("workbench", "workbench/macros", "workbench/tags", "workbench/fields", "workbench/handoffs"),
    "promise": ("promise",),
    "triage": ("triage",),
    "evaluate/:run?/:other?": ("evaluate",),
    "users": ("users",),
    "audit": ("audit",),
    "skills": ("skills",),
    "channels": ("channels",),
    "routing/:tab?": ("routing", "routing/people", "routing/names", "routing/hours", "routing/rule"),
    "*": ("nowhere",),
}
# A press that opens what has no address: a dialog, a drawer, an article.
OPENED: tuple[tuple[str, str], ...] = (
    ("inbox/all", ".list-place >> nth=0"), ("knowledge", ".article-row >> nth=0"), ("approvals/decided", "main li button >> nth=0"),
    ("workbench", ".bench-row button >> nth=0"), ("workbench/macros", ".bench-row button >> nth=0"), ("users", "header button"),
    ("skills", ".skill-title >> nth=0"), ("skills", "header button"), ("routing", ".row-main >> nth=0"),
    ("routing/people", ".row-main >> nth=0"), ("routing/hours", ".row-main >> nth=0"),
)  # fmt: skip


@pytest.fixture(scope="module")
async def furnished(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("furnished"), furnished=True)
    await demo.start()
    yield demo
    await demo.stop()


@pytest.fixture
async def visitors(furnished: Demo, browser: Browser) -> AsyncIterator[People]:
    people = People(furnished, browser)
    yield people
    await people.leave()


def test_every_route_of_the_console_is_walked() -> None:
    found = re.findall(r'path: "([^"]+)"', ROUTES.read_text("utf-8"))

    assert sorted(found) == sorted(ADDRESSES)


async def _administrator(people: People, locale: str, scheme: Scheme) -> AtDesk:
    desk = await people.agent("admin@demo.example", locale, scheme=scheme)
    await desk.is_away()
    return desk


async def _shows(page: Page, address: str) -> None:
    await page.goto(address)
    await expect(page.locator("main").get_by_role("heading").first).to_be_visible()
    await expect(page.locator("main .waiting")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "locale"), LOOKS)
async def test_no_page_of_the_console_keeps_anybody_out(visitors: People, scheme: Scheme, locale: str) -> None:
    page = (await _administrator(visitors, locale, scheme)).page
    found = {}

    for address in [it for group in ADDRESSES.values() for it in group]:
        await _shows(page, f"{visitors.demo.url}/console/{address}")
        found[address] = await serious(page, "html")
    for address, pressed in OPENED:
        await _shows(page, f"{visitors.demo.url}/console/{address}")
        await page.locator(pressed).click()
        await page.wait_for_load_state("networkidle")
        found[f"{address} {pressed}"] = await serious(page, "html")

    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("scheme", "locale"), LOOKS)
async def test_no_page_is_wider_than_a_phone(visitors: People, scheme: Scheme, locale: str) -> None:
    page = (await _administrator(visitors, locale, scheme)).page
    await page.set_viewport_size(PHONE)
    wide = {}

    for address in [it for group in ADDRESSES.values() for it in group]:
        await _shows(page, f"{visitors.demo.url}/console/{address}")
        wide[address] = await page.evaluate(
            "[...document.querySelectorAll('.page, .rail, main')].some((it) => it.scrollWidth > innerWidth)"
        )

    assert [address for address, too_wide in wide.items() if too_wide] == []


async def test_the_palette_leads_to_every_page_and_teaches_its_keys(visitors: People) -> None:
    page = (await _administrator(visitors, "en", "light")).page
    names = [await it.get_attribute("aria-label") for it in await page.locator(".rail-sections a").all()]
    await page.keyboard.press("Control+k")
    choices = page.locator("#choices").get_by_role("option")
    await expect(choices.first).to_be_visible()

    listed = "\n".join(await choices.all_inner_texts())
    assert [name for name in names if name != "Inbox" and f"Go to: {name}" not in listed] == []
    assert "Routing · Hours" in listed

    await page.get_by_role("combobox").fill("routing hours")
    await page.keyboard.press("Enter")
    await eventually(lambda: _is_at(page, "routing/hours"))

    await page.keyboard.press("g")
    await page.keyboard.press("b")
    await eventually(lambda: _is_at(page, "board"))


async def _is_at(page: Page, path: str) -> bool:
    return page.url.endswith(f"/console/{path}")
