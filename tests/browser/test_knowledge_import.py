"""A document is put into the console, watched on its way, and its report read."""

from pathlib import Path

from playwright.async_api import expect

from browser.pages import People

DOCUMENT = "# 露营装备\n\n## 帐篷淋雨后怎么收？\n\n先晾干再收，否则会发霉。\n\n## 只有标题\n"


async def test_a_document_becomes_drafts_and_says_what_was_not_understood(people: People, tmp_path: Path) -> None:
    document = tmp_path / "露营.md"
    document.write_text(DOCUMENT, encoding="utf-8")
    page = (await people.agent("chen@demo.example")).page
    await page.goto(f"{people.demo.url}/console/knowledge/imports")

    await page.get_by_label("把文件拖到这里，或点按选择").last.set_input_files(document)

    row = page.locator(".imports-list > li").filter(has_text="露营.md")
    await expect(row).to_contain_text("新增 1 · 没看懂 1")
    await row.get_by_role("button", name="报告").click()
    await expect(row).to_contain_text("露营装备 › 只有标题")
    await page.get_by_role("link", name="帐篷淋雨后怎么收").click()
    await expect(page.get_by_text("来源：露营.md · 露营装备 › 帐篷淋雨后怎么收")).to_be_visible()
