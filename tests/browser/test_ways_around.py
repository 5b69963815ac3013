"""Every page of the console fits a phone, and the palette leads there."""

import pytest
from playwright.async_api import Page, expect

from browser.axe import LOOKS
from browser.console_pages import ADDRESSES, administrator, shows
from browser.pages import PHONE, People, Scheme
from world.waiting import eventually


@pytest.mark.parametrize(("scheme", "locale"), LOOKS)
async def test_no_page_is_wider_than_a_phone(visitors: People, scheme: Scheme, locale: str) -> None:
    page = (await administrator(visitors, locale, scheme)).page
    await page.set_viewport_size(PHONE)
    wide = {}

    for address in [it for group in ADDRESSES.values() for it in group]:
        await shows(page, f"{visitors.demo.url}/console/{address}")
        wide[address] = await page.evaluate(
            "[...document.querySelectorAll('.page, .rail, main')].some((it) => it.scrollWidth > innerWidth)"
        )

    assert [address for address, too_wide in wide.items() if too_wide] == []


async def test_the_palette_leads_to_every_page_and_teaches_its_keys(visitors: People) -> None:
    page = (await administrator(visitors, "en", "light")).page
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
