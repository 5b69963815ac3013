"""What a screen reader is given of a whole conversation: Chromium's accessibility tree, step by step, on both sides."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec import Struct
from playwright.async_api import Page, expect

from browser.pages import AtDesk, People, Visitor
from world.waiting import eventually

# Whatever can be pressed, filled in or followed, and what stands for something by its look alone.
_MUST_BE_NAMED = {
    "button", "textbox", "searchbox", "combobox", "link", "tab", "checkbox", "switch", "radio", "menuitem", "slider", "spinbutton",
    "dialog", "log", "group", "region", "image", "progressbar",
}  # fmt: skip
_LOCALES = pytest.mark.parametrize("locale", ["zh-CN", "en"])


class Node(Struct, frozen=True):
    """`live`: how news in it are told, "" for not at all. `within`: roles and names of what it stands in, outermost first."""

    role: str
    name: str
    live: str
    within: tuple[tuple[str, str], ...]


async def _tree(page: Page) -> list[Node]:
    """In the order of reading; what is hidden from screen readers is not in it."""
    session = await page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    await session.detach()
    by_id = {it["nodeId"]: it for it in found}
    nodes: list[Node] = []

    def read(it: dict[str, Any], within: tuple[tuple[str, str], ...]) -> None:
        role, name = it.get("role", {}).get("value", ""), it.get("name", {}).get("value", "")
        if not it.get("ignored"):
            live = next((more["value"]["value"] for more in it.get("properties", []) if more["name"] == "live"), "")
            nodes.append(Node(role, name, live, within))
            within = (*within, (role, name))
        for child in it.get("childIds", []):
            if child in by_id:
                read(by_id[child], within)

    read(next(it for it in found if "parentId" not in it), ())
    return nodes


def _nameless(nodes: Sequence[Node]) -> list[Node]:
    return [it for it in nodes if it.role in _MUST_BE_NAMED and not it.name.strip()]


async def _all_is_named(page: Page) -> list[Node]:
    nodes = await _tree(page)
    assert _nameless(nodes) == []
    return nodes


def _is_announced(nodes: Sequence[Node], text: str) -> bool:
    """A live region says it, of itself and not only for who goes looking."""
    live = {(it.role, it.name) for it in nodes if it.live in ("polite", "assertive")}
    return any(it.role == "StaticText" and text in it.name and live & set(it.within) for it in nodes)


async def _announces(page: Page, text: str) -> None:
    async def said() -> bool:
        return _is_announced(await _tree(page), text)

    await eventually(said)


def _names(nodes: Sequence[Node], role: str, within: str = "dialog") -> list[str]:
    return [it.name for it in nodes if it.role == role and any(outer == within for outer, _ in it.within)]


async def _tab_stops(page: Page, count: int) -> list[str]:
    stops = []
    for _ in range(count):
        await page.keyboard.press("Tab")
        stops.append(await page.evaluate("document.querySelector('tandem-widget').shadowRoot.activeElement?.ariaLabel ?? ''"))
    return stops


WORDS = {
    "zh-CN": {
        "ask": "七天无理由退货怎么退", "group": "这个回答有帮助吗？", "yes": "有帮助", "no": "没帮助", "joined": "王芳 接入",
        "log": "对话记录", "rate": "这次服务您满意吗？", "faces": ["很不满意", "不太满意", "一般", "满意", "非常满意"],
        "leave": "留言", "place": "下一位就是您", "left": "不用守在这里", "reply": "退货单已为您开好",
        "stops": ["转人工客服", "关闭", "对话记录", "有帮助", "没帮助", "消息"],
    },
    "en": {
        "ask": "How do I return something within 7 days?", "group": "Did this answer help?", "yes": "This helped", "no": "This didn't help",
        "joined": "Tom Baker joined", "log": "Conversation", "rate": "How did we do?",
        "faces": ["Very bad", "Not good", "Okay", "Good", "Great"], "leave": "Leave a message", "place": "You're next", "left": "No need to stay",
        "reply": "Your return label is ready",
        "stops": ["Get a person to talk to", "Close", "Conversation", "This helped", "This didn't help", "Message"],
    },
}  # fmt: skip


@_LOCALES
async def test_a_whole_conversation_can_be_followed_by_ear(people: People, locale: str) -> None:
    words: dict[str, Any] = WORDS[locale]
    customer = await people.visitor(locale, f"/?lang={locale[:2]}")
    desk = await people.agent({"zh-CN": "wang@demo.example", "en": "tom@demo.example"}[locale], locale)

    answer = await customer.is_answered(words["ask"])
    await _announces(customer.page, answer.splitlines()[0])
    await expect(customer.log.get_by_role("group", name=words["group"])).to_be_visible()
    nodes = await _all_is_named(customer.page)
    assert not _is_announced(nodes, words["ask"])  # nobody is read his own words
    assert _names(nodes, "log") == [words["log"]]
    assert words["group"] in _names(nodes, "group")
    await customer.panel.focus()
    assert await _tab_stops(customer.page, len(words["stops"])) == words["stops"]

    await customer.asks_for_a_person()
    await _announces(customer.page, words["place"])
    await _leaves_a_message(customer, words)
    await desk.takes(customer.conversation)
    await _announces(customer.page, words["joined"])
    await desk.replies(words["reply"])
    await _announces(customer.page, words["reply"])
    await _is_heard_at_the_desk(desk, customer)

    await desk.resolves()
    await _announces(customer.page, customer.words["ended"])
    await expect(customer.panel.get_by_role("region", name=words["rate"])).to_be_visible()
    nodes = await _all_is_named(customer.page)
    assert words["rate"] in _names(nodes, "region")
    assert [it for it in _names(nodes, "button") if it in words["faces"]] == words["faces"]


async def _leaves_a_message(customer: Visitor, words: dict[str, Any]) -> None:
    await customer.panel.get_by_role("button", name=words["leave"], exact=True).click()
    await _announces(customer.page, words["left"])
    await _all_is_named(customer.page)


async def _is_heard_at_the_desk(desk: AtDesk, customer: Visitor) -> None:
    await _all_is_named(desk.page)
    await customer.says("OK 123")
    await _announces(desk.page, "OK 123")
