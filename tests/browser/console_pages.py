"""Every address of the console, and who walks them all."""

from playwright.async_api import Page, expect

from browser.pages import AtDesk, People, Scheme

# A new page that stands in the routes and not here fails a test.
ADDRESSES: dict[str, tuple[str, ...]] = {
    "/": (),
    "inbox": (),
    "inbox/:view/:conversation?/:details?": ("inbox/mine", "inbox/unassigned", "inbox/all", "inbox/closed", "inbox/snoozed"),
    "knowledge/:article?": ("knowledge", "knowledge/new", "knowledge/imports"),
    "board": ("board",),
    "approvals/:tab?": ("approvals", "approvals/to_do", "approvals/decided", "approvals/differences", "approvals/authority"),
    "workbench/:tab?": ("workbench", "workbench/macros", "workbench/tags", "workbench/fields", "workbench/handoffs"),
    "promise": ("promise",),
    "triage": ("triage",),
    "evaluate/:run?/:other?": ("evaluate",),
    "users": ("users",),
    "audit": ("audit",),
    "skills": ("skills",),
    "channels": ("channels",),
    "routing/:tab?": ("routing", "routing/people", "routing/names", "routing/hours", "routing/rule"),
    "*": ("nowhere",),
}


async def administrator(people: People, locale: str, scheme: Scheme) -> AtDesk:
    desk = await people.agent("admin@demo.example", locale, scheme=scheme)
    await desk.is_away()
    return desk


async def shows(page: Page, address: str) -> None:
    await page.goto(address)
    await expect(page.locator("main").get_by_role("heading").first).to_be_visible()
    await expect(page.locator("main .waiting")).to_have_count(0)
