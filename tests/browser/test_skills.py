"""Skills on both screens: a customer has something done with buttons, an administrator connects a system and tries it out."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from browser.pages import DESKTOP, PHONE, People, Scheme

DOCUMENT = """
openapi: 3.1.0
info: {title: Parcel house, version: '1'}
servers: [{url: 'https://parcels.example/v1'}]
paths:
  /parcels/{code}:
    get:
      operationId: track_parcel
      summary: Track a parcel
      description: Where a parcel is now, and when it arrives.
      parameters: [{name: code, in: path, required: true, description: The code on the label, schema: {type: string}}]
  /pickups:
    post:
      operationId: book_pickup
      summary: Book a pick-up
      requestBody: {content: {application/json: {schema: {type: object, properties: {day: {type: string, format: date}}}}}}
  /labels:
    post:
      operationId: print_labels
      requestBody:
        content: {application/json: {schema: {type: object, required: [parcels], properties: {parcels: {type: array}}}}}
"""


async def picture(page: Page, name: str) -> None:
    """Kept where SHOTS says, for people to look at."""
    folder = os.environ.get("SHOTS")
    if folder:
        await page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize(
    ("locale", "shopper", "wish", "presses", "done"),
    [
        ("zh-CN", "林晚秋", "我要退货", ("不想要了", "确认办理"), "退货申请已通过"),
        ("en", "Daniel Reyes", "please cancel my order", ("Yes, go ahead",), "The order is cancelled"),
    ],
)
async def test_a_customer_has_something_done_with_buttons(
    people: People, locale: str, shopper: str, wish: str, presses: tuple[str, ...], done: str
) -> None:
    customer = await people.shopper(shopper, locale, path=f"/?lang={locale[:2]}")
    await customer.is_answered(wish)
    for label in presses:
        await customer.page.get_by_role("button", name=label).last.click()
        await picture(customer.page, f"widget-act-{locale}")
    await customer.sees(done)
    await picture(customer.page, f"widget-done-{locale}")


async def test_an_administrator_connects_a_system_and_switches_a_skill_on(people: People, locale: str, scheme: Scheme) -> None:
    zh = locale == "zh-CN"
    desk = await people.agent("admin@demo.example", locale, viewport=DESKTOP, scheme=scheme)
    page = desk.page
    await page.goto(f"{people.demo.url}/console/skills")
    await picture(page, f"skills-first-{locale}")
    await page.get_by_role("button", name="连接业务系统" if zh else "Connect a system").click()
    dialog = page.get_by_role("dialog")
    await picture(page, f"skills-connect-{locale}")
    await dialog.locator("input[type=file]").set_input_files(
        {"name": "api.yaml", "mimeType": "application/yaml", "buffer": DOCUMENT.encode()}
    )
    await expect(dialog.get_by_text("api.yaml")).to_be_visible()
    await dialog.get_by_label("名称" if zh else "Name", exact=True).fill(f"Parcel house {locale}")
    await dialog.get_by_role("button", name="连接业务系统" if zh else "Connect a system").click()
    system = page.get_by_role("region", name=f"Parcel house {locale}")
    await expect(system.get_by_text("Track a parcel")).to_be_visible()
    await expect(system.get_by_role("switch", name="print_labels")).to_be_disabled()
    await system.get_by_role("switch", name="Track a parcel").click()
    await expect(system.get_by_role("switch", name="Track a parcel")).to_be_checked()
    await picture(page, f"skills-{locale}")
    await system.get_by_role("button", name="Track a parcel").click()
    drawer = page.get_by_role("dialog")
    await drawer.locator("textarea").first.fill("查一下包裹 {code}")
    await drawer.get_by_role("button", name="保存" if zh else "Save").click()
    await expect(page.get_by_text("已保存" if zh else "Saved").first).to_be_visible()
    await picture(page, f"skills-drawer-{locale}")
    await drawer.get_by_role("tab", name="试一试" if zh else "Try it").click()
    await drawer.get_by_role("textbox").last.fill("SF204466")
    await drawer.get_by_role("button", name="调用一次" if zh else "Call it once").click()
    await expect(drawer.get_by_text("失败" if zh else "Failed").first).to_be_visible()
    await picture(page, f"skills-trial-{locale}")
    await page.set_viewport_size(PHONE)
    await picture(page, f"skills-phone-{locale}")
