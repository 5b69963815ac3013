"""Whatever people write or are called is text: shown as it is, and never more."""

import re
import secrets

from playwright.async_api import Locator, Page, expect

from browser.pages import AtDesk, People, Visitor

SCRIPTS = [
    '<img src="x" onerror="globalThis.harmed = 1">',
    "<script>globalThis.harmed = 1</script>",
    "[press](javascript:globalThis.harmed=1)",
    '"><svg onload="globalThis.harmed = 1">',
    "{{constructor.constructor('globalThis.harmed = 1')()}}",
]
NAME = '<b onmouseover="globalThis.harmed=1">王</b>'
ARABIC = "أين طلبي؟ لم يصل بعد"
LONG = "W" * 700


async def _served(people: People) -> tuple[Visitor, AtDesk]:
    customer = await people.visitor("zh-CN")
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    return customer, desk


async def _is_harmless(page: Page) -> None:
    assert await page.evaluate("globalThis.harmed") is None
    await expect(page.locator('img[src="x"], svg[onload], b[onmouseover], a[href^="javascript"]')).to_have_count(0)


async def test_script_in_messages_is_only_text_on_both_sides(people: People) -> None:
    customer, desk = await _served(people)

    for script in SCRIPTS:
        await customer.says(script)
        await desk.replies(f"You wrote {script}")

    for log in (customer.log, desk.log):
        for script in SCRIPTS:
            await expect(log.locator(".bubble").filter(has_text=script)).to_have_count(2)
    await _is_harmless(customer.page)
    await _is_harmless(desk.page)


async def test_script_in_a_name_is_only_text_on_both_sides(people: People) -> None:
    boss = await people.agent("admin@demo.example")
    password = secrets.token_urlsafe(12)
    me = await (await boss.page.request.get(f"{people.demo.url}/api/me")).json()
    made = await boss.page.request.post(
        f"{people.demo.url}/api/users", headers={"X-CSRF-Token": me["csrf"]},
        data={"email": f"{secrets.token_hex(4)}@demo.example", "name": NAME, "role": "agent", "password": password},
    )  # fmt: skip
    assert made.ok, await made.text()
    customer = await people.visitor("zh-CN")
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent((await made.json())["email"], password=password)
    await desk.takes(customer.conversation)
    await desk.shows_tab("customer")
    await desk.press("编辑")
    await desk.packet.get_by_role("textbox").first.fill(NAME)
    await desk.page.get_by_role("button", name=re.compile("^保 ?存$")).click()
    await desk.replies("我是王")

    await customer.sees(f"{NAME}正在为您服务")
    await customer.sees("我是王")
    await expect(desk.page.locator(".head-name")).to_contain_text(NAME)
    await expect(desk.row(customer.conversation)).to_contain_text(NAME)
    await _is_harmless(customer.page)
    await _is_harmless(desk.page)


async def test_right_to_left_words_run_right_to_left_and_long_words_break(people: People) -> None:
    customer, desk = await _served(people)

    await customer.says(ARABIC)
    await customer.says(LONG)

    for log in (customer.log, desk.log):
        arabic = log.locator(".bubble").filter(has_text=ARABIC)
        await expect(arabic).to_be_visible()
        await expect(arabic.get_by_text(ARABIC)).to_have_css("direction", "rtl")
        await expect(log.locator(".bubble").filter(has_text=LONG)).to_be_visible()
        await _fits(log)
    await _fits(desk.page.locator("html"))


async def _fits(box: Locator) -> None:
    assert await box.evaluate("it => it.scrollWidth - it.clientWidth") <= 0
