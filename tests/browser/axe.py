"""Asking axe what keeps people out of a page."""

from importlib.resources import files
from typing import Any

from playwright.async_api import Page

from browser.pages import Scheme

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
LOOKS: list[tuple[Scheme, str]] = [("light", "zh-CN"), ("dark", "en")]
# Everything that WCAG 2.2 asks at level AA, and what axe itself calls serious beyond it.
_RULES = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']"


async def serious(page: Page, where: str) -> list[str]:
    """What breaks WCAG AA inside of `where`, one line a place, and whatever else is serious."""
    # Evaluated from outside, which the page's own policy does not forbid.
    await page.evaluate(AXE)
    return await _violations(page, where, _RULES)


async def hard_to_read(page: Page, where: str) -> list[str]:
    """Where the colours are too much alike, on a page of which `serious` was asked before."""
    return await _violations(page, where, "runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations']")


async def _violations(page: Page, where: str, rules: str) -> list[str]:
    found: list[dict[str, Any]] = (await page.evaluate(f"axe.run({where!r}, {{{rules}}})"))["violations"]
    return [
        f"{it['id']}: {node['target']} {node['failureSummary']}"
        for it in found
        if it["impact"] in ("serious", "critical") or "best-practice" not in it["tags"]
        for node in it["nodes"]
    ]
