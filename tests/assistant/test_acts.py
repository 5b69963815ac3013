"""What is done to an order: only for its buyer, only after an explicit yes to the details, once, and taken back at any time before."""

import json
from time import process_time

import msgspec
import pytest

from assistant.conftest import API_KEY, RunningShop
from assistant.servers import Answer, shop_that
from assistant.talking import Talk, answered_from, calls, choices, message, proofs, text
from tandem.assistant.model import Reply
from tandem.assistant.phrases import Lang, say
from tandem.assistant.respond import Assistant
from tandem.assistant.skills.shop import Shop
from tandem.knowledge.search import Index
from tandem.timeline.model import OrderCard

UNSENT, PACKED, MOVING, ARRIVED, TOO_LATE, LOST = (
    "Paid, not sent yet", "Packed, waiting for the carrier", "On its way", "Just arrived, can be returned",
    "Arrived long ago, too late to return", "Seems to be lost",
)  # fmt: skip


def state(running: RunningShop, number: str) -> str:
    return running.shop.view(running.shop.orders[number]).state


def writes(reply: Reply) -> list[str]:
    return [it.skill for it in calls(reply) if it.writes]


def read_back(lang: Lang) -> str:
    return say(lang, "read_back", title="|", details="").partition("|")[0]


async def test_a_guest_cancels_an_order_once_he_has_proven_it_and_said_yes(acting: Assistant, own_shop: RunningShop) -> None:
    number, _, digits = own_shop.order(UNSENT)
    talk = Talk(acting)
    assert "订单号" in text(await talk.says("我要取消订单"))
    assert "后四位" in text(await talk.says(number))
    asked = await talk.says(digits)
    assert read_back("zh") in text(asked)
    assert number in text(asked)
    assert (writes(asked), state(own_shop, number)) == ([], "paid")
    done = await talk.presses(asked, say("zh", "yes_do_it"))
    assert (writes(done), state(own_shop, number)) == (["cancel_order"], "cancelled")
    card = message(done).cards[0]
    assert isinstance(card, OrderCard)
    assert card.state == "cancelled"
    assert answered_from(done) == ["取消订单"]


async def test_digits_that_do_not_fit_are_asked_for_again_once(acting: Assistant, own_shop: RunningShop) -> None:
    number, _, digits = own_shop.order(UNSENT)
    talk = Talk(acting)
    await talk.says(f"我要取消订单{number}")
    again = await talk.says(f"{(int(digits) + 1) % 10_000:04}")
    assert text(again) == say("zh", "digits_wrong")
    assert read_back("zh") in text(await talk.says(digits))


@pytest.mark.parametrize(
    ("story", "wish", "skill", "after"),
    [
        (UNSENT, "please cancel my order {}", "cancel_order", "cancelled"),
        (LOST, "I want a refund for {}", "refund_order", "refunded"),
        (UNSENT, "{} cancel", "cancel_order", "cancelled"),
        (LOST, "{}, refund please", "refund_order", "refunded"),
    ],
)
async def test_a_signed_in_customer_says_what_and_then_yes(
    acting: Assistant, own_shop: RunningShop, story: str, wish: str, skill: str, after: str
) -> None:
    number, customer, _ = own_shop.order(story)
    talk = Talk(acting, customer=customer, locale="en")
    assert read_back("en") in text(await talk.says(wish.format(number)))
    done = await talk.says("yes, go ahead")
    assert (writes(done), state(own_shop, number)) == ([skill], after)


@pytest.mark.parametrize("line", ["{} 改地址", "{} change address"])
async def test_a_number_with_a_word_is_enough_to_begin_what_is_to_be_done(
    acting: Assistant, own_shop: RunningShop, line: str
) -> None:
    number, _, digits = own_shop.order(UNSENT)
    lang: Lang = "en" if line.isascii() else "zh"
    talk = Talk(acting, locale="en" if lang == "en" else "zh-CN")
    await talk.says(line.format(number))

    asked = await talk.says(digits)

    assert asked.memory.frame is not None
    assert (asked.memory.frame.intent, asked.memory.frame.order) == ("change_address", number)


async def test_a_return_asks_why_with_buttons_and_reads_the_reason_back(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(ARRIVED)
    talk = Talk(acting, customer=customer)
    why = await talk.says(f"订单{number}我要退货")
    assert "尺寸不合适" in choices(why)
    asked = await talk.presses(why, "尺寸不合适")
    assert "尺寸不合适" in text(asked)
    assert state(own_shop, number) == "delivered"
    done = await talk.says("确认")
    assert state(own_shop, number) == "returning"
    assert "¥" in text(done)


async def test_an_address_is_filled_in_over_several_turns_and_checked_with_the_shop(
    acting: Assistant, own_shop: RunningShop
) -> None:
    number, customer, _ = own_shop.order(PACKED)
    talk = Talk(acting, customer=customer, locale="en")
    where = await talk.says(f"please change the delivery address of order {number}")
    assert "new address" in text(where)
    city = await talk.says("12 High Street")
    assert "Which city" in text(city)
    unknown = await talk.says("Atlantis")
    assert "a place called “Atlantis”" in text(unknown)
    who = await talk.says("London")
    if "same person" not in text(who):  # the shop keeps the country
        pytest.fail(text(who))
    asked = await talk.presses(who, "Same recipient")
    assert "12 High Street" in text(asked)
    assert "London" in text(asked)
    assert [it.skill for it in calls(who)] == ["order_status", "delivery_estimate"]


async def test_one_message_with_the_whole_address_needs_no_more_questions_about_it(
    acting: Assistant, own_shop: RunningShop
) -> None:
    number, customer, _ = own_shop.order(PACKED)
    talk = Talk(acting, customer=customer)
    who = await talk.says(f"帮我把{number}的地址改成上海市静安区南京西路100号3楼")
    asked = await talk.presses(who, "收件人不变")
    assert "上海市静安区南京西路100号3楼" in text(asked)
    await talk.says("确认")
    changed = own_shop.shop.orders[number].to
    assert (changed.line, changed.place.name.zh) == ("上海市静安区南京西路100号3楼", "上海")


async def test_what_was_read_back_can_be_corrected_before_it_is_sent(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(PACKED)
    talk = Talk(acting, customer=customer)
    await talk.presses(await talk.says(f"{number}的收货地址改成上海市静安区南京西路100号"), "收件人不变")
    again = await talk.says("地址应该是广州市天河区体育东路5号")
    assert "体育东路5号" in text(again)
    assert "· 城市：广州" in text(again)
    again = await talk.says("收件人改成王小明")
    assert "王小明" in text(again)
    await talk.says("确认")
    changed = own_shop.shop.orders[number].to
    assert (changed.recipient, changed.line) == ("王小明", "广州市天河区体育东路5号")


async def test_a_wrong_detail_can_be_pointed_at_with_a_button(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(ARRIVED)
    talk = Talk(acting, customer=customer)
    await talk.presses(await talk.says(f"{number}申请退货"), "不想要了")
    wrong = await talk.says("不对")
    assert {"退货原因", say("zh", "other_order"), say("zh", "no_leave_it")} <= set(choices(wrong))
    why = await talk.presses(wrong, "退货原因")
    assert "有质量问题" in text(await talk.presses(why, "有质量问题"))


@pytest.mark.parametrize(
    ("wish", "other", "locale"), [("我要取消订单{}", "不是这个订单", "zh-CN"), ("please cancel {}", "no, the other order", "en")]
)
async def test_not_this_order_leads_to_another_one(
    acting: Assistant, own_shop: RunningShop, wish: str, other: str, locale: str
) -> None:
    number, customer, _ = own_shop.order(PACKED)
    talk = Talk(acting, customer=customer, locale=locale)
    await talk.says(wish.format(number))
    which = await talk.says(other)
    assert not any(number in label for label in choices(which))
    assert state(own_shop, number) == "packed"


async def test_a_question_in_between_is_answered_and_the_matter_goes_on(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(UNSENT)
    talk = Talk(acting, customer=customer)
    await talk.says(f"帮我取消订单{number}")
    between = await talk.says("怎么开发票")
    assert "发票" in answered_from(between)[0]
    assert say("zh", "resume_confirm", title="取消订单") in text(between)
    await talk.says("弧光 L1 护眼台灯有货吗")
    assert state(own_shop, number) == "paid"
    done = await talk.says("确认")
    assert (writes(done), state(own_shop, number)) == (["cancel_order"], "cancelled")


async def test_fine_after_a_question_in_between_is_no_yes(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(UNSENT)
    talk = Talk(acting, customer=customer)
    await talk.says(f"帮我取消订单{number}")
    await talk.says("怎么开发票")
    talk.entries.pop()  # as if the buttons had scrolled away: another message of the assistant came last
    await talk.says("怎么注册账户")
    fine = await talk.says("嗯嗯知道了")
    assert writes(fine) == []
    assert state(own_shop, number) == "paid"


@pytest.mark.parametrize(
    ("wish", "back", "lang"),
    [
        ("帮我取消订单{}", "算了", "zh"),
        ("帮我取消订单{}", "先不取消了", "zh"),
        ("帮我取消订单{}", "不用了，不要取消", "zh"),
        ("please cancel order {}", "forget it", "en"),
        ("please cancel order {}", "no, never mind", "en"),
    ],
)
async def test_it_can_be_taken_back(acting: Assistant, own_shop: RunningShop, wish: str, back: str, lang: Lang) -> None:
    number, customer, _ = own_shop.order(UNSENT)
    talk = Talk(acting, customer=customer, locale=lang)
    asked = await talk.says(wish.format(number))
    dropped = await talk.says(back)
    assert say(lang, "act_dropped") in text(dropped)
    late = await talk.presses(asked, say(lang, "yes_do_it"))
    assert writes(late) == []
    assert state(own_shop, number) == "paid"


async def test_what_is_nearly_a_no_is_read_at_once_however_often_it_is_said(acting: Assistant, own_shop: RunningShop) -> None:
    """Sixty characters that can be taken apart in 2^29 ways would keep the whole desk waiting."""
    number, customer, _ = own_shop.order(UNSENT)
    talk = Talk(acting, customer=customer)
    await talk.says(f"帮我取消订单{number}")
    started = process_time()
    reply = await talk.says("不要" * 29 + "呀")
    assert process_time() - started < 5
    assert writes(reply) == []


async def test_the_button_of_older_details_confirms_nothing(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(PACKED)
    talk = Talk(acting, customer=customer)
    old = await talk.presses(await talk.says(f"{number}的收货地址改成上海市静安区南京西路100号"), "收件人不变")
    await talk.says("地址应该是广州市天河区体育东路5号")
    line = own_shop.shop.orders[number].to.line
    assert writes(await talk.presses(old, say("zh", "yes_do_it"))) == []
    assert own_shop.shop.orders[number].to.line == line


@pytest.mark.parametrize("maybe", ["是不是要收费", "yes but what does it cost?", "确认一下要多久", "不确定", "我再想想"])
async def test_nothing_less_than_a_yes_is_a_yes(acting: Assistant, own_shop: RunningShop, maybe: str) -> None:
    number, customer, _ = own_shop.order(UNSENT)
    talk = Talk(acting, customer=customer)
    await talk.says(f"帮我取消订单{number}")
    assert writes(await talk.says(maybe)) == []
    assert state(own_shop, number) == "paid"


async def test_a_turn_that_runs_again_does_it_once(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(ARRIVED)
    talk = Talk(acting, customer=customer)
    asked = await talk.presses(await talk.says(f"{number}申请退货"), "不想要了")
    before, entries = talk.memory, list(talk.entries)
    first = await talk.presses(asked, say("zh", "yes_do_it"))
    talk.memory, talk.entries = before, entries
    again = await talk.presses(asked, say("zh", "yes_do_it"))
    assert text(again) == text(first)
    assert [it.outcome for it in calls(again)] == ["ok"]


async def test_another_customers_order_is_not_touched(acting: Assistant, own_shop: RunningShop) -> None:
    number, _, digits = own_shop.order(UNSENT)
    talk = Talk(acting, customer="C1001")
    reply = await talk.says(f"我要取消订单{number}，尾号{digits}")
    assert say("zh", "not_shown", order=number) in text(reply)
    await talk.says("确认")
    assert state(own_shop, number) == "paid"


async def test_a_forged_memory_of_details_opens_no_order(acting: Assistant, own_shop: RunningShop) -> None:
    number, _, _ = own_shop.order(UNSENT)
    talk = Talk(acting)
    own, _, digits = own_shop.order(PACKED)
    await talk.says(f"帮我取消订单{own}，尾号{digits}")
    assert talk.memory.frame
    talk.memory = msgspec.structs.replace(talk.memory, frame=msgspec.structs.replace(talk.memory.frame, order=number))
    reply = await talk.says("确认")
    assert "后四位" in text(reply)
    assert state(own_shop, number) == "paid"


@pytest.mark.parametrize(
    ("story", "wish", "instead"),
    [
        (TOO_LATE, "我要退货{}", None),
        (MOVING, "帮我取消{}", None),
        (ARRIVED, "我要退款{}", "申请退货"),
        (MOVING, "帮我改一下{}的地址", None),
    ],
)
async def test_what_the_rules_forbid_is_said_and_a_person_may_make_an_exception(
    acting: Assistant, own_shop: RunningShop, story: str, wish: str, instead: str | None
) -> None:
    number, customer, _ = own_shop.order(story)
    talk = Talk(acting, customer=customer)
    told = await talk.says(wish.format(number))
    assert say("zh", "rule_exception") in text(told)
    assert writes(told) == []
    assert (instead in choices(told)) if instead else True
    asked = await talk.presses(told, say("zh", "ask_exception"))
    assert (asked.decision, asked.reason) == ("hand_off", "special_request")


async def test_a_refund_above_the_limit_is_for_a_person(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(LOST)
    record = own_shop.shop.orders[number]
    dear = msgspec.structs.replace(record.items[0], quantity=9)
    own_shop.shop.orders[number] = msgspec.structs.replace(record, items=(dear,))
    talk = Talk(acting, customer=customer, locale="en")
    told = await talk.says(f"I want a refund for {number}")
    assert "¥2,000" in text(told)
    asked = await talk.presses(told, say("en", "ask_exception"))
    assert asked.reason == "special_request"
    assert state(own_shop, number) == "shipped"


async def test_what_changed_between_the_details_and_the_yes_is_refused_by_the_shop_in_its_own_words(
    acting: Assistant, own_shop: RunningShop
) -> None:
    number, customer, _ = own_shop.order(UNSENT)
    talk = Talk(acting, customer=customer)
    await talk.says(f"帮我取消订单{number}")
    record = own_shop.shop.orders[number]
    own_shop.shop.orders[number] = msgspec.structs.replace(record, cancelled_at=own_shop.shop.now())
    reply = await talk.says("确认")
    assert calls(reply)[0].outcome == "refused"
    assert "不能取消" in text(reply)
    assert say("zh", "ask_exception") in choices(reply)


async def test_a_shop_that_does_not_answer_leaves_it_open_and_the_second_try_has_the_same_key(index: Index) -> None:
    order = {
        "number": "TD20260001", "customer": {"id": "C1"}, "state": "paid", "state_label": {"zh": "待发货", "en": "Paid"},
        "placed_at": "2026-03-09T00:00:00Z", "items": [], "total": {"amount": 100, "currency": "CNY"},
    }  # fmt: skip
    done = {"order": order | {"state": "cancelled"}, "done": {"zh": "订单已取消。", "en": "Cancelled."}}
    answers = [Answer(200, json.dumps(order).encode()), Answer(503), Answer(503), Answer(200, json.dumps(done).encode())]
    async with shop_that(*answers) as server:
        shop = Shop(server.url, API_KEY)
        talk = Talk(Assistant(index, shop), customer="C1")
        assert read_back("zh") in text(await talk.says("帮我取消订单TD20260001"))
        unknown = await talk.says("确认")
        assert say("zh", "act_uncertain") in text(unknown)
        known = await talk.presses(unknown, say("zh", "try_again"))
        await shop.close()
    keys = [it.headers.get("idempotency-key") for it in server.asked]
    assert keys[0] is None
    assert len(set(keys[1:])) == 1
    assert keys[1]
    assert "订单已取消" in text(known)


async def test_the_address_is_in_no_call_on_the_timeline_and_in_no_trace(acting: Assistant, own_shop: RunningShop) -> None:
    number, customer, _ = own_shop.order(PACKED)
    talk = Talk(acting, customer=customer)
    replies = [
        await talk.says(f"{number}的收货地址改成上海市静安区南京西路100号"),
        await talk.says("李小四"),
        await talk.says("确认"),
    ]
    kept = json.dumps([it.trace for it in replies]) + "".join(str(call) for it in replies for call in calls(it))
    assert "南京西路" not in kept
    assert "李小四" not in kept
    assert proofs(replies[-1]) == []


async def test_without_a_shop_such_a_wish_is_answered_from_knowledge(reader: Assistant) -> None:
    assert message(await Talk(reader).says("我要退货")).sources or choices(await Talk(reader).says("我要退货"))
