"""Who a visitor is: a stranger, a guest who came back, a customer that the shop vouches for, and nobody else."""

from datetime import timedelta
from typing import Any

import jwt
import pytest

from world.server import Server


async def _opens(server: Server, **how: Any) -> Any:
    body = {"channel": "demo", "locale": "zh-CN", **how}
    return await server.http().post("/api/chat/session", json=body)


async def test_nothing_is_stored_for_a_visitor_who_only_looks(tandem: Server) -> None:
    for _ in range(3):
        await tandem.customer()

    async with tandem.app.services.db.read() as db:
        assert await db.fetchval("select count(*) from contact") == 0
        assert await db.fetchval("select count(*) from conversation") == 0


async def test_a_guest_who_comes_back_finds_his_conversation(open_all_day: Server) -> None:
    guest = await open_all_day.customer()
    await guest.asks("我想买围巾")

    again = await open_all_day.customer(token=guest.token)

    assert again.session["conversation"] == guest.conversation
    assert "我想买围巾" in str(again.session["entries"])


async def test_a_guest_who_signs_in_keeps_what_he_said(open_all_day: Server) -> None:
    guest = await open_all_day.customer()
    await guest.asks("我想买围巾")

    signed_in = await open_all_day.customer(token=guest.token, identity=open_all_day.identity("keeps-1", name="李女士"))

    assert signed_in.session["verified"] is True
    assert signed_in.session["conversation"] == guest.conversation
    assert (signed_in.session["name"], "我想买围巾" in str(signed_in.session["entries"])) == ("李女士", True)
    agent = await open_all_day.agent()
    detail = await agent.sees(guest.conversation)
    assert (detail["contact"]["name"], detail["conversation"]["contact"]["verified"]) == ("李女士", True)
    verified = [it for it in await agent.timeline(guest.conversation) if it["body"]["type"] == "verified"]
    assert [it["body"]["how"] for it in verified] == ["host"]


async def test_a_customer_is_the_same_person_on_every_device(open_all_day: Server) -> None:
    phone = await open_all_day.customer(identity=open_all_day.identity("devices-1"))
    await phone.asks("我的包裹呢")

    laptop = await open_all_day.customer(identity=open_all_day.identity("devices-1"))

    assert laptop.session["conversation"] == phone.conversation


async def test_another_customer_on_the_same_browser_sees_nothing_of_the_first(open_all_day: Server) -> None:
    guest = await open_all_day.customer()
    await guest.asks("我的秘密愿望")
    first = await open_all_day.customer(token=guest.token, identity=open_all_day.identity("shared-1", name="李女士"))
    await first.asks("我的地址在哪里改")

    for token in (guest.token, first.token):
        second = await open_all_day.customer(token=token, identity=open_all_day.identity("shared-2", name="王先生"))
        assert second.session["conversation"] is None
        assert second.session["entries"] == []
        assert second.session["name"] == "王先生"
    await second.asks("你好")
    agent = await open_all_day.agent()
    one, other = await agent.sees(first.conversation), await agent.sees(second.conversation)
    assert one["contact"]["id"] != other["contact"]["id"]
    assert (one["contact"]["name"], other["contact"]["name"]) == ("李女士", "王先生")


async def test_who_signs_out_at_the_shop_is_a_stranger_again(open_all_day: Server) -> None:
    customer = await open_all_day.customer(identity=open_all_day.identity("leaves-1"))
    await customer.asks("我的包裹呢")

    after = await open_all_day.customer(token=customer.token)

    assert (after.session["verified"], after.session["conversation"]) == (False, None)


async def test_two_customers_see_nothing_of_each_other(open_all_day: Server) -> None:
    one = await open_all_day.customer(identity=open_all_day.identity("apart-1"))
    await one.asks("我的秘密愿望")
    other = await open_all_day.customer(identity=open_all_day.identity("apart-2"))

    assert other.session["conversation"] is None
    assert await other.timeline() == []


async def test_a_token_of_a_visitor_in_another_channel_is_no_token_here(open_all_day: Server) -> None:
    services = open_all_day.app.services
    forged = services.keys.token(
        "visitor", {"sub": "customer:x", "channel": "other", "verified": True}, services.clock.now(), timedelta(days=1)
    )

    assert (await open_all_day.customer(token=forged)).session["verified"] is False


@pytest.mark.parametrize("wrong", ["expired", "other secret", "no signature", "no subject", "nonsense", "long subject"])
async def test_a_forged_or_expired_identity_is_refused(open_all_day: Server, wrong: str) -> None:
    made = {
        "expired": open_all_day.identity("x", lasts=timedelta(seconds=-1)),
        "other secret": open_all_day.identity("x", secret="somebody else's secret, long enough"),
        "no signature": jwt.encode({"sub": "x", "exp": 2**31}, "", algorithm="none"),
        "no subject": open_all_day.identity(""),
        "nonsense": "nonsense",
        "long subject": open_all_day.identity("x" * 201),
    }

    answer = await _opens(open_all_day, identity=made[wrong])

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/not-signed-in")


async def test_a_new_secret_makes_old_signatures_worthless(tandem: Server) -> None:
    boss = await tandem.agent("管理员", "administrator")
    old = tandem.identity("x")
    secret = (await boss.posts(f"/api/channels/{tandem.channel.id}/identity-secret", {}))["secret"]

    assert (await _opens(tandem, identity=old)).status_code == 401
    assert (await _opens(tandem, identity=tandem.identity("x", secret=secret))).status_code == 200
    assert secret not in str(await boss.gets("/api/channels"))


@pytest.mark.parametrize("channel", ["none", "", "../demo", "demo\x00"])
async def test_there_is_no_chat_on_an_unknown_channel(open_all_day: Server, channel: str) -> None:
    assert (await _opens(open_all_day, channel=channel)).status_code in (400, 404)


async def test_a_channel_that_is_switched_off_takes_nothing(tandem: Server) -> None:
    boss, customer = await tandem.agent("管理员", "administrator"), await tandem.customer()
    answer = await boss.calls("PATCH", f"/api/channels/{tandem.channel.id}", json={"active": False})
    assert answer.status_code == 200

    assert (await customer.calls("POST", "messages", json={"client_id": "a", "text": "x"})).status_code == 404
    assert (await _opens(tandem)).status_code == 404


async def test_a_forged_token_of_a_visitor_is_refused(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    for token in ("x", "a.b.c", customer.token[:-3] + "abc"):
        answer = await customer.calls("GET", "timeline", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401
