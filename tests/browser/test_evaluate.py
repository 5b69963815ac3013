"""The assistant is judged from the console: a file is chosen, the figures and mistakes are read, and two runs are held side by side."""

import json
from pathlib import Path

from playwright.async_api import Page, expect

from browser.pages import People


def _questions(path: Path, *lines: tuple[str, str | None]) -> Path:
    made = [
        {"id": str(place), "text": text, "lang": "zh", "answer_id": right} for place, (text, right) in enumerate(lines, start=1)
    ]
    path.write_text("\n".join(json.dumps(it, ensure_ascii=False) for it in made), "utf-8")
    return path


def _entries(path: Path) -> Path:
    told = (("open", "几点开门？", "早上九点。"), ("park", "在哪里停车？", "楼后面可以停车。"))
    path.write_text(
        json.dumps([{"id": id, "lang": "zh", "question": q, "answer": a, "category": "门店"} for id, q, a in told]), "utf-8"
    )
    return path


async def _judges(page: Page, name: str, questions: Path, entries: Path) -> None:
    await page.get_by_label("问题", exact=True).set_input_files(questions)
    await page.get_by_label("条目", exact=True).set_input_files(entries)
    await page.get_by_label("给这次评测起个名字（选填）").fill(name)
    await page.get_by_role("button", name="开始评测").click()
    await expect(page.locator(".evaluate-run").filter(has_text=name).locator(".evaluate-few")).to_be_visible(timeout=60_000)


async def test_two_runs_are_judged_and_held_side_by_side(people: People, tmp_path: Path) -> None:
    page = (await people.agent("chen@demo.example")).page
    await page.goto(f"{people.demo.url}/console/evaluate")
    entries = _entries(tmp_path / "entries.json")

    await _judges(page, "改之前", _questions(tmp_path / "a.jsonl", ("几点开门", "open"), ("在哪里停车", "open")), entries)
    await _judges(page, "改之后", _questions(tmp_path / "a.jsonl", ("几点开门", "open"), ("在哪里停车", "park")), entries)

    await page.get_by_role("link", name="改之前").click()
    await expect(page.locator(".evaluate-mistakes")).to_contain_text("open · 几点开门？")
    await expect(page.locator(".evaluate-mistakes")).to_contain_text("park · 在哪里停车？")
    await page.get_by_label("返回").click()
    for name in ("改之前", "改之后"):
        await page.get_by_label(f"选择“{name}”来对比").check()
    await page.get_by_role("link", name="对比勾选的两次").click()
    row = page.locator(".evaluate-differences tr").filter(has_text="首条命中")
    await expect(row).to_contain_text("50.0%")
    await expect(row).to_contain_text("100.0%")
    await expect(row).to_contain_text("变好")


async def test_a_file_that_cannot_be_read_is_shown_with_its_line(people: People, tmp_path: Path) -> None:
    page = (await people.agent("chen@demo.example")).page
    await page.goto(f"{people.demo.url}/console/evaluate")
    (tmp_path / "剧本.yaml").write_text("steps:\n  - says: 你好\n    expects: {}\n", "utf-8")

    await page.get_by_text("完整对话", exact=True).click()
    await page.get_by_label("剧本", exact=True).set_input_files(tmp_path / "剧本.yaml")
    await page.get_by_role("button", name="开始评测").click()

    row = page.locator(".evaluate-run").filter(has_text="剧本.yaml")
    await expect(row).to_contain_text("未完成", timeout=60_000)
    await row.get_by_role("link").click()
    await expect(page.get_by_role("alert")).to_contain_text("剧本.yaml 第 2 行：")
    await expect(page.get_by_role("alert")).to_contain_text("expects")


async def test_a_run_is_deleted_once_that_was_confirmed(people: People, tmp_path: Path) -> None:
    page = (await people.agent("chen@demo.example")).page
    await page.goto(f"{people.demo.url}/console/evaluate")
    entries, questions = _entries(tmp_path / "entries.json"), _questions(tmp_path / "a.jsonl", ("几点开门", "open"))
    for name in ("要留的", "要删的"):
        await _judges(page, name, questions, entries)
    row = page.locator(".evaluate-run").filter(has_text="要删的")

    await row.get_by_role("button", name="删除 · 要删的").click()
    await page.get_by_role("dialog").get_by_role("button", name="取消").click()
    await expect(row).to_be_visible()
    await row.get_by_role("button", name="删除 · 要删的").click()
    await page.get_by_role("dialog").get_by_role("button", name="删除").click()

    await expect(row).to_have_count(0)
    await page.reload()
    await expect(page.locator(".evaluate-run").filter(has_text="要留的")).to_be_visible()
    await expect(row).to_have_count(0)


async def test_a_run_that_is_deleted_from_its_own_page_leads_back_to_the_others(people: People, tmp_path: Path) -> None:
    page = (await people.agent("chen@demo.example")).page
    await page.goto(f"{people.demo.url}/console/evaluate")
    await _judges(page, "不要了", _questions(tmp_path / "a.jsonl", ("几点开门", "open")), _entries(tmp_path / "entries.json"))

    await page.get_by_role("link", name="不要了").click()
    await page.get_by_role("button", name="删除 · 不要了").click()
    await page.get_by_role("dialog").get_by_role("button", name="删除").click()

    await expect(page.get_by_role("button", name="开始评测")).to_be_visible()
    await expect(page.locator(".evaluate-run").filter(has_text="不要了")).to_have_count(0)
