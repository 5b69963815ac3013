"""An order is told to its buyer, and to nobody else."""

import json

import msgspec
import pytest

from assistant.conftest import RunningShop
from assistant.talking import Talk, calls, choices, message, proofs, text
from tandem.assistant.respond import Assistant
from tandem.timeline.model import OrderCard

MOVING, LATE, SPLIT = "On its way", "Delayed on the way", "Sent in two parcels"


async def test_a_guest_proves_an_order_by_its_number_and_phone_digits(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant)
    asked = await talk.says("我的订单到哪了")
    assert "订单号" in text(asked)
    asked = await talk.says(number)
    assert "后四位" in text(asked)
    assert calls(asked) == []
    told = await talk.says(digits)
    card = message(told).cards[0]
    assert isinstance(card, OrderCard)
    assert card.number == number
    assert card.steps[0].text.rstrip("。") in text(told)
    assert [it.detail for it in proofs(told)] == [number]


async def test_number_and_digits_in_one_message_are_enough(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    told = await Talk(assistant, locale="en").says(f"Where is my order {number}? My phone number ends in {digits}.")
    assert told.decision == "look_up"
    assert message(told).sources[0].kind == "skill"
    assert message(told).cards


@pytest.mark.parametrize("spelling", ["td {0} {1}", "{0}{1}", "TD{0}{1}", "TD-{0}{1}", "订单号是{0}{1}"])
async def test_an_order_number_is_understood_as_people_write_it(assistant: Assistant, running: RunningShop, spelling: str) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant)
    await talk.says("查一下我的订单")
    await talk.says(spelling.format(number[2:6], number[6:]))
    assert message(await talk.says(digits)).cards


async def test_full_width_digits_are_digits(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in f"{number} 尾号{digits}" if c.isascii() and c != " ")
    assert message(await Talk(assistant).says(f"查订单 {wide[:10]} 尾号{wide[10:]}")).cards


async def test_the_digits_are_kept_nowhere(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant)
    told = await talk.says(f"查订单{number} 尾号{digits}")
    kept = json.dumps(told.trace) + msgspec.json.encode((told.memory, told.triage, told.entries[:-1])).decode()
    assert digits not in kept.replace(number, "")
    assert calls(told)[0].arguments == {"order": number, "phone": "••••"}


async def test_a_proven_order_is_not_asked_for_again(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant)
    await talk.says(f"查订单{number} 尾号{digits}")
    again = await talk.says("再查一下")
    assert message(again).cards
    assert proofs(again) == []


async def test_proof_of_one_order_opens_no_other_of_the_same_buyer(assistant: Assistant, running: RunningShop) -> None:
    number, customer, digits = running.order(MOVING)
    other = next(it.number for it in running.shop.orders_of(customer) if it.number != number)
    talk = Talk(assistant)
    await talk.says(f"查订单{number} 尾号{digits}")
    assert "后四位" in text(await talk.says(f"那{other}呢"))


async def test_wrong_digits_and_an_order_that_does_not_exist_sound_the_same(assistant: Assistant, running: RunningShop) -> None:
    number, _, _ = running.order(MOVING)
    wrong = await Talk(assistant).says(f"查订单{number} 尾号0000")
    unknown = await Talk(assistant).says("查订单TD00000000 尾号0000")
    assert text(wrong) == text(unknown)
    assert not message(wrong).cards


async def test_after_five_wrong_digits_a_person_takes_over(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant)
    replies = [await talk.says(f"查订单{number} 尾号000{n}") for n in range(1)]
    replies += [await talk.says(f"000{n}") for n in range(1, 5)]
    assert [it.decision for it in replies] == ["look_up"] * 4 + ["hand_off"]
    assert replies[-1].reason == "fraud_or_security"
    talk.hands_back()
    late = await talk.says(f"查订单{number} 尾号{digits}")
    assert late.reason == "fraud_or_security"
    assert calls(late) == []


async def test_a_signed_in_customer_sees_his_order_without_proving_it(assistant: Assistant, running: RunningShop) -> None:
    number, customer, _ = running.order(MOVING)
    told = await Talk(assistant, customer=customer).says(f"{number}到哪了")
    assert message(told).cards
    assert calls(told)[0].arguments["customer"] == "••••"


async def test_another_customers_order_is_refused_even_when_signed_in(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant, customer="C1003", locale="en")
    refused = await talk.says(f"where is order {number}")
    unknown = await Talk(assistant, customer="C1003", locale="en").says("where is order TD00000000")
    assert calls(refused)[0].outcome == "refused"
    assert text(refused).replace(number, "") == text(unknown).replace("TD00000000", "")
    with_digits = await talk.says(f"{number}, phone ends in {digits}")
    assert not message(with_digits).cards


async def test_a_signed_in_customer_need_not_know_the_number(assistant: Assistant, running: RunningShop) -> None:
    several = await Talk(assistant, customer="C1001").says("我的快递到哪了")
    assert several.decision == "clarify"
    number, _, _ = running.order(LATE)
    talk = Talk(assistant, customer="C1001")
    told = await talk.presses(await talk.says("我的快递到哪了"), number)
    assert "延误" in text(told)
    single = await Talk(assistant, customer="C1004", locale="en").says("where is my parcel")
    assert message(single).cards


async def test_no_the_other_order(assistant: Assistant, running: RunningShop) -> None:
    number, customer, _ = running.order(LATE)
    talk = Talk(assistant, customer=customer, locale="en")
    await talk.says(f"where is {number}?")
    other = await talk.says("no, the other order")
    assert number not in str(choices(other)) + text(other)
    assert choices(other) or message(other).cards


async def test_every_parcel_of_an_order_is_told(assistant: Assistant, running: RunningShop) -> None:
    number, customer, _ = running.order(SPLIT)
    told = await Talk(assistant, customer=customer).says(f"{number}到哪了")
    parcels = running.shop.view(running.shop.access_order(number, customer, None)).parcels
    assert len(parcels) == 2
    assert all(parcel.tracking in text(told) for parcel in parcels)


async def test_a_question_in_between_is_answered_and_the_slot_still_taken(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant)
    await talk.says(f"查一下订单{number}")
    between = await talk.says("七天无理由退货怎么退")
    assert message(between).sources[0].kind == "knowledge"
    assert number in text(between)
    assert message(await talk.says(digits)).cards


async def test_who_lacks_the_number_is_told_where_it_is_and_offered_a_person(assistant: Assistant) -> None:
    for locale, lines in (
        ("zh-CN", ("我的快递到哪了", "订单号忘了")),
        ("en", ("where is my order", "I don't have the number")),
    ):
        talk = Talk(assistant, locale=locale)
        await talk.says(lines[0])
        reply = await talk.says(lines[1])
        assert reply.decision == "clarify"
        assert [it.value for it in message(reply).choices] == ["human"]


async def test_never_mind_drops_the_matter(assistant: Assistant) -> None:
    talk = Talk(assistant, locale="en")
    await talk.says("where is my order")
    assert (await talk.says("never mind")).decision == "answer"
    assert talk.memory.frame is None


async def test_when_will_it_arrive_means_the_order_just_spoken_of(assistant: Assistant, running: RunningShop) -> None:
    number, customer, _ = running.order(LATE)
    for lines in (("where is {0}?", "when will it arrive?"), ("{0}到哪了", "几天能到")):
        talk = Talk(assistant, customer=customer)
        await talk.says(lines[0].format(number))
        again = await talk.says(lines[1])
        assert message(again).cards


async def test_a_number_that_is_too_short_is_asked_for_again(assistant: Assistant) -> None:
    assert text(await Talk(assistant).says("TD12345")).startswith("请发一下订单号")


async def test_wanting_something_else_of_an_order_does_not_track_it(assistant: Assistant, running: RunningShop) -> None:
    number, customer, _ = running.order(MOVING)
    for line in (f"取消订单{number}", f"帮我把{number}的收货地址改成上海浦东", f"how do I cancel order {number}"):
        reply = await Talk(assistant, customer=customer).says(line)
        assert message(reply).cards == ()
        assert not any(it.writes for it in calls(reply))


async def test_who_asks_when_hears_the_day_first_and_it_is_no_failed_answer(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant, locale="en")
    await talk.says(f"where is {number}, phone {digits}")
    when = await talk.says("when will it be here")
    assert text(when).startswith(f"Order {number} is expected")
    after = await talk.says("can you change the address")
    assert after.decision != "hand_off"


async def test_digits_that_follow_a_word_are_heard(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    wrong = f"{(int(digits) + 1) % 10_000:04}"
    talk = Talk(assistant)
    await talk.says(f"查一下{number}，手机尾号{wrong}")
    assert proofs(await talk.says(f"那{digits}呢"))
    assert proofs(await Talk(assistant).says(f"订单{number}，{digits}，到哪了"))


async def test_who_has_lost_the_number_is_told_where_it_stands_before_it_was_asked_for(assistant: Assistant) -> None:
    assert "我的订单" in text(await Talk(assistant).says("我不知道订单号"))
    assert "My orders" in text(await Talk(assistant, locale="en").says("I lost my order number"))


async def test_an_order_number_is_no_product_where_a_product_was_asked_for(assistant: Assistant, running: RunningShop) -> None:
    number, _, digits = running.order(MOVING)
    talk = Talk(assistant)
    await talk.says("跑鞋有货吗")
    assert proofs(await talk.says(f"{number} {digits}"))
