"""Knowledge at the console: written by one, reviewed by another, then told to customers."""

import re
from pathlib import Path

from playwright.async_api import expect

from browser.pages import People
from world.files import png


async def test_what_an_agent_writes_is_told_to_customers_once_a_supervisor_has_published_it(people: People, tmp_path: Path) -> None:
    picture = tmp_path / "wash.png"
    picture.write_bytes(png())
    writer = (await people.agent("tom@demo.example", "en")).page
    await writer.goto(f"{people.demo.url}/console/knowledge/new")
    await writer.get_by_label("Question", exact=True).fill("Can the hiking poles go in a dishwasher?")
    await writer.get_by_label("Category").last.fill("Care")
    await writer.get_by_role("textbox", name=re.compile("^Answer ")).fill("No. Wipe the **poles** with a damp cloth.")
    await writer.get_by_label("Add a picture").set_input_files(picture)
    await expect(writer.locator(".editor-preview img")).to_be_visible()
    await writer.get_by_role("button", name="Add a button").click()
    await writer.get_by_label("Words on the button").fill("Care guide")
    await writer.get_by_label("Opens a link").last.fill("https://shop.example/care")
    await expect(writer.get_by_role("button", name="Publish")).to_have_count(0)
    await writer.keyboard.press("Control+Enter")
    await expect(writer.get_by_text("submitted this for review")).to_be_visible()

    reviewer = (await people.agent("chen@demo.example", "en")).page
    await reviewer.goto(writer.url)
    await reviewer.get_by_role("button", name="Give back").click()
    await reviewer.get_by_label("What should change?").fill("Say what happens if they do.")
    await reviewer.get_by_role("dialog").get_by_role("button", name="Give back").click()
    await expect(reviewer.get_by_text("Say what happens if they do.")).to_be_visible()
    await reviewer.get_by_role("button", name="Publish").click()
    await expect(reviewer.locator(".editor-head .article-published")).to_be_visible()

    visitor = await people.visitor("en", "/?lang=en")
    answer = await visitor.is_answered("Can the hiking poles go in a dishwasher?")
    assert "damp cloth" in answer
    await expect(visitor.log.get_by_role("link", name="Care guide")).to_have_attribute("href", "https://shop.example/care")
    await expect(visitor.log.locator(".row.assistant img").last).to_be_visible()
