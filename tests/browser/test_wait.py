"""What a customer may do while he waits, and what he says of answers: each part of the widget that is fetched when it is needed."""

import re

from playwright.async_api import Locator, Route, expect

from browser.pages import PHONE, People, Visitor
from world.waiting import eventually

QUESTION = {"zh-CN": "七天无理由退货怎么退", "en": "How do I return something within 7 days?"}
WORDS = {
    "zh-CN": {
        "leave": "留言", "left": "已收到您的留言", "seam": "已转为留言", "chat": "改为在线等候", "call": "请给我回电", "phone": "回电号码",
        "wrong": "请填写可以接听的电话号码", "called": "会给您回电", "ai": "继续问 AI", "back": "您已回到 AI 助手",
        "yes": "有帮助", "no": "没帮助", "sorry": "没帮上您", "person": "找人工客服", "told": "我提供的信息",
    },
    "en": {
        "leave": "Leave a message", "left": "We have your message", "seam": "Left as a message", "chat": "Wait in the chat",
        "call": "Call me back", "phone": "Number to call", "wrong": "Please give a number", "called": "We'll call you back",
        "ai": "Back to the AI", "back": "You're back with the AI assistant",
        "yes": "This helped", "no": "This didn't help", "sorry": "That didn't help", "person": "Talk to a person", "told": "What I told you",
    },
}  # fmt: skip
# What has the focus inside of the widget: its name and the classes around it.
FOCUSED = "() => { const at = document.querySelector('tandem-widget').shadowRoot.activeElement; return at?.ariaLabel ?? at?.textContent ?? ''; }"


async def _waits(people: People, locale: str, *, phone: bool = False) -> tuple[Visitor, Locator]:
    """Somebody in the queue, and the ways out of it."""
    context = await people.context(locale, PHONE) if phone else None
    visitor = await people.visitor(locale, f"/?lang={locale[:2]}", context)
    await visitor.asks_for_a_person()
    ways = visitor.panel.locator(".queue-panel")
    await expect(ways).to_be_visible()
    return visitor, ways


async def _has_focus(visitor: Visitor, text: str) -> None:
    async def focused() -> bool:
        return text in await visitor.page.evaluate(FOCUSED)

    await eventually(focused)


async def test_who_does_not_want_to_wait_leaves_it_as_a_message_and_may_change_his_mind(people: People, locale: str) -> None:
    words = WORDS[locale]
    visitor, ways = await _waits(people, locale)

    await ways.get_by_role("button", name=words["leave"], exact=True).press("Enter")

    await expect(ways).to_contain_text(words["left"])
    await expect(visitor.log).to_contain_text(words["seam"])
    await _has_focus(visitor, words["left"])

    await ways.get_by_role("button").first.press("Enter")
    await expect(ways).to_have_attribute("aria-expanded", "false")
    await expect(ways).to_be_focused()
    await visitor.page.reload()
    await expect(ways).to_contain_text(words["left"])
    await ways.get_by_role("button", name=words["chat"]).click()
    await expect(ways.get_by_role("button", name=words["leave"], exact=True)).to_be_visible()


async def test_who_has_told_his_number_need_not_write_it_again(people: People) -> None:
    visitor = await people.visitor("zh-CN", "/?lang=zh")
    await visitor.says("订单 TD20261101 没到，电话 138 1234 5678，请联系我")
    await visitor.asks_for_a_person()
    ways = visitor.panel.locator(".queue-panel")

    await ways.get_by_role("button", name=WORDS["zh-CN"]["call"]).click()

    await expect(ways.get_by_label(WORDS["zh-CN"]["phone"])).to_have_value("138 1234 5678")
    await ways.get_by_role("button", name=WORDS["zh-CN"]["call"]).click()
    await expect(ways).to_contain_text(WORDS["zh-CN"]["called"])


async def test_who_wants_to_be_called_gives_his_number_and_keeps_his_place(people: People, locale: str) -> None:
    words = WORDS[locale]
    visitor, ways = await _waits(people, locale, phone=True)

    await ways.get_by_role("button", name=words["call"]).click()
    number = ways.get_by_label(words["phone"])
    await expect(number).to_be_focused()
    await number.fill("call me")
    await number.press("Enter")
    await expect(ways.get_by_role("alert")).to_contain_text(words["wrong"])
    await expect(number).to_have_attribute("aria-invalid", "true")

    await number.fill("+44 20 7946 0000")
    await number.press("Enter")
    await expect(ways).to_contain_text(words["called"])
    await _has_focus(visitor, words["called"])
    desk = await people.agent()
    await desk.takes(visitor.conversation)
    await expect(desk.page.get_by_role("link", name="+44 20 7946 0000")).to_be_visible()


async def test_who_waits_goes_back_to_the_assistant_and_is_answered(people: People, locale: str) -> None:
    words = WORDS[locale]
    visitor, ways = await _waits(people, locale)

    await ways.get_by_role("button", name=words["ai"]).click()

    await expect(ways).to_have_count(0)
    await visitor.sees(words["back"])
    await expect(visitor.panel).to_be_focused()
    assert await visitor.is_answered(QUESTION[locale])


async def test_who_was_not_helped_says_so_and_is_offered_a_person(people: People, locale: str) -> None:
    words = WORDS[locale]
    visitor = await people.visitor(locale, f"/?lang={locale[:2]}")
    await visitor.is_answered(QUESTION[locale])
    yes, no = (visitor.log.get_by_role("button", name=words[it], exact=True) for it in ("yes", "no"))

    await yes.press("Enter")
    await expect(yes).to_have_attribute("aria-pressed", "true")
    await no.press("Space")
    await expect(no).to_have_attribute("aria-pressed", "true")
    await expect(yes).to_have_attribute("aria-pressed", "false")
    await expect(visitor.log.get_by_role("status")).to_contain_text(words["sorry"])

    await visitor.page.reload()
    await expect(no).to_have_attribute("aria-pressed", "true")
    await yes.click()
    await no.click()
    await visitor.log.get_by_role("button", name=words["person"]).click()
    await visitor.sees(visitor.words["waiting"])
    await expect(visitor.panel).to_be_focused()


async def test_who_reviews_answers_sees_what_the_customer_said(people: People) -> None:
    visitor = await people.visitor("zh-CN", "/?lang=zh")
    await visitor.is_answered(QUESTION["zh-CN"])
    await visitor.log.get_by_role("button", name="没帮助").click()
    await expect(visitor.log.get_by_role("status")).to_contain_text("没帮上您")

    boss = await people.agent("admin@demo.example")
    await boss.page.goto(f"{people.demo.url}/console/promise")
    review = boss.page.get_by_role("region", name="等待核对")
    answer, left = review.locator(".promise-answer"), review.locator("h2 .numbers")
    await expect(answer).to_be_visible()
    while not await answer.get_by_text("客户：没帮助").count():
        before = await left.inner_text()
        await review.get_by_role("button", name="跳过").click()
        await expect(left).not_to_have_text(before)
    await boss.opens(visitor.conversation, "all")
    await boss.sees("客户：AI 的回答没有帮助")


async def test_what_was_told_is_read_on_a_sheet_that_hides_what_lies_beneath(people: People) -> None:
    visitor, _ = await _waits(people, "zh-CN")

    await visitor.panel.get_by_role("button", name="我提供的信息").click()

    sheet = visitor.panel.get_by_role("dialog", name="我提供的信息")
    await expect(sheet).to_be_visible()
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", await sheet.evaluate("(sheet) => getComputedStyle(sheet).backgroundColor"))


async def test_a_part_that_could_not_be_fetched_is_fetched_again(people: People) -> None:
    context = await people.context("zh-CN")
    asked: list[str] = []

    async def fails_twice(route: Route) -> None:
        asked.append(route.request.url)
        await (route.abort() if len(asked) < 3 else route.continue_())

    await context.route("**/parts/wait.js?*", fails_twice)
    visitor = await people.visitor("zh-CN", "/?lang=zh", context)

    await visitor.asks_for_a_person()

    await expect(visitor.panel.locator(".queue-panel")).to_be_visible()
    assert len(asked) == len(set(asked)) == 3
