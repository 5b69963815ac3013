"""The hand-off packet: what the person who takes over is given, and nothing in it is without its source."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.assistant.triage.model import PRIORITY
from tandem.handoff import store as packets
from tandem.handoff.act import Handoff
from tandem.handoff.model import Consent, Intent, Packet, PacketCustomer, Reading, Transcript
from tandem.handoff.packet import About, build
from tandem.handoff.phrases import EMOTIONS, REASONS
from tandem.handoff.words import facts_in
from tandem.kit.errors import Language
from tandem.routing.queues.recommended import recommended
from tandem.timeline.model import (
    ASSISTANT,
    SYSTEM,
    Author,
    Body,
    Corrected,
    Entry,
    Message,
    OrderCard,
    OrderItem,
    ProductCard,
    Reopened,
    SkillCalled,
    Source,
    Verified,
    Waits,
)
from world.server import Server

_BEFORE = (Path(__file__).parent / "packet_1_0.json").read_text(encoding="utf-8")
"""As version 1 wrote it, to the byte: what was signed."""
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TALK, PACKET = UUID(int=1), UUID(int=2)
CUSTOMER = Author("customer", UUID(int=3), "李女士")
ORDER = OrderCard(
    "TD20261101", "shipped", "已发货", AT, None, (OrderItem("羊毛围巾", 1),), "顺丰", "SF123456", AT + timedelta(days=2)
)


def entries(*said: tuple[Author, Body]) -> list[Entry]:
    return [
        Entry(TALK, seq, UUID(int=100 + seq), AT + timedelta(seconds=seq), by, isinstance(body, SkillCalled), None, body)
        for seq, (by, body) in enumerate(said, start=1)
    ]


def customer(text: str) -> tuple[Author, Body]:
    return CUSTOMER, Message(text)


def assistant(text: str, source: str = "", *cards: OrderCard | ProductCard) -> tuple[Author, Body]:
    sources = (Source("knowledge", "k1", source, 3),) if source else ()
    return ASSISTANT, Message(text, cards=cards, sources=sources)


def looked_up(summary: str, outcome: str = "ok") -> tuple[Author, Body]:
    return SYSTEM, SkillCalled("order_status", "查订单", {"order": "TD20261101"}, outcome, summary, 40)  # type: ignore[arg-type]


def packet_of(
    said: Sequence[Entry], *readings: Reading, reason: str = "complaint", language: Language = "zh", page: str | None = None
) -> Packet:
    return build(PACKET, TALK, 1, said, readings, reason=reason, language=language, page=page, at=AT)


CASE = entries(
    customer("你好"),
    assistant("您好！我是 AI 助手"),
    customer("订单 TD20261101 上次说三天到，现在还没到"),
    looked_up("顺丰 SF123456，运输中"),
    assistant("您的包裹在路上。", "物流多久更新一次", ORDER),
    customer("查过了没用，我要求周五前收到，不然退款"),
    customer("转人工"),
)
READINGS = (
    Reading(1, 1, "neutral", 0, (), False), Reading(3, 3, "anxious", 1), Reading(6, 6, "angry", 3, ("chargeback",)),
    Reading(7, 7, "angry", 2, (), False),
)  # fmt: skip


def test_every_fact_cites_entries_that_exist_and_say_it() -> None:
    packet = packet_of(CASE, *READINGS)
    said = {it.seq: msgspec.json.encode(it.body).decode() for it in CASE}

    assert {it.key for it in packet.facts} >= {"order", "order_state", "carrier", "tracking", "eta", "deadline"}
    for fact in packet.facts:
        assert fact.seqs
        assert all(fact.value in said[seq] for seq in fact.seqs), fact


@pytest.mark.parametrize(
    "number", ["13800138000", "+44 7700 900142", "07700 900142", "010-8888 6666", "021-12345678", "(415) 555-0134", "415-555-0134"]
)
def test_a_phone_number_is_known_however_it_is_written_at_home(number: str) -> None:
    assert list(facts_in(f"My number is {number}, thanks.")) == [("phone", number)]


@pytest.mark.parametrize("said", ["2026-11-22 10:30", "tracking 8752220993", "100-200-3000", "version 2.300.4000", "$1,299.00"])
def test_other_numbers_are_no_phone_numbers(said: str) -> None:
    assert list(facts_in(said)) == []


def test_who_said_a_fact_is_told() -> None:
    packet = packet_of(CASE, *READINGS)
    by = {fact.key: (fact.value, fact.said_by, fact.seqs) for fact in packet.facts}

    assert by["order"] == ("TD20261101", "customer", (3, 5))
    assert by["tracking"] == ("SF123456", "skill", (5,))
    assert by["deadline"] == ("周五前", "customer", (6,))


def test_the_goal_is_the_matter_and_not_a_greeting_or_the_bare_wish_for_a_person() -> None:
    goal = packet_of(CASE, *READINGS).goal

    assert goal is not None
    assert goal.seqs in ((3,), (6,))
    assert goal.text in ("订单 TD20261101 上次说三天到，现在还没到", "查过了没用，我要求周五前收到，不然退款")


def test_whoever_only_greets_and_asks_for_a_person_has_no_goal_yet() -> None:
    packet = packet_of(
        entries(customer("你好"), customer("转人工")), Reading(1, 1, "neutral", 0, (), False), Reading(2, 2, "neutral", 0, (), False),
        reason="asks_human",
    )  # fmt: skip

    assert packet.goal is None
    assert packet.open_questions == ("具体遇到了什么问题",)


def test_what_the_customer_expects_is_told_in_his_words() -> None:
    expectation = packet_of(CASE, *READINGS).expectation

    assert expectation is not None
    assert (expectation.text, expectation.seqs) == ("查过了没用，我要求周五前收到，不然退款", (6,))


def test_what_was_tried_is_told_with_what_the_customer_said_to_it() -> None:
    (attempt,) = packet_of(CASE, *READINGS).attempts

    assert (attempt.what, attempt.reaction, attempt.seqs) == ("物流多久更新一次", "查过了没用，我要求周五前收到，不然退款", (5, 6))
    assert attempt.source == Source("knowledge", "k1", "物流多久更新一次", 3)


def test_what_was_looked_up_is_told_with_its_outcome() -> None:
    (lookup,) = packet_of(CASE, *READINGS).lookups

    assert (lookup.title, lookup.outcome, lookup.summary, lookup.seq) == ("查订单", "ok", "顺丰 SF123456，运输中", 4)


def test_the_path_of_the_mood_is_told_with_its_worst_moment() -> None:
    packet = packet_of(CASE, *READINGS)

    assert [(it.emotion, it.seq) for it in packet.emotion.path] == [("neutral", 1), ("anxious", 3), ("angry", 6)]
    assert (packet.emotion.now, packet.emotion.peak, packet.urgency, packet.risk) == ("angry", 6, 3, ("chargeback",))


def test_a_mood_that_never_was_bad_has_no_worst_moment() -> None:
    assert packet_of(entries(customer("谢谢")), Reading(1, 1, "happy", 0)).emotion.peak is None


def test_a_weekday_that_is_past_is_no_deadline() -> None:
    packet = packet_of(entries(customer("上次说周三到，今天还没发货")), Reading(1, 1, "neutral", 0))

    assert [it.key for it in packet.facts] == []


def test_an_order_that_is_known_is_not_asked_for_and_one_that_is_not_is() -> None:
    known = packet_of(entries(customer("TD20261101 怎么还没到"), looked_up("需要核实身份", "refused")), Reading(1, 1, "neutral", 0))
    unknown = packet_of(entries(customer("我的订单怎么还没到"), looked_up("没有订单号", "refused")), Reading(1, 1, "neutral", 0))

    assert "相关的订单号" not in known.open_questions
    assert "核实身份（订单号与手机后四位）" in known.open_questions
    assert "相关的订单号" in unknown.open_questions


def test_who_somebody_is_is_not_asked_of_whom_the_shop_vouched_for() -> None:
    said = entries((SYSTEM, Verified("host", "李女士")), customer("TD20261101 怎么还没到"))
    packet = packet_of(said, Reading(2, 2, "neutral", 0))

    assert [(it.value, it.said_by, it.seqs) for it in packet.facts if it.key == "verified"] == [("已登录商城", "host", (1,))]
    assert "核实身份（订单号与手机后四位）" not in packet.open_questions


def test_how_sure_the_assistant_was_is_told_of_what_it_answered_with_and_of_what_it_missed() -> None:
    said = entries(
        customer("物流多久更新一次"), assistant("每天一次。", "物流多久更新一次"), customer("那发票怎么换抬头呢"), assistant("您是想问哪一种？"),
        customer("TD20261101 到哪了"), (ASSISTANT, Message("在路上。", sources=(Source("skill", "order_status", "查订单"),))),
    )  # fmt: skip
    packet = packet_of(
        said, Reading(1, 1, "neutral", 0, article="k1", sure=0.91), Reading(3, 3, "neutral", 0, article="k7", sure=0.34),
        Reading(5, 5, "neutral", 0),
    )  # fmt: skip

    assert packet.intents == (
        Intent("knowledge:k1", "met", (1,), 0.91), Intent("unknown", "open", (3,), 0.34), Intent("skill:order_status", "open", (5,), None),
    )  # fmt: skip


def test_how_sure_it_was_of_another_article_is_not_told_of_this_one() -> None:
    said = entries(customer("物流多久更新一次"), assistant("每天一次。", "物流多久更新一次"))

    assert packet_of(said, Reading(1, 1, "neutral", 0, article="k2", sure=0.91)).intents[0].confidence is None


def _consent_of(*acts: Body) -> tuple[Consent, ...]:
    said = entries(customer("TD20261101 没到，电话 13800001234"), *((CUSTOMER, it) for it in acts))
    packet = build(
        PACKET, TALK, 1, said, (Reading(1, 1, "neutral", 0),), reason="complaint", language="zh", page=None, at=AT,
        about=About(customer=PacketCustomer(UUID(int=3))),
    )  # fmt: skip
    assert packet.customer is not None
    assert isinstance(packet.customer.consent, tuple)
    return packet.customer.consent


def test_what_a_customer_agreed_to_is_told_with_where_he_did() -> None:
    assert _consent_of(Verified("order_phone"), Waits("callback")) == (
        Consent("lookup", True, (2,)),
        Consent("callback", True, (3,)),
    )
    assert _consent_of(Waits("message")) == (Consent("later", True, (2,)),)


def test_nobody_is_called_who_has_come_back_to_the_page() -> None:
    assert _consent_of(Waits("callback"), Waits("chat")) == (Consent("callback", False, (2, 3)),)
    assert _consent_of(Waits("callback"), Waits("message")) == (Consent("callback", False, (2, 3)), Consent("later", True, (3,)))


def test_what_he_took_back_is_told_without_telling_it() -> None:
    taken_back = Corrected("phone", "138****1234")

    assert _consent_of(taken_back) == (Consent("pass_on", False, (2,), "phone"),)
    assert _consent_of(taken_back, Message("打 13900005678 吧")) == (Consent("pass_on", True, (2, 3), "phone"),)
    assert _consent_of(Corrected("order", "TD20261101", "TD20261102")) == ()


def test_a_shop_that_vouches_for_somebody_has_not_asked_him() -> None:
    assert _consent_of(Verified("host")) == ()
    assert _consent_of() == ()


def test_the_words_are_linked_and_not_copied() -> None:
    said = entries(customer("旧事"), (SYSTEM, Reopened()), customer("这款有白色的吗"), assistant("有货"))

    assert packet_of(said).transcript == Transcript(f"/api/conversations/{TALK}/timeline?since=2", 3, 4)


def test_the_packet_is_of_this_episode_alone() -> None:
    said = entries(customer("订单 TD20260000 丢了，我要求赔偿"), (SYSTEM, Reopened()), customer("这款有白色的吗"))
    packet = packet_of(said, Reading(3, 3, "neutral", 0))

    assert [(it.key, it.value) for it in packet.facts] == [("colour", "白色")]
    assert packet.goal is not None
    assert packet.goal.seqs == (3,)


def test_the_page_that_the_customer_looks_at_is_told() -> None:
    packet = packet_of(entries(customer("这款有白色的吗")), Reading(1, 1, "neutral", 0), page="羊毛围巾")

    assert [(it.label, it.value, it.said_by) for it in packet.facts if it.key == "page"] == [("正在浏览", "羊毛围巾", "host")]


def test_a_product_that_was_shown_is_a_fact() -> None:
    shown = ProductCard("p1", "羊毛围巾", variant="白色")
    packet = packet_of(entries(customer("这款有白色的吗"), assistant("有货", "", shown)), Reading(1, 1, "neutral", 0))

    assert [(it.key, it.value, it.seqs) for it in packet.facts if it.key == "product"] == [("product", "羊毛围巾 白色", (2,))]


def test_the_packet_is_in_the_language_of_those_who_read_it() -> None:
    chinese, english = packet_of(CASE, *READINGS), packet_of(CASE, *READINGS, language="en")

    assert chinese.summary.startswith("诉求：")
    assert "转人工：投诉" in chinese.summary
    assert english.summary.startswith("Wants: ")
    assert "handed over: complaint" in english.summary
    assert {it.label for it in english.facts} >= {"Order", "Carrier", "Wanted by"}
    assert not re.search(r"[\u4e00-\u9fff]", " ".join([*(it.label for it in english.facts), *english.open_questions]))


def test_an_english_case_is_understood_too() -> None:
    said = entries(
        customer("Hi"), customer("Where is my order TD20261101? I need it by friday please"), assistant("On its way.", "Delivery times"),
        customer("that does not help, I want a refund"),
    )  # fmt: skip
    packet = packet_of(
        said, Reading(1, 1, "neutral", 0, (), False), Reading(2, 2, "anxious", 1), Reading(4, 4, "angry", 2), language="en"
    )

    assert {(it.key, it.value) for it in packet.facts} == {("order", "TD20261101"), ("deadline", "by friday")}
    assert packet.expectation is not None
    assert packet.expectation.text == "that does not help, I want a refund"
    assert packet.attempts[0].reaction == "that does not help, I want a refund"


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=60), st.sampled_from(["TD12345678", "我要求明天前退款", "I want it by monday", "转人工"])),
        max_size=8,
    )
)
def test_whatever_is_said_nothing_is_told_without_its_source(texts: list[str]) -> None:
    said = entries(*(customer(text) for text in texts))
    packet = packet_of(said, *(Reading(it.seq, it.seq, "neutral", 0) for it in said))
    there = {it.seq: it.body.text.upper() for it in said if isinstance(it.body, Message)}

    for fact in packet.facts:
        assert all(fact.value.upper() in there[seq] for seq in fact.seqs)
    for cited in (packet.goal, packet.expectation):
        if cited:
            assert cited.text.upper() in " ".join(there[cited.seqs[0]].split())
    assert set(packet.evidence) <= set(there)


async def test_a_packet_that_was_altered_no_longer_fits_its_signature(open_all_day: Server) -> None:
    services = open_all_day.app.services
    handoff = Handoff(services.timeline, services.keys, "zh", recommended)
    asking = await open_all_day.customer()
    await asking.asks("运费多少")
    await asking.presses_for_a_person()
    conversation = UUID(asking.conversation)
    async with services.db.read() as db:
        stored = await packets.newest(db, conversation)
        signature = await db.fetchval("select signature from packet where conversation_id = $1", conversation)

    assert stored is not None
    assert handoff.signature(stored) == signature
    altered = msgspec.structs.replace(stored, summary=stored.summary + " 客户同意")
    assert handoff.signature(altered) != signature


async def test_a_packet_from_before_is_written_as_it_was_signed_and_its_signature_still_fits(open_all_day: Server) -> None:
    services = open_all_day.app.services
    asking = await open_all_day.customer()
    await asking.asks("运费多少")
    await asking.presses_for_a_person()
    conversation = UUID(asking.conversation)
    made = _BEFORE.replace(str(TALK), asking.conversation)
    async with services.db.write() as tx:
        await tx.db.execute(
            "update packet set body = $2::text::jsonb, signature = $3 where conversation_id = $1",
            conversation, made, services.keys.mark("packet", made),
        )  # fmt: skip
    agent = await open_all_day.agent()

    shown = await agent.gets(f"/api/conversations/{conversation}/packet")

    assert shown["genuine"] is True
    assert shown["packet"]["schema"] == "tandem.packet/1"
    assert not {"locale", "queue", "transcript"} & set(shown["packet"])
    assert (await agent.sees(asking.conversation))["packet"]["goal"]["text"] == "查过了没用，我要求周五前收到，不然退款"


async def test_each_hand_off_has_a_packet_of_its_own_and_the_desk_sees_the_newest(open_all_day: Server) -> None:
    agent, asking = await open_all_day.agent(), await open_all_day.customer()
    await asking.asks("运费多少")
    await asking.presses_for_a_person()
    first = (await agent.sees(asking.conversation))["packet"]
    await agent.accepts(asking.conversation)
    await agent.hands_back(asking.conversation)
    await asking.presses_for_a_person()
    second = (await agent.sees(asking.conversation))["packet"]

    assert (first["version"], second["version"]) == (1, 3)  # between them, what the assistant was told
    handed = [it["body"]["packet"] for it in await agent.timeline(asking.conversation) if it["body"]["type"] == "handed_off"]
    assert handed == [first["id"], second["id"]]
    assert all(it["body"].get("packet") is None for it in await asking.timeline())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_that_there_is_has_words(language: Language) -> None:
    assert set(PRIORITY) <= set(REASONS[language])
    assert set(EMOTIONS["zh"]) == set(EMOTIONS["en"])
