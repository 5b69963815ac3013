"""Offers as agents meet them, and routing as an administrator sets it."""

import re

from playwright.async_api import expect

from browser.pages import AtDesk, People
from world.waiting import eventually

# Those who left their console a moment ago, in a test before, may still be asked first.
LEFT_LATELY = 120_000  # ms


async def test_an_offered_customer_is_taken_from_the_keyboard(people: People) -> None:
    visitor = await people.visitor()
    await visitor.says("我要一张发票")
    desk = await people.agent()
    await visitor.asks_for_a_person()

    card = desk.page.get_by_role("region", name="派给您的客户")
    await expect(card).to_be_visible(timeout=LEFT_LATELY)
    await expect(card.get_by_text(re.compile("现在只有您能接|位能接|条件相同|上次"))).to_be_visible()
    await desk.page.keyboard.press("Control+j")

    await expect(card).to_have_count(0)
    await expect(desk.box).to_be_visible()
    await expect(desk.page).to_have_url(re.compile("/inbox/mine/"))
    await desk.resolves()


async def test_an_offer_that_is_passed_on_goes_to_a_colleague(people: People) -> None:
    desks = [await people.agent(), await people.agent("tom@demo.example", "en")]
    cards = [
        desk.page.get_by_role("region", name=name) for desk, name in zip(desks, ("派给您的客户", "A customer for you"), strict=True)
    ]
    visitor = await people.visitor()
    await visitor.asks_for_a_person()

    async def asked() -> int:
        """Whose card is shown, from 1; 0 while there is none."""
        shown = [await card.count() for card in cards]
        return shown.index(1) + 1 if 1 in shown else 0

    first = await eventually(asked, seconds=LEFT_LATELY / 1000) - 1
    await desks[first].page.keyboard.press("Control+.")

    await expect(cards[1 - first]).to_be_visible(timeout=LEFT_LATELY)
    await expect(cards[first]).to_have_count(0)


async def test_whoever_wants_to_be_called_shows_his_number(people: People) -> None:
    desk = await people.agent()
    visitor = await people.visitor()
    await visitor.asks_for_a_person()
    token = await visitor.page.evaluate('Object.values(localStorage).map((it) => /eyJ[^"]+/.exec(it)).find(Boolean)?.[0]')
    answer = await visitor.page.context.request.post(
        f"{people.demo.url}/api/chat/wait",
        data={"how": "callback", "phone": "138 0000 1234"},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.ok, await answer.text()
    await desk.takes(visitor.conversation)

    await expect(desk.page.get_by_role("link", name="138 0000 1234")).to_be_visible()


async def test_an_administrator_makes_a_queue_for_complaints(people: People) -> None:
    admin = await people.agent("admin@demo.example")
    await admin.page.goto(f"{people.demo.url}/console/routing/names")
    await admin.page.get_by_label("新专长").fill("投诉处理")
    await admin.page.get_by_label("新专长").press("Enter")
    await admin.page.get_by_role("tab", name="队列").click()
    await admin.press("新建队列")
    form = admin.page.get_by_role("dialog")
    await form.get_by_label("名称").fill("投诉专线")
    await form.get_by_label("转人工原因").click()
    await admin.page.get_by_title("客户投诉", exact=True).click()
    await form.get_by_text("接收哪些客户").click()
    await form.get_by_role("button", name="要求某项专长").click()
    await form.get_by_label("专长").click()
    await admin.page.get_by_title("投诉处理").click()
    await form.get_by_role("button", name="保存").click()

    await expect(admin.page.get_by_text("投诉专线").first).to_be_visible()
    await expect(admin.page.get_by_text("没有人能接")).to_be_visible()


async def test_an_agent_does_not_find_the_settings(people: People) -> None:
    wang = await people.agent()

    await wang.page.goto(f"{people.demo.url}/console/routing")

    await expect(wang.page.get_by_text("没有这个页面")).to_be_visible()


async def _queue(people: People, name: str, reasons: list[str]) -> None:
    admin = await people.agent("admin@demo.example")
    asks, site = admin.page.context.request, people.demo.url
    headers = {"X-CSRF-Token": (await (await asks.get(f"{site}/api/me")).json())["csrf"]}
    queue = {"name": name, "position": 0, "active": True, "config": {"takes": {"reasons": reasons}}}
    done = await asks.post(f"{site}/api/routing/queues", data=queue, headers=headers)
    assert done.ok, await done.text()


async def _team(people: People, name: str, member: AtDesk) -> None:
    admin = await people.agent("admin@demo.example")
    asks, site = admin.page.context.request, people.demo.url
    headers = {"X-CSRF-Token": (await (await asks.get(f"{site}/api/me")).json())["csrf"]}
    user = (await (await member.page.context.request.get(f"{site}/api/me")).json())["user"]["id"]
    team = await (await asks.post(f"{site}/api/routing/teams", data={"name": name}, headers=headers)).json()
    done = await asks.put(f"{site}/api/routing/agents/{user}", data={"teams": [team["id"]]}, headers=headers)
    assert done.ok, await done.text()


async def test_a_customer_is_given_to_a_team_with_a_word_for_whoever_gets_him(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    tom = await people.agent("tom@demo.example", "en")
    await expect(tom.page.locator(".presence-mine")).to_contain_text("Online")
    await _team(people, "一线", tom)

    await desk.log.focus()
    await desk.page.keyboard.press("v")
    choice = desk.page.get_by_role("dialog", name="转接")
    await choice.get_by_label("给接手的人留句话").fill("他要白色的，已答应今天回电")
    await choice.get_by_role("button", name="团队：一线").click()

    await customer.sees("Tom Baker")
    await tom.opens(customer.conversation, "mine")
    await expect(tom.log).to_contain_text("他要白色的，已答应今天回电")
    await customer.does_not_see("已答应今天回电")


async def test_the_queue_that_the_packet_names_is_marked_and_nothing_moves_under_the_pointer(people: People) -> None:
    await _queue(people, "投诉", ["complaint"])
    customer = await people.visitor("zh-CN")
    await customer.says("我要投诉，东西坏了没人管")
    await customer.sees("正在转接人工客服")
    await customer.is_stored()
    tom = await people.agent("tom@demo.example", "en")
    await expect(tom.page.locator(".presence-mine")).to_contain_text("Online")
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await desk.press("转接")
    rows = desk.page.get_by_role("dialog", name="转接").locator("li")
    await expect(rows.first).to_contain_text("交接单推荐")
    await expect(rows.filter(has_text="交接单推荐")).to_have_count(1)
    names = await rows.locator(".clip").all_inner_texts()

    await tom.is_away()

    await expect(rows.filter(has_text="Tom Baker")).to_contain_text("小休")
    await expect(rows.locator(".clip")).to_have_text(names)


async def test_every_key_means_one_thing_in_a_conversation_that_is_ones_own(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("七天无理由退货怎么退")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)

    await desk.log.focus()
    await desk.page.keyboard.press("?")
    rows = desk.page.locator(".help dl > div")
    await expect(rows.filter(has_text="转接")).to_be_visible()
    keys = await rows.locator("dd").all_inner_texts()

    assert len(keys) > 20
    assert sorted(keys) == sorted(set(keys))
