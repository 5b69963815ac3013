"""The inbox in order, on screen: many at once, what is put aside, labels, views, two colleagues at one conversation."""

import re

import pytest
from playwright.async_api import CDPSession, expect

from browser.pages import AtDesk, People, Visitor
from tandem.infra import postgres
from tandem.infra.db import connect
from world.waiting import eventually


async def _waiting(people: People, words: str) -> Visitor:
    customer = await people.visitor("zh-CN")
    await customer.says(words)
    await customer.asks_for_a_person()
    return customer


async def _chooses(desk: AtDesk, *customers: Visitor) -> None:
    for customer in customers:
        await desk.row(customer.conversation).click(modifiers=["Control"])


async def test_two_customers_are_taken_at_once_and_the_undo_puts_them_back(people: People) -> None:
    one, other = await _waiting(people, "发票抬头写错了"), await _waiting(people, "地址想改一下")
    desk = await people.agent()
    await desk.looks_at("unassigned")

    await _chooses(desk, one, other)
    await desk.page.get_by_role("button", name="分派").click()
    await desk.page.get_by_role("button", name="分给我").click()
    undo = desk.page.get_by_role("button", name="撤销")
    await undo.hover()  # it stays as long as somebody points at it
    await one.sees("王芳正在为您服务")
    await other.sees("王芳正在为您服务")
    await undo.click()

    await one.sees("正在转接人工客服")
    await expect(desk.row(other.conversation)).to_be_visible()


async def test_what_is_put_aside_leaves_the_list_and_comes_back_when_the_customer_writes(people: People) -> None:
    customer = await _waiting(people, "保修卡丢了怎么办")
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await expect(desk.box).to_be_focused()
    await desk.page.locator("h2").first.click()

    await desk.page.keyboard.press("s")
    await desk.page.get_by_role("button", name=re.compile("明天早上")).click()
    await desk.sees("搁置到")
    await desk.looks_at("snoozed")
    await expect(desk.row(customer.conversation)).to_be_visible()
    await desk.looks_at("mine")
    await expect(desk.page.locator(".view").first).to_be_visible()
    await expect(desk.row(customer.conversation)).to_have_count(0)
    await customer.says("找到了，还在吗")

    await expect(desk.row(customer.conversation)).to_be_visible()


async def test_a_label_made_on_the_spot_narrows_the_list_and_is_kept_as_a_view(people: People) -> None:
    labelled, plain = await _waiting(people, "想换个颜色"), await _waiting(people, "在吗")
    desk = await people.agent("tom@demo.example")
    page = desk.page
    await desk.takes(labelled.conversation)
    await page.locator("h2").first.click()
    await page.keyboard.press("t")
    await expect(page.get_by_role("textbox", name="找标签，或新建一个")).to_be_focused()
    await page.keyboard.type("换色")
    await page.keyboard.press("Enter")
    await expect(page.locator(".order-line .tag")).to_have_text("换色")
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="筛选").click()
    await page.get_by_role("combobox", name="标签").click()
    await page.get_by_title("换色").last.click()
    await page.get_by_role("textbox", name="存为视图，起个名字").fill("换色的")
    await page.get_by_role("button", name="保存").click()

    await expect(page.get_by_role("link", name="换色的")).to_have_attribute("aria-current", "page")
    await expect(desk.row(labelled.conversation)).to_be_visible()
    await expect(desk.row(plain.conversation)).to_have_count(0)


async def test_a_colleague_who_opens_the_same_conversation_is_seen_and_what_i_wrote_follows_me(people: People) -> None:
    customer = await _waiting(people, "包装破了")
    desk, tom = await people.agent(), await people.agent("tom@demo.example", "en")
    await desk.takes(customer.conversation)
    await tom.opens(customer.conversation, "all")

    await desk.sees("Tom Baker 也在看")
    await tom.looks_at("mine")
    await expect(desk.page.get_by_text("也在看")).to_have_count(0)

    async with desk.page.expect_response(lambda it: it.url.endswith("/drafts") and it.request.method == "PUT"):
        await desk.box.fill("您好，请拍一张")
    elsewhere = await people.agent()
    await elsewhere.opens(customer.conversation, "mine")
    await expect(elsewhere.box).to_have_value("您好，请拍一张")


@pytest.mark.slow
async def test_a_list_of_ten_thousand_scrolls_with_few_rows_in_the_page(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.is_answered("运费怎么算")
    async with postgres.running(people.demo.folder) as dsn:
        db = await connect(dsn)
        await db.execute(
            """insert into conversation (id, channel_id, contact_id, thread, owner, last_seq, opened_at, changed_at, closed_at)
               select gen_random_uuid(), channel_id, contact_id, 'many ' || n, 'closed', 1, now(), now() - n * interval '1 s', now()
               from conversation, generate_series(1, 10000) n where id = $1""",
            customer.conversation,
        )  # fmt: skip
        await db.close()
    desk = await people.agent()
    await desk.looks_at("closed")
    scroller = desk.page.locator(".list-scroll")
    await expect(desk.page.get_by_role("option").first).to_be_visible()

    async def is_all_there() -> bool:
        tall: int = await scroller.evaluate("it => (it.scrollTo({ top: it.scrollHeight }), it.firstElementChild.offsetHeight)")
        return tall >= 10_000 * 56

    await eventually(is_all_there, seconds=300)
    assert await desk.page.get_by_role("option").count() < 60
    # One jump through the whole list costs a frame or three of the page's own time; drawing all rows costs seconds.
    session = await desk.page.context.new_cdp_session(desk.page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = await _spent(session)
    await scroller.evaluate(
        """async it => {
            for (let step = 0; step < 20; step++) {
                it.scrollTop = (step * 7919 * 56) % it.scrollHeight;
                it.dispatchEvent(new Event("scroll"));
                await new Promise(requestAnimationFrame);
            }
        }"""
    )
    spent = await _spent(session) - before
    assert 0 < spent < 20 * 0.25, spent


async def _spent(session: CDPSession) -> float:
    """Seconds of processor time that the page has taken: what else runs on the machine is not in it."""
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    found: float = next(it["value"] for it in metrics if it["name"] == "TaskDuration")
    return found
