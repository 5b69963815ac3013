"""Knowledge at the console: written by one, reviewed by another, then told to customers."""

import re
from pathlib import Path

from playwright.async_api import expect

from browser.axe import serious
from browser.pages import People
from world.files import png


async def test_what_an_agent_writes_is_told_to_customers_once_a_supervisor_has_published_it(people: People, tmp_path: Path) -> None:
    picture = tmp_path / "wash.png"
    picture.write_bytes(png())
    writer = (await people.agent("tom@demo.example", "en")).page
    await writer.goto(f"{people.demo.url}/console/knowledge/new")
    await writer.get_by_label("Question", exact=True).fill("How do I clean hiking poles?")
    await writer.get_by_label("Category").last.fill("Care")
    await writer.get_by_role("textbox", name=re.compile("^Answer ")).fill("No. Wipe the **poles** with a damp cloth.")
    await writer.get_by_label("Add a picture").set_input_files(picture)
    await expect(writer.locator(".editor-preview img")).to_be_visible()
    await writer.get_by_role("button", name="Add a button").click()
    await writer.get_by_label("Words on the button").fill("Care guide")
    await writer.get_by_label("Opens a link").last.fill("https://shop.example/care")
    await expect(writer.get_by_role("button", name="Publish")).to_have_count(0)
    await writer.keyboard.press("Control+Enter")
    await writer.locator(".proposals button").first.click()
    await writer.get_by_role("dialog").get_by_role("button", name="Submit for review").click()
    await expect(writer.get_by_text("submitted this for review")).to_be_visible()

    reviewer = (await people.agent("chen@demo.example", "en")).page
    await reviewer.goto(writer.url)
    await reviewer.get_by_role("button", name="Give back").click()
    await reviewer.get_by_label("What should change?").fill("Say what happens if they do.")
    await reviewer.get_by_role("dialog").get_by_role("button", name="Give back").click()
    await expect(reviewer.get_by_text("Say what happens if they do.")).to_be_visible()
    await reviewer.get_by_role("button", name="Publish").click()
    await reviewer.get_by_role("dialog").get_by_role("button", name="Publish").click()
    await expect(reviewer.locator(".editor-head .article-published")).to_be_visible()

    visitor = await people.visitor("en", "/?lang=en")
    answer = await visitor.is_answered("How do I clean hiking poles?")
    assert "damp cloth" in answer
    await expect(visitor.log.get_by_role("link", name="Care guide")).to_have_attribute("href", "https://shop.example/care")
    await expect(visitor.log.locator(".row.assistant img").last).to_be_visible()


async def test_an_editor_sees_both_texts_before_he_publishes_what_contradicts_another(people: People) -> None:
    page = (await people.agent("chen@demo.example")).page
    for days in ("30", "45"):
        await page.goto(f"{people.demo.url}/console/knowledge/new")
        await page.get_by_label("标准问题", exact=True).fill("帐篷支架断了多少天内可以换")
        await page.get_by_label("分类").last.fill("售后")
        await page.get_by_role("textbox", name=re.compile("^答案 ")).fill(f"签收后 {days} 天内免费换。")
        await page.get_by_role("button", name="发布").click()
        dialog = page.get_by_role("dialog")
        if days == "30":
            await dialog.get_by_role("button", name="发布").click()
            await expect(page.locator(".editor-head .article-published")).to_be_visible()
    await expect(dialog).to_contain_text("答案矛盾")
    await expect(dialog).to_contain_text("签收后 30 天内免费换。")
    await expect(dialog).to_contain_text("签收后 45 天内免费换。")
    await dialog.get_by_role("button", name="返回修改").click()
    await expect(page.locator(".editor-dirty")).to_be_visible()


async def test_an_editor_links_an_article_to_the_same_one_in_the_other_language_and_unlinks_it(people: People) -> None:
    editor = await people.agent("chen@demo.example")
    page, url = editor.page, people.demo.url
    await page.goto(f"{url}/console/knowledge")
    await page.locator(".article-row", has_text="网上买能到店自提吗").click()
    linked = page.locator(".counterparts")
    await linked.get_by_role("button", name="取消关联").click()
    await expect(linked.get_by_role("link")).to_have_count(0)

    await linked.get_by_role("button", name="关联另一种语言的条目").click()
    await page.keyboard.type("collect in a shop")
    await page.locator(".ant-select-item-option", has_text="Can I order online and collect in a shop?").click()

    link = linked.get_by_role("link", name="Can I order online and collect in a shop?")
    await expect(link).to_be_visible()
    assert await serious(page, ".counterparts") == []
    await link.click()
    await expect(page.locator(".counterparts").get_by_role("link", name="网上买能到店自提吗")).to_be_visible()
