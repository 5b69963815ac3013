"""The statistical reader beside the cue tables: it knows situations that have no trigger words, and lets look-alikes pass."""

import json
import tracemalloc
from collections import Counter
from importlib import resources
from time import process_time

import numpy as np
import pytest

from assistant.talking import Talk, choices, message
from tandem.assistant.evaluate.handoff import Dialogue, Said, context_of
from tandem.assistant.respond import Assistant
from tandem.assistant.triage.lesson import lessons, moods, talk_of
from tandem.assistant.triage.model import Triage
from tandem.assistant.triage.read import triage
from tandem.assistant.triage.reader import EMOTIONS, REASONS, URGENCIES, read, reader
from tandem.assistant.triage.talk import Turn

ABOUT_COMPLAINING = "complaint"
"""The key of the demo's entry on how to complain: 「我要投诉」 and "let me speak to a manager" are among its phrasings, and
whoever writes them is to get a person."""


def seen(*said: str) -> Triage:
    """Turns alternate, the customer's last."""
    turns = [Said("customer" if (len(said) - 1 - i) % 2 == 0 else "bot", text) for i, text in enumerate(said)]
    return triage(context_of(Dialogue(turns, handoff=False, explicit=False)))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (("奶奶把洗洁精当成饮料喝下去半瓶，现在一直吐",), "safety"),
        (("the battery pack is swelling up and it's hissing next to my bed",), "safety"),
        (("我爱人刚走，她的手机号我舍不得停，一想到就掉眼泪",), "distress"),
        (("my wife passed last week and I just can't face her name on these letters",), "distress"),
        (("我在上海，卡却在迪拜刷了两笔",), "fraud_or_security"),
        (("someone rang saying he was from your security desk and I read him the code",), "fraud_or_security"),
        (("我血压高，一直吃药，能同时吃你们这个保健品吗",), "legal_medical_finance_advice"),
        (("do you think I should cash out my pension to pay the mortgage?",), "legal_medical_finance_advice"),
        (("送货的师傅骂了我妈，还把箱子一脚踢开",), "complaint"),
        (("your fitter insulted my wife and left a hole in the wall, I want this looked into formally",), "complaint"),
        (("公司要订三百套办公桌椅，价格怎么谈",), "vip_or_high_value"),
        (("we need 300 chairs for our offices, what can you do on the price?",), "vip_or_high_value"),
        (("红灯一直亮", "请重启设备。", "重启了，还亮", "请拔电源等30秒。", "拔了也等了，照样红的"), "bot_failed_repeatedly"),
        (
            ("the page is blank", "Please refresh.", "did, blank", "Try another browser.", "blank there too"),
            "bot_failed_repeatedly",
        ),
        (("我爷爷八十多了，指纹磨平了，认证一直过不去，有别的办法吗",), "special_request"),
        (("I'm in a wheelchair and your branch only has steps, is there another way to sign?",), "special_request"),
        (("钱收得快，办起事来一个个装死，你们还要脸吗",), "anger"),
        (("what a bunch of clowns, you take the money and then play dead",), "anger"),
    ],
)
def test_a_situation_without_trigger_words_reaches_a_person_in_chinese_and_english(said: tuple[str, ...], reason: str) -> None:
    assert seen(*said).reason == reason


@pytest.mark.parametrize(
    "said",
    [
        ("汤有点咸，下次淡一点就更好了",),
        ("a bit slow this time but the food was good",),
        ("快递晚了一天，没关系，就问下什么时候到",),
        ("not angry, just wondering when it will be here",),
        ("这个锅烧干了会不会自动断电",),
        ("does the heater turn itself off if it tips over?",),
        ("铂金会员生日有什么礼物",),
        ("what do gold members get on their birthday",),
        ("我自己手滑买错了，怎么改",),
        ("silly me, I picked the wrong size, can I change it?",),
        ("抽血前要不要空腹",),
        ("which days is the clinic open",),
        ("密码忘记了怎么找回",),
        ("I forgot my password",),
        ("连不上网", "请重启路由器。", "好了，连上了，谢谢"),
        ("it won't start", "Please charge it first.", "that was it, thanks"),
        ("打不开", "请更新到最新版。", "更新了还是打不开"),
        ("我的订单呢", "请提供订单号。", "我手上没有订单号"),
        ("where is my order", "Please send the order number.", "I don't have the number here"),
        ("refund is ten days late, this is taking too long",),
        ("我在上海，卡可以在迪拜的柜台取现吗",),
        ("do you think I should take the blue one or the red one?",),
        ("we need 300 mbps at home, what's the price?",),
        ("it won't start", "Please hold the button.", "did, thanks", "Anything else?", "tried it, works great"),
        ("你好，我想改一下发票抬头",),
        ("我想退货", "您要退的是订单 TD20260611 里的哪件商品？", "不是这个订单，是 TD20260702"),
        ("cancel my order", "Shall I cancel order TD20260611?", "no, the other order, TD20260702"),
    ],
)
def test_grumbles_plain_questions_and_a_first_miss_stay_with_the_assistant(said: tuple[str, ...]) -> None:
    assert seen(*said).reason is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_question_that_the_demo_shop_has_an_answer_to_is_handed_over(language: str) -> None:
    entries = json.loads(resources.files("tandem.demo").joinpath(f"knowledge.{language}.json").read_text("utf-8"))
    asked = [text for it in entries if it["key"] != ABOUT_COMPLAINING for text in (it["question"], *it["phrasings"])]
    assert len(asked) > 400
    assert [text for text in asked if seen(text).reason] == []


def test_what_weighed_most_is_told_with_the_words_of_the_customer() -> None:
    found = seen("送货的师傅骂了我妈，还把箱子一脚踢开")
    own = {sign.words for sign in found.signs if sign.points_to == found.reason}
    assert {"<misdeed>", "<misdeed> with <staff>"} <= own


def test_the_same_words_are_always_read_the_same() -> None:
    talk = list(talk_of(["my parcel is late", "It arrives tomorrow.", "you said that yesterday"]))
    assert read(talk) == read(talk)


def test_every_reason_emotion_and_urgency_is_taught_in_both_languages() -> None:
    taught = lessons()
    han = [lesson for lesson in taught if any("\u4e00" <= c <= "\u9fff" for c in lesson.talk[-1].said)]
    latin = [lesson for lesson in taught if lesson.talk[-1].said.isascii()]
    for part in (han, latin):
        assert min(Counter(it.reason for it in part)[reason] for reason in REASONS) >= 15
        assert {it.emotion for it in part} == set(EMOTIONS)
        assert {it.urgency for it in part} == set(URGENCIES)


def test_no_lesson_is_written_down_twice() -> None:
    said = Counter(lesson.talk for lesson in lessons())
    assert [talk for talk, times in said.items() if times > 1] == []


@pytest.mark.parametrize(
    ("said", "emotion"),
    [
        ("楼上邻居都来问我链接，太值了哈哈", "happy"),
        ("unboxed it just now, so happy with it!", "happy"),
        ("末班车快开了，取票码刷不出来，怎么办", "anxious"),
        ("exam starts in an hour and the login keeps failing, please help", "anxious"),
        ("这两个套餐到底差在哪，看半天没看懂", "confused"),
        ("it says two different dates, which one is it?", "confused"),
        ("盼了一个月，打开是个次品，唉", "disappointed"),
        ("was really looking forward to this and it arrived cracked, expected better", "disappointed"),
        ("你们这帮骗子，钱还我！", "angry"),
        ("you people are a joke, stop wasting my time", "angry"),
        ("外婆上周走了，她的会员我想停掉", "sad"),
        ("my sister passed away and I can't stop crying", "sad"),
        ("周三能送到公司前台吗", "neutral"),
        ("does the kettle come with a plug", "neutral"),
    ],
)
def test_how_the_customer_feels_is_read_in_both_languages(said: str, emotion: str) -> None:
    assert seen(said).emotion == emotion


def test_every_mood_is_taught_in_both_languages_and_none_twice() -> None:
    felt = moods()
    assert len({mood.talk for mood in felt}) == len(felt)
    for language in (True, False):
        taught = Counter(mood.emotion for mood in felt if mood.talk[-1].said.isascii() is language)
        assert min(taught[emotion] for emotion in EMOTIONS) >= 20


@pytest.mark.slow
def test_the_trained_reader_in_the_product_is_the_one_that_the_lessons_and_moods_give() -> None:
    learn = pytest.importorskip("tandem.assistant.triage.learn", reason="training needs scikit-learn")
    kept, fresh = reader(), learn.learn(lessons(), moods())
    assert kept.place == fresh.place
    assert kept.offer == pytest.approx(fresh.offer, abs=0.01)
    assert np.allclose(kept.weights, fresh.weights, atol=0.02)


def test_the_reader_is_loaded_in_a_fraction_of_a_second_and_a_few_megabytes() -> None:
    reader.cache_clear()
    tracemalloc.start()
    started = process_time()
    reader()
    spent, held = process_time() - started, tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert spent < 1.0  # CPU, with every allocation counted
    assert held < 5_000_000


def test_a_talk_of_nothing_known_is_read_without_a_reason() -> None:
    found = read([Turn("", "ξψζ")])
    assert not found.sure
    assert found.needed < reader().offer
    assert found.signs == ()


async def test_where_triage_is_not_sure_the_answer_stands_and_a_person_is_one_press_away(reader: Assistant) -> None:
    talk = Talk(reader)
    reply = await talk.says("东西用了一周就坏了，说明书也没写，你们看怎么办")
    assert reply.triage.offer
    assert reply.decision != "hand_off"
    assert [it.value for it in message(reply).choices].count("human") == 1
    assert len(choices(reply)) == len(set(choices(reply)))


async def test_a_plain_question_is_answered_without_offering_a_person(reader: Assistant) -> None:
    reply = await Talk(reader).says("七天无理由退货怎么退")
    assert not reply.triage.offer
    assert "human" not in [it.value for it in message(reply).choices]


async def test_a_published_question_after_other_questions_is_answered_rather_than_taken_for_a_miss(reader: Assistant) -> None:
    talk = Talk(reader)
    for text in ("申请退货后多久退款", "退货运费谁出", "申请退货后又不想退了？"):
        reply = await talk.says(text)
    assert reply.decision == "answer"
    assert message(reply).sources


def test_answers_that_were_never_given_have_not_failed_and_the_next_likely_reason_is_told() -> None:
    found = read([Turn("", "刚才有个自称你们客服的打电话来，我把验证码念给他了，卡里的钱转走了")])
    assert found.reason == "fraud_or_security"
