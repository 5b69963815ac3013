"""Pictures of the product at work, from a running demo: `python -m tests.browser.shots FOLDER` (needs Chromium).

The demo is started in a folder of its own; customers and agents act out a small story, and the pages are photographed as
they then are.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright, expect

from browser.chromium import ARGUMENTS, find
from browser.demo import Demo
from browser.pages import DESKTOP, PHONE, AtDesk, People, Scheme, Visitor

TABLET: ViewportSize = {"width": 1024, "height": 768}
LOOKS: tuple[tuple[str, Scheme], ...] = (("zh-CN", "light"), ("en", "dark"))
SAID = {
    "zh-CN": {
        "who": "林晚秋", "stock": "这款空气净化器白色还有货吗", "where": "我的订单 {order} 到哪了",
        "angry": "说好周三到，三天没动了，你们太过分了，我要投诉", "reply": "林女士，真对不起。我已联系承运商加急，今天 18:00 前给您准信。",
    },
    "en": {
        "who": "Emma Clarke", "stock": "Is the white air purifier in stock?", "where": "Where is my order {order}?",
        "angry": "It was due on Wednesday. This is outrageous, I want to make a complaint", "reply": "Emma, I'm sorry. I've asked the carrier "
        "to hurry, and I'll write to you by 6 pm today.",
    },
}  # fmt: skip
CROWD = (
    ("zh-CN", "周子昂", ("运费怎么算", "那到成都要几天")),
    ("zh-CN", "赵一鸣", ("耳机坏了怎么保修", "我想找真人客服")),
    ("en", "Daniel Reyes", ("How do I return something within 7 days?", "Can I talk to a person?")),
)
AGENTS = {"zh-CN": "wang@demo.example", "en": "tom@demo.example"}


@asynccontextmanager
async def _people(locale: str) -> AsyncIterator[People]:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder), TANDEM_LANGUAGE=locale)
        await demo.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
                people = People(demo, browser)
                yield people
                await people.leave()
                await browser.close()
        finally:
            await demo.stop()


async def main(folder: Path) -> None:
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    for locale, scheme in LOOKS:
        async with _people(locale) as people:
            for language, name, said in CROWD:
                await _acts(people, language, name, said)
            customer = await _tells(people, folder, locale, scheme)
            await _serves(people, folder, locale, scheme, customer)
            await _rooms(people, folder, locale, scheme)


async def _acts(people: People, locale: str, name: str, said: tuple[str, ...]) -> None:
    customer = await people.shopper(name, locale, path=f"/?lang={locale[:2]}")
    for words in said:
        await customer.says(words)
        await expect(customer.log.locator(".row").last).to_have_class("row assistant opens")


async def _tells(people: People, folder: Path, locale: str, scheme: Scheme) -> Visitor:
    """The customer's side up to the queue, on a desktop and on a phone."""
    words = SAID[locale]
    context = await people.context(locale, scheme=scheme)
    customer = await people.shopper(words["who"], locale, context, f"/products/breeze-3?lang={locale[:2]}")
    await _shot(customer.page, folder, f"widget-greeting-{locale}-{scheme}")
    await customer.is_answered(words["stock"])
    await _shot(customer.page, folder, f"widget-stock-{locale}-{scheme}")
    await customer.says(words["where"].format(order=people.order_of(words["who"])))
    await expect(customer.log.locator(".card")).to_have_count(2)
    await _shot(customer.page, folder, f"widget-{locale}-{scheme}")
    await customer.page.set_viewport_size(PHONE)
    await _shot(customer.page, folder, f"widget-phone-{locale}-{scheme}")
    await customer.says(words["angry"])
    await customer.sees(customer.words["waiting"])
    await _shot(customer.page, folder, f"widget-queue-phone-{locale}-{scheme}")
    await customer.page.set_viewport_size(DESKTOP)
    return customer


async def _serves(people: People, folder: Path, locale: str, scheme: Scheme, customer: Visitor) -> None:
    desk = await people.agent(AGENTS[locale], locale, scheme=scheme)
    await desk.takes(customer.conversation)
    await desk.replies(SAID[locale]["reply"])
    await customer.sees(SAID[locale]["reply"])
    await _shot(customer.page, folder, f"widget-person-{locale}-{scheme}")
    await desk.looks_at(f"all/{customer.conversation}")
    await expect(desk.packet.locator(".facts")).to_be_visible()
    await _shot(desk.page, folder, f"console-{locale}-{scheme}")
    await desk.page.set_viewport_size(TABLET)
    await _shot(desk.page, folder, f"console-tablet-{locale}-{scheme}")
    await _on_a_phone(desk, folder, locale, scheme, customer)


async def _on_a_phone(desk: AtDesk, folder: Path, locale: str, scheme: Scheme, customer: Visitor) -> None:
    await desk.page.set_viewport_size(PHONE)
    await desk.looks_at("all")
    await _shot(desk.page, folder, f"console-phone-list-{locale}-{scheme}")
    await desk.row(customer.conversation).click()
    await expect(desk.log).to_be_visible()
    await _shot(desk.page, folder, f"console-phone-{locale}-{scheme}")
    await desk.looks_at(f"all/{customer.conversation}/details")
    await expect(desk.packet).to_be_visible()
    await _shot(desk.page, folder, f"console-phone-packet-{locale}-{scheme}")


async def _rooms(people: People, folder: Path, locale: str, scheme: Scheme) -> None:
    """What only supervisors and administrators see."""
    desk = await people.agent("admin@demo.example", locale, scheme=scheme)
    for room in ("knowledge", "users", "channels"):
        await desk.page.set_viewport_size(DESKTOP)
        await desk.page.goto(f"{people.demo.url}/console/{room}")
        await expect(desk.page.get_by_role("heading").first).to_be_visible()
        if room == "knowledge":
            await desk.page.get_by_role("textbox").first.fill({"zh-CN": "退货", "en": "return"}[locale])
            await desk.page.locator(".article-row").filter(has_text=re.compile(r"七天无理由|within 7 days")).first.click()
            await expect(desk.page.get_by_role("textbox").nth(2)).to_be_visible()
        await _shot(desk.page, folder, f"{room}-{locale}-{scheme}")
        await desk.page.set_viewport_size(PHONE)
        await _shot(desk.page, folder, f"{room}-phone-{locale}-{scheme}")


async def _shot(page: Page, folder: Path, name: str) -> None:
    await page.wait_for_timeout(500)  # pictures load, notices fade
    await page.screenshot(path=folder / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
