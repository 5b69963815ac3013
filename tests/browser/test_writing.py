"""Writing at the desk: phrases after a slash, colleagues after an at-sign, macros, the palette that teaches."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from browser.pages import AtDesk, People, Visitor
from world.files import png
from world.waiting import eventually


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


@pytest.mark.parametrize("act", ["resolve", "hand_back"])
async def test_what_was_said_just_before_a_conversation_is_given_away_reaches_the_customer_first(people: People, act: str) -> None:
    customer, desk = await _served(people, "帮我改一下地址")
    held, calls = asyncio.Event(), list[str]()

    async def late(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await desk.page.route("**/reply", late)
    desk.page.on("request", lambda it: calls.append(it.url.rsplit("/", 1)[-1]) if it.method == "POST" else None)
    await desk.replies("地址已经改好了。")
    await desk.press(desk.words[act])
    if act == "resolve":
        await desk.press(desk.words["now"])
    await eventually(lambda: _is(calls, "reply"))
    await desk.page.wait_for_function("() => new Promise(done => setTimeout(() => done(true)))")
    assert not {"resolve", "hand-back"} & set(calls)
    held.set()

    await customer.sees("地址已经改好了。")
    await eventually(lambda: _is(calls, act.replace("_", "-")))
    assert calls.index("reply") < calls.index(act.replace("_", "-"))
    await expect(desk.log.get_by_text("地址已经改好了。")).to_have_count(1)


async def _is(calls: list[str], name: str) -> bool:
    return name in calls


async def test_each_person_chooses_the_key_that_sends_and_finds_it_at_any_machine(people: People) -> None:
    customer, desk = await _served(people, "尺码怎么选", email="tom@demo.example")
    await desk.box.press_sequentially("第一行")
    await desk.box.press("Enter")
    await expect(desk.box).to_have_value("第一行\n")
    await desk.page.get_by_role("button", name="发送的按键").click()
    await desk.page.get_by_role("menuitem", name="按 Enter 发送").click()
    await expect(desk.page.locator(".composer-keys")).to_contain_text("Shift Enter 换行")

    elsewhere = await people.agent("tom@demo.example")
    await elsewhere.opens(customer.conversation, "mine")
    await elsewhere.box.fill("按平时的尺码选就好")
    await elsewhere.box.press("Shift+Enter")
    await expect(elsewhere.box).to_have_value("按平时的尺码选就好\n")
    await elsewhere.box.press("Enter")

    await customer.sees("按平时的尺码选就好")
    await expect(elsewhere.box).to_have_value("")


async def test_who_takes_a_suggestion_and_types_on_types_behind_it(people: People) -> None:
    customer, desk = await _served(people, "运费多少")
    await desk.page.get_by_role("tab", name="副驾").click()
    await desk.page.get_by_placeholder("例如：退货运费谁出").fill("退货运费谁出")
    await desk.page.keyboard.press("Enter")
    use = desk.page.get_by_role("tabpanel").get_by_role("button", name="插入回复").first
    await expect(use).to_be_visible()

    # In one task, as fast as no hand is: the press, then a key.
    await use.evaluate("""it => {
      it.click();
      const field = document.activeElement;
      if (field.tagName === "TEXTAREA") document.execCommand("insertText", false, "【完】");
    }""")

    await expect(desk.box).to_have_value(re.compile("【完】$"))
    await customer.does_not_see("【完】")
