"""The audit on screen: what a supervisor did is read in words by an administrator, and by nobody else."""

from playwright.async_api import expect

from browser.pages import People


async def test_an_administrator_reads_what_a_supervisor_did_and_is_led_to_it(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("在吗")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    boss = await people.agent("chen@demo.example")
    await boss.opens(customer.conversation, "all")
    await boss.page.get_by_label("悄悄话").first.fill("先退运费")
    await boss.page.get_by_role("button", name="悄悄话").click()
    await expect(boss.page.get_by_text("王芳 已收到")).to_be_visible()
    admin = await people.agent("admin@demo.example")
    await admin.is_away()

    await admin.page.keyboard.press("g")
    await admin.page.keyboard.press("d")

    lines = admin.page.get_by_role("row")
    await expect(lines.nth(1)).to_contain_text("陈主管")
    await expect(lines.nth(1)).to_contain_text("悄悄话")
    await expect(lines.nth(1)).to_contain_text("给 王芳")
    await expect(lines.nth(2)).to_contain_text("旁听")
    await admin.page.get_by_role("combobox", name="做了什么").click()
    await admin.page.locator(".ant-select-item-option").filter(has_text="知识导入").click()
    await expect(admin.page.get_by_text("没有符合条件的记录")).to_be_visible()
    await admin.page.get_by_role("combobox", name="做了什么").click()
    await admin.page.locator(".ant-select-item-option").filter(has_text="会话").first.click()
    await lines.nth(1).get_by_role("link").click()
    await expect(admin.log).to_contain_text("在吗")


async def test_who_is_no_administrator_finds_no_audit(people: People) -> None:
    boss = await people.agent("chen@demo.example")

    await boss.page.goto(f"{people.demo.url}/console/audit")

    await expect(boss.page.get_by_text("没有这个页面")).to_be_visible()
    await expect(boss.page.get_by_role("link", name="审计")).to_have_count(0)
