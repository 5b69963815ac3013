"""A day at the desk: two agents and a supervisor, each in a browser of his own, and two customers who speak different languages."""

import re

import asyncpg
from playwright.async_api import expect

from browser.demo import Demo
from browser.pages import AtDesk, People, Visitor
from tandem.infra import postgres

ASKED_FOR = "请提供一下您的订单号"
REPLIED = "我已经看到您的订单，马上核对物流。"
WHISPERED = "可以先补偿运费"
PROMISED = "I'll see to it right now."


async def test_a_day_at_the_desk(people: People) -> None:
    """What each of them does, and what the others then see."""
    wang = await people.agent()
    zhou, order = await _an_angry_customer(people)
    await _takes_him_from_the_keyboard(wang, order)
    emma = await _is_served_by_the_assistant(people)
    await _is_warned_before_asking_what_is_known(wang, zhou)

    chen = await people.agent("chen@demo.example")
    await _looks_on_and_whispers(chen, wang, zhou)
    tom = await people.agent("tom@demo.example", "en")
    await _passes_him_on(wang, tom, zhou, order)

    await _asks_for_a_refund(tom, zhou, order)
    await _approves(chen, order)
    await zhou.sees("已退款 ¥12.00，3 天内原路到账")
    await expect(tom.page.locator(".exception-line").first).to_contain_text("Carried out")

    await _takes_a_break(wang, chen)
    await emma.asks_for_a_person()
    await tom.takes(emma.conversation)
    await emma.sees("You're chatting with Tom Baker")
    await _joins_and_leaves(chen, zhou)
    await _moves_to(chen, emma, "陈主管")
    await _is_put_back_to_work(chen, wang)

    await tom.opens(zhou.conversation, "mine")
    await tom.replies(PROMISED)
    await tom.resolves()
    await zhou.sees(zhou.words["ended"])
    await zhou.panel.get_by_role("button", name="满意", exact=True).click()

    await _the_timeline_tells_it_all(chen, zhou)
    await _the_audit_tells_it_all(people.demo, zhou)


async def _an_angry_customer(people: People) -> tuple[Visitor, str]:
    order = people.order_of("周子昂")
    customer = await people.shopper("周子昂", "zh-CN", path="/?lang=zh")
    assert order in await customer.is_answered(f"订单 {order} 到哪了")
    await customer.says("你们太过分了，气死我了，我要投诉")
    await customer.sees(customer.words["waiting"])
    return customer, order


async def _is_served_by_the_assistant(people: People) -> Visitor:
    order = people.order_of("Emma Clarke")
    customer = await people.shopper("Emma Clarke", "en", path="/?lang=en")
    assert order in await customer.is_answered(f"Where is my order {order}?")
    return customer


async def _takes_him_from_the_keyboard(desk: AtDesk, order: str) -> None:
    card = desk.page.get_by_role("region", name="派给您的客户")
    await expect(card).to_be_visible()
    await desk.page.keyboard.press("Control+j")
    await expect(desk.box).to_be_visible()
    await expect(desk.packet.locator(".facts")).to_contain_text(order)
    await expect(desk.packet).to_contain_text("愤怒")


async def _is_warned_before_asking_what_is_known(desk: AtDesk, customer: Visitor) -> None:
    await desk.box.fill(ASKED_FOR)
    await expect(desk.page.locator(".repeat-warning")).to_contain_text("客户已经说过")
    await desk.replies(REPLIED)
    await customer.sees(REPLIED)
    await customer.does_not_see(ASKED_FOR)


async def _looks_on_and_whispers(boss: AtDesk, desk: AtDesk, customer: Visitor) -> None:
    await _goes_to(boss, "board")
    await boss.page.get_by_role("link", name="旁听").first.click()
    bar = boss.page.get_by_role("region", name="旁听中")
    await bar.get_by_label("悄悄话").fill(WHISPERED)
    await bar.get_by_role("button", name="悄悄话").click()
    await desk.sees(WHISPERED)
    await desk.sees("陈主管 也在看")
    await customer.does_not_see(WHISPERED)


async def _passes_him_on(giver: AtDesk, taker: AtDesk, customer: Visitor, order: str) -> None:
    await giver.press("转接")
    await giver.page.get_by_role("dialog", name="转接").get_by_role("button", name=re.compile("Tom Baker")).click()
    await customer.sees("Tom Baker")
    await taker.opens(customer.conversation, "mine")
    await expect(taker.packet.locator(".facts")).to_contain_text(order)
    await taker.sees(WHISPERED)


async def _asks_for_a_refund(desk: AtDesk, customer: Visitor, order: str) -> None:
    await desk.log.focus()
    await desk.page.keyboard.press("p")
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Part refund")
    await dialog.get_by_label("What", exact=True).fill("Refund the shipping")
    await dialog.get_by_label("Why", exact=True).fill("Five days late, first time he complains")
    await dialog.get_by_label("Cost", exact=True).fill("12")
    await dialog.get_by_label("Order number").click()
    await desk.page.locator(".ant-select-item-option").filter(has_text=order).click()
    await desk.page.keyboard.press("Control+Enter")
    await expect(dialog).to_have_count(0)
    await customer.sees("特批申请中")


async def _approves(boss: AtDesk, order: str) -> None:
    await _goes_to(boss, "approvals")
    case = boss.page.get_by_role("listitem").filter(has_text="Refund the shipping").first
    await expect(case).to_contain_text("部分退款")
    await expect(case).to_contain_text(order)
    await case.get_by_label("理由").fill("承运商的责任")
    await case.get_by_role("button", name="批准", exact=True).click()
    await expect(boss.page.get_by_text("没有等待审批的申请")).to_be_visible()


async def _takes_a_break(desk: AtDesk, boss: AtDesk) -> None:
    await desk.page.locator(".presence-mine").click()
    await desk.page.get_by_role("menuitem", name="小休").hover()
    await desk.page.get_by_role("menuitem", name="用餐").click()
    await expect(desk.page.locator(".presence-mine")).to_contain_text("小休 · 用餐")
    await _goes_to(boss, "board")
    await expect(boss.page.locator(".board-agents li").filter(has_text="王芳")).to_contain_text("小休")


async def _joins_and_leaves(boss: AtDesk, customer: Visitor) -> None:
    await boss.opens(customer.conversation, "all")
    bar = boss.page.get_by_role("region", name="旁听中")
    await bar.get_by_role("button", name="加入对话").click()
    await customer.sees("陈主管 接入")
    await boss.replies("我是主管，这件事我也会跟进。")
    await customer.sees("我是主管，这件事我也会跟进。")
    await boss.press("退出对话")
    await expect(bar.get_by_role("button", name="加入对话")).to_be_visible()


async def _moves_to(boss: AtDesk, customer: Visitor, name: str) -> None:
    await boss.opens(customer.conversation, "all")
    await boss.press("转接")
    await boss.page.get_by_role("dialog", name="转接").get_by_role("button", name=re.compile(name)).click()
    await customer.sees(name)


async def _is_put_back_to_work(boss: AtDesk, desk: AtDesk) -> None:
    await _goes_to(boss, "board")
    await boss.page.get_by_role("button", name="更改状态 王芳").click()
    form = boss.page.locator(".board-presence")
    await form.get_by_text("在线", exact=True).click()
    await form.get_by_label(re.compile("原因")).fill("午间高峰")
    await form.get_by_role("button", name="保存").click()
    await expect(desk.page.locator(".presence-mine")).to_contain_text("在线")


async def _the_timeline_tells_it_all(boss: AtDesk, customer: Visitor) -> None:
    await boss.opens(customer.conversation, "closed")
    for told in (
        "王芳 接入",
        "王芳 转给 Tom Baker",
        WHISPERED,
        "退款已办好",
        "陈主管 加入对话",
        "陈主管 退出对话",
        "客户评分 4 / 5",
    ):
        await expect(boss.log).to_contain_text(told)


async def _the_audit_tells_it_all(demo: Demo, customer: Visitor) -> None:
    async with postgres.running(demo.folder) as dsn:
        db = await asyncpg.connect(dsn)
        try:
            rows = await db.fetch(
                "select action from audit where at > (select opened_at from conversation where id = $1)", customer.conversation
            )
        finally:
            await db.close()
    assert {
        "conversation.watched", "conversation.transferred", "exception.asked", "exception.granted", "exception.carried_out",
        "conversation.joined", "conversation.whispered", "presence.set_for",
    } <= {row["action"] for row in rows}  # fmt: skip


async def _goes_to(desk: AtDesk, page: str) -> None:
    await desk.page.goto(f"{desk.page.url.split('/console')[0]}/console/{page}")
