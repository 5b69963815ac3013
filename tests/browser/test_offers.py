"""An offer that was made is seen: one that is not ends as missed, and three of them as a break."""

import asyncio
import re

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


async def test_who_has_taken_a_customer_writes_to_him_and_his_letters_are_no_shortcuts(people: People) -> None:
    visitor = await people.visitor()
    await visitor.asks_for_a_person()
    desk = await people.agent()
    await expect(desk.page.get_by_role("region", name="派给您的客户")).to_be_visible()

    await desk.page.keyboard.press("Control+j")
    await expect(desk.box).to_be_focused()
    await desk.page.keyboard.type("hello, sent by keys alone")
    await desk.page.keyboard.press("Control+Enter")

    await desk.sees_once_each_in_order(["hello, sent by keys alone"])
    await expect(desk.page).to_have_url(re.compile("/inbox/mine/"))


async def test_an_offer_does_not_lie_over_what_one_is_writing_with(people: People) -> None:
    served, waits = await people.visitor(), await people.visitor()
    await served.asks_for_a_person()
    desk = await people.agent()
    await desk.is_away()
    await desk.takes(served.conversation)
    await expect(desk.box).to_be_focused()
    await waits.asks_for_a_person()
    await desk.page.locator(".presence-mine").click()
    await desk.page.get_by_role("menuitem").first.click()
    await expect(desk.page.get_by_role("region", name="派给您的客户")).to_be_visible()

    await desk.box.fill("运费由我们承担。")
    await desk.page.get_by_role("button", name="发送", exact=True).click(timeout=5_000)

    await served.sees("运费由我们承担。")
