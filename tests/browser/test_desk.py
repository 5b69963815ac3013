"""From the assistant to a person and to the end of the case, on both screens."""

import re
from collections.abc import Awaitable, Callable

import pytest
from msgspec import Struct
from playwright.async_api import expect

from browser.demo import Demo
from browser.pages import CONSOLE, HEARS_TONES, People, Visitor
from world.waiting import eventually


class Story(Struct, frozen=True):
    """What is said in one case, and what both sides then see."""

    agent: str
    shopper: str
    asks: str
    complains: str
    reply: str
    note: str
    serves: str
    goal: str
    reason: str
    emotion: str
    face: str
    rated: str


STORIES = {
    "zh-CN": Story(
        "wang@demo.example", "周子昂", "订单 {order} 到哪了", "你们太过分了，气死我了，我要投诉",
        "已请承运商今天优先派送，晚上给您回话。", "承运商电话里说车坏在半路", "王芳正在为您服务", "诉求", "客户投诉", "愤怒", "满意", "客户评分 4 / 5",
    ),
    "en": Story(
        "tom@demo.example", "Emma Clarke", "Where is my order {order}?",
        "Third time I ask, this is outrageous. I want to make a complaint",
        "I've asked the carrier to deliver today.", "Carrier said the van broke down", "You're chatting with Tom Baker", "Goal",
        "complaint", "Angry", "Good", "Customer rated 4 of 5",
    ),
}  # fmt: skip


def _told(demo: Demo, story: Story) -> tuple[str, str]:
    order = next(number for number, _, _, name in demo.orders if name == story.shopper)
    return order, story.asks.format(order=order)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_a_case_goes_to_a_person_who_knows_it_all_and_to_its_end(people: People, locale: str) -> None:
    story = STORIES[locale]
    order, question = _told(people.demo, story)
    desk = await people.agent(story.agent, locale)
    await desk.page.keyboard.press("Escape")  # browsers let a page sound only after somebody has used it
    quiet, waiting = await desk.tones_heard(), await _waiting(desk.page.title)
    customer = await people.shopper(story.shopper, locale, path=f"/?lang={locale[:2]}")
    assert order in await customer.is_answered(question)
    await customer.says(story.complains)
    await customer.sees(customer.words["waiting"])

    # It rises: a row, a number in the title, a sound.
    await expect(desk.row(customer.conversation)).to_contain_text(story.shopper)
    await eventually(lambda: _more(desk.page.title, waiting))
    await eventually(lambda: _louder(desk.tones_heard, quiet))

    # The packet, and its way back to what was said.
    await desk.row(customer.conversation).click()
    await expect(desk.packet).to_contain_text(story.reason)
    await expect(desk.packet).to_contain_text(story.emotion)
    await expect(desk.packet.locator(".packet-part").filter(has_text=story.goal)).to_contain_text(re.compile(".+"))
    await expect(desk.packet.locator(".facts")).to_contain_text(order)
    await expect(desk.packet.locator(".lookups")).to_contain_text(order)
    await expect(desk.packet.locator(".attempts")).to_contain_text(re.compile(".+"))
    fact = desk.packet.locator(".facts > div").filter(has_text=order).locator(".ref").first
    cited = (await fact.inner_text()).strip()
    await fact.click()
    await expect(desk.page.locator(f"#entry-{cited}")).to_have_class(re.compile(r"\blit\b"))

    # Transcript, customer, orders.
    await desk.sees_once_each_in_order([question, story.complains])
    await desk.shows_tab("customer")
    await expect(desk.packet).to_contain_text(story.shopper)
    await desk.shows_tab("orders")
    await expect(desk.packet).to_contain_text(order)

    # A person answers.
    await desk.accepts()
    await customer.sees(story.serves)
    await desk.replies(story.reply)
    await customer.sees(story.reply)
    await desk.notes(story.note)
    await desk.sees(story.note)
    await desk.replies(story.reply + " OK")
    await customer.sees(story.reply + " OK")
    await customer.does_not_see(story.note)

    # The end can be taken back, then is one; and the customer says how it was.
    await desk.press(desk.words["resolve"])
    await desk.press(desk.words["undo"])
    await customer.does_not_see(customer.words["ended"])
    await desk.resolves()
    await customer.sees(customer.words["ended"])
    face = customer.panel.get_by_role("button", name=story.face, exact=True)
    await face.click()
    other = customer.panel.locator('.face-button[aria-pressed="false"]').first
    await expect(other).to_have_attribute("aria-disabled", "true")
    await other.dispatch_event("click")
    await expect(face).to_have_attribute("aria-pressed", "true")
    await desk.opens(customer.conversation, "closed")
    await desk.sees(story.rated)

    # He comes back: the same person, his history, no question asked twice.
    again = await people.visitor(locale, f"/?lang={locale[:2]}", customer.page.context)
    await again.sees(story.reply)
    await again.says(story.asks.format(order=order) + "!")
    await expect(again.log.locator(".row.assistant .card").nth(1)).to_contain_text(order)
    assert again.conversation == customer.conversation


async def _waiting(title: Callable[[], Awaitable[str]]) -> int:
    found = re.match(r"\((\d+)\)", await title())
    return int(found[1]) if found else 0


async def _more(title: Callable[[], Awaitable[str]], before: int) -> bool:
    return await _waiting(title) > before


async def _louder(heard: Callable[[], Awaitable[int]], before: int) -> bool:
    return await heard() > before


async def test_who_proved_himself_once_is_not_asked_again_when_he_comes_back(people: People, locale: str) -> None:
    number, digits, _, _ = people.demo.orders[4]
    asks = {"zh-CN": ("我的订单到哪了", "后四位"), "en": ("Where is my order?", "last four digits")}[locale]
    first = await people.visitor(locale, f"/?lang={locale[:2]}")
    await first.says(f"{number} {digits}")
    await expect(first.log.locator(".card").last).to_contain_text(number)
    await first.page.close()

    again = await people.visitor(locale, f"/?lang={locale[:2]}", first.page.context)
    await expect(again.log.locator(".card").last).to_contain_text(number)
    cards = await again.log.locator(".card").count()
    told = await again.is_answered(asks[0])

    assert asks[1] not in told
    await expect(again.log.locator(".card")).to_have_count(cards + 1)


async def test_who_has_signed_in_hears_the_next_customer_without_touching_anything(people: People) -> None:
    page = await (await people.context("zh-CN")).new_page()
    await page.add_init_script(HEARS_TONES)
    known = people.demo.sign_in("tom@demo.example")
    await page.goto(f"{people.demo.url}/console")
    await expect(page.locator("input[type=email]")).to_be_focused()
    await page.keyboard.type(known["email"])
    await page.keyboard.press("Tab")
    await page.keyboard.type(known["password"])
    await page.keyboard.press("Enter")
    await expect(page.locator(".inbox-head")).to_be_visible()

    await (await people.visitor("zh-CN")).asks_for_a_person()

    async def heard() -> bool:
        return bool(await page.evaluate("globalThis.tonesPlayed"))

    await eventually(heard)


async def test_the_desk_works_by_keyboard_alone_from_sign_in_to_resolve(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("你好，我想改一下发票抬头")
    await customer.asks_for_a_person()
    page = await (await people.context("zh-CN")).new_page()
    known = people.demo.sign_in("wang@demo.example")
    keys = page.keyboard
    await page.goto(f"{people.demo.url}/console")
    await expect(page.locator("input[type=email]")).to_be_focused()

    await keys.type(known["email"])
    await keys.press("Tab")
    await keys.type(known["password"])
    await keys.press("Enter")
    await expect(page.locator(".inbox-head")).to_be_visible()
    await keys.press("g")
    await keys.press("u")
    row = page.locator(f"#row-{customer.conversation}")
    await expect(row).to_be_visible()

    async def reached() -> bool:
        if "row-focused" in (await row.get_attribute("class") or ""):
            return True
        await keys.press("j")
        return False

    await eventually(reached)
    await keys.press("Enter")
    await expect(page.get_by_role("log")).to_be_visible()
    await keys.press("a")
    await customer.sees("王芳正在为您服务")
    await expect(page.locator(".composer textarea")).to_be_visible()
    await keys.press("r")
    await expect(page.locator(".composer textarea")).to_be_focused()
    await keys.type("新抬头请发给我，我来改。")
    await keys.press("Control+Enter")
    await customer.sees("新抬头请发给我，我来改。")
    await keys.press("Escape")
    await keys.press("e")

    await customer.sees("本次服务已结束")  # five seconds in which it could have been taken back


async def test_the_assistant_is_silent_while_a_person_serves_and_speaks_again_after(people: People, locale: str) -> None:
    words = {
        "zh-CN": ("这款还有货吗", "那灰色的呢", "我看一下，稍等。", "灰色"),
        "en": ("Is this one in stock?", "and the grey one?", "Let me look.", "grey"),
    }[locale]
    customer = await people.visitor(locale, f"/products/breeze-3?lang={locale[:2]}")
    await customer.is_answered(words[0])
    await customer.asks_for_a_person()
    desk = await people.agent("tom@demo.example", locale)
    await desk.takes(customer.conversation)
    answers = await customer.answers.count()

    await customer.says(words[1])
    await desk.sees(words[1])
    await desk.replies(words[2])
    await customer.sees(words[2])
    assert await customer.answers.count() == answers

    await desk.press(CONSOLE[locale]["hand_back"])
    await customer.says(words[1] + " ")
    await expect(customer.answers).to_have_count(answers + 1)
    assert words[3] in (await customer.answers.last.inner_text()).lower()


async def test_the_customer_sees_his_place_in_the_queue_move_up(people: People, locale: str) -> None:
    desk = await people.agent("tom@demo.example", locale)
    ahead = await people.visitor(locale, f"/?lang={locale[:2]}")
    await ahead.says("你好" if locale == "zh-CN" else "Hello")
    await ahead.asks_for_a_person()
    behind = await people.visitor(locale, f"/?lang={locale[:2]}")
    await behind.says("在吗" if locale == "zh-CN" else "Hi")
    await behind.asks_for_a_person()
    place = await eventually(lambda: _place(behind))
    assert place > 1

    await desk.takes(ahead.conversation)

    await eventually(lambda: _is_before(behind, place))


async def _place(visitor: Visitor) -> int:
    found = re.search(r"\d+", await visitor.panel.locator(".head .person").inner_text())
    return int(found[0]) if found else 0


async def _is_before(visitor: Visitor, place: int) -> bool:
    return 0 < await _place(visitor) < place
