"""Pictures of the product at work, from a running demo: `python -m tests.browser.shots FOLDER` (needs Chromium).

The demo is started in a folder of its own; customers and agents act out a small story, and the pages are photographed as
they then are. What `docs/images` keeps of them is the smaller for 128 colours: `convert it.png +dither -colors 128 png8:it.png`.
"""

import asyncio
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
        "asks": "退货运费谁出？",
        "angry": "说好周三到，三天没动了，你们太过分了，我要投诉", "reply": "林女士，真对不起。我已联系承运商加急，今天 18:00 前给您准信。",
    },
    "en": {
        "who": "Emma Clarke", "stock": "Is the white air purifier in stock?", "where": "Where is my order {order}?",
        "asks": "Who pays for the return?",
        "angry": "It was due on Wednesday. This is outrageous, I want to make a complaint", "reply": "Emma, I'm sorry. I've asked the carrier "
        "to hurry, and I'll write to you by 6 pm today.",
    },
}  # fmt: skip
# For the guides of administrators: what each picture shows, its address, and what is pressed there.
GUIDE: tuple[tuple[str, str, str], ...] = (
    ("board", "board", ""), ("queues", "routing", ""), ("queue", "routing", ".row-main >> nth=0"), ("agent", "routing/people", ".row-main >> nth=2"),
    ("hours", "routing/hours", ".row-main >> nth=0"), ("rule", "routing/rule", ""), ("approval", "approvals", ""),
    ("authority", "approvals/authority", ""), ("imports", "knowledge/imports", ""), ("article", "knowledge", ".article-row >> nth=8"),
    ("skills", "skills", ""), ("connect", "skills", "header button"), ("promise", "promise", ""), ("phrases", "workbench", ""),
    ("macros", "workbench/macros", ""), ("audit", "audit", ""),
)  # fmt: skip
GUIDE_VIEW: ViewportSize = {"width": 1200, "height": 760}
COPILOT = {"zh-CN": "副驾", "en": "Copilot"}
AGENTS = {"zh-CN": "wang@demo.example", "en": "tom@demo.example"}


@asynccontextmanager
async def _people(locale: str) -> AsyncIterator[People]:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder), furnished=True, TANDEM_LANGUAGE=locale)
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
    for locale, scheme in LOOKS:
        async with _people(locale) as people:
            customer = await _tells(people, folder, locale, scheme)
            await _serves(people, folder, locale, scheme, customer)
            await _copilot(people, folder, locale, customer)
            await _guides(people, folder, locale)


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
    await expect(desk.page.locator(".offer")).to_be_visible()
    await desk.page.set_viewport_size(GUIDE_VIEW)
    await _shot(desk.page, folder, f"offer-{locale}-{scheme}")
    await desk.page.set_viewport_size(DESKTOP)
    await desk.is_away()
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


async def _copilot(people: People, folder: Path, locale: str, customer: Visitor) -> None:
    """The agent who serves the customer, in light as all guides are, with what the copilot says to a new question."""
    desk = await people.agent(AGENTS[locale], locale, viewport=GUIDE_VIEW)
    await desk.is_away()
    await desk.opens(customer.conversation, "mine")
    await customer.says(SAID[locale]["asks"])
    await desk.page.get_by_role("tab", name=COPILOT[locale]).click()
    await expect(desk.packet.locator(".copilot-card")).to_be_visible()
    await _shot(desk.page, folder, f"guide-copilot-{locale}")


async def _guides(people: People, folder: Path, locale: str) -> None:
    """What administrators set up and supervisors look at, with two agents at work, in light: guides are printed, too."""
    for email in AGENTS.values():
        await people.agent(email, locale)
    desk = await people.agent("admin@demo.example", locale, viewport=GUIDE_VIEW)
    await desk.is_away()
    for name, address, pressed in GUIDE:
        await desk.page.goto(f"{people.demo.url}/console/{address}")
        await expect(desk.page.locator("main").get_by_role("heading").first).to_be_visible()
        await expect(desk.page.locator("main .waiting")).to_have_count(0)
        if pressed:
            await desk.page.locator(pressed).click()
        await _shot(desk.page, folder, f"guide-{name}-{locale}")


async def _shot(page: Page, folder: Path, name: str) -> None:
    await page.wait_for_timeout(500)  # pictures load, notices fade
    await page.screenshot(path=folder / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    pictures = Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(pictures))
