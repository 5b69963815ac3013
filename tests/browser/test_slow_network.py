"""What an agent does before an answer has arrived: it comes late, and takes nothing away."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, Request, Route, WebSocketRoute, expect

from browser.pages import AtDesk, People, Visitor
from world.waiting import eventually


class _Late:
    """Answers to what was asked of an address: made at once, told when they are let go."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self._go = asyncio.Event()

    @classmethod
    async def of(cls, page: Page, address: str | re.Pattern[str], method: str = "GET") -> "_Late":
        late = cls()

        async def hold(route: Route) -> None:
            if route.request.method != method:
                await route.fallback()
                return
            answer = await route.fetch()
            late.asked.append(route.request)
            await late._go.wait()
            await route.fulfill(response=answer)

        await page.route(address, hold)
        return late

    async def is_asked(self) -> None:
        async def asked() -> bool:
            return bool(self.asked)

        await eventually(asked)

    def arrives(self) -> None:
        self._go.set()


async def _waits(people: People, says: str = "你好，我想改一下发票抬头") -> Visitor:
    customer = await people.visitor("zh-CN")
    await customer.says(says)
    await customer.asks_for_a_person()
    return customer


def _number(title: Callable[[], Awaitable[str]]) -> Callable[[], Awaitable[int]]:
    async def number() -> int:
        found = re.match(r"\((\d+)\)", await title())
        return int(found[1]) if found else 0

    return number


async def test_a_fact_leads_to_where_it_was_said_also_while_the_conversation_is_still_loading(people: People) -> None:
    order = people.demo.orders[0][0]
    customer = await _waits(people, f"我想改订单 {order} 的发票抬头")
    desk = await people.agent()
    late = await _Late.of(desk.page, re.compile(r"/timeline\?before="))
    await desk.looks_at(f"unassigned/{customer.conversation}")
    fact = desk.packet.locator(".facts > div").filter(has_text=order).locator(".ref").first
    cited = (await fact.inner_text()).strip()

    await fact.click()
    late.arrives()

    await expect(desk.page.locator(f"#entry-{cited}")).to_have_class(re.compile(r"\blit\b"))


async def test_a_console_that_opens_asks_for_its_list_and_its_counts_once(people: People) -> None:
    customer = await _waits(people)
    desk = await people.agent()
    await desk.looks_at("unassigned")
    await expect(desk.row(customer.conversation)).to_be_visible()
    await desk.page.wait_for_load_state("networkidle")
    lists = list[str]()
    desk.page.on("request", lambda it: lists.append(it.url.split("?")[1]) if "/api/conversations?" in it.url else None)

    # However busy this machine is: the time after which a console no longer waits for its socket does not come.
    await desk.page.add_init_script(
        "const soon = setTimeout; window.setTimeout = (act, ms, ...more) => soon(act, ms === 1500 ? 60000 : ms, ...more)"
    )
    await desk.page.reload()
    await expect(desk.row(customer.conversation)).to_be_visible()
    await expect(desk.page.locator(".presence-mine")).to_contain_text("在线")
    await desk.page.wait_for_load_state("networkidle")

    assert sorted(it.split("&limit")[0] for it in lists) == ["view=mine", "view=unassigned"]


async def test_a_console_without_a_socket_has_its_list_all_the_same(people: People) -> None:
    customer = await _waits(people)
    desk = await people.agent()
    await desk.page.route_web_socket(re.compile(r"/api/socket"), lambda _: None)  # neither refused nor answered

    await desk.looks_at("unassigned")

    await expect(desk.row(customer.conversation)).to_be_visible()


async def test_a_customer_who_comes_while_the_list_is_loading_is_in_it(people: People) -> None:
    desk = await people.agent()
    late = await _Late.of(desk.page, re.compile(r"/api/conversations\?view=unassigned"))
    await desk.page.reload()
    await late.is_asked()
    before = await _number(desk.page.title)()
    customer = await _waits(people)

    async def more() -> bool:
        return await _number(desk.page.title)() > before

    await eventually(more)
    late.arrives()

    await expect(desk.row(customer.conversation)).to_be_visible()


async def test_a_customer_who_comes_before_the_desk_can_hear_is_in_the_list_too(people: People) -> None:
    desk = await people.agent()
    heard = asyncio.Event()

    async def deaf(socket: WebSocketRoute) -> None:
        await heard.wait()
        socket.connect_to_server()

    await desk.page.route_web_socket("**/api/socket", deaf)
    late = await _Late.of(desk.page, re.compile(r"/api/conversations\?view=unassigned"))
    await desk.page.reload()
    await late.is_asked()
    before = await _number(desk.page.title)()
    customer = await _waits(people)
    heard.set()

    async def more() -> bool:
        return await _number(desk.page.title)() > before

    await eventually(more)
    late.arrives()

    await expect(desk.row(customer.conversation)).to_be_visible()


async def test_an_agent_who_went_on_before_he_was_told_that_he_got_it_stays_where_he_is(people: People) -> None:
    first, second = await _waits(people), await _waits(people)
    desk = await people.agent()
    late = await _Late.of(desk.page, "**/accept", "POST")
    await desk.opens(first.conversation)

    await desk.press(desk.words["accept"])
    await late.is_asked()
    await desk.row(second.conversation).click()
    await desk.page.wait_for_url(f"**/{second.conversation}")
    late.arrives()

    await expect(desk.page.locator(".ant-message")).to_contain_text("已接入")
    assert desk.page.url.endswith(second.conversation)


async def test_a_draft_that_is_kept_late_does_not_come_back_after_it_was_sent(people: People) -> None:
    customer = await _waits(people)
    desk = await people.agent()
    await desk.takes(customer.conversation)
    first = asyncio.Event()

    async def slowly(route: Route) -> None:
        if route.request.method == "PUT" and json.loads(route.request.post_data or "{}")["text"]:
            await first.wait()
        await route.fallback()

    await desk.page.route("**/drafts", slowly)
    async with desk.page.expect_request(lambda it: it.method == "PUT" and it.url.endswith("/drafts")):
        await desk.box.fill("新抬头请发给我")
    await desk.replies("新抬头请发给我，我来改。")
    await customer.sees("新抬头请发给我，我来改。")
    async with desk.page.expect_response(lambda it: it.request.method == "PUT" and "新抬头" not in (it.request.post_data or "")):
        first.set()

    assert await _drafts(desk, customer.conversation) == [""]


async def _drafts(desk: AtDesk, conversation: str) -> list[str]:
    site = desk.page.url.split("/console")[0]
    answer = await desk.page.context.request.get(f"{site}/api/conversations/{conversation}/drafts")
    return [draft["text"] for draft in await answer.json()] or [""]
