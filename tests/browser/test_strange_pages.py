"""The widget on pages that were not made for it, and on screens that are zoomed in."""

import pytest
from playwright.async_api import Locator, ViewportSize, expect

from browser.pages import People, Visitor

LOUD = """* { color: red !important; font: 40px serif !important; opacity: .3 !important; float: left !important; width: 50px !important;
  position: static !important; display: inline-block !important; padding: 9px !important; background: yellow !important; }"""
ZOOMED: ViewportSize = {"width": 720, "height": 450}
"""1440 by 900 at 200 per cent."""


async def _inside(page_height: int, part: Locator) -> bool:
    box = await part.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= page_height


async def test_a_page_that_styles_everything_loudly_does_not_reach_into_the_chat(people: People) -> None:
    page = await (await people.context("zh-CN")).new_page()
    visitor = Visitor(page, "zh-CN")
    await page.route("**/loud", lambda route: route.fulfill(content_type="text/html", body=_page(LOUD)))
    await page.goto(f"{people.demo.url}/loud")
    await visitor.opens_chat()

    await visitor.says("七天无理由退货怎么退")
    await expect(visitor.answers.last).to_contain_text("签收后 7 天内")

    host = page.locator("tandem-widget")
    await expect(host).to_have_css("opacity", "1")
    await expect(host).to_have_css("float", "none")
    await expect(visitor.log).not_to_have_css("color", "rgb(255, 0, 0)")
    await expect(visitor.panel).to_have_css("width", "380px")


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_zoomed_in_who_waits_sees_the_talk_and_can_still_write(people: People, locale: str) -> None:
    visitor = await people.visitor(locale, f"/?lang={locale[:2]}", await people.context(locale, ZOOMED))
    await visitor.asks_for_a_person()

    for part in (visitor.box, visitor.panel.get_by_role("button", name=visitor.words["attach"]), visitor.log):
        assert await _inside(ZOOMED["height"], part)
    box = await visitor.log.bounding_box()
    assert box is not None
    assert box["height"] >= 60


def _page(style: str) -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{style}</style><h1>Shop</h1>'
        '<script src="/widget.js" data-channel="demo" async></script>'
    )
