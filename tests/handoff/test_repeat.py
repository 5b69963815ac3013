"""Nobody has to say twice what he has said: what an agent is warned of, and what he is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.test_packet import AT, CASE, PACKET, READINGS, TALK, assistant, customer, entries, packet_of
from tandem.handoff.model import Packet, Reading
from tandem.handoff.packet import build
from tandem.handoff.render import in_language
from tandem.handoff.repeat import repeats

KNOWS = packet_of(
    entries(
        customer("订单 TD20261101 收到的白色羊毛衫是 L码，我要的是灰的，手机 13812345678，寄到浙江省杭州市西湖区文三路 12号"),
        assistant("可以换货。", "换货怎么换"), customer("试了，页面打不开，我希望你们直接帮我换，周五前要用"),
    ),
    Reading(1, 1, "neutral", 0), Reading(3, 3, "anxious", 1),
)  # fmt: skip
KNOWS_NOTHING = packet_of(entries(customer("在吗")), Reading(1, 1, "neutral", 0, (), False))

REPEATS = [
    ("请提供一下您的订单号", "order"), ("订单号是多少？", "order"), ("麻烦发下单号哈", "order"), ("您好，方便告知是哪个订单吗", "order"),
    ("Could you send me your order number?", "order"), ("Which order is this about?", "order"), ("I'll need the order no. to check", "order"),
    ("留个手机号方便吗？", "phone"), ("请问您的联系电话是？", "phone"), ("What's your phone number?", "phone"),
    ("您买的是什么颜色的呢", "colour"), ("What colour did you get?", "colour"), ("您穿什么码？", "size"), ("Which size was it?", "size"),
    ("收货地址发我一下", "address"), ("请问寄到哪里呢？", "address"), ("Please confirm your shipping address", "address"),
    ("请问您遇到了什么问题？", "goal"), ("能描述一下具体情况吗", "goal"), ("What seems to be the problem?", "goal"), ("How can I help?", "goal"),
    ("您希望我们怎么处理呢？", "expectation"), ("How would you like us to settle this?", "expectation"),
    ("您之前试过在订单页申请吗？", "tried"), ("Have you tried the order page?", "tried"), ("您最晚什么时候要用？", "deadline"),
    ("您下的那个单子是多少号", "order"), ("能把订单号复制给我吗", "order"), ("麻烦留一下您的联系电话", "phone"), ("怎么联系您比较方便？", "phone"),
    ("您留个电话吧", "phone"), ("拍的是多大的码", "size"), ("具体是怎么一回事，能再说一遍吗", "goal"), ("您这边有什么诉求", "expectation"),
    ("您期望的处理方案是什么", "expectation"), ("您要得急吗，最迟哪天", "deadline"), ("What order is this regarding?", "order"),
    ("May I have your phone number?", "phone"), ("What's the best number to reach you on?", "phone"), ("Where do you live?", "address"),
    ("How can we make this right?", "expectation"), ("What's your deadline?", "deadline"), ("What's going on with your order?", "goal"),
    ("我没有看到您的单号，麻烦发一下", "order"), ("还需要您的订单号", "order"),
]  # fmt: skip
FINE = [
    "订单 TD20261101 我看到了，马上为您换货。", "是订单 TD20261101 对吗？", "尾号 5678 的手机对吗？", "我已经把您的地址发给仓库了。", "您的订单号我记下了。",
    "灰色 L码有货，今天就给您发。", "稍后会有同事打电话给您。", "换货的运费由我们承担。", "换货单号稍后发您。", "请在订单页点申请换货。",
    "I've got your order number, thanks.", "Is it TD20261101?", "Your parcel leaves today.", "The phone will be delivered on Friday.",
    "我理解您着急，周五前一定送到。", "您方便明天签收吗？", "Would a refund suit you?", "要不要换成深灰？",
    "您要换成什么颜色？", "想换成几码呢？", "换货的话，您想要哪个颜色？", "我给您补发一件，地址还是文三路12号对吗？", "新的收件地址需要改吗？",
    "需要帮您修改地址吗？",
    "您的订单号我已经记下，稍后给您答复好吗", "除此之外还有什么可以帮您？", "我把退款申请的单号发您，您留意一下可以吗", "快递员有给您打电话吗？",
    "您方便接电话吗？", "这款颜色您还满意吗？", "您的地址我已经改好，还需要别的吗？", "您要退哪一件？", "What colour would you like instead?",
    "Which size would you like to change to?", "Shall I send it to the same address?", "Would you like it delivered to a different address?",
    "I have your order number already, so could you give me two minutes?", "Do you need another size?", "Can I get you anything else?",
]  # fmt: skip


@pytest.mark.parametrize(("text", "key"), REPEATS)
def test_a_question_whose_answer_is_known_is_noticed_with_where_it_was_said(text: str, key: str) -> None:
    found = repeats(text, KNOWS)

    assert key in [it.key for it in found]
    assert all(it.seqs and it.value for it in found)


@pytest.mark.parametrize("text", FINE)
def test_nobody_is_warned_for_showing_that_he_knows_or_asking_something_else(text: str) -> None:
    assert repeats(text, KNOWS) == []


@pytest.mark.parametrize("text", [text for text, _ in REPEATS])
def test_nobody_is_warned_for_asking_what_is_not_known(text: str) -> None:
    assert repeats(text, KNOWS_NOTHING) == []


def test_which_of_several_may_be_asked() -> None:
    two = packet_of(entries(customer("TD20261101 和 TD20261102 都没到")), Reading(1, 1, "neutral", 0))

    assert repeats("您问的是哪个订单呢？", two) == []
    assert [it.key for it in repeats("请提供订单号", two)] == ["order"]


def test_a_statement_beside_a_question_is_judged_by_itself() -> None:
    assert repeats("您的订单号我看到了。您方便明天签收吗？", KNOWS) == []
    assert [it.key for it in repeats("稍等，我看看。订单号发我一下？您穿什么码？", KNOWS)] == ["order", "size"]


@given(st.text(max_size=400))
def test_whatever_is_written_only_what_the_packet_holds_is_named(text: str) -> None:
    held = {it.value for it in KNOWS.facts} | {it.what for it in KNOWS.attempts}
    held |= {it.text for it in (KNOWS.goal, KNOWS.expectation) if it}

    assert {it.value for it in repeats(text, KNOWS)} <= held


def test_looking_through_the_longest_message_takes_a_moment_only() -> None:
    text = "请问您的手机号和订单号是多少呢" * 250
    start = time.process_time()
    repeats(text, KNOWS)

    assert time.process_time() - start < 0.25


def test_a_packet_reads_in_the_language_of_whoever_opens_it_and_says_the_same() -> None:
    chinese = packet_of(CASE, *READINGS)
    english = in_language(chinese, "en")

    assert in_language(english, "zh") == chinese
    assert english.summary == packet_of(CASE, *READINGS, language="en").summary
    assert [(it.key, it.value, it.seqs) for it in english.facts] == [(it.key, it.value, it.seqs) for it in chinese.facts]


@given(st.lists(st.text(max_size=200), max_size=6), st.sampled_from(["zh", "en"]))
def test_the_summary_is_short_whatever_was_said_and_cites_what_it_says(texts: list[str], language: str) -> None:
    said = entries(*(customer(text) for text in texts))
    packet = _built(said, language)

    assert len(packet.summary) <= (80 if language == "zh" else 240)
    if packet.goal and ("诉求" in packet.summary or "Wants" in packet.summary):
        assert f"[{packet.goal.seqs[0]}]" in packet.summary


def _built(said: list, language: str) -> Packet:  # type: ignore[type-arg]
    return build(PACKET, TALK, 1, said, (), reason="complaint", language=language, page=None, at=AT)  # type: ignore[arg-type]


def test_a_phone_number_is_told_only_as_far_as_one_needs_to_know_it() -> None:
    (phone,) = [it for it in KNOWS.facts if it.key == "phone"]

    assert phone.value == "138****5678"
    assert KNOWS.masked == ("phone",)
