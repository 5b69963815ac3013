"""With a language model: its words are seen growing, end stored with their source, and are not missed when it fails."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from assistant.servers import Says, Served, model_that
from browser.demo import Demo, demo_in
from browser.pages import PATIENCE, People, Visitor
from world.waiting import eventually

QUESTION = {"zh-CN": "七天无理由退货怎么退", "en": "How do I return something within 7 days?"}
READY = {"zh-CN": "点“申请退货”", "en": "Press “Return”"}
WORDED = {
    "zh-CN": "可以的，签收后 7 天内，在「我的订单」里点「申请退货」就行。",
    "en": "Sure: within 7 days of delivery, go to My orders and choose Return.",
}
SECONDS = 15


@pytest.fixture(scope="module")
async def model() -> AsyncIterator[Served]:
    async with model_that(Says()) as served:
        yield served


@pytest.fixture(scope="module")
async def worded(model: Served, tmp_path_factory: pytest.TempPathFactory, shared: Path) -> AsyncIterator[Demo]:
    demo = await demo_in(
        tmp_path_factory.mktemp("worded"), shared, TANDEM_LLM_URL=model.url, TANDEM_LLM_KEY="a key", TANDEM_LLM_MODEL="scripted",
        TANDEM_LLM_TIMEOUT=str(SECONDS),
    )  # fmt: skip
    yield demo
    await demo.stop()


@pytest.fixture
async def customers(worded: Demo, browser: Browser) -> AsyncIterator[People]:
    people = People(worded, browser)
    yield people
    await people.leave()


def _next(model: Served, *says: Says) -> None:
    model.asked.clear()
    model.script[:] = says


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_the_answer_is_seen_growing_and_ends_stored_with_its_source(customers: People, model: Served, locale: str) -> None:
    customer = await customers.visitor(locale, f"/?lang={locale[:2]}")
    # What is written before a socket follows is not seen growing.
    await customer.is_answered({"zh-CN": "你好", "en": "Hello"}[locale])
    saying = Says(text=WORDED[locale], piece=8, lets=asyncio.Semaphore(0))
    _next(model, saying)
    await customer.says(QUESTION[locale])

    grown = [await _draft_longer_than(customer, saying, "")]
    grown.append(await _draft_longer_than(customer, saying, grown[0]))
    _let_go(saying, len(saying.content()))

    await customer.sees(WORDED[locale])
    assert all(WORDED[locale].startswith(it) for it in grown), grown
    again = await customers.visitor(locale, f"/?lang={locale[:2]}", customer.page.context)
    await again.sees(WORDED[locale])
    await again.sees({"zh-CN": "来源：七天无理由退货怎么退", "en": "Source: How do I return something"}[locale])
    assert len(model.asked) == 1


async def _draft_longer_than(customer: Visitor, saying: Says, before: str) -> str:
    """What is being written, once the model has been let say so much that it grew."""

    async def longer() -> str:
        _let_go(saying, 1)
        drafts = [it.strip() for it in await customer.log.locator(".bubble.making").all_inner_texts()]
        return next((it for it in drafts if len(it) > len(before)), "")

    return await eventually(longer)


def _let_go(saying: Says, pieces: int) -> None:
    for _ in range(pieces):
        if saying.lets:
            saying.lets.release()


@pytest.mark.parametrize(
    ("wrong", "locale", "opening"),
    [
        pytest.param(Says(text=WORDED["en"], piece=3, pause=SECONDS * 2), "en", "Hello. ", id="nothing in time"),
        pytest.param(Says(text="签收后 90 天内都可以退。"), "zh-CN", "您好，", id="what no source says"),
    ],
)
async def test_the_ready_made_answer_comes_when_the_model_gives(
    customers: People, model: Served, wrong: Says, locale: str, opening: str
) -> None:
    _next(model, wrong)
    customer = await customers.visitor(locale, f"/?lang={locale[:2]}")

    # Each opens in its own way: what the model said well to the very same words would be remembered.
    told = await customer.is_answered(f"{opening}{QUESTION[locale]}", within=SECONDS * 1000 + PATIENCE)

    assert READY[locale] in told
    assert "90" not in told
    await customer.sees({"zh-CN": "来源：", "en": "Source: "}[locale])
    assert model.asked


async def test_a_supervisor_opens_what_the_model_was_given_and_said(customers: People, model: Served) -> None:
    _next(model, Says(text="签收后 7 天内都可以退。"))
    customer = await customers.visitor("zh-CN", "/?lang=zh")
    await customer.is_answered("七天无理由退货要怎么退呢")
    desk = await customers.agent("chen@demo.example", "zh-CN")
    await desk.opens(customer.conversation, "all")
    message = desk.page.locator(".said-assistant").filter(has_text="签收后 7 天内都可以退")
    await message.hover()
    await message.get_by_role("button", name="模型往来").click()
    drawer = desk.page.get_by_role("dialog")
    await expect(drawer.get_by_text("compose.v2.md")).to_be_visible()
    await expect(drawer.get_by_text("七天无理由退货要怎么退呢")).to_be_visible()
    folder = os.environ.get("SHOTS")
    if folder:
        await desk.page.screenshot(path=str(Path(folder) / "exchange-zh.png"))
