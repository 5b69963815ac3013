"""Writing at the desk: phrases after a slash, colleagues after an at-sign, macros, the palette that teaches."""

import re
from pathlib import Path

from playwright.async_api import expect

from browser.pages import AtDesk, People, Visitor
from world.files import png


async def _served(people: People, words: str, name: str = "", email: str = "wang@demo.example") -> tuple[Visitor, AtDesk]:
    customer = await people.shopper(name) if name else await people.visitor("zh-CN")
    await customer.says(words)
    await customer.asks_for_a_person()
    desk = await people.agent(email)
    await desk.takes(customer.conversation)
    return customer, desk


async def _writes_phrase(desk: AtDesk, url: str, shortcut: str, text: str) -> None:
    await desk.page.goto(f"{url}/console/workbench")
    await desk.page.get_by_role("button", name="新建话术").click()
    await desk.page.get_by_label("快捷词").fill(shortcut)
    await desk.page.get_by_label("内容").fill(text)
    await desk.page.get_by_role("button", name="保存").click()
    await expect(desk.page.get_by_text(f"/{shortcut}").last).to_be_visible()


async def test_a_phrase_is_found_by_a_slash_and_filled_with_what_is_known_of_the_customer(people: People) -> None:
    customer, desk = await _served(people, "帮我看看订单", "林晚秋")
    await _writes_phrase(desk, people.demo.url, "您好", "{customer}您好，我是{agent}，寄到{city}的我来跟进。")
    await desk.opens(customer.conversation, "mine")

    await desk.box.press_sequentially("/您")
    await expect(desk.page.get_by_role("option", name=re.compile("林晚秋您好"))).to_be_visible()
    await desk.page.keyboard.press("Enter")
    await expect(desk.box).to_have_value("林晚秋您好，我是王芳，寄到【城市】的我来跟进。")
    await desk.page.keyboard.press("Control+Enter")
    await customer.does_not_see("的我来跟进")
    await desk.page.keyboard.type("杭州")
    await desk.page.keyboard.press("Control+Enter")

    await customer.sees("林晚秋您好，我是王芳，寄到杭州的我来跟进。")


async def test_a_colleague_named_in_a_note_is_called_and_the_customer_sees_nothing_of_it(people: People) -> None:
    customer, desk = await _served(people, "发票能补开吗")
    tom = await people.agent("tom@demo.example", "en")
    await desk.page.locator("h2").first.click()
    await desk.page.keyboard.press("n")
    await desk.box.press_sequentially("@tom")
    await desk.page.keyboard.press("Enter")
    await desk.page.keyboard.type("你之前处理过这位")
    await desk.page.keyboard.press("Control+Enter")

    await tom.sees("王芳 mentioned you in a note")
    await tom.page.get_by_role("button", name="Open", exact=True).click()
    await tom.sees("你之前处理过这位")
    await customer.does_not_see("处理过")


async def test_a_macro_made_by_a_supervisor_is_run_from_the_palette_which_teaches_shortcuts(people: People) -> None:
    boss = await people.agent("admin@demo.example")
    await boss.page.goto(f"{people.demo.url}/console/workbench/macros")
    await boss.page.get_by_role("button", name="新建宏").click()
    await boss.page.get_by_label("名称").fill("请稍等")
    await boss.page.get_by_label("内容").fill("{customer}，我去核实，十分钟内回复您。")
    await boss.page.get_by_role("button", name="保存").click()
    await expect(boss.page.get_by_text("请稍等")).to_be_visible()
    customer, desk = await _served(people, "到底什么时候发货", "赵一鸣")

    await desk.page.keyboard.press("Control+k")
    await desk.page.get_by_role("combobox").fill("请稍等")
    await desk.page.keyboard.press("Enter")
    await customer.sees("赵一鸣，我去核实，十分钟内回复您。")

    await desk.page.keyboard.press("Control+k")
    await desk.page.get_by_role("combobox", name="搜会话、操作、页面").fill("资料栏")
    await desk.page.keyboard.press("Enter")
    await desk.sees("下次可以直接按 I")


async def test_a_picture_can_be_looked_at_before_it_is_sent(people: People, tmp_path: Path) -> None:
    customer, desk = await _served(people, "想看下实物图")
    picture = tmp_path / "look.png"
    picture.write_bytes(png(200, 100))

    await desk.adds(picture)
    await desk.page.locator(".upload-look").click()
    await expect(desk.page.get_by_role("dialog", name="look.png")).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await desk.box.press("Control+Enter")

    await expect(customer.log.locator("img").last).to_be_visible()
