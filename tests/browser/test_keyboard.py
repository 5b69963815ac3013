"""What a key opens has the focus: without it nobody gets into it but by the mouse, and what is typed there presses shortcuts."""

from playwright.async_api import Page, expect

from browser.pages import People
from world.waiting import eventually

INSIDE = "() => document.activeElement?.closest('.ant-popover, .ant-modal') !== null && !document.activeElement.matches('.ant-modal-close')"
# What was closed keeps the focus until the page is drawn again: keys that come sooner than any hand go astray.
GONE = """() => [...document.querySelectorAll('.ant-popover, .ant-modal-wrap')].every(it => it.getClientRects().length === 0)
  && document.activeElement?.closest('.ant-popover, .ant-modal') === null"""


async def _is(page: Page, what: str) -> None:
    async def so() -> bool:
        answer: bool = await page.evaluate(what)
        return answer

    await eventually(so)


async def test_whatever_a_key_opens_is_entered_and_left_by_keys(people: People) -> None:
    visitor = await people.visitor("zh-CN")
    await visitor.asks_for_a_person()
    desk = await people.agent()
    await desk.is_away()
    await desk.takes(visitor.conversation)
    await expect(desk.box).to_be_focused()
    await desk.page.keyboard.press("Escape")

    for key in "vtsfp":
        await desk.page.keyboard.press(key)
        await _is(desk.page, INSIDE)
        await desk.page.keyboard.press("Escape")
        await _is(desk.page, GONE)

    await desk.page.keyboard.press("v")
    await _is(desk.page, INSIDE)
    await desk.page.keyboard.type("hen")
    await expect(desk.page.get_by_role("dialog", name="转接").get_by_role("textbox").first).to_have_value("hen")


async def test_of_one_order_alone_it_need_not_be_said_which(people: People) -> None:
    order = people.order_of("周子昂")
    customer = await people.visitor("zh-CN", "/?lang=zh")
    digits = next(digits for number, digits, _, _ in people.demo.orders if number == order)
    await customer.is_answered(f"订单 {order} 手机尾号 {digits} 到哪了")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.is_away()
    await desk.takes(customer.conversation)
    await expect(desk.box).to_be_focused()
    await desk.page.keyboard.press("Escape")

    await desk.page.keyboard.press("p")

    await expect(desk.page.get_by_role("dialog")).to_contain_text(order)
