"""axe finds nothing serious in the chat, in light and in dark; every page of the console is in `test_accessible_pages`."""

import pytest
from playwright.async_api import expect

from browser.axe import LOOKS, serious
from browser.pages import DESKTOP, PHONE, People, Scheme


@pytest.mark.parametrize(("scheme", "locale"), LOOKS)
async def test_the_open_widget_has_no_serious_barrier(people: People, scheme: Scheme, locale: str) -> None:
    context = await people.context(locale, scheme=scheme)
    customer = await people.visitor(locale, f"/products/breeze-3?lang={locale[:2]}", context)
    await customer.is_answered({"zh-CN": "这款还有货吗", "en": "Is this one in stock?"}[locale])
    await customer.says(" ".join(people.demo.orders[4][:2]))
    await expect(customer.log.locator(".card")).to_have_count(2)
    assert await serious(customer.page, "tandem-widget") == []

    await customer.asks_for_a_person()
    await expect(customer.panel.locator(".queue-panel")).to_be_visible()
    assert await serious(customer.page, "tandem-widget") == []


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
    await expect(customer.page.get_by_role("button", name="Open chat")).to_be_focused()
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
