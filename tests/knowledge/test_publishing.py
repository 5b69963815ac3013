"""Nothing reaches customers before it was published, and what was published can be taken back at once."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tandem.infra.settings import Settings
from world.agent import Agent
from world.server import Server, running
from world.waiting import eventually

Json = dict[str, Any]
QUESTION = "蓝牙耳机怎么配对"


def _draft(answer: str, **more: Any) -> Json:
    return {"lang": "zh", "category": "使用", "question": QUESTION, "answer": answer, "phrasings": ["耳机连不上手机"], **more}


@pytest.fixture
async def editor(tandem: Server) -> Agent:
    return await tandem.agent("编辑", "supervisor")


async def _says(server: Server, words: str) -> bool:
    """Whether a customer who asks now hears these words."""
    customer = await server.customer()
    answer = await customer.asks(QUESTION)
    return words in answer["body"]["text"]


async def _becomes(server: Server, words: str) -> None:
    async def heard() -> bool:
        return await _says(server, words)

    await eventually(heard)


async def test_a_draft_is_used_only_once_it_is_published(tandem: Server, editor: Agent) -> None:
    article = await editor.posts("/api/knowledge", _draft("长按电源键五秒。"))
    assert (article["state"], article["version"], article["published_version"]) == ("draft", 1, None)
    assert not await _says(tandem, "长按电源键五秒")

    published = await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 1})

    assert (published["state"], published["published_version"]) == ("published", 1)
    await _becomes(tandem, "长按电源键五秒")


async def test_customers_are_answered_from_what_is_published_while_a_draft_is_written_on_top(tandem: Server, editor: Agent) -> None:
    article = await editor.posts("/api/knowledge", _draft("长按电源键五秒。"))
    await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 1})
    await _becomes(tandem, "长按电源键五秒")

    draft = await editor.puts(f"/api/knowledge/{article['id']}", _draft("打开充电盒盖即可。", version=1))
    assert (draft["version"], draft["published_version"]) == (2, 1)
    assert await _says(tandem, "长按电源键五秒")

    await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 2})
    await _becomes(tandem, "打开充电盒盖")


async def test_what_was_published_can_be_rolled_back_at_once(tandem: Server, editor: Agent) -> None:
    article = await editor.posts("/api/knowledge", _draft("长按电源键五秒。"))
    await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 1})
    await editor.puts(f"/api/knowledge/{article['id']}", _draft("错误的说法。", version=1))
    await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 2})
    await _becomes(tandem, "错误的说法")

    back = await editor.posts(f"/api/knowledge/{article['id']}/rollback", {"version": 1})

    assert (back["version"], back["published_version"], back["answer"]) == (3, 3, "长按电源键五秒。")
    await _becomes(tandem, "长按电源键五秒")
    versions = await editor.gets(f"/api/knowledge/{article['id']}/versions")
    assert [(it["version"], it["answer"]) for it in versions] == [
        (3, "长按电源键五秒。"),
        (2, "错误的说法。"),
        (1, "长按电源键五秒。"),
    ]


async def test_nobody_is_answered_from_what_is_archived(tandem: Server, editor: Agent) -> None:
    article = await editor.posts("/api/knowledge", _draft("长按电源键五秒。"))
    await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 1})
    await _becomes(tandem, "长按电源键五秒")

    await editor.posts(f"/api/knowledge/{article['id']}/archive", {"version": 1})

    async def silent() -> bool:
        return not await _says(tandem, "长按电源键五秒")

    await eventually(silent)
    assert article["id"] not in str(await editor.gets("/api/knowledge"))
    assert article["id"] in str(await editor.gets("/api/knowledge?state=archived"))


async def test_other_processes_hear_of_a_change_too(tandem: Server, editor: Agent, settings: Settings, dsn: str) -> None:
    async with running(settings, dsn, works=False) as elsewhere:
        article = await editor.posts("/api/knowledge", _draft("长按电源键五秒。"))
        await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 1})
        customer = await elsewhere.customer()

        async def answered() -> bool:
            said = await customer.says(QUESTION)
            await elsewhere.app.turns.run(UUID(customer.conversation))
            heard = await customer.hears(after=said["seq"])
            return "长按电源键五秒" in heard["body"]["text"]

        await eventually(answered)


async def test_of_two_editors_at_once_the_second_is_told(editor: Agent) -> None:
    article = await editor.posts("/api/knowledge", _draft("一。"))
    path = f"/api/knowledge/{article['id']}"

    answers = await asyncio.gather(*(editor.calls("PUT", path, json=_draft(text, version=1)) for text in ("二。", "三。")))

    won, lost = sorted(answers, key=lambda it: it.status_code)
    assert (won.status_code, lost.status_code, lost.json()["type"]) == (200, 409, "/problems/version-conflict")
    assert (await editor.gets(path))["answer"] == won.json()["answer"]


@pytest.mark.parametrize("act", ["publish", "archive"])
async def test_what_changed_meanwhile_is_not_published_unseen(editor: Agent, act: str) -> None:
    article = await editor.posts("/api/knowledge", _draft("一。"))
    await editor.puts(f"/api/knowledge/{article['id']}", _draft("二。", version=1))

    answer = await editor.calls("POST", f"/api/knowledge/{article['id']}/{act}", json={"version": 1})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/version-conflict")


async def test_articles_are_found_by_their_words(editor: Agent) -> None:
    article = await editor.posts("/api/knowledge", _draft("长按电源键五秒。"))
    await editor.posts(
        "/api/knowledge", {"lang": "en", "category": "Use", "question": "How do I pair earbuds?", "answer": "Hold the button."}
    )

    for words, found in (("耳机", 1), ("电源键", 1), ("EARBUDS", 1), ("围巾", 0), ("' | !&", 2), ("\\", 2)):
        items = (await editor.calls("GET", "/api/knowledge", params={"q": words})).json()["items"]
        assert len(items) == found, words
    assert [it["id"] for it in (await editor.gets("/api/knowledge?lang=zh"))["items"]] == [article["id"]]


async def test_a_list_is_read_page_by_page_without_gap_or_double(editor: Agent) -> None:
    made = {(await editor.posts("/api/knowledge", _draft("答。", question=f"问题 {number}")))["id"] for number in range(7)}

    seen: list[str] = []
    cursor = ""
    while True:
        page = await editor.gets(f"/api/knowledge?limit=3&cursor={cursor}")
        seen += [it["id"] for it in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]

    assert len(seen) == 7
    assert set(seen) == made
