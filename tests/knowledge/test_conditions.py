"""An article is heard by those it was written for, while it holds, where it holds; and in whatever language it was written."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from assistant.talking import Talk, message
from tandem.assistant.respond import Assistant
from tandem.knowledge.model import Article, Asker, Button, Conditions
from tandem.knowledge.search import Index
from tandem.timeline.model import Attachment
from world.files import png
from world.server import Server
from world.waiting import eventually

Json = dict[str, Any]
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WIDGET, WECHAT = UUID(int=1), UUID(int=2)
SALE = "春季大促优惠怎么算"


def _article(number: int, answer: str, *, lang: str = "zh", question: str = SALE, **more: Any) -> Article:
    return Article(UUID(int=number), lang, "活动", question, (), answer, 1, **more)


def _asker(*groups: str, channel: UUID = WIDGET, at: datetime = NOON) -> Asker:
    return Asker(channel, frozenset(groups or ("guest",)), at)


def _heard(conditions: Conditions, asker: Asker) -> bool:
    index = Index([_article(1, "满 300 减 40。", conditions=conditions), _article(2, "寄顺丰。", question="用什么快递")])
    return UUID(int=1) in [hit.article.id for hit in index.search(SALE, lang="zh", asker=asker)]


@pytest.mark.parametrize(
    ("conditions", "asker", "heard"),
    [
        (Conditions(), _asker(), True),
        (Conditions(channels=(WECHAT,)), _asker(channel=WECHAT), True),
        (Conditions(channels=(WECHAT,)), _asker(channel=WIDGET), False),
        (Conditions(audience=("signed_in",)), _asker("signed_in"), True),
        (Conditions(audience=("signed_in",)), _asker("guest"), False),
        (Conditions(audience=("gold", "black")), _asker("signed_in", "gold"), True),
        (Conditions(audience=("gold",)), _asker("signed_in", "silver"), False),
        (Conditions(valid_from=NOON), _asker(at=NOON), True),
        (Conditions(valid_from=NOON), _asker(at=NOON - timedelta(seconds=1)), False),
        (Conditions(valid_until=NOON), _asker(at=NOON - timedelta(seconds=1)), True),
        (Conditions(valid_until=NOON), _asker(at=NOON), False),
    ],
)
def test_an_article_is_found_exactly_by_those_it_holds_for(conditions: Conditions, asker: Asker, heard: bool) -> None:
    assert _heard(conditions, asker) is heard


def test_what_holds_is_decided_anew_for_every_question() -> None:
    index = Index([_article(1, "满 300 减 40。", conditions=Conditions(valid_until=NOON))])

    before, after = _asker(at=NOON - timedelta(minutes=1)), _asker(at=NOON + timedelta(minutes=1))

    assert [len(index.search(SALE, asker=asker)) for asker in (before, after, before)] == [1, 0, 1]


def test_an_article_that_lost_its_condition_is_for_everybody_again() -> None:
    index = Index([_article(1, "满 300 减 40。", conditions=Conditions(audience=("gold",)))])
    index.put(_article(1, "满 300 减 40。"))

    assert index.search(SALE, asker=_asker("guest"))


async def test_a_button_to_an_article_that_no_longer_holds_is_not_answered_from_it() -> None:
    talk = Talk(Assistant(Index([
        _article(1, "先看规则。", buttons=(Button("大促规则", f"article:{UUID(int=2)}"),)),
        _article(2, "满 300 减 40。", question="大促规则", conditions=Conditions(valid_until=datetime(2026, 3, 10, 6, 0, 30, tzinfo=UTC))),
    ])))  # fmt: skip
    reply = await talk.says(SALE)
    assert "满 300" in message(await talk.presses(reply, "大促规则")).text

    talk.now += timedelta(minutes=1)

    assert "满 300" not in message(await talk.presses(reply, "大促规则")).text


async def test_an_answer_comes_with_its_pictures_and_buttons() -> None:
    picture = Attachment(UUID(int=9), "尺码表.png", "image/png", 90, 2, 1, "/api/blobs/x")
    buttons = (Button("看尺码助手", "https://shop.example/size"), Button("找人工", "person"))
    talk = Talk(Assistant(Index([_article(1, "看下面的表。", question="尺码怎么选", images=(picture,), buttons=buttons)])))

    said = message(await talk.says("尺码怎么选"))

    assert said.attachments == (picture,)
    assert [(it.label, it.value) for it in said.choices] == [("找人工", "human")]
    assert "[看尺码助手](https://shop.example/size)" in said.text


async def test_a_question_in_a_third_language_is_answered_from_an_article_in_it() -> None:
    answer = "商品到着後、7日以内に返品できます。"
    talk = Talk(Assistant(Index([_article(1, answer, lang="ja", question="返品はできますか"), _article(2, "满 300 减 40。")])))

    assert answer in message(await talk.says("返品はできますか")).text
    assert answer not in message(await talk.says("予約をキャンセルしたいのですが")).text


async def test_only_members_of_a_tier_hear_what_is_for_them(tandem: Server) -> None:
    editor = await tandem.agent("编辑", "supervisor")
    draft: Json = {
        "lang": "zh",
        "category": "会员",
        "question": "会员日有什么优惠",
        "answer": "会员日全场八八折。",
        "conditions": {"audience": ["Gold"]},
    }
    article = await editor.posts("/api/knowledge", draft)
    await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 1})
    member = await tandem.customer(identity=tandem.identity("u1", tier="gold"))

    async def heard() -> bool:
        return "八八折" in (await member.asks(draft["question"]))["body"]["text"]

    await eventually(heard)
    stranger = await tandem.customer()
    assert "八八折" not in (await stranger.asks(draft["question"]))["body"]["text"]


async def test_an_article_for_another_channel_is_not_heard_in_this_one(tandem: Server) -> None:
    editor = await tandem.agent("编辑", "supervisor")
    base: Json = {"lang": "zh", "category": "活动"}
    elsewhere = {
        **base,
        "question": "直播间有什么优惠",
        "answer": "直播间下单减 20。",
        "conditions": {"channels": [str(UUID(int=5))]},
    }
    here = {
        **base,
        "question": "小店有什么优惠",
        "answer": "小店满 99 包邮。",
        "conditions": {"channels": [str(tandem.channel.id)]},
    }
    for draft in (elsewhere, here):
        article = await editor.posts("/api/knowledge", draft)
        await editor.posts(f"/api/knowledge/{article['id']}/publish", {"version": 1})
    customer = await tandem.customer()

    async def heard() -> bool:
        return "满 99" in (await customer.asks("小店有什么优惠"))["body"]["text"]

    await eventually(heard)
    assert "减 20" not in (await customer.asks("直播间有什么优惠"))["body"]["text"]


async def test_uploaded_pictures_are_kept_with_each_version(open_all_day: Server) -> None:
    editor = await open_all_day.agent("编辑", "supervisor")
    picture = (await editor.calls("POST", "/api/uploads", files={"file": ("尺码.png", png(), "image/png")})).json()
    note = (await editor.calls("POST", "/api/uploads", files={"file": ("说明.txt", b"x", "text/plain")})).json()
    draft = {"lang": "zh", "category": "尺码", "question": "尺码表在哪", "answer": "见图。"}

    article = await editor.posts("/api/knowledge", {**draft, "images": [picture["id"]]})
    await editor.puts(f"/api/knowledge/{article['id']}", {**draft, "version": 1})
    back = await editor.posts(f"/api/knowledge/{article['id']}/rollback", {"version": 1})

    assert article["images"][0]["url"] == picture["url"]
    assert [it["id"] for it in back["images"]] == [picture["id"]]
    refused = await editor.calls("POST", "/api/knowledge", json={**draft, "images": [note["id"]]})
    assert refused.json()["errors"][0]["field"] == "images"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("lang", {"lang": "中文"}), ("lang", {"lang": "EN"}), ("buttons", {"buttons": [{"label": "x", "to": "javascript:alert(1)"}]}),
        ("buttons", {"buttons": [{"label": "x", "to": "article:1"}]}), ("buttons", {"buttons": [{"label": "", "to": "person"}]}),
        ("buttons", {"buttons": [{"label": "x](https://evil.example", "to": "person"}]}),
        ("buttons", {"buttons": [{"label": "x", "to": "https://a.example/) [y](https://b.example"}]}),
        ("valid_until", {"conditions": {"valid_from": "2026-03-02T00:00:00Z", "valid_until": "2026-03-01T00:00:00Z"}}),
        ("audience", {"conditions": {"audience": [""]}}), ("owner", {"owner": str(UUID(int=3))}),
        ("attachments", {"images": [str(UUID(int=3))]}),
    ],
)  # fmt: skip
async def test_what_cannot_be_kept_is_refused_by_its_field(open_all_day: Server, field: str, wrong: Json) -> None:
    editor = await open_all_day.agent("编辑", "supervisor")

    answer = await editor.calls(
        "POST", "/api/knowledge", json={"lang": "zh", "category": "c", "question": "q", "answer": "a", **wrong}
    )

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
