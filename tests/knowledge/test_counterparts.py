"""The same article in two languages: linked and unlinked by whoever may publish, and one answer to customers."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from tandem.knowledge.search import Index
from world.agent import Agent
from world.server import Server
from world.waiting import eventually

Json = dict[str, Any]


@pytest.fixture
async def editor(idle: Server) -> Agent:
    return await idle.agent("编辑", "supervisor")


async def _pair(server: Server) -> tuple[UUID, UUID]:
    zh = await server.knows("羊毛围巾怎么洗", "冷水手洗，平铺晾干。")
    en = await server.knows("How do I wash the wool scarf?", "Hand wash cold and dry flat.", lang="en", category="Care")
    return zh, en


async def _linked(editor: Agent, article: UUID) -> list[str]:
    return [it["id"] for it in await editor.gets(f"/api/knowledge/{article}/counterparts")]


async def test_linked_articles_are_each_others_and_one_answer_to_customers(idle: Server, editor: Agent) -> None:
    zh, en = await _pair(idle)
    index = idle.app.services.knowledge._index
    assert _twin(index, zh, "en") is None

    made = await editor.puts(f"/api/knowledge/{zh}/counterparts", {"other": str(en)})

    assert [(it["id"], it["lang"], it["question"]) for it in made] == [(str(en), "en", "How do I wash the wool scarf?")]
    assert await _linked(editor, en) == [str(zh)]

    await eventually(lambda: _is(_twin(index, zh, "en"), en))
    assert _twin(index, en, "zh") == zh

    await editor.calls("DELETE", f"/api/knowledge/{zh}/counterparts")

    await eventually(lambda: _is(_twin(index, en, "zh"), None))
    assert _twin(index, zh, "en") is None


def _twin(index: Index, article: UUID, lang: str) -> UUID | None:
    known = index.get(article)
    found = index.twin(known, lang) if known else None
    return found.id if found else None


async def _is(found: UUID | None, wanted: UUID | None) -> bool:
    return found == wanted


async def test_unlinked_it_stands_alone_again_and_the_others_stay_together(idle: Server, editor: Agent) -> None:
    zh, en = await _pair(idle)
    ja = await idle.knows("ウールのマフラーの洗い方は", "冷水で手洗いしてください。", lang="ja", category="ケア")
    for other in (en, ja):
        await editor.puts(f"/api/knowledge/{zh}/counterparts", {"other": str(other)})
    assert set(await _linked(editor, ja)) == {str(zh), str(en)}

    answer = await editor.calls("DELETE", f"/api/knowledge/{zh}/counterparts")

    assert answer.status_code == 204
    assert await _linked(editor, zh) == []
    assert await _linked(editor, en) == [str(ja)]


async def test_two_articles_of_one_language_are_never_the_same(idle: Server, editor: Agent) -> None:
    zh, en = await _pair(idle)
    again = await idle.knows("羊绒大衣怎么洗", "请干洗。")
    await editor.puts(f"/api/knowledge/{zh}/counterparts", {"other": str(en)})

    answers = [
        await editor.calls("PUT", f"/api/knowledge/{one}/counterparts", json={"other": str(other)})
        for one, other in ((zh, again), (again, en), (zh, zh), (zh, uuid4()))
    ]

    assert [it.status_code for it in answers] == [400] * 4
    assert (await editor.calls("PUT", f"/api/knowledge/{uuid4()}/counterparts", json={"other": str(en)})).status_code == 404
    assert await _linked(editor, en) == [str(zh)]


async def test_two_who_link_the_same_article_at_once_leave_one_of_each_language(idle: Server, editor: Agent) -> None:
    zh, en = await _pair(idle)
    again = await idle.knows("羊绒大衣怎么洗", "请干洗。")

    answers = await asyncio.gather(
        *(editor.calls("PUT", f"/api/knowledge/{it}/counterparts", json={"other": str(en)}) for it in (zh, again))
    )

    assert sorted(it.status_code for it in answers) == [200, 400]
    assert len(await _linked(editor, en)) == 1


async def test_an_article_that_changes_its_language_is_nobodys_counterpart(idle: Server, editor: Agent) -> None:
    zh, en = await _pair(idle)
    await editor.puts(f"/api/knowledge/{zh}/counterparts", {"other": str(en)})
    draft = {"lang": "zh", "category": "护理", "question": "羊毛围巾如何清洗", "answer": "冷水手洗。", "version": 1}

    written = await editor.calls("PUT", f"/api/knowledge/{en}", json=draft)

    assert written.status_code == 200
    assert await _linked(editor, zh) == []


async def test_who_may_not_publish_sees_the_link_and_changes_nothing(idle: Server, editor: Agent) -> None:
    zh, en = await _pair(idle)
    await editor.puts(f"/api/knowledge/{zh}/counterparts", {"other": str(en)})
    agent = await idle.agent()

    assert await _linked(agent, zh) == [str(en)]
    assert (await agent.calls("DELETE", f"/api/knowledge/{zh}/counterparts")).status_code == 403
    assert (await agent.calls("PUT", f"/api/knowledge/{zh}/counterparts", json={"other": str(en)})).status_code == 403
