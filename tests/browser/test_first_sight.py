"""What somebody finds who opens the demo for the first time: a desk at which work is going on."""

import re

from playwright.async_api import Browser, expect

from browser.demo import Demo
from browser.pages import People


async def test_whoever_opens_the_demo_finds_customers_requests_and_figures(furnished: Demo, browser: Browser) -> None:
    people = People(furnished, browser)
    page = (await people.agent("chen@demo.example", "en")).page

    await page.goto(f"{furnished.url}/console/board")
    # Who waited in the line on the last day; messages and callbacks are not among them.
    await expect(page.get_by_text("4 waits in all")).to_be_visible()
    await expect(page.get_by_text("100%").first).to_be_visible()
    await page.goto(f"{furnished.url}/console/inbox/unassigned")
    await expect(page.locator(".list-place")).to_have_count(3)
    await page.goto(f"{furnished.url}/console/approvals")
    await expect(page.get_by_text("延误补偿")).to_be_visible()
    await page.goto(f"{furnished.url}/console/approvals/decided")
    await expect(page.get_by_text("Send a new pair before the old one is back")).to_be_visible()
    await page.goto(f"{furnished.url}/console/promise")
    await expect(page.get_by_text(re.compile("automatic answers checked, 0 of them wrong"))).to_be_visible()
    await people.leave()


async def test_a_second_start_makes_nothing_twice(furnished: Demo, browser: Browser) -> None:
    await furnished.stop()
    await furnished.start()
    people = People(furnished, browser)

    desk = await people.agent("chen@demo.example", "en")

    await expect(desk.page.locator(".list-place")).to_have_count(3)
    await people.leave()
