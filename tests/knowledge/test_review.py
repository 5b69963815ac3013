"""From draft over review to published: who may do what, and what the list shows of it."""

from typing import Any

import pytest

from world.agent import Agent
from world.server import Server

Json = dict[str, Any]
DRAFT: Json = {"lang": "zh", "category": "售后", "question": "耳机进水了怎么办", "answer": "先擦干，再联系我们。"}


@pytest.fixture
async def writer(tandem: Server) -> Agent:
    return await tandem.agent("小林", "agent")


@pytest.fixture
async def publisher(tandem: Server) -> Agent:
    return await tandem.agent("陈主管", "supervisor")


async def _ids(who: Agent, query: str) -> list[str]:
    return [it["id"] for it in (await who.gets(f"/api/knowledge?{query}"))["items"]]


async def test_an_agent_writes_and_submits_and_only_a_supervisor_publishes(writer: Agent, publisher: Agent) -> None:
    article = await writer.posts("/api/knowledge", DRAFT)
    path = f"/api/knowledge/{article['id']}"
    submitted = await writer.posts(f"{path}/submit", {"version": 1})
    assert (submitted["state"], submitted["in_review"], submitted["submitted_by"]) == ("draft", True, "小林")
    for act in ("publish", "archive", "rollback"):
        assert (await writer.calls("POST", f"{path}/{act}", json={"version": 1})).status_code == 403
    assert await _ids(publisher, "state=review") == [article["id"]]

    published = await publisher.posts(f"{path}/publish", {"version": 1})

    assert (published["state"], published["in_review"]) == ("published", False)
    assert await _ids(publisher, "state=review") == []


async def test_what_is_given_back_says_why_until_it_is_written_anew(writer: Agent, publisher: Agent) -> None:
    article = await writer.posts("/api/knowledge", DRAFT)
    path = f"/api/knowledge/{article['id']}"
    await writer.posts(f"{path}/submit", {"version": 1})
    assert (await writer.calls("POST", f"{path}/give-back", json={"version": 1, "note": "x"})).status_code == 403

    back = await publisher.posts(f"{path}/give-back", {"version": 1, "note": "请写明保修范围"})
    written = await writer.puts(path, {**DRAFT, "answer": "先擦干。进水不在保修范围内。", "version": 1})

    assert (back["in_review"], back["review_note"]) == (False, "请写明保修范围")
    assert (written["in_review"], written["review_note"]) == (False, "")


async def test_a_change_after_submitting_must_be_submitted_again(writer: Agent, publisher: Agent) -> None:
    article = await writer.posts("/api/knowledge", DRAFT)
    path = f"/api/knowledge/{article['id']}"
    await writer.posts(f"{path}/submit", {"version": 1})

    changed = await writer.puts(path, {**DRAFT, "answer": "别的。", "version": 1})

    assert changed["in_review"] is False
    assert (await publisher.calls("POST", f"{path}/publish", json={"version": 1})).status_code == 409
    assert (await writer.calls("POST", f"{path}/submit", json={"version": 1})).status_code == 409


async def test_the_readers_language_comes_first_page_by_page(publisher: Agent) -> None:
    made = [
        (await publisher.posts("/api/knowledge", {**DRAFT, "lang": lang, "question": f"问题 {number}"}))["id"]
        for number, lang in enumerate(["en", "zh", "ja", "zh", "en", "zh"])
    ]
    seen: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await publisher.gets(f"/api/knowledge?first=zh&limit=3&cursor={cursor}")
        seen += page["items"]
        cursor = page["next"]

    assert [it["lang"] for it in seen] == ["zh", "zh", "zh", "en", "ja", "en"]
    assert {it["id"] for it in seen} == set(made)


async def test_the_list_is_narrowed_to_what_is_mine_what_is_due_and_what_holds_here(tandem: Server, publisher: Agent) -> None:
    me = publisher.me["user"]["id"]
    mine = await publisher.posts("/api/knowledge", {**DRAFT, "owner": me, "review_on": "2020-01-01"})
    later = await publisher.posts("/api/knowledge", {**DRAFT, "review_on": "2999-01-01"})
    other_channel = "00000000-0000-0000-0000-000000000005"
    elsewhere = await publisher.posts("/api/knowledge", {**DRAFT, "conditions": {"channels": [other_channel]}})

    assert mine["owner_name"] == "陈主管"
    assert await _ids(publisher, f"owner={me}") == [mine["id"]]
    assert await _ids(publisher, "state=due") == [mine["id"]]
    assert set(await _ids(publisher, f"channel={tandem.channel.id}")) == {mine["id"], later["id"]}
    assert set(await _ids(publisher, f"channel={other_channel}")) == {mine["id"], later["id"], elsewhere["id"]}
    assert [it["name"] for it in await publisher.gets("/api/knowledge/channels")] == ["Shop"]
