"""What concerns no shop is not met with articles to choose from; what every shop is asked is answered."""

import tomllib
from pathlib import Path
from uuid import uuid4

import pytest

from assistant.judge_questions import demo_articles
from assistant.talking import Talk, answered_from, message
from tandem.assistant.evaluate.answers import article_of, read_entries
from tandem.assistant.flows.knowledge import KnowledgeFlow
from tandem.assistant.model import Reply
from tandem.assistant.phrases import Lang, say
from tandem.assistant.respond import Assistant
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index

BENCH = Path(__file__).parent.parent.parent / "bench"
DEMO = Index(demo_articles())
FRESH: dict[Lang, str] = {
    "zh": "你们公司养的鱼几岁了|楼下那家面馆几点开门|木星有几颗卫星|怎么用显微镜看细胞|量子计算机怎么编程|哥哥考上研究生送什么祝福语|粒子对撞机怎么调频"
    "|昨晚的流星雨你看了吗|你喜欢听谁的歌|微积分怎么求导|古筝弦断了找谁|蚂蚁会不会做梦|恐龙是怎么灭绝的|今天股市跌了多少|那只鹦鹉会说话吗|伽马射线暴有多远",
    "en": "how many moons does Jupiter have|how do I program a quantum computer|what's your favourite band|did you watch the meteor shower|how do ants sleep"
    "|why did the dinosaurs die out|tune the particle collider|and the gamma ray burst threshold|who is your CEO's wife|what is the derivative of x squared"
    "|is the parrot able to talk|how far is the nearest star|what did Napoleon say|translate this poem into Latin|who won the election|how is cheese fermented",
}
"""Written after the thresholds were set."""


def _shop(name: str) -> list[Article]:
    return [article_of(it) for it in read_entries(BENCH / name / "entries.json")]


@pytest.mark.parametrize(
    "line",
    ["那猫今年几岁", "你们老板的猫叫什么名字", "量子纠缠怎么配置", "那引力波呢怎么调", "木星有几颗卫星"],
)
async def test_a_question_from_elsewhere_is_not_answered_with_a_choice_of_articles(reader: Assistant, line: str) -> None:
    assert _articles(await Talk(reader).says(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "how do I tune a gravity wave",
        "and the neutrino flux setting",
        "what is the airspeed of a swallow",
        "how many moons does Jupiter have",
    ],
)
async def test_a_question_from_elsewhere_in_english_is_not_either(reader: Assistant, line: str) -> None:
    assert _articles(await Talk(reader, locale="en").says(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "今天天气怎么样", "你吃饭了吗", "1+1等于几", "你几岁了", "你喜欢我吗", "给我讲个笑话", "中国的首都是哪里",
        "who is your boss", "write me a poem", "what is 1+1", "how old are you", "do you love me",
    ],
)  # fmt: skip
async def test_whoever_asks_about_something_else_is_told_kindly_what_he_can_be_helped_with(reader: Assistant, line: str) -> None:
    lang: Lang = "en" if line.isascii() else "zh"
    told = await Talk(reader, locale="en" if lang == "en" else "zh-CN").says(line)

    assert message(told).text.startswith(say(lang, "beyond"))
    assert [it.label for it in message(told).choices] == [say(lang, "person")]


@pytest.mark.parametrize("last", ["你吃饭了吗", "给我讲个笑话"])
async def test_however_often_somebody_asks_about_something_else_no_person_is_called_for_it(assistant: Assistant, last: str) -> None:
    talk = Talk(assistant)
    told = [await talk.says(it) for it in ("今天天气怎么样", "write me a poem", "1+1等于几", "who is your boss", last)]

    assert [it.decision for it in told] == ["clarify"] * 5


async def test_another_question_after_some_that_were_asked_back_is_answered_and_not_taken_for_a_failure(
    assistant: Assistant,
) -> None:
    talk = Talk(assistant)
    asked_back = [await talk.says(it) for it in ("白色的加湿器有货吗", "黑色的呢", "多少钱")]

    assert [it.decision for it in asked_back] == ["clarify"] * 3
    told = await talk.says("寄到杭州要几天")
    assert (told.decision, told.reason) == ("look_up", None)


async def test_with_a_shop_he_is_told_of_orders_too(assistant: Assistant) -> None:
    assert message(await Talk(assistant).says("今天天气怎么样")).text.startswith(say("zh", "beyond_with_shop"))


def test_what_a_shop_itself_speaks_of_is_none_of_what_concerns_no_shop() -> None:
    rain = Article(uuid4(), "en", "visit", "Does the open-air cinema play when the weather is bad?", (), "Only in light rain.", 1)
    poems = Article(uuid4(), "en", "gifts", "Do you write a poem for a birthday?", (), "Yes, within a day.", 1)
    other = [Article(uuid4(), "en", "x", f"How much is ticket {it}?", (), "Nine euros.", 1) for it in range(6)]
    flow = KnowledgeFlow(Index([rain, poems, *other]))

    assert flow.find("will you play in bad weather", "en").verdict != "none"
    assert flow.find("write me a poem", "en").verdict != "none"
    assert KnowledgeFlow(Index(other)).find("write me a poem", "en").elsewhere


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_questions_that_nothing_was_fitted_on_one_in_eight_at_most_is_met_with_articles(lang: Lang) -> None:
    lines = FRESH[lang].split("|")
    assert sum(KnowledgeFlow(DEMO).find(line, lang).verdict != "none" for line in lines) <= len(lines) / 8


@pytest.mark.parametrize(("shop", "share"), [
    ("demo", 0.1), ("bicycles", 0.02), ("coffee", 0.05), ("hotel", 0.02), ("pets", 0.02), ("optician", 0.02),
])  # fmt: skip
def test_in_other_shops_it_is_as_rare_as_when_this_was_written(shop: str, share: float) -> None:
    flow = KnowledgeFlow(DEMO if shop == "demo" else Index(_shop(shop)))
    asked = tomllib.loads((BENCH / "elsewhere.toml").read_text("utf-8"))
    languages: tuple[Lang, Lang] = ("zh", "en")
    lines = [(line, lang) for lang in languages for line in asked[lang]]
    assert sum(flow.find(line, lang).verdict != "none" for line, lang in lines) <= share * len(lines)


@pytest.mark.parametrize(("line", "title"), [
    ("密码忘了", "忘记密码怎么办？"), ("怎么改密码", "忘记密码怎么办？"), ("怎么开发票", "怎么开发票？"), ("怎么换货", "怎么换货？"),
    ("how do I reset my password", "I forgot my password"), ("do you ship abroad", "Do you ship abroad?"),
    ("can I get an invoice", "How do I get an invoice?"),
])  # fmt: skip
async def test_what_every_shop_is_asked_is_answered(reader: Assistant, line: str, title: str) -> None:
    assert answered_from(await Talk(reader, locale="en" if line.isascii() else "zh-CN").says(line)) == [title]


def _articles(reply: Reply) -> list[str]:
    return [it.value for it in message(reply).choices if it.value.startswith("article:")]


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("what is your return policy?", "return"), ("refund policy", "refund"), ("what's your cancellation policy", "cancel"),
        ("退货政策是什么", "退货"), ("你们的退换货规则", "退货"), ("积分规则有哪些", "积分"),
    ],
)  # fmt: skip
def test_whoever_asks_for_the_policy_of_something_is_shown_what_there_is_about_it(line: str, about: str) -> None:
    found = KnowledgeFlow(DEMO).find(line, "en" if line.isascii() else "zh")

    assert found.offered
    assert any(about in it.article.question.lower() for it in found.offered)


@pytest.mark.parametrize(
    ("line", "title"),
    [("your privacy policy", "What do you do with my personal data?"), ("隐私政策", "你们怎么使用我的个人信息？")],
)
def test_a_policy_that_is_an_article_of_its_own_is_still_found(line: str, title: str) -> None:
    found = KnowledgeFlow(DEMO).find(line, "en" if line.isascii() else "zh")

    assert (found.verdict, found.hits[0].article.question) == ("answer", title)
