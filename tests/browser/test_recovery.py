"""Two windows, a dropped network, a reload, a killed server: nothing lost, nothing doubled, order kept."""

import asyncio
from functools import partial

from playwright.async_api import Route, expect

from browser.demo import Demo
from browser.pages import AtDesk, People, Visitor
from world.waiting import eventually


async def _served(people: People, path: str = "/") -> tuple[Visitor, AtDesk]:
    """A customer and the agent who has accepted him: between two people nothing is said but what they say."""
    customer = await people.visitor("zh-CN", path)
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await customer.sees("王芳正在为您服务")
    return customer, desk


async def test_two_windows_of_one_customer_stay_in_step(people: People) -> None:
    first = await people.visitor("zh-CN")
    await first.is_answered("七天无理由退货怎么退")
    second = await people.visitor("zh-CN", context=first.page.context)
    await second.sees("申请退货")

    await second.says("谢谢，那运费谁出")
    await first.sees_once_each_in_order(["七天无理由退货怎么退", "谢谢，那运费谁出"])
    await first.asks_for_a_person()
    await second.sees("正在转接人工客服")

    async def alike() -> bool:
        return await _without_times(first) == await _without_times(second)

    await eventually(alike)


async def test_a_customer_signed_in_on_two_machines_has_one_conversation(people: People) -> None:
    phone = await people.shopper("赵一鸣")
    await phone.is_answered("七天无理由退货怎么退")
    laptop = await people.shopper("赵一鸣")
    await laptop.sees("申请退货")

    await phone.says("我再想想")

    await laptop.sees_once_each_in_order(["七天无理由退货怎么退", "我再想想"])


async def test_what_is_typed_before_the_session_is_open_is_said_by_one_visitor(people: People) -> None:
    context = await people.context("zh-CN")
    opened = asyncio.Event()
    sessions: list[str] = []

    async def held_up(route: Route) -> None:
        sessions.append(route.request.url)
        await opened.wait()
        await route.continue_()

    await context.route("**/api/chat/session", held_up)
    visitor = await people.visitor("zh-CN", context=context)
    await visitor.says("七天无理由退货怎么退")
    await visitor.says("发票怎么开")
    opened.set()

    await visitor.sees_once_each_in_order(["七天无理由退货怎么退", "发票怎么开"])
    await visitor.sees("申请退货")
    assert len(sessions) == 1


async def test_what_is_typed_around_asking_for_a_person_is_said_in_its_order(people: People) -> None:
    customer = await people.visitor("zh-CN")
    delivered = asyncio.Event()

    async def held_up(route: Route) -> None:
        await delivered.wait()
        await route.continue_()

    await customer.page.route("**/api/chat/messages", held_up)
    await customer.says("七天无理由退货怎么退")
    await customer.panel.get_by_role("button", name=customer.words["person"]).click()
    await customer.says("人在吗")
    delivered.set()
    await customer.sees(customer.words["waiting"])
    desk = await people.agent()
    await desk.opens(customer.conversation)

    # The assistant answers what comes before a person is asked for, and nothing that comes after.
    await desk.sees_once_each_in_order(["七天无理由退货怎么退", "人在吗"])
    told = await desk.log.inner_text()
    assert told.index("七天无理由退货怎么退") < told.index("转人工 · ") < told.index("人在吗")


async def test_a_chat_opened_before_its_words_are_here_shows_itself_when_they_come(people: People) -> None:
    context = await people.context("zh-CN")
    fetched, connected = asyncio.Event(), asyncio.Event()

    async def hold(event: asyncio.Event, route: Route) -> None:
        await event.wait()
        await route.continue_()

    await context.route("**/api/chat/session", partial(hold, connected))
    await context.route("**/words/*.js?*", partial(hold, fetched))
    visitor = Visitor(await context.new_page(), "zh-CN")
    await visitor.page.goto(people.demo.url)
    await visitor.asks_to_open()

    fetched.set()

    await expect(visitor.box).to_be_visible()
    connected.set()
    await visitor.is_answered("七天无理由退货怎么退")


async def test_what_is_typed_without_a_network_is_kept_and_sent_once_when_it_is_back(people: People) -> None:
    customer, desk = await _served(people)
    await desk.replies("一")
    await customer.sees_once_each_in_order(["一"])

    await customer.page.context.set_offline(True)
    await desk.replies("二")
    await desk.replies("三")
    await customer.says("四")
    await customer.says("五")
    await customer.sees("联网后自动发送")
    await desk.sees_once_each_in_order(["一", "二", "三"])
    await customer.page.context.set_offline(False)

    await customer.sees_once_each_in_order(["一", "二", "三", "四", "五"])
    await desk.sees_once_each_in_order(["一", "二", "三", "四", "五"])
    await customer.does_not_see("联网后自动发送")


async def test_an_agent_whose_network_dropped_finds_everything_and_loses_nothing_he_wrote(people: People) -> None:
    customer, desk = await _served(people)

    await desk.page.context.set_offline(True)
    await customer.says("一")
    await desk.replies("二")
    await customer.says("三")
    await customer.sees_once_each_in_order(["一", "三"])
    await expect(customer.panel.locator(".bubble.unsent")).to_have_count(0)
    await desk.page.context.set_offline(False)

    await desk.sees_once_each_in_order(["一", "三", "二"])
    await customer.sees_once_each_in_order(["一", "三", "二"])


async def test_a_reload_in_the_middle_loses_nothing_and_sends_nothing_twice(people: People) -> None:
    customer, desk = await _served(people)
    await customer.says("一")
    await desk.sees_once_each_in_order(["一"])
    await customer.page.context.set_offline(True)
    await customer.says("二")
    await customer.page.context.set_offline(False)

    await customer.page.reload()
    await customer.opens_chat()
    await expect(customer.panel.locator(".bubble.unsent")).to_have_count(0)
    await desk.page.reload()
    await desk.replies("三")

    await desk.sees_once_each_in_order(["一", "二", "三"])
    await customer.sees_once_each_in_order(["一", "二", "三"])
    await customer.sees("王芳正在为您服务")


async def test_a_server_killed_in_the_middle_of_a_conversation_loses_and_doubles_nothing(people: People, demo: Demo) -> None:
    customer, desk = await _served(people)
    asking = await people.visitor("en", "/?lang=en")
    await asking.is_answered("How do I return something within 7 days?")
    await customer.says("一")
    await desk.sees_once_each_in_order(["一"])
    await desk.replies("二")
    await customer.sees_once_each_in_order(["一", "二"])

    await demo.kill()
    await customer.says("三")
    await customer.says("四")
    await asking.says("How much is shipping?")
    await expect(customer.panel.locator(".bubble.unsent")).to_have_count(2)
    await demo.start()

    await desk.sees_once_each_in_order(["一", "二", "三", "四"])
    await desk.replies("五")
    await customer.sees_once_each_in_order(["一", "二", "三", "四", "五"])
    await expect(asking.answers).to_have_count(3)  # the greeting, and one to each question
    await asyncio.gather(customer.page.reload(), desk.page.reload())
    await customer.opens_chat()
    await customer.sees_once_each_in_order(["一", "二", "三", "四", "五"])
    await desk.sees_once_each_in_order(["一", "二", "三", "四", "五"])


async def _without_times(visitor: Visitor) -> list[str]:
    return await visitor.log.locator(".bubble:not(.making), .seam-text span").all_inner_texts()
