"""What an agent leaves behind while it is on its way, another conversation or the next page, is not lost."""

import asyncio
from pathlib import Path

from playwright.async_api import Page, Route, expect

from browser.pages import AtDesk, People, Visitor


class _Held:
    """Calls that have left the page and do not reach the server until they are let go."""

    def __init__(self) -> None:
        self._go = asyncio.Event()

    @classmethod
    async def of(cls, page: Page, address: str) -> "_Held":
        held = cls()

        async def hold(route: Route) -> None:
            await held._go.wait()
            await route.continue_()

        await page.route(address, hold)
        return held

    def goes_on(self) -> None:
        self._go.set()


async def _served(people: People, words: str, desk: AtDesk) -> Visitor:
    customer = await people.visitor("zh-CN")
    await customer.says(words)
    await customer.asks_for_a_person()
    await desk.takes(customer.conversation)
    return customer


async def _loses_the_network(page: Page, address: str) -> None:
    await page.route(address, lambda route: route.abort())


async def test_a_conversation_that_was_closed_behind_a_reply_is_closed_by_the_next_page_after_the_reply(people: People) -> None:
    desk = await people.agent()
    customer = await _served(people, "帮我改一下地址", desk)
    await _loses_the_network(desk.page, "**/reply")
    await desk.replies("地址已经改好了。")
    await desk.press(desk.words["resolve"])
    await desk.press(desk.words["now"])

    await desk.page.unroute("**/reply")
    await desk.page.reload()

    await desk.sees("会话已结束", within=30_000)
    await expect(desk.page.locator(".ant-notification")).to_contain_text("您离开前的操作已完成")
    await customer.sees(customer.words["ended"])
    await customer.sees("地址已经改好了。")


async def test_closing_many_waits_for_the_reply_that_is_on_its_way_in_one_of_them(people: People) -> None:
    desk = await people.agent()
    first = await _served(people, "发票抬头写错了", desk)
    second = await _served(people, "想改收货时间", desk)
    held = await _Held.of(desk.page, "**/reply")
    await desk.replies("收货时间已改到周五。")
    await desk.page.get_by_role("link", name="我的").first.click()

    for customer in (first, second):
        await desk.row(customer.conversation).click(modifiers=["Control"])
    await desk.page.get_by_role("toolbar", name="批量操作").get_by_role("button", name="标记为已解决").click()
    calls = list[str]()
    desk.page.on("request", lambda it: calls.append(it.url.rsplit("/", 1)[-1]))
    await desk.sees("即将标记 2 个会话为已解决")
    await expect(desk.page.get_by_text("即将标记 2 个会话为已解决")).to_have_count(0)
    assert "bulk" not in calls
    held.goes_on()

    await second.sees("收货时间已改到周五。")
    await second.sees(second.words["ended"])
    await desk.sees("已解决 2 个会话")


async def test_a_file_that_is_sent_up_while_another_conversation_is_open_is_in_its_own_reply(
    people: People, tmp_path: Path
) -> None:
    desk = await people.agent()
    customer = await _served(people, "有说明书吗", desk)
    other = await _served(people, "运费多少", desk)
    await desk.opens(customer.conversation, "mine")
    held = await _Held.of(desk.page, "**/uploads")
    sheet = tmp_path / "说明书.txt"
    sheet.write_text("先充电")
    async with desk.page.expect_file_chooser() as choosing:
        await desk.press(desk.words["attach"])
    await (await choosing.value).set_files(sheet)
    await expect(desk.page.locator(".upload .spin")).to_have_count(1)

    await desk.row(other.conversation).click()
    await expect(desk.page.locator(".upload")).to_have_count(0)
    held.goes_on()
    await desk.row(customer.conversation).click()

    await expect(desk.page.locator(".upload")).to_have_count(1)
    await expect(desk.page.locator(".upload .spin")).to_have_count(0)
    await desk.page.reload()
    await expect(desk.page.locator(".upload")).to_contain_text("说明书.txt")
    await desk.replies("说明书在附件里")
    await expect(customer.log.get_by_role("link", name="说明书.txt")).to_be_visible()
    await expect(desk.page.locator(".upload")).to_have_count(0)
