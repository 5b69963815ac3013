"""A customer in the round, on screen."""

from playwright.async_api import expect

from browser.pages import People


async def test_a_guest_who_is_a_known_customer_is_merged_and_taken_apart_again(people: People) -> None:
    known = await people.shopper("Daniel Reyes", path="/?lang=zh")
    await known.says("请问在吗")
    await known.is_stored()
    guest = await people.visitor("zh-CN")
    await guest.says("我用手机上不了号，先问一下")
    await guest.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(guest.conversation)
    await desk.shows_tab("customer")
    await expect(desk.packet).to_contain_text("当前会话")

    await desk.page.get_by_role("button", name="合并客户").click()
    search = desk.page.get_by_role("searchbox", name="搜姓名或身份")
    await search.fill("Daniel")
    await search.press("Enter")
    await desk.page.get_by_role("button", name="并入").first.click()
    await expect(desk.packet).to_contain_text("Daniel Reyes")
    await expect(desk.packet.locator(".history").first.get_by_role("listitem")).to_have_count(2)

    await desk.packet.get_by_role("button", name="拆开").click()
    await expect(desk.packet.locator(".history").first.get_by_role("listitem")).to_have_count(1)


async def test_what_the_shop_vouches_for_is_named_in_words(people: People) -> None:
    customer = await people.shopper("赵一鸣")
    await customer.says("在吗")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await desk.shows_tab("customer")

    await expect(desk.packet).to_contain_text("手机尾号")


async def test_a_field_of_the_shops_own_is_filled_in_at_the_desk(people: People) -> None:
    boss = await people.agent("admin@demo.example")
    await boss.page.goto(f"{people.demo.url}/console/workbench/fields")
    await boss.page.get_by_label("字段名（程序用）").fill("card")
    await boss.page.get_by_label("中文名").fill("会员卡号")
    await boss.page.get_by_role("button", name="添加字段").click()
    await expect(boss.page.locator(".bench-row").filter(has_text="会员卡号")).to_be_visible()
    customer = await people.visitor("zh-CN")
    await customer.says("在吗")
    await customer.asks_for_a_person()

    desk = await people.agent("tom@demo.example")
    await desk.takes(customer.conversation)
    await desk.shows_tab("customer")
    await desk.page.get_by_role("button", name="编辑").click()
    await desk.page.get_by_label("姓名").fill("刘先生")
    await desk.page.get_by_label("会员卡号").fill("88120")
    await desk.page.get_by_role("button", name="保存").click()

    await expect(desk.packet).to_contain_text("88120")
    await expect(desk.packet).to_contain_text("刘先生")


async def test_two_colleagues_who_write_the_same_field_see_each_others_words_and_lose_none(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("在吗")
    await customer.asks_for_a_person()
    first = await people.agent()
    await first.takes(customer.conversation)
    second = await people.agent("tom@demo.example")
    await second.opens(customer.conversation)
    for desk in (first, second):
        await desk.shows_tab("customer")
        await desk.page.get_by_role("button", name="编辑", exact=True).click()
    await first.page.get_by_label("姓名").fill("周先生")
    await first.page.get_by_role("button", name="保存").click()
    await expect(first.packet).to_contain_text("周先生")

    await second.page.get_by_label("姓名").fill("周总")
    await second.page.get_by_label("等级").fill("金卡")
    await second.page.get_by_role("button", name="保存").click()

    warning = second.packet.get_by_role("alert")
    await expect(warning).to_contain_text("周先生")
    await expect(second.page.get_by_label("姓名")).to_have_value("周总")
    await warning.get_by_role("button", name="用同事的").click()
    await second.page.get_by_role("button", name="保存").click()
    await expect(second.packet).to_contain_text("金卡")
    await expect(second.packet).to_contain_text("周先生")
