"""What a customer wants is told apart from how he feels, and what a system confirmed from what he says."""

import pytest

from handoff.test_packet import ORDER, assistant, customer, entries, looked_up, packet_of
from tandem.handoff.model import Reading


def test_anger_alone_is_not_what_somebody_wants() -> None:
    wants, rages = "订单 TD20261101 想换成白色的", "你们太过分了，气死我了，我要投诉"
    packet = packet_of(
        entries(customer(wants), assistant("……"), customer(rages)), Reading(1, 1, "neutral", 0), Reading(3, 3, "angry", 1)
    )

    assert packet.goal is not None
    assert packet.goal.text == wants
    assert packet.expectation is not None
    assert packet.expectation.seqs == (1,)
    english = packet_of(entries(customer("My parcel was due on Monday"), customer("This is outrageous! I want to complain")))
    assert english.goal is not None
    assert english.goal.seqs == (1,)


@pytest.mark.parametrize(
    "need",
    ["我要投诉送货的快递员", "订单 TD20261101 的投诉处理得怎么样了", "I want to complain about the driver who threw my parcel"],
)
def test_an_angry_need_is_one_all_the_same(need: str) -> None:
    packet = packet_of(entries(customer("你好，问一下退货运费谁出"), customer(need)), Reading(2, 2, "angry", 1))

    assert packet.goal is not None
    assert packet.goal.text == need


def test_what_a_system_says_too_is_verified_by_it_and_a_parcel_stands_as_it_was_seen() -> None:
    packet = packet_of(
        entries(customer("TD20261101 什么时候到，手机 13812345678"), looked_up("已发货"), assistant("已发货", "", ORDER))
    )
    facts = {fact.key: (fact.said_by, fact.verified_by) for fact in packet.facts}

    assert facts["order"] == ("customer", "order_status")
    assert facts["product"] == ("skill", "order_status")
    assert facts["phone"] == ("customer", None)
    assert [(it.kind, it.id) for it in packet.entities] == [("order", "TD20261101"), ("parcel", "SF123456")]
    assert all(isinstance(it.digest, str) and len(it.digest) == 64 for it in packet.lookups)
