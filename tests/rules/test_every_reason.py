"""Each reason to hand over, on the whole way: what a customer writes at the widget, and the reason on the packet of whoever takes over."""

from typing import Any, get_args

import pytest

from tandem.assistant.triage.model import Reason
from world.server import Server
from world.waiting import eventually

GOLD: dict[str, Any] = {"name": "周女士", "tier": "黑金会员"}
FOR: dict[Reason, tuple[str, ...]] = {
    "safety": ("刚到的插线板在冒火星，墙都熏黑了",),
    "distress": ("我爱人上周走了，这是他最后订的东西，我一看到就掉眼泪",),
    "fraud_or_security": ("有人自称你们客服，我把验证码念给他了，卡里的钱被转走了",),
    "legal_medical_finance_advice": ("我怀孕五个月，能不能同时吃这个和布洛芬",),
    "complaint": ("我要打12315投诉你们",),
    "vip_or_high_value": ("公司要订三百套净水器，价格怎么谈",),
    "bot_failed_repeatedly": ("净水器的红灯一直亮", "说的不是这个，红灯一直亮"),
    "complex_multi_issue": ("两个订单互相卡住了：客服说要先退A单才能取消B单，B单又说得先取消才能退A单，两边都说要先弄另一单",),
    "special_request": ("我坐轮椅住院刚出来，过了七天期限三天，能不能通融一下",),
    "asks_human": ("转人工",),
    "anger": ("你们就是一群骗子，太恶心了",),
}


@pytest.mark.parametrize("reason", get_args(Reason))
async def test_every_reason_brings_a_person_who_is_told_it(open_all_day: Server, reason: Reason) -> None:
    customer, agent = await open_all_day.customer(), await open_all_day.agent()
    for text in FOR[reason]:
        await customer.asks(text)

    async def waits() -> bool:
        return bool((await customer.state())["owner"] in ("queue", "agent"))

    assert await eventually(waits)
    packet = (await agent.sees(customer.conversation, lang="zh-CN"))["packet"]
    assert packet["reason"] == reason


async def test_a_top_tier_customer_with_an_open_problem_reaches_a_person_where_another_is_answered(open_all_day: Server) -> None:
    trouble = "太失望了，等了这么久"
    other, valued = await open_all_day.customer(), await open_all_day.customer(identity=open_all_day.identity("gold-1", **GOLD))
    await other.asks(trouble)
    await valued.asks(trouble)
    assert (await other.state())["owner"] == "assistant"
    agent = await open_all_day.agent()
    assert (await agent.sees(valued.conversation, lang="zh-CN"))["packet"]["reason"] == "vip_or_high_value"
