"""Visitors and agents as they use the pages."""

from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from browser.demo import Demo
from world.waiting import eventually

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

WORDS = {
    "zh-CN": {"open": "打开在线客服", "message": "消息", "person": "转人工客服", "send": "发送"},
    "en": {"open": "Open chat", "message": "Message", "person": "Get a person to talk to", "send": "Send"},
}


class Visitor:
    """Somebody on the shop's page with the chat."""

    def __init__(self, page: Page, locale: str) -> None:
        self.page = page
        self.locale = locale
        self.panel = page.get_by_role("dialog")

    async def opens_chat(self) -> None:
        # Asked from outside: the shop's policy forbids evaluating text inside its pages, and it should.
        await eventually(lambda: self.page.evaluate("Boolean(window.Tandem?.open)"))
        await self.page.evaluate("Tandem.open()")
        await expect(self.panel).to_be_visible()

    @property
    def box(self) -> Locator:
        return self.panel.get_by_role("textbox", name=WORDS[self.locale]["message"])

    async def says(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    async def sees(self, text: str, timeout: float = 8000) -> None:
        await expect(self.panel.get_by_text(text).last).to_be_visible(timeout=timeout)

    async def does_not_see(self, text: str) -> None:
        await expect(self.panel.get_by_text(text)).to_have_count(0)

    async def presses(self, name: str) -> None:
        await self.panel.get_by_role("button", name=name).last.click()

    async def asks_for_a_person(self) -> None:
        await self.panel.get_by_role("button", name=WORDS[self.locale]["person"]).click()

    async def last_answer(self) -> str:
        return await self.panel.get_by_role("log").inner_text()


class AtDesk:
    """Somebody at the console."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def signs_in(self, email: str, password: str) -> None:
        await self.page.get_by_role("textbox").first.fill(email)
        await self.page.locator("input[type=password]").fill(password)
        await self.page.keyboard.press("Enter")
        await expect(self.page.get_by_role("searchbox").first).to_be_visible(timeout=15000)

    async def sees(self, text: str, timeout: float = 8000) -> None:
        await expect(self.page.get_by_text(text).last).to_be_visible(timeout=timeout)


class People:
    """Everybody who opens a page in a test."""

    def __init__(self, demo: Demo, browser: Browser) -> None:
        self.demo = demo
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    async def context(self, locale: str, viewport: ViewportSize = DESKTOP) -> BrowserContext:
        context = await self._browser.new_context(locale=locale, viewport=viewport)
        self._contexts.append(context)
        return context

    async def visitor(self, locale: str = "zh-CN", path: str = "/", context: BrowserContext | None = None) -> Visitor:
        page = await (context or await self.context(locale)).new_page()
        await page.goto(self.demo.url + path)
        visitor = Visitor(page, locale)
        await visitor.opens_chat()
        return visitor

    async def agent(self, role: str = "agent", locale: str = "zh-CN") -> AtDesk:
        page = await (await self.context(locale)).new_page()
        await page.goto(f"{self.demo.url}/console")
        desk = AtDesk(page)
        known = self.demo.sign_in(role)
        await desk.signs_in(known["email"], known["password"])
        return desk

    async def leave(self) -> None:
        for context in self._contexts:
            await context.close()
