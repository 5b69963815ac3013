"""Before publishing an editor sees which articles say the same or the opposite, and how else customers may ask."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tandem.knowledge.facts import contradictions, counted, stance
from tandem.knowledge.model import Article, Conditions
from tandem.knowledge.proposing import proposals
from tandem.knowledge.record import ArticleDraft
from tandem.knowledge.resembling import apart, resembling
from tandem.knowledge.search import Index
from world.server import Server

NIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def _article(number: int, lang: str, question: str, answer: str, *phrasings: str, conditions: Conditions | None = None) -> Article:
    return Article(UUID(int=number), lang, "", question, phrasings, answer, 1, conditions or Conditions())


INDEX = Index(
    [
        _article(1, "zh", "签收后多少天可以退货", "签收后 7 天内可以退货。", "几天内能退"),
        _article(2, "zh", "退货运费谁承担", "质量问题我们承担。"),
        _article(3, "zh", "怎么开发票", "在订单详情里申请。"),
        _article(4, "en", "Can I return a used bike?", "Yes, you can return it within 14 days.", "return a bike I rode"),
        _article(5, "en", "How do I get an invoice?", "Under orders."),
    ]
)


def _draft(lang: str, question: str, answer: str, *phrasings: str) -> ArticleDraft:
    return ArticleDraft(lang, "c", question, answer, list(phrasings))


@pytest.mark.parametrize(
    ("draft", "kind", "differing"),
    [
        (_draft("zh", "签收后多少天可以退货？", "签收后七天内可以退货，配件齐全。"), "same_question", []),
        (_draft("zh", "签收后多少天可以退货", "签收后十五天内可以退货。"), "contradiction", [("十五天", "7 天")]),
        (_draft("zh", "收到货后多少天可以退货", "不支持退货。"), "contradiction", [("no", "yes")]),
        (_draft("zh", "旧货几天收", "我们当天上门。", "几天内能退"), "same_question", []),
        (_draft("en", "Can I return a used bike?", "You cannot return it."), "contradiction", [("no", "yes")]),
        (_draft("en", "Can I return a used bike", "Within 30 days you can."), "contradiction", [("30 days", "14 days")]),
    ],
)
def test_an_article_that_says_the_same_or_the_opposite_is_found(
    draft: ArticleDraft, kind: str, differing: list[tuple[str, str]]
) -> None:
    found = resembling(INDEX, draft, None)

    assert [(it.kind, it.differing) for it in found[:1]] == [(kind, differing)]


@pytest.mark.parametrize(
    "draft",
    [
        _draft("zh", "耳机怎么配对", "长按 5 秒。"),
        _draft("zh", "退货地址写哪里", "见订单。"),
        _draft("en", "Do you sell helmets?", "Yes, from 30 dollars."),
    ],
)
def test_what_is_about_something_else_is_not_warned_of(draft: ArticleDraft) -> None:
    assert resembling(INDEX, draft, None) == []


def test_an_article_does_not_resemble_itself() -> None:
    assert resembling(INDEX, _draft("zh", "怎么开发票", "在订单详情里申请。"), UUID(int=3)) == []


def test_two_that_never_hold_for_the_same_customer_do_not_contradict_each_other() -> None:
    spring = Conditions(valid_from=NIGHT)
    winter = Conditions(valid_until=NIGHT)
    index = Index([_article(1, "zh", "满多少包邮", "满 99 元包邮。", conditions=winter)])
    draft = _draft("zh", "满多少包邮", "满 59 元包邮。")

    assert resembling(index, draft, None)[0].kind == "contradiction"
    assert apart(spring, winter)
    assert apart(Conditions(channels=(UUID(int=1),)), Conditions(channels=(UUID(int=2),)))
    assert apart(Conditions(audience=("guest",)), Conditions(audience=("signed_in",)))
    assert not apart(Conditions(audience=("gold",)), Conditions(audience=("signed_in",)))
    assert not apart(Conditions(audience=("guest",)), Conditions())
    assert not apart(Conditions(), Conditions())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("签收后七天内，最多两次", {"day": {7}, "time": {2}}),
        ("满 ¥1,299.00 减一百二十元", {"money": {1299, 120}}),
        ("within 3 business days, 5% off", {"day": {3}, "percent": {5}}),
        ("电话 4001234567，第 3 步", {}),
        ("二十四小时内", {"hour": {24}}),
        ("1,000 points a year", {"point": {1000}}),
    ],
)
def test_numbers_are_read_with_what_they_count(text: str, found: dict[str, set[float]]) -> None:
    assert {unit: set(values) for unit, values in counted(text).items()} == found


def test_granting_and_refusing_are_told_apart() -> None:
    assert [stance(it) for it in ("可以退。", "不能退。", "见订单。", "No, we can't.", "Yes.")] == [True, False, None, False, True]
    assert contradictions("7 天内，运费 10 元。", "7 天内。") == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (_draft("zh", "怎么换轮胎？", "到店换。"), "想换轮胎"),
        (_draft("zh", "可以开专票吗？", "可以。"), "支持开专票吗"),
        (_draft("en", "How do I change the saddle?", "With a key."), "i want to change the saddle"),
        (_draft("en", "Can I swap the saddle?", "Yes."), "can i exchange the saddle"),
    ],
)
def test_other_ways_to_ask_are_proposed(draft: ArticleDraft, expected: str) -> None:
    found = proposals(INDEX, draft, None)

    assert expected in found
    assert len(found) == len(set(found)) <= 8


def test_what_is_known_or_asks_for_another_article_is_not_proposed() -> None:
    first = proposals(INDEX, _draft("zh", "怎么换轮胎", "到店换。"), None)
    known = proposals(INDEX, _draft("zh", "怎么换轮胎", "到店换。", *first), None)
    assert set(first).isdisjoint(known)
    assert "怎么开票" not in proposals(Index([_article(1, "zh", "怎么开票", "x")]), _draft("zh", "怎么开发票", "y"), UUID(int=9))


async def test_the_check_sees_drafts_with_the_same_question_too(open_all_day: Server) -> None:
    editor = await open_all_day.agent("编辑", "agent")
    draft: dict[str, Any] = {"lang": "zh", "category": "c", "question": "链条多久换一次油", "answer": "200 公里。"}
    first = await editor.posts("/api/knowledge", draft)

    seen = await editor.posts("/api/knowledge/check", draft)
    itself = await editor.posts(f"/api/knowledge/check?article={first['id']}", draft)

    assert [(it["article"], it["kind"]) for it in seen["resembling"]] == [(first["id"], "same_question")]
    assert itself["resembling"] == []
    assert seen["phrasings"] != []
