"""Triage reads a turn without a model: what it must see, and what it must not mistake for it."""

import tomllib
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from tandem.assistant.evaluate.handoff import Dialogue, Said, context_of
from tandem.assistant.triage.language import language_of
from tandem.assistant.triage.model import Triage
from tandem.assistant.triage.read import triage
from tandem.assistant.triage.table import cues, prepared

WISHES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "wishes.toml").read_text("utf-8"))


def read(*turns: str) -> Triage:
    """Turns alternate, the customer's last: a lone text is the customer's."""
    said = [Said("customer" if (len(turns) - 1 - i) % 2 == 0 else "bot", text) for i, text in enumerate(turns)]
    return triage(context_of(Dialogue(said, handoff=False, explicit=False)))


@pytest.mark.parametrize("table", ["zh", "en"])
def test_every_cue_matches_its_own_example(table: str) -> None:
    for lines in cues(table).values():
        for cue in lines:
            assert cue.pattern.search(prepared(cue.example, table)), cue.example


@pytest.mark.parametrize("text", WISHES["zh"] + WISHES["en"])
def test_a_wish_for_a_person_is_heard_in_any_wording(text: str) -> None:
    assert read(text).wish


@pytest.mark.parametrize("text", WISHES["not_zh"] + WISHES["not_en"])
def test_what_only_looks_like_a_wish_is_not_taken_for_one(text: str) -> None:
    assert not read(text).wish


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("插座冒烟了,一股焦味", "safety"),
        ("my toddler swallowed a button battery", "safety"),
        ("我真的不想活了", "safety"),
        ("我妈上周去世了,这是她留给我的", "distress"),
        ("please please help, I'm sitting here crying", "distress"),
        ("我把验证码告诉对方了,钱被转走了", "fraud_or_security"),
        ("there is a charge I don't recognise on my card", "fraud_or_security"),
        ("怀孕三个月能不能吃布洛芬", "legal_medical_finance_advice"),
        ("should I sell my shares now?", "legal_medical_finance_advice"),
        ("should I sue the carrier over this?", "legal_medical_finance_advice"),
        ("我要打12315投诉你们", "complaint"),
        ("你们太过分了，我要去12315投诉", "complaint"),
        ("I want to file a complaint about your driver", "complaint"),
        ("我是黑金会员,这台两万块的机器你们拖了一个月", "vip_or_high_value"),
        ("垃圾平台,骗子", "anger"),
        ("什么破玩意", "anger"),
        ("這都第三次了還沒解決，你們到底行不行", "anger"),
        ("帮我看看该买哪只股票", "legal_medical_finance_advice"),
        ("黄金还能买吗", "legal_medical_finance_advice"),
        ("you people are useless, what a disgrace", "anger"),
        ("呵呵,又是明天", "anger"),
        ("要投诉", "complaint"),
        ("小孩把滤芯的干燥剂吃了", "safety"),
        ("my dog ate the silica packet", "safety"),
        ("我女儿对牛奶过敏，这个奶瓶能用吗", "legal_medical_finance_advice"),
        ("忽悠谁呢", "anger"),
        ("等了半个月了还没到，烦死了", "anger"),
        ("我真的受够了", "anger"),
        ("I am beyond frustrated", "anger"),
        ("worst shop ever", "anger"),
        ("great, another broken one. just great.", "anger"),
        ("这个面霜孕妇能用吗", "legal_medical_finance_advice"),
        ("吃布洛芬可以用这个吗", "legal_medical_finance_advice"),
        ("按摩枪能治腰椎间盘突出吗", "legal_medical_finance_advice"),
        ("这个发票抵税怎么操作最划算", "legal_medical_finance_advice"),
        ("is the cream safe while breastfeeding", "legal_medical_finance_advice"),
        ("can i take ibuprofen with this", "legal_medical_finance_advice"),
        ("is this contract clause legal", "legal_medical_finance_advice"),
        ("can i write this off on my taxes", "legal_medical_finance_advice"),
        ("will paying in instalments hurt my credit score", "legal_medical_finance_advice"),
        ("I got a rash from your serum what should I do", "safety"),
        ("I'm blind and the app doesn't work with my screen reader, any way to do it by phone instead?", "special_request"),
    ],
)
def test_a_risk_is_seen_in_chinese_and_english(text: str, reason: str) -> None:
    assert read(text).reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "馋哭我了,还有没有",
        "插线板会不会起火呀",
        "手机没电了,崩溃了哈哈",
        "这条黄金手链多少钱",
        "这个到底能不能洗碗机洗",
        "投诉渠道在哪",
        "防诈骗险多少钱",
        "那算了,换个大号的",
        "这件黑色的垃圾桶有货吗",
        "is it safe for kids, could it catch fire?",
        "not complaining, just asking where the manual is",
        "my phone died lol, when does it arrive",
        "VIP有什么权益",
        "你们家有没有适合小户型的扫地机器人，预算两千以内",
        "能开抵税的专用发票吗",
        "just got my order, great, thanks",
        "is the lamp suitable for a nursery",
        "what perks does platinum have",
        "七天无理由退货怎么退",
        "how do I return a lamp?",
    ],
)
def test_slang_products_and_plain_questions_are_no_risk(text: str) -> None:
    assert read(text).reason is None


def test_safety_comes_before_complaint_and_anger_and_the_wish_stays_visible() -> None:
    seen = read("垃圾东西冒烟了!!我要投诉,转人工!")
    assert seen.reason == "safety"
    assert seen.wish
    assert {"safety", "complaint", "anger"} <= set(seen.risk)
    assert seen.urgency == 3


@pytest.mark.parametrize(
    "turns",
    [
        ("怎么改地址", "请看订单页", "我问的是怎么改地址", "请看订单页", "还是不行啊"),
        (
            "login fails",
            "Clear your cache.",
            "tried that, still the same",
            "Use another browser.",
            "same thing there, still not working",
        ),
    ],
)
def test_two_missed_answers_are_enough(turns: tuple[str, ...]) -> None:
    assert read(*turns).reason == "bot_failed_repeatedly"
    assert read(*turns[:3]).reason is None


def test_an_answer_that_helped_ends_the_count() -> None:
    assert read("怎么改地址", "请看订单页", "我问的是怎么改", "点右上角", "好了谢谢").reason is None


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("太好了,谢谢", "happy"),
        ("急死了,赶不上了怎么办", "anxious"),
        ("看不懂,什么意思", "confused"),
        ("真失望", "disappointed"),
        ("骗子公司", "angry"),
        ("my dad passed away", "sad"),
        ("how big is it", "neutral"),
    ],
)
def test_the_mood_is_read(text: str, emotion: str) -> None:
    assert read(text).emotion == emotion


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我的order到哪了", "zh"),
        ("清风3有货吗", "zh"),
        ("where is my 空气净化器 please", "en"),
        ("¿Dónde está mi pedido?", "other"),
        ("注文はどこですか", "other"),
        ("где мой заказ", "other"),
        ("TD20260001", None),
        ("td 2026 0001", None),
        ("👍", None),
    ],
)
def test_the_language_is_the_askers_and_a_bare_number_has_none(text: str, language: str | None) -> None:
    assert language_of(text)[0] == language


def test_hostile_text_is_read_in_no_time() -> None:
    for text in ("转" * 100_000, "a" * 100_000, "\x00\ud800" * 5000, "talk to " * 20_000, "人工" * 50_000, "!?" * 50_000):
        started = process_time()
        read(text)
        assert process_time() - started < 0.5


def test_triage_takes_less_than_three_milliseconds() -> None:
    read("warm up"), read("预热")
    texts = [f"{text}{i}" for i, text in enumerate((WISHES["not_zh"] + WISHES["not_en"]) * 2)]
    spent = []
    for text in texts:
        started = process_time()
        read(text)
        spent.append(process_time() - started)
    assert median(spent) < 0.003
