"""The pages on which administrators settle what the assistant may do."""

import re

from playwright.async_api import expect

from browser.pages import People


async def test_an_answer_is_judged_by_a_key_and_counts_at_once(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.is_answered("七天无理由退货怎么退")
    page = (await people.agent("admin@demo.example")).page
    await page.goto(f"{people.demo.url}/console/promise")
    review = page.get_by_role("region", name="等待核对")
    await expect(review.locator("h2 .numbers")).to_be_visible()  # drawn by chance from all that were answered

    left = review.locator("h2 .numbers")
    while await left.count():
        before = await left.inner_text()
        await page.keyboard.press("ArrowRight")
        await expect(review.locator("h2")).not_to_contain_text(before)
    await expect(review.get_by_text("都核对完了")).to_be_visible()
    await expect(page.get_by_text(re.compile(r"核对过 \d+ 条自动回答，0 条答错"))).to_be_visible()


async def test_typing_the_number_judges_nothing(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.is_answered("运费怎么算")
    page = (await people.agent("admin@demo.example")).page
    await page.goto(f"{people.demo.url}/console/promise")
    await expect(page.get_by_text("运费怎么算", exact=True).first).to_be_visible()
    number = page.get_by_role("spinbutton")
    await number.fill("5")
    await number.press("ArrowLeft")
    await number.press("Enter")
    await expect(page.get_by_text("承诺已更新")).to_be_visible()
    await expect(page.get_by_text("运费怎么算", exact=True).first).to_be_visible()


async def test_rules_are_tried_on_what_was_said_before_they_are_saved(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.is_answered("请问运费怎么算呀")
    page = (await people.agent("admin@demo.example")).page
    await page.goto(f"{people.demo.url}/console/triage")
    words = page.get_by_role("combobox", name="需要特批 · 自定义词语")
    await words.click()
    await words.press_sequentially("运费怎么算呀")
    await words.press("Enter")
    await page.get_by_role("button", name="在最近 1000 个会话上试一试").click()
    changed = page.locator(".triage-changed li", has_text="请问运费怎么算呀").first
    await expect(changed).to_contain_text("转人工：需要特批")

    await page.get_by_role("button", name="保存规则").click()
    await expect(page.get_by_text("规则已生效")).to_be_visible()
    other = await people.visitor("zh-CN")
    await other.says("运费怎么算呀")
    await other.sees("人工")
    await page.get_by_role("button", name="恢复出厂规则").click()
    await expect(page.get_by_text("已恢复", exact=True)).to_be_visible()
