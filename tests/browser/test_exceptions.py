"""Exceptions and supervision on screen: asked for by keyboard, decided beside like cases, seen by the customer; a supervisor at work."""

from playwright.async_api import expect

from browser.pages import AtDesk, People, Visitor


async def _asks(desk: AtDesk, what: str, cost: str) -> None:
    """By keyboard alone."""
    await desk.page.keyboard.press("p")
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_label("申请什么").fill(what)
    await dialog.get_by_label("为什么").fill("包裹迟到五天，客户是第一次反映")
    await dialog.get_by_label("成本金额").fill(cost)
    await desk.page.keyboard.press("Control+Enter")
    await expect(dialog).to_have_count(0)


async def _served(people: People) -> tuple[Visitor, AtDesk]:
    customer = await people.visitor("zh-CN")
    await customer.says("包裹迟到五天了")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await desk.log.focus()
    return customer, desk


async def test_what_an_agent_asks_for_is_decided_by_a_supervisor_and_the_customer_sees_it(people: People) -> None:
    customer, desk = await _served(people)
    await _asks(desk, "全额退运费", "12")
    await customer.sees("特批申请中")

    boss = await people.agent("chen@demo.example")
    await boss.page.goto(boss.page.url.split("/inbox")[0] + "/approvals")
    case = boss.page.get_by_role("listitem").filter(has_text="全额退运费").first
    await expect(case).to_contain_text("¥12.00")
    await case.get_by_label("理由").fill("承运商的责任")
    await case.get_by_role("button", name="批准", exact=True).click()
    await expect(boss.page.get_by_text("没有等待审批的申请")).to_be_visible()

    await customer.sees("特批已通过")
    await expect(desk.page.locator(".exception-line").first).to_contain_text("已批准")
    assert "承运商的责任" not in await customer.text()


async def test_a_supervisor_looks_on_whispers_and_joins_by_name(people: People) -> None:
    customer, desk = await _served(people)
    boss = await people.agent("chen@demo.example")
    await boss.page.goto(boss.page.url.split("/inbox")[0] + "/board")
    await boss.page.get_by_role("link", name="旁听").first.click()
    bar = boss.page.get_by_role("region", name="旁听中")

    await bar.get_by_label("悄悄话").fill("可以先退运费")
    await bar.get_by_role("button", name="悄悄话").click()
    await desk.sees("可以先退运费")
    await bar.get_by_role("button", name="加入对话").click()
    await customer.sees("陈主管 接入")
    await boss.replies("我来一起处理")

    await customer.sees("我来一起处理")
    assert "可以先退运费" not in await customer.text()
