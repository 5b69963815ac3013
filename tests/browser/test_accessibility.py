"""axe finds nothing serious, in light and in dark."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.async_api import Page, expect

from browser.pages import DESKTOP, PHONE, People, Scheme

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
LOOKS: list[tuple[Scheme, str]] = [("light", "zh-CN"), ("dark", "en")]


async def _serious(page: Page, where: str) -> list[str]:
    # Evaluated from outside, which the page's own policy does not forbid.
    await page.evaluate(AXE)
    found: list[dict[str, Any]] = (await page.evaluate(f"axe.run({where!r}, {{resultTypes: ['violations']}})"))["violations"]
    return [
        f"{it['id']}: {node['target']} {node['failureSummary']}"
        for it in found
        if it["impact"] in ("serious", "critical")
        for node in it["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "locale"), LOOKS)
async def test_the_open_widget_has_no_serious_barrier(people: People, scheme: Scheme, locale: str) -> None:
    context = await people.context(locale, scheme=scheme)
    customer = await people.visitor(locale, f"/products/breeze-3?lang={locale[:2]}", context)
    await customer.is_answered({"zh-CN": "这款还有货吗", "en": "Is this one in stock?"}[locale])
    await customer.says(" ".join(people.demo.orders[4][:2]))
    await expect(customer.log.locator(".card")).to_have_count(2)
    assert await _serious(customer.page, "tandem-widget") == []

    await customer.asks_for_a_person()
    await expect(customer.panel.locator(".queue-panel")).to_be_visible()
    assert await _serious(customer.page, "tandem-widget") == []


# Class and name of whatever has the focus, inside of the widget or on the page around it.
FOCUSED = """() => {
  const inside = document.querySelector("tandem-widget").shadowRoot.activeElement;
  return inside ? `widget: ${inside.ariaLabel ?? ""}` : `page: ${document.activeElement.tagName}`;
}"""


async def test_a_question_is_typed_key_by_key(people: People) -> None:
    customer = await people.visitor("en", "/?lang=en")

    await customer.box.press_sequentially("Is Breeze 3 in stock?")
    await customer.page.keyboard.press("Enter")

    await customer.sees("Is Breeze 3 in stock?")
    await expect(customer.box).to_have_value("")


@pytest.mark.parametrize("way", ["Tab", "Shift+Tab"])
async def test_focus_stays_in_the_panel_that_fills_a_phones_screen(people: People, way: str) -> None:
    customer = await people.visitor("en", "/?lang=en", await people.context("en", PHONE))
    await customer.is_answered("Is Breeze 3 in stock?")
    await customer.box.focus()

    been = []
    for _ in range(30):
        await customer.page.keyboard.press(way)
        been.append(await customer.page.evaluate(FOCUSED))

    # Between the last and the first the focus is on nothing of the page.
    assert {it for it in been if it.startswith("page:")} <= {"page: BODY"}
    assert {"widget: Close", "widget: Message", "widget: Add a picture or file", "widget: Conversation"} <= set(been)

    await customer.box.focus()
    await customer.page.keyboard.press("Escape")
    assert await customer.page.evaluate(FOCUSED) == "widget: Open chat"
    await customer.page.keyboard.press("Shift+Tab")
    assert (await customer.page.evaluate(FOCUSED)).startswith("page: ")


async def test_beside_the_panel_the_page_is_within_reach_of_the_keyboard(people: People) -> None:
    customer = await people.visitor("en", "/?lang=en", await people.context("en", DESKTOP))
    await customer.box.focus()

    been = []
    for _ in range(12):
        await customer.page.keyboard.press("Tab")
        been.append(await customer.page.evaluate(FOCUSED))

    assert {it for it in been if it.startswith("page:")} - {"page: BODY"}


@pytest.mark.parametrize(("scheme", "locale"), LOOKS)
async def test_the_console_has_no_serious_barrier(people: People, scheme: Scheme, locale: str) -> None:
    customer = await people.visitor("en", "/?lang=en")
    await customer.is_answered(" ".join(people.demo.orders[4][:2]))
    await customer.says("This is outrageous, I want a person")
    await customer.sees(customer.words["waiting"])
    desk = await people.agent("admin@demo.example", locale, scheme=scheme)
    page = desk.page
    assert await _serious(page, "html") == []

    await desk.takes(customer.conversation)
    await expect(desk.packet.locator(".facts")).to_be_visible()
    assert await _serious(page, "html") == []
    await desk.resolves()

    for section in (
        "knowledge",
        "promise",
        "triage",
        "users",
        "channels",
        "workbench",
        "workbench/macros",
        "workbench/tags",
        "workbench/handoffs",
        "workbench/fields",
    ):
        await page.goto(f"{people.demo.url}/console/{section}")
        await expect(page.locator("main").get_by_role("heading").first).to_be_visible()
        if section == "knowledge":
            await page.locator(".article-row").first.click()
            await expect(page.get_by_role("textbox").nth(1)).to_be_visible()
        assert await _serious(page, "html") == [], section
