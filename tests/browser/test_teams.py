"""Queues and teams as people see them: who waits for one's own teams, and how each queue stands."""

import re

from playwright.async_api import expect

from browser.axe import serious
from browser.pages import PHONE, AtDesk, People, Scheme


async def _asks(desk: AtDesk, url: str, method: str, path: str, data: object = None) -> dict[str, str]:
    request = desk.page.context.request
    csrf = (await (await request.get(f"{url}/api/me")).json())["csrf"]
    answer = await request.fetch(f"{url}/api/{path}", method=method, data=data, headers={"X-CSRF-Token": csrf})
    assert answer.ok, await answer.text()
    found: dict[str, str] = await answer.json() if answer.status == 200 or answer.status == 201 else {}
    return found


async def test_who_waits_for_a_team_is_seen_by_its_agents_and_its_queue_by_the_supervisor(
    people: People, locale: str, scheme: Scheme
) -> None:
    url, zh = people.demo.url, locale == "zh-CN"
    email, name = ("wang@demo.example", "退款组") if zh else ("tom@demo.example", "Refunds")
    agent = await people.agent(email, locale, scheme=scheme)
    await agent.is_away()
    boss = await people.agent("admin@demo.example", locale, scheme=scheme)
    await boss.is_away()
    me = await _asks(agent, url, "GET", "me")
    team = await _asks(boss, url, "POST", "routing/teams", {"name": name})
    profile = {"languages": [], "most_chats": 6, "teams": [team["id"]], "expertise": []}
    await _asks(boss, url, "PUT", f"routing/agents/{me['user']['id']}", profile)  # type: ignore[index]
    config = {"takes": {"languages": ["zh" if zh else "en"]}, "teams": [{"team": team["id"]}]}
    await _asks(boss, url, "POST", "routing/queues", {"name": name, "position": 0, "active": True, "config": config})

    await agent.looks_at("team")
    await agent.sees("没有在等您团队的客户" if zh else "Nobody waits for your teams")
    customer = await people.visitor(locale, f"/?lang={locale[:2]}")
    await customer.says("帮我看看退款" if zh else "Please look at my refund")
    await customer.asks_for_a_person()

    await expect(agent.row(customer.conversation)).to_be_visible()
    await expect(agent.page.locator('a.view[href$="/inbox/team"] .view-count')).to_have_text("1")

    await boss.page.goto(f"{url}/console/board")
    queue = boss.page.get_by_role("row", name=re.compile(name))
    await expect(queue.get_by_role("cell").nth(1)).to_have_text("1")
    await boss.page.locator(".board-team").click()
    await boss.page.locator(".ant-select-item-option", has_text=name).click()
    await expect(boss.page.locator(".board-agents li")).to_have_count(1)
    await boss.page.set_viewport_size(PHONE)
    assert await boss.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await serious(boss.page, "main") == []

    await agent.opens(customer.conversation, "team")
    await agent.accepts()
    await agent.looks_at("team")
    await expect(agent.row(customer.conversation)).to_have_count(0)
