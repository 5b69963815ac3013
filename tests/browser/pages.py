"""Visitors and agents as they use the pages."""

import asyncio
import re
from contextlib import suppress
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, WebSocket, expect
from playwright.async_api import TimeoutError as TooLate

from browser.demo import Demo
from world.waiting import eventually

PATIENCE = 60_000
"""Milliseconds. What is held to a time says so itself; elsewhere a busy machine may take long."""
expect.set_options(timeout=PATIENCE)
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
Scheme = Literal["light", "dark"]
_CONVERSATION = re.compile(r'"conversation":"([0-9a-f-]{36})"')

WIDGET = {
    "zh-CN": {
        "message": "消息", "person": "转人工客服", "waiting": "正在转接人工客服", "attach": "添加图片或文件",
        "ended": "本次服务已结束",
    },
    "en": {
        "message": "Message", "person": "Get a person to talk to", "waiting": "Getting a person for you",
        "attach": "Add a picture or file", "ended": "This conversation has ended",
    },
}  # fmt: skip
CONSOLE = {
    "zh-CN": {
        "accept": "接入", "resolve": "解决", "now": "现在结束", "undo": "撤销", "hand_back": "交回 AI",
        "customer": "客户", "orders": "订单", "note": "备注", "reply": "回复", "attach": "添加图片或文件",
    },
    "en": {
        "accept": "Accept", "resolve": "Resolve", "now": "Close now", "undo": "Undo", "hand_back": "Back to AI",
        "customer": "Customer", "orders": "Orders", "note": "Note", "reply": "Reply", "attach": "Add an image or file",
    },
}  # fmt: skip
# Counts the tones that a page plays: nobody listens here.
HEARS_TONES = """(() => {
  const start = OscillatorNode.prototype.start;
  globalThis.tonesPlayed = 0;
  OscillatorNode.prototype.start = function (...when) { globalThis.tonesPlayed++; return start.apply(this, when); };
})()"""


async def _shows_in_order(bubbles: Locator, texts: list[str], within: float) -> None:
    said: list[str] = []

    async def as_said() -> bool:
        said[:] = [it.strip() for it in await bubbles.all_inner_texts()]
        return [it for it in said if it in texts] == texts

    try:
        await eventually(as_said, seconds=within)
    except AssertionError:
        raise AssertionError(f"{texts} not among {said}") from None


class Visitor:
    """Somebody on the shop's page with the chat. `conversation` is known once the chat follows it."""

    def __init__(self, page: Page, locale: str) -> None:
        self.page = page
        self.locale = locale
        self.panel = page.get_by_role("dialog")
        self.log = self.panel.get_by_role("log")
        self.conversation = ""
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        for event in ("framesent", "framereceived"):
            socket.on(event, self._hear)

    def _hear(self, frame: str | bytes) -> None:
        found = _CONVERSATION.search(frame if isinstance(frame, str) else "")
        self.conversation = found[1] if found else self.conversation

    async def opens_chat(self) -> None:
        await self.asks_to_open()
        await expect(self.box).to_be_visible()

    async def asks_to_open(self) -> None:
        # Asked from outside: the shop's policy forbids evaluating text inside its pages, and it should.
        await eventually(lambda: self.page.evaluate("Boolean(window.Tandem?.open)"))
        await self.page.evaluate("Tandem.open()")

    @property
    def words(self) -> dict[str, str]:
        return WIDGET[self.locale]

    @property
    def box(self) -> Locator:
        return self.panel.get_by_role("textbox", name=self.words["message"], exact=True)

    @property
    def answers(self) -> Locator:
        """What the assistant said, the greeting first."""
        return self.log.locator(".row.assistant .bubble:not(.making)")

    async def says(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    async def is_stored(self) -> None:
        """What was said first has reached the server."""

        async def conversation() -> str:
            return self.conversation

        await eventually(conversation)

    async def is_answered(self, question: str, within: float = PATIENCE) -> str:
        """What the assistant says after `question`, which nobody said before."""
        await self.says(question)
        answer = self.log.locator(f'.row.customer:has-text("{question}") ~ .row.assistant .bubble:not(.making)').first
        await expect(answer).to_be_visible(timeout=within)
        await self.is_stored()
        return await answer.inner_text()

    async def sees(self, text: str, within: float = PATIENCE) -> None:
        await expect(self.panel.get_by_text(text).last).to_be_visible(timeout=within)

    async def does_not_see(self, text: str) -> None:
        await expect(self.panel.get_by_text(text)).to_have_count(0)

    async def sees_once_each_in_order(self, texts: list[str], within: float = PATIENCE / 1000) -> None:
        await _shows_in_order(self.log.locator(".row .bubble:not(.making)"), texts, within)

    async def asks_for_a_person(self) -> None:
        await self.panel.get_by_role("button", name=self.words["person"]).click()
        await self.sees(self.words["waiting"])
        await self.is_stored()

    async def chooses(self, *files: Path) -> None:
        async with self.page.expect_file_chooser() as choosing:
            await self.panel.get_by_role("button", name=self.words["attach"]).click()
        await (await choosing.value).set_files(list(files))

    async def adds(self, *files: Path) -> None:
        await self.chooses(*files)
        await expect(self.panel.locator(".upload")).to_have_count(len(files))
        await expect(self.panel.locator(".upload progress")).to_have_count(0)

    async def text(self) -> str:
        return await self.log.inner_text()


class AtDesk:
    """Somebody at the console."""

    def __init__(self, page: Page, locale: str) -> None:
        self.page = page
        self.words = CONSOLE[locale]
        self.log = page.get_by_role("log")
        self.packet = page.get_by_role("tabpanel")

    async def looks_at(self, view: str) -> None:
        await self.page.goto(f"{self.page.url.split('/console')[0]}/console/inbox/{view}")
        await expect(self.page.get_by_role("main")).to_be_visible()

    def row(self, conversation: str) -> Locator:
        return self.page.locator(f"#row-{conversation}")

    async def opens(self, conversation: str, view: str = "unassigned") -> None:
        await self.looks_at(f"{view}/{conversation}")
        await expect(self.log).to_be_visible()

    async def accepts(self) -> None:
        await self.press(self.words["accept"])
        await expect(self.box).to_be_focused()  # which comes last: until then keys go elsewhere

    async def takes(self, conversation: str) -> None:
        await self.opens(conversation)
        await self.accepts()

    @property
    def box(self) -> Locator:
        return self.page.locator(".composer textarea")

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).first.click()

    async def shows_tab(self, name: str) -> None:
        await self.page.get_by_role("tab", name=self.words[name], exact=True).click()

    async def replies(self, text: str) -> None:
        await self.page.get_by_role("tab", name=re.compile(f"^{self.words['reply']}")).click()
        await self._writes(text)

    async def notes(self, text: str) -> None:
        await self.page.get_by_role("tab", name=re.compile(f"^{self.words['note']}")).click()
        await self._writes(text)

    async def _writes(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Control+Enter")

    async def resolves(self) -> None:
        await self.press(self.words["resolve"])
        with suppress(TooLate):  # after five seconds it happens by itself
            await self.page.get_by_role("button", name=self.words["now"], exact=True).click(timeout=4_000)
        await expect(self.page.get_by_role("button", name=self.words["resolve"], exact=True)).to_have_count(0)

    async def adds(self, *files: Path) -> None:
        async with self.page.expect_file_chooser() as choosing:
            await self.press(self.words["attach"])
        await (await choosing.value).set_files(list(files))
        await expect(self.page.locator(".upload")).to_have_count(len(files))
        await expect(self.page.locator(".upload .spin")).to_have_count(0)

    async def sees(self, text: str, within: float = PATIENCE) -> None:
        await expect(self.page.get_by_text(text).last).to_be_visible(timeout=within)

    async def sees_once_each_in_order(self, texts: list[str], within: float = PATIENCE / 1000) -> None:
        await _shows_in_order(self.log.locator(".bubble"), texts, within)

    async def is_away(self) -> None:
        """On a break, so that nobody is offered: an offer stands in front of whatever is looked at."""
        request, site = self.page.context.request, self.page.url.split("/console")[0]
        csrf = (await (await request.get(f"{site}/api/me")).json())["csrf"]
        answer = await request.put(f"{site}/api/me/presence", data={"state": "break"}, headers={"X-CSRF-Token": csrf})
        assert answer.ok, await answer.text()

    async def tones_heard(self) -> int:
        heard: int = await self.page.evaluate("globalThis.tonesPlayed")
        return heard


class People:
    """Everybody who opens a page in a test."""

    def __init__(self, demo: Demo, browser: Browser) -> None:
        self.demo = demo
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    async def context(self, locale: str, viewport: ViewportSize = DESKTOP, scheme: Scheme = "light") -> BrowserContext:
        zone = "Europe/London" if locale == "en" else "Asia/Shanghai"
        context = await self._browser.new_context(
            locale=locale, timezone_id=zone, viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        return context

    async def visitor(self, locale: str = "zh-CN", path: str = "/", context: BrowserContext | None = None) -> Visitor:
        page = await (context or await self.context(locale)).new_page()
        visitor = Visitor(page, locale)
        await page.goto(self.demo.url + path)
        await visitor.opens_chat()
        return visitor

    async def shopper(self, name: str, locale: str = "zh-CN", context: BrowserContext | None = None, path: str = "/") -> Visitor:
        """Somebody who has signed in at the shop."""
        context = context or await self.context(locale)
        page = await context.new_page()
        await page.goto(f"{self.demo.url}/sign-in")
        await page.get_by_role("button").filter(has_text=name).click()
        await page.wait_for_url(f"{self.demo.url}/**")
        await page.close()
        return await self.visitor(locale, path, context)

    async def agent(
        self,
        email: str = "wang@demo.example",
        locale: str = "zh-CN",
        *,
        viewport: ViewportSize = DESKTOP,
        scheme: Scheme = "light",
        password: str | None = None,
    ) -> AtDesk:
        """Signed in before: signing in itself is done by hand where it is tested."""
        context = await self.context(locale, viewport, scheme)
        password = password or self.demo.sign_in(email)["password"]
        answer = await context.request.post(f"{self.demo.url}/api/sign-in", data={"email": email, "password": password})
        assert answer.ok, await answer.text()
        me = await answer.json()
        if me["user"]["locale"] != locale:
            await context.request.patch(f"{self.demo.url}/api/me", data={"locale": locale}, headers={"X-CSRF-Token": me["csrf"]})
        page = await context.new_page()
        await page.add_init_script(HEARS_TONES)
        desk = AtDesk(page, locale)
        await page.goto(f"{self.demo.url}/console/inbox/unassigned")
        await expect(page.locator(".inbox-head")).to_be_visible()
        return desk

    def order_of(self, name: str) -> str:
        return next(number for number, _, _, owner in self.demo.orders if owner == name)

    async def leave(self) -> None:
        await asyncio.gather(*(context.close() for context in self._contexts))
