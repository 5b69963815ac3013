"""Pictures and documents go both ways, and what is too large says so and takes nothing with it."""

import asyncio
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Route, expect

from browser.pages import People
from world.waiting import eventually

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TOO_LARGE = 34 * 1024 * 1024
STILL_UPLOADING = {"zh-CN": "文件还在上传，传完后会自动发送。", "en": "A file is still uploading."}
SAYS = {"zh-CN": "文件有 34 MB，超过 20 MB", "en": "This file is 34 MB; up to 20 MB works"}


def _picture(path: Path) -> Path:
    Image.new("RGB", (320, 200), (15, 118, 110)).save(path)
    return path


def _document(path: Path) -> Path:
    path.write_bytes(PDF)
    return path


def _film(path: Path) -> Path:
    with path.open("wb") as film:
        film.write(PDF)
        film.truncate(TOO_LARGE)
    return path


async def _is_painted(picture: Locator) -> bool:
    painted: bool = await picture.evaluate("it => it.complete && it.naturalWidth === 320")
    return painted


async def test_a_picture_and_a_document_go_both_ways(people: People, tmp_path: Path) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)

    await customer.adds(_picture(tmp_path / "外壳裂了.png"), _document(tmp_path / "发票.pdf"))
    await customer.says("请看照片和发票")
    await desk.sees("请看照片和发票")
    await eventually(lambda: _is_painted(desk.log.get_by_alt_text("外壳裂了.png")))
    await expect(desk.log.get_by_role("link", name="发票.pdf")).to_be_visible()

    await desk.adds(_picture(tmp_path / "新外壳.png"), _document(tmp_path / "保修说明.pdf"))
    await desk.replies("给您寄这个新外壳")
    await customer.sees("给您寄这个新外壳")
    await eventually(lambda: _is_painted(customer.log.get_by_alt_text("新外壳.png")))
    link = customer.log.get_by_role("link", name="保修说明.pdf")
    got = await customer.page.request.get(await link.get_attribute("href") or "")
    assert await got.body() == PDF


async def test_a_file_that_is_too_large_says_so_and_the_words_stay(people: People, tmp_path: Path, locale: str) -> None:
    customer = await people.visitor(locale, f"/?lang={locale[:2]}")
    await customer.box.fill("Look at this: 你看")
    await customer.chooses(_film(tmp_path / "film.pdf"))

    await customer.sees(SAYS[locale])
    await expect(customer.box).to_have_value("Look at this: 你看")
    await customer.box.press("Enter")
    await expect(customer.log.locator(".row.customer .bubble")).to_have_text("Look at this: 你看")


async def test_a_file_chosen_before_the_chat_is_open_is_held_to_the_same_limit(people: People, tmp_path: Path) -> None:
    customer = await people.visitor("zh-CN")
    opened = asyncio.Event()

    async def late(route: Route) -> None:
        await opened.wait()
        await route.continue_()

    await customer.page.route("**/api/chat/session", late)
    await customer.page.reload()
    await expect(customer.box).to_be_visible()
    await customer.chooses(_film(tmp_path / "film.pdf"), _document(tmp_path / "发票.pdf"))
    opened.set()

    await customer.sees(SAYS["zh-CN"])
    await expect(customer.panel.locator(".upload.failed")).to_have_count(1)
    await expect(customer.panel.locator(".upload progress")).to_have_count(0)


async def test_a_message_sent_while_its_file_uploads_says_so_and_goes_out_with_it(
    people: People, tmp_path: Path, locale: str
) -> None:
    customer = await people.visitor(locale, f"/?lang={locale[:2]}")
    arrived = asyncio.Event()

    async def slowly(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await customer.page.route("**/api/chat/uploads", slowly)
    await customer.chooses(_picture(tmp_path / "broken.png"))
    await customer.says("Look at this: 你看")

    await customer.sees(STILL_UPLOADING[locale])
    await expect(customer.box).to_have_value("Look at this: 你看")
    arrived.set()
    await expect(customer.log.locator(".row.customer .bubble")).to_have_text("Look at this: 你看")
    await expect(customer.log.get_by_alt_text("broken.png")).to_be_visible()
    await expect(customer.box).to_have_value("")


async def test_a_message_sent_while_its_file_uploads_goes_out_although_the_chat_is_closed(people: People, tmp_path: Path) -> None:
    customer = await people.visitor("zh-CN")
    arrived = asyncio.Event()

    async def slowly(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await customer.page.route("**/api/chat/uploads", slowly)
    await customer.chooses(_picture(tmp_path / "broken.png"))
    await customer.says("坏在这里")
    await customer.sees(STILL_UPLOADING["zh-CN"])
    await customer.page.evaluate("Tandem.close()")
    async with customer.page.expect_response("**/api/chat/messages"):
        arrived.set()

    await customer.opens_chat()
    await expect(customer.log.locator(".row.customer .bubble")).to_have_text("坏在这里")
    await expect(customer.log.get_by_alt_text("broken.png")).to_be_visible()
    await expect(customer.box).to_have_value("")
    await expect(customer.panel.locator(".upload")).to_have_count(0)


async def test_a_message_that_was_refused_is_written_anew_with_its_files_and_what_was_half_written_since(
    people: People, tmp_path: Path
) -> None:
    customer = await people.visitor("zh-CN")
    refusal = {"type": "/problems/not-allowed", "title": "暂时不能发送", "status": 403, "detail": "请修改后再发。"}
    await customer.page.route("**/api/chat/messages", lambda route: route.fulfill(status=403, json=refusal), times=1)
    await customer.adds(_picture(tmp_path / "外壳裂了.png"), _document(tmp_path / "发票.pdf"))
    await customer.says("请看照片")
    await customer.sees("请修改后再发。")
    await customer.box.fill("还有")

    await customer.panel.get_by_role("button", name="修改", exact=True).click()

    await expect(customer.box).to_have_value("请看照片\n还有")
    await expect(customer.panel.locator(".upload")).to_have_count(2)
    await eventually(lambda: _is_painted(customer.panel.locator(".upload img")))
    await customer.panel.get_by_role("button", name="移除 发票.pdf").click()
    await customer.box.press("Enter")
    await customer.is_stored()
    await expect(customer.log.get_by_alt_text("外壳裂了.png")).to_be_visible()
    await expect(customer.panel.get_by_role("button", name="修改", exact=True)).to_have_count(0)
    await expect(customer.panel.locator(".upload")).to_have_count(0)


async def test_a_file_that_is_too_large_for_the_desk_says_so_and_the_reply_stays(people: People, tmp_path: Path) -> None:
    customer = await people.visitor("en", "/?lang=en")
    await customer.says("Hello")
    await customer.asks_for_a_person()
    desk = await people.agent("tom@demo.example", "en")
    await desk.takes(customer.conversation)

    await desk.box.fill("Here is the film")
    await desk.adds(_film(tmp_path / "film.pdf"))

    await desk.sees("film.pdf wasn't uploaded")
    await desk.sees("34 MB")
    await expect(desk.box).to_have_value("Here is the film")


async def test_the_pictures_of_a_message_are_looked_at_one_after_the_other(people: People, tmp_path: Path) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await customer.adds(_picture(tmp_path / "正面.png"), _document(tmp_path / "发票.pdf"), _picture(tmp_path / "背面.png"))
    await customer.says("两张照片")

    await desk.log.get_by_role("button", name="图片 正面.png").click()
    box = desk.page.get_by_role("dialog", name="正面.png")
    await expect(box.get_by_role("status")).to_have_text("1 / 2")
    await desk.page.keyboard.press("ArrowRight")
    await expect(desk.page.get_by_role("dialog", name="背面.png").get_by_alt_text("背面.png")).to_be_visible()
    await expect(desk.page.get_by_role("button", name="下一张")).to_be_disabled()

    await desk.page.keyboard.press("Escape")
    await expect(desk.page.locator("dialog.lightbox")).to_have_count(0)
