"""The packet on screen: shown to whoever accepts, and between him and a question that was answered already."""

import re

import pytest
from playwright.async_api import expect

from browser.axe import serious
from browser.pages import People, Scheme

WORDS = {
    "zh-CN": ("订单 {order} 的围巾想换成灰色", "请提供一下您的订单号", "客户已经说过", "仍要发送", "灰色我看到了，马上为您换。"),
    "en": (
        "Order {order}: I want the grey one instead",
        "Could you send me your order number?",
        "has said this already",
        "Send anyway",
        "Grey it is.",
    ),
}


@pytest.mark.parametrize(
    ("locale", "email", "name"), [("zh-CN", "wang@demo.example", "周子昂"), ("en", "tom@demo.example", "Emma Clarke")]
)
async def test_who_accepts_sees_the_packet_and_is_warned_before_he_asks_what_it_holds(
    people: People, locale: str, email: str, name: str
) -> None:
    asks, repeats, known, anyway, fine = WORDS[locale]
    order = people.order_of(name)
    customer = await people.visitor(locale, f"/?lang={locale[:2]}")
    await customer.says(asks.format(order=order))
    await customer.asks_for_a_person()
    desk = await people.agent(email, locale)
    await desk.opens(customer.conversation)
    await desk.shows_tab("customer")

    await desk.accepts()
    await expect(desk.packet.locator(".facts")).to_contain_text(order)
    await expect(desk.page.locator(".tab-dot")).to_have_count(0)

    await desk.box.fill(repeats)
    warning = desk.page.locator(".repeat-warning")
    await expect(warning).to_contain_text(known)
    await expect(warning).to_contain_text(order)
    await warning.locator(".ref").first.click()
    await expect(desk.page.locator(".lit")).to_contain_text(order)
    await desk.box.press("Control+Enter")
    await expect(warning.get_by_role("button", name=anyway)).to_be_visible()
    await customer.does_not_see(repeats)

    await desk.box.fill(fine)
    await expect(warning).to_have_count(0)
    await desk.box.press("Control+Enter")
    await customer.sees(fine)


async def test_who_sends_in_one_go_with_his_last_word_is_warned_too_and_what_repeats_nothing_goes_at_once(people: People) -> None:
    order = people.order_of("林晚秋")
    customer = await people.visitor("zh-CN")
    await customer.says(f"订单 {order} 的围巾想换成灰色")
    await customer.asks_for_a_person()
    desk = await people.agent("wang@demo.example")
    await desk.takes(customer.conversation)

    await desk.replies("麻烦说下是哪一单")
    await expect(desk.page.locator(".repeat-warning")).to_contain_text(order)
    await expect(desk.box).to_have_value("麻烦说下是哪一单")
    await customer.does_not_see("麻烦说下是哪一单")

    await desk.replies("灰色我看到了，马上为您换。")
    await desk.replies("运费由我们承担。")
    await customer.sees_once_each_in_order(["灰色我看到了，马上为您换。", "运费由我们承担。"])
    await expect(desk.box).to_have_value("")

    await desk.replies("订单号发我一下")
    await desk.page.get_by_role("button", name="仍要发送").click()
    await customer.sees("订单号发我一下")


async def test_a_supervisor_sees_how_often_customers_were_asked_again(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("订单 TD20261101 没收到")
    await customer.asks_for_a_person()
    desk = await people.agent("tom@demo.example")
    await desk.takes(customer.conversation)
    await desk.box.fill("订单号是多少？")
    await expect(desk.page.locator(".repeat-warning")).to_be_visible()
    await desk.box.press("Control+Enter")
    await desk.page.get_by_role("button", name="仍要发送").click()
    await customer.sees("订单号是多少？")

    boss = await people.agent("admin@demo.example")
    await boss.page.goto(f"{people.demo.url}/console/workbench/handoffs")

    await expect(boss.page.locator(".repeat-number")).to_have_text(re.compile(r"[1-9][\d.]*%"))
    await expect(boss.page.get_by_role("row", name=re.compile("Tom Baker"))).to_be_visible()


async def test_a_customer_sees_what_he_told_corrects_it_and_takes_it_back(people: People, locale: str, scheme: Scheme) -> None:
    title, correct, remove, close = {
        "zh-CN": ("我提供的信息", "更正 订单号", "收回 手机号", "关闭"), "en": ("What I told you", "Correct Order", "Take back Phone", "Close"),
    }[locale]  # fmt: skip
    customer = await people.visitor(locale, f"/?lang={locale[:2]}", await people.context(locale, scheme=scheme))
    await customer.says("TD20261101, 灰色 grey, 13812345678. " + 6 * "I want the grey one. ")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await expect(desk.packet.locator(".facts")).to_contain_text("138****5678")

    await customer.panel.get_by_role("button", name=title).click()
    sheet = customer.page.get_by_role("dialog", name=title)
    await expect(sheet.locator("textarea").filter(visible=True)).not_to_have_count(0)
    goal = sheet.get_by_role("textbox").first
    assert await goal.evaluate("it => it.value.length > 80 && it.scrollHeight <= it.clientHeight + 1")
    assert await serious(customer.page, "tandem-widget") == []
    order = sheet.get_by_role("textbox", name={"zh-CN": "订单号", "en": "Order"}[locale], exact=True)
    await order.fill("TD20261102")
    await sheet.get_by_role("button", name=correct).click()
    await expect(sheet.get_by_role("button", name=close)).to_be_focused()
    await sheet.get_by_role("button", name=remove).click()
    await expect(sheet.get_by_role("button", name=remove)).to_have_count(0)
    await sheet.get_by_role("button", name=close).click()
    await expect(customer.panel.get_by_role("button", name=title)).to_be_focused()

    await expect(desk.packet.locator(".facts")).to_contain_text("TD20261102")
    await expect(desk.packet.locator(".facts")).not_to_contain_text("138****5678")
    await desk.sees("客户收回了")
    consents = desk.packet.locator(".consents")
    await expect(consents).to_have_text(re.compile("手机号：客户收回了，请不要再问"))
    await consents.locator(".ref").first.click()
    await expect(desk.page.locator(".lit")).to_contain_text("手机号")
    assert await serious(desk.page, ".packet") == []
