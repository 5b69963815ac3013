"""The copilot on screen: a suggestion with its source, taken, changed or left; like cases with the way back to them."""

from playwright.async_api import expect

from browser.pages import People


async def test_a_suggestion_with_its_source_is_taken_changed_and_sent(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await customer.says("七天无理由退货怎么退")
    line = desk.page.get_by_role("region", name="建议回复")
    await expect(line).to_contain_text("来自知识库")

    await desk.box.focus()
    await desk.page.keyboard.press("Control+i")
    await expect(line).to_have_count(0)
    await desk.page.keyboard.press("Control+End")
    await desk.page.keyboard.type("我也可以帮您申请。")
    await desk.page.keyboard.press("Control+Enter")

    await customer.sees("我也可以帮您申请。")


async def test_what_a_colleague_solved_is_shown_to_the_next_and_leads_to_the_case(people: People) -> None:
    first = await people.visitor("zh-CN")
    await first.says("加湿器底座漏水，放一晚上桌子全湿了")
    await first.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(first.conversation)
    await desk.replies("底座漏水多半是密封圈移位，取下水箱把白色密封圈按回槽里即可。")
    await first.sees("密封圈按回槽里")
    await desk.resolves()

    second = await people.visitor("zh-CN")
    await second.says("加湿器底座漏水怎么办，桌子全湿了")
    await second.asks_for_a_person()
    tom = await people.agent("tom@demo.example")
    await tom.takes(second.conversation)
    await tom.page.get_by_role("tab", name="副驾").click()

    await expect(tom.packet).to_contain_text("王芳")
    await expect(tom.page.get_by_role("region", name="建议回复")).to_contain_text("密封圈")
    await tom.packet.get_by_role("button", name="弃用").click()
    await expect(tom.page.get_by_role("region", name="建议回复")).to_have_count(0)
    await tom.packet.get_by_role("link", name="查看原会话").click()
    await expect(tom.log).to_contain_text("放一晚上桌子全湿了")


async def test_knowledge_is_asked_beside_the_conversation_and_its_answer_put_behind_what_is_written(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.says("你好")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await desk.page.get_by_role("tab", name="备注").click()
    await desk.page.get_by_role("tab", name="副驾").click()
    question = desk.page.get_by_role("searchbox", name="问知识库")
    await question.fill("七天无理由退货")
    await question.press("Enter")
    answer = desk.packet.get_by_role("listitem").filter(has_text="七天无理由").first
    said = await answer.locator("p").inner_text()

    await answer.get_by_role("button", name="插入回复").click()

    await expect(desk.box).to_be_focused()
    await expect(desk.box).to_have_value(said)
    await question.fill("zzqx")
    await question.press("Enter")
    await expect(desk.packet.get_by_text("知识库里没有对这位客户适用的答案")).to_be_visible()


async def test_what_the_assistant_said_in_vain_is_not_suggested_to_the_person(people: People) -> None:
    customer = await people.visitor("zh-CN")
    await customer.is_answered("七天无理由退货怎么退")
    await customer.asks_for_a_person()
    desk = await people.agent()
    await desk.takes(customer.conversation)
    await desk.page.get_by_role("tab", name="副驾").click()

    await expect(desk.packet.get_by_text("都没有新的答案")).to_be_visible()
    await expect(desk.page.get_by_role("region", name="建议回复")).to_have_count(0)
