"""Chinese typed by sound: the wrong character of the right sound is put right, and nothing else is."""

import json
import sys
import tomllib
from pathlib import Path
from subprocess import run

import pytest

from assistant.judge_questions import demo_articles, held_out
from tandem.assistant.evaluate.answers import article_of, read_entries
from tandem.assistant.flows.knowledge import KnowledgeFlow
from tandem.knowledge.search import Index
from tandem.knowledge.sounds import put_right

INDEX = Index(demo_articles())
SAID = {
    text[at : at + 2] for it in demo_articles() for text in (it.question, *it.phrasings, it.answer) for at in range(len(text) - 1)
}
"""The pairs of characters that the demo's knowledge has."""
BENCH = Path(__file__).parents[2] / "bench"
WHALES = {"鲸纹", "纹布"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("我要退获", "我要退货"),
        ("快地什么时候到", "快递什么时候到"),
        ("怎么开法票", "怎么开发票"),
        ("可以分七付款吗", "可以分期付款吗"),
        ("运废谁出", "运费谁出"),
    ],
)
def test_a_slip_in_a_saying_is_put_right(typed: str, meant: str) -> None:
    assert put_right(typed, SAID) == meant


def test_a_word_that_only_this_shop_uses_is_known_by_the_row_it_stands_in() -> None:
    assert put_right("鲸文布怎么洗", WHALES) == "鲸纹布怎么洗"
    assert put_right("鲸文布怎么洗", set()) == "鲸文布怎么洗"


@pytest.mark.parametrize(
    "line", ["怎么退货", "快递到了吗", "今天天气怎么样", "物理系好不好", "怎么用递归写阶乘", "OK", "", "refund 怎么弄"]
)
def test_what_is_no_slip_stays_as_it_is(line: str) -> None:
    assert put_right(line, SAID) == line


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("房间有浴缸吗", "鱼缸"),
        ("示波器触发电平怎么设", "电瓶"),
        ("公积金怎么提取", "基金"),
        ("懒得下楼", "地下"),
        ("耳机右边没声儿", "机油"),
    ],
)
def test_a_word_of_the_language_is_not_put_right_whatever_the_knowledge_says_in_its_place(line: str, near: str) -> None:
    assert put_right(line, {near}) == line


@pytest.mark.parametrize("line", ["我要退获", "帮我写一首诗", "你最喜欢哪支球队", "能做手术了吗", "能借我一辆车开吗"])
def test_nothing_is_put_right_into_what_the_knowledge_never_says(line: str) -> None:
    assert put_right(line, set()) == line


@pytest.mark.parametrize("shop", ["demo", "bicycles", "coffee", "hotel", "pets"])
def test_of_questions_without_a_slip_none_is_changed(shop: str) -> None:
    known = demo_articles() if shop == "demo" else [article_of(it) for it in read_entries(BENCH / shop / "entries.json")]
    pairs = {
        text[at : at + 2]
        for it in known
        for text in (it.question, *it.phrasings, it.answer)
        for at in range(len(text) - 1)
    }  # fmt: skip
    elsewhere = tomllib.loads((BENCH / "elsewhere.toml").read_text("utf-8"))["zh"]
    asked = [text for _, text, _ in held_out()] if shop == "demo" else _asked_rightly(shop)
    assert {it: right for it in (*asked, *elsewhere) if (right := put_right(it, pairs)) != it} == {}


def _asked_rightly(shop: str) -> list[str]:
    queries = [json.loads(line) for line in (BENCH / shop / "queries.jsonl").read_text("utf-8").splitlines()]
    return [it["text"] for it in queries if it["kind"] != "typo"]


def test_two_characters_that_would_both_do_are_no_reason_to_guess() -> None:
    assert put_right("鲜呵子", {"鲜盒", "盒子", "鲜荷", "荷子"}) == "鲜呵子"


@pytest.mark.parametrize(("typed", "key"), [
    ("怎么换获", "怎么换货？"), ("怎么开法票", "怎么开发票？"), ("忘记蜜码怎么办", "忘记密码怎么办？"), ("保休多久", "保修多久？"),
])  # fmt: skip
def test_a_question_with_a_slip_is_answered_as_without(typed: str, key: str) -> None:
    found = KnowledgeFlow(INDEX).find(typed, "zh")

    assert found.verdict == "answer"
    assert found.hits[0].article.question == key


def test_the_table_of_sounds_is_not_read_before_a_character_is_in_doubt() -> None:
    asked = (
        "from tandem.knowledge import sounds, search; search.Index().search('怎么退货');"
        "before = sounds._table.cache_info().currsize; sounds.put_right('我要退获', ());"
        "print(before, sounds._table.cache_info().currsize)"
    )
    told = run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["0", "1"]
