"""A customer and an agent who speak different languages, with a language model between them."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from assistant.servers import Says, model_that
from browser.demo import demo_in
from browser.pages import People

SAID = "The grey kettle TD20260101 leaks"
READ = "灰色的水壶 TD20260101 漏水"
WRITTEN = "我马上给您换一个新的。"
SENT = "I'm sending you a new one right away."


async def test_each_reads_the_other_in_his_own_language_and_the_original_is_kept(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, shared: Path
) -> None:
    async with model_that(Says(whole=READ), Says(whole=SENT)) as model:
        demo = await demo_in(
            tmp_path_factory.mktemp("translating"),
            shared,
            TANDEM_LLM_URL=model.url,
            TANDEM_LLM_KEY="a key",
            TANDEM_LLM_MODEL="scripted",
        )
        people = People(demo, browser)
        try:
            customer = await people.visitor("en", "/?lang=en")
            await customer.asks_for_a_person()
            desk = await people.agent()
            await desk.takes(customer.conversation)
            await customer.says(SAID)

            await desk.press("翻译")
            await expect(desk.log.locator(".translated")).to_contain_text(READ)
            await desk.box.fill(WRITTEN)
            await desk.press("译成英文再发")
            await expect(desk.box).to_have_value(SENT)
            await desk.sees(WRITTEN)
            await desk.box.press("Control+Enter")

            await customer.sees(SENT)
            await customer.does_not_see(WRITTEN)
            await expect(desk.log.locator(".note")).to_contain_text("原文")
            await expect(desk.log.locator(".note")).to_contain_text(WRITTEN)
        finally:
            await people.leave()
            await demo.stop()
