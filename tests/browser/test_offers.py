"""An offer that was made is seen: one that is not ends as missed, and three of them as a break."""

import asyncio

from playwright.async_api import Page, Route, expect

from browser.pages import People


async def _stands_still(page: Page) -> None:
    await page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


async def test_the_next_offer_is_not_wiped_out_by_what_was_asked_before_it_was_made(people: People) -> None:
    desk = await people.agent()
    card = desk.page.get_by_role("region", name="派给您的客户")
    visitors = [await people.visitor(), await people.visitor()]
    for visitor in visitors:
        await visitor.asks_for_a_person()
    await expect(card).to_be_visible()
    seen = asyncio.Event()

    async def answers_late(route: Route) -> None:
        answer = await route.fetch()
        await seen.wait()
        await route.fulfill(response=answer, json=await answer.json() | {"offer": None})

    await desk.page.route("**/api/routing/mine", answers_late)
    name = card.locator("bdi")
    first = await name.inner_text()

    async with desk.page.expect_response("**/api/routing/mine"):
        await desk.page.keyboard.press("Control+.")
        await expect(name).not_to_have_text(first)
        seen.set()
    await _stands_still(desk.page)

    assert await name.count() == 1
    assert await name.inner_text() != first
