"""A few words right after an answer are read in the light of it; without one before, or when they say enough, they stand for themselves."""

import json
import tomllib
from pathlib import Path

import pytest

from assistant.judge_questions import DEMO, demo_articles
from assistant.talking import Talk, answered_from, message
from tandem.assistant.evaluate.answers import Entry, Query, article_of, evaluate
from tandem.assistant.flows.knowledge import KnowledgeFlow
from tandem.assistant.phrases import Lang
from tandem.assistant.respond import Assistant
from tandem.knowledge.model import ARTICLE, Article
from tandem.knowledge.search import Index

LANGS: tuple[Lang, ...] = ("zh", "en")
LINES = [
    (lang, *line) for lang in LANGS for line in tomllib.loads(Path(__file__).with_name("follow_ups.toml").read_text("utf-8"))[lang]
]


def known() -> dict[tuple[str, str], Article]:
    """The demo's articles by language and key."""
    by_question = {(it.lang, it.question): it for it in demo_articles()}
    return {
        (lang, it["key"]): by_question[lang, it["question"]]
        for lang in LANGS
        for it in json.loads((DEMO / f"knowledge.{lang}.json").read_text("utf-8"))
    }


@pytest.mark.parametrize(
    ("asked", "then", "answer"),
    [
        ("七天无理由退货怎么退？", "那运费谁出", "退货运费谁承担？"),
        ("运费怎么算？", "那要多久", "下单后多久能收到？"),
        ("怎么开发票？", "那专票呢", "能开增值税专用发票吗？"),
        ("积分怎么用？", "会过期吗", "积分会过期吗？"),
        ("How do I return something within 7 days?", "and who pays the postage?", "Who pays for return postage?"),
        ("How do I use a coupon?", "and if it has expired?", "My coupon expired. Can I get it back?"),
    ],
)
async def test_what_was_just_answered_says_what_a_few_words_are_about(index: Index, asked: str, then: str, answer: str) -> None:
    talk = Talk(Assistant(index), locale="zh-CN" if asked[0] > "z" else "en")
    await talk.says(asked)
    reply = await talk.says(then)

    assert (reply.decision, answered_from(reply)) == ("answer", [answer])


async def test_without_an_answer_before_them_the_same_words_are_asked_back(index: Index) -> None:
    reply = await Talk(Assistant(index)).says("超过了呢")

    assert reply.decision == "clarify"


async def test_an_answer_that_something_else_has_followed_no_longer_counts(index: Index) -> None:
    talk = Talk(Assistant(index))
    await talk.says("七天无理由退货怎么退？")
    await talk.says("谢谢")
    reply = await talk.says("超过了呢")

    assert reply.decision == "clarify"


async def test_words_that_say_enough_by_themselves_are_not_bent_to_what_was_before(index: Index) -> None:
    talk = Talk(Assistant(index))
    await talk.says("七天无理由退货怎么退？")
    reply = await talk.says("怎么注册账户")

    assert answered_from(reply) == ["怎么注册账户？"]


async def test_what_no_article_answers_is_not_answered_because_of_what_was_before(index: Index) -> None:
    for asked, then in (("支持哪些支付方式？", "那比特币呢"), ("有线下门店吗？几点开门？", "那停车呢")):
        talk = Talk(Assistant(index))
        await talk.says(asked)
        reply = await talk.says(then)
        assert reply.decision == "clarify"
        assert message(reply).sources == ()


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("七天无理由退货怎么退？", "你们老板喜欢什么颜色"),
        ("下单后多久能收到？", "那火星呢"),
        ("怎么开发票？", "你吃饭了吗"),
        ("积分怎么用？", "股票会涨吗"),
        ("How long does delivery take?", "can my dog drive"),
        ("How do I use a coupon?", "is bitcoin going up"),
    ],
)
async def test_what_no_article_speaks_of_is_not_met_with_the_matter_before(index: Index, asked: str, then: str) -> None:
    talk = Talk(Assistant(index), locale="zh-CN" if asked[0] > "z" else "en")
    assert (await talk.says(asked)).decision == "answer"
    reply = await talk.says(then)

    assert all(not it.value.startswith(ARTICLE) for it in message(reply).choices), message(reply).choices


def test_of_many_follow_ups_far_more_are_answered_and_none_wrongly(index: Index) -> None:
    articles, flow = known(), KnowledgeFlow(index)
    right = wrong = alone = 0
    for lang, before, then, key in LINES:
        found = flow.find(then, lang)
        told = flow.after(articles[lang, before].id, then, found)
        alone += found.verdict == "answer"
        if told.verdict == "answer":
            right += bool(key) and told.hits[0].article.id == articles[lang, key].id
            wrong += not key or told.hits[0].article.id != articles[lang, key].id

    assert wrong == 0
    assert right >= 25
    assert right >= 3 * alone


@pytest.mark.parametrize("form", ["id", "text", "turns", "question"])
def test_what_came_before_a_query_is_judged_with_it(form: str) -> None:
    entries = [
        Entry(key, lang, it.question, it.answer, it.category, it.phrasings) for (lang, key), it in known().items() if lang == "zh"
    ]
    assert {article_of(it).question for it in entries} >= {"七天无理由退货怎么退？"}
    question = "七天无理由退货怎么退？"
    context = {
        "id": "return-7-day", "text": question, "question": {"question": question},
        "turns": [{"who": "customer", "text": "在吗"}, {"who": "customer", "text": question}],
    }[form]  # fmt: skip
    then = "超过了呢"

    alone = evaluate(entries, [Query("1", then, "zh", "return-late")])
    after = evaluate(entries, [Query("1", then, "zh", "return-late", "follow-up", context)])

    assert (alone["answer_rate"], after["answer_rate"], after["wrong_of_answered"]) == (0, 1, 0)
