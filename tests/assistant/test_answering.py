"""Answers from knowledge, questions back, honest ignorance, small talk, and handing over."""

import pytest

from assistant.conftest import RunningShop
from assistant.talking import PICTURE, Talk, answered_from, choices, message, text
from tandem.assistant.phrases import phrases, say
from tandem.assistant.respond import Assistant

MOVING = "On its way"


@pytest.mark.parametrize(
    ("line", "title"),
    [("七天无理由退货怎么退", "七天无理由退货怎么退？"), ("who pays for return postage", "Who pays for return postage?")],
)
async def test_an_article_answers_with_its_source(reader: Assistant, line: str, title: str) -> None:
    reply = await Talk(reader).says(line)
    assert reply.decision == "answer"
    assert answered_from(reply) == [title]


async def test_the_answer_is_in_the_askers_language_whatever_the_locale(reader: Assistant) -> None:
    assert answered_from(await Talk(reader, locale="zh-CN").says("how do I reset my password")) == ["I forgot my password"]
    assert answered_from(await Talk(reader, locale="en").says("忘记密码怎么办")) == ["忘记密码怎么办？"]


async def test_an_ok_or_a_brand_does_not_turn_a_chinese_talk_into_an_english_one(reader: Assistant) -> None:
    talk = Talk(reader)
    await talk.says("七天无理由退货怎么退")
    assert text(await talk.says("OK")) == say("zh", "acknowledged")
    assert text(await talk.says("GORE-TEX")).isascii() is False
    assert text(await talk.says("who pays for return postage")).isascii()


async def test_it_says_once_that_it_is_an_ai_and_how_to_reach_a_person(reader: Assistant) -> None:
    for locale, lang, lines in (
        ("zh-CN", "zh", ("怎么开发票", "怎么注册账户")),
        ("en", "en", ("how do I get an invoice", "sign up")),
    ):
        talk = Talk(reader, locale=locale)
        said = say("zh" if lang == "zh" else "en", "introduction")
        assert said in text(await talk.says(lines[0]))
        assert said not in text(await talk.says(lines[1]))


async def test_two_near_articles_are_offered_and_a_press_answers(reader: Assistant) -> None:
    talk = Talk(reader)
    which = await talk.says("能改地址吗")
    assert which.decision == "clarify"
    values = [it.value for it in message(which).choices]
    assert sum(value.startswith("article:") for value in values) >= 2
    assert values[-1] == "human"
    label = choices(which)[0]
    pressed = await talk.presses(which, label)
    assert pressed.decision == "answer"
    assert answered_from(pressed) == [label]


async def test_pressing_the_button_for_a_person_hands_over(reader: Assistant) -> None:
    talk = Talk(reader, locale="en")
    unknown = await talk.says("what is the airspeed of a swallow")
    handed = await talk.presses(unknown, say("en", "person"))
    assert (handed.decision, handed.reason) == ("hand_off", "asks_human")


@pytest.mark.parametrize(
    ("locale", "said", "asked", "yes"),
    [
        ("zh-CN", "拆开还能退吗 包装没了", "您是想问这个吗？", "是的"),
        ("en", "I don't want a human, just tell me the hours", "Is this what you mean?", "yes please"),
    ],
)
async def test_a_single_article_is_asked_about_as_one_and_a_yes_is_enough(
    assistant: Assistant, locale: str, said: str, asked: str, yes: str
) -> None:
    talk = Talk(assistant, locale=locale)
    which = await talk.says(said)
    only, person = message(which).choices
    assert text(which).startswith(asked)
    assert person.value == "human"
    assert answered_from(await talk.says(yes)) == [only.label]


async def test_the_words_on_a_button_are_not_read_as_the_customers_mood(reader: Assistant) -> None:
    talk = Talk(reader)
    which = await talk.says("投诉建议的入口")
    for choice in message(which).choices:
        if "投诉" in choice.label and choice.value.startswith("article:"):
            assert (await talk.presses(which, choice.label)).decision == "answer"


async def test_what_it_does_not_know_it_says_and_the_second_time_a_person_comes(assistant: Assistant) -> None:
    for locale, lines in (
        ("zh-CN", ("烤箱的温控器在哪校准", "洗衣机的排水管要垫多高")),
        ("en", ("do you sell spare oven doors", "is the washing machine hose long enough")),
    ):
        talk = Talk(assistant, locale=locale)
        unknown = await talk.says(lines[0])
        assert unknown.decision == "clarify"
        assert [it.value for it in message(unknown).choices] == ["rephrase", "human"]
        second = await talk.says(lines[1])
        assert (second.decision, second.reason) == ("hand_off", "bot_failed_repeatedly")


async def test_a_good_answer_in_between_makes_the_next_miss_a_first_one(reader: Assistant) -> None:
    talk = Talk(reader)
    await talk.says("量子纠缠怎么配置")
    await talk.says("怎么开发票")
    assert (await talk.says("引力波频段在哪调")).decision == "clarify"


async def test_the_same_answer_is_not_given_twice_to_someone_it_did_not_help(reader: Assistant) -> None:
    talk = Talk(reader)
    first = await talk.says("忘记密码怎么办")
    again = await talk.says("还是不行,忘记密码怎么办")
    assert text(first).split("\n")[0] not in text(again)
    assert "human" in [it.value for it in message(again).choices]


async def test_several_questions_in_one_message_are_all_answered(reader: Assistant) -> None:
    reply = await Talk(reader).says("七天无理由退货怎么退？运费谁承担？")
    assert len(answered_from(reply)) == 2
    english = await Talk(reader, locale="en").says("How do I use points? And do they expire?")
    assert "How do I use points?" in answered_from(english)


async def test_nobody_is_offered_an_article_that_he_cannot_read(reader: Assistant) -> None:
    for line in ("可不可以放到邻居那里", "我买的东西想退掉，已经拆开了还能退不", "今天天气怎么样", "新咖啡机打奶泡好用吗"):
        assert all(any("\u4e00" <= letter <= "\u9fff" for letter in label) for label in choices(await Talk(reader).says(line))), (
            line
        )
    for line in ("what hours are your human agents available", "what's the weather today", "battery life of the robot?"):
        assert all(label.isascii() for label in choices(await Talk(reader, locale="en").says(line))), line


async def test_the_same_matter_in_both_languages_is_one_answer_in_the_askers(reader: Assistant) -> None:
    reply = await Talk(reader).says("HEPA filter 多久换")
    assert all("filter" not in title for title in answered_from(reply)), answered_from(reply)


async def test_a_second_question_is_never_dropped_in_silence(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    both = await Talk(assistant).says(f"我要查订单{number}尾号{digits}，还有发票怎么开")
    assert answered_from(both) == ["物流查询", "怎么开发票？"]
    asked_back = await Talk(assistant, locale="en").says(f"track {number} phone {digits} and also tell me how to get an invoice")
    assert "tell me how to get an invoice" in text(asked_back)
    assert "How do I get an invoice?" in choices(asked_back)


async def test_the_question_it_cannot_answer_is_named(reader: Assistant) -> None:
    reply = await Talk(reader).says("怎么开发票？怎么换绑手机号？你们老板属什么生肖？")
    assert len(answered_from(reply)) == 2
    assert "你们老板属什么生肖" in text(reply)


async def test_messages_sent_one_after_the_other_are_one_turn(assistant: Assistant) -> None:
    reply = await Talk(assistant).says("你好", "在吗", "我想问下怎么开发票")
    assert answered_from(reply) == ["怎么开发票？"]


@pytest.mark.parametrize(
    ("line", "key", "lang"),
    [
        ("你好", "greeting", "zh"),
        ("客服在吗", "greeting", "zh"),
        ("好的谢谢", "thanks", "zh"),
        ("再见", "goodbye", "zh"),
        ("你是机器人吗", "who_are_you", "zh"),
        ("我还有一个问题", "greeting", "zh"),
        ("有个事想问你们", "greeting", "zh"),
        ("hi there", "greeting", "en"),
        ("is there anyone there", "greeting", "en"),
        ("I have another question", "greeting", "en"),
        ("great, thanks a lot", "thanks", "en"),
        ("ok, bye", "goodbye", "en"),
        ("are you a robot?", "who_are_you", "en"),
    ],
)
async def test_small_talk_is_answered_shortly(assistant: Assistant, line: str, key: str, lang: str) -> None:
    reply = await Talk(assistant).says(line)
    assert text(reply).startswith(phrases("zh" if lang == "zh" else "en")[key])
    assert not reply.triage.about


async def test_files_alone_are_admitted_to_be_unreadable_and_a_person_is_offered(assistant: Assistant) -> None:
    reply = await Talk(assistant).says("", files=(PICTURE,))
    assert "看不懂" in text(reply)
    assert [it.value for it in message(reply).choices] == ["human"]
    both = await Talk(assistant).says("怎么开发票", files=(PICTURE,))
    assert answered_from(both)
    assert "图片" in text(both)


async def test_another_language_is_told_what_is_spoken(assistant: Assistant) -> None:
    reply = await Talk(assistant, locale="es").says("¿Dónde está mi pedido?")
    assert text(reply).startswith(say("en", "other_language"))
    assert [it.value for it in message(reply).choices] == ["human"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("转人工", "asks_human"),
        ("talk to a human", "asks_human"),
        ("垃圾平台,骗子", "anger"),
        ("我要投诉你们", "complaint"),
        ("怀孕能不能吃布洛芬", "legal_medical_finance_advice"),
        ("插座冒烟了", "safety"),
    ],
)
async def test_a_hard_trigger_hands_over_and_tells_the_customer(assistant: Assistant, line: str, reason: str) -> None:
    reply = await Talk(assistant).says(line)
    assert (reply.decision, reply.reason) == ("hand_off", reason)
    lang = "en" if line.isascii() else "zh"
    assert text(reply).startswith(phrases("en" if lang == "en" else "zh")[f"hand_off_{reason}"])


async def test_danger_to_oneself_is_answered_with_where_help_is(assistant: Assistant) -> None:
    assert "12356" in text(await Talk(assistant).says("我不想活了"))
    assert "988" in text(await Talk(assistant, locale="en").says("I want to end it all"))


async def test_handing_over_promises_no_time(assistant: Assistant) -> None:
    for lang in ("zh", "en"):
        for key, phrase in phrases("zh" if lang == "zh" else "en").items():
            assert not key.startswith("hand_off") or not any(word in phrase for word in ("分钟", "小时", "minute", "hour")), key


async def test_a_bare_wish_carries_no_need_and_a_wish_with_one_does(assistant: Assistant) -> None:
    assert not (await Talk(assistant).says("转人工")).triage.about
    assert (await Talk(assistant).says("净化器漏水了地板都泡了,转人工给我处理一下这个问题")).triage.about


async def test_nothing_customers_send_breaks_a_turn(assistant: Assistant) -> None:
    for line in (
        "\x00",
        "\ud800",
        "🙂" * 500,
        "<script>alert(1)</script>",
        "{order}{0}",
        "a" * 100_000,
        "订单" * 50_000,
        "\u202eabc",
        "1234",
    ):
        reply = await Talk(assistant).says(line)
        assert text(reply)


def test_both_languages_have_the_same_phrases_with_the_same_places() -> None:
    import string

    def places(phrase: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}

    zh, en = phrases("zh"), phrases("en")
    assert zh.keys() == en.keys()
    assert {key: places(zh[key]) for key in zh} == {key: places(en[key]) for key in en}


async def test_a_button_may_be_typed_or_counted_instead_of_pressed(reader: Assistant) -> None:
    for pick in ("label", "第一个", "1"):
        talk = Talk(reader)
        which = await talk.says("能改地址吗")
        wanted = choices(which)[0]
        assert answered_from(await talk.says(wanted if pick == "label" else pick)) == [wanted]


async def test_dots_and_question_marks_alone_are_no_failed_answer(reader: Assistant) -> None:
    talk = Talk(reader)
    for line in ("?", "...", "！！"):
        assert (await talk.says(line)).decision == "clarify"
    assert talk.memory.misses == 0
