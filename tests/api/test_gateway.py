"""The socket: who may open it, what he hears, and what ends it."""

from uuid import UUID

import pytest

from tandem.api import gateway
from world.line import customer_line, desk_line, line
from world.server import Server

NOT_SIGNED_IN, MALFORMED, TOO_MANY, UNKNOWN = 4401, 4400, 4429, 4404


async def test_a_socket_that_does_not_say_who_it_is_is_closed(tandem: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "_HELLO_SECONDS", 0.05)
    async with line(tandem.url, "/api/chat/socket") as silent:
        assert await silent.is_closed() == NOT_SIGNED_IN


@pytest.mark.parametrize("token", ["", "forged", "a.b.c"])
async def test_a_forged_token_is_refused(tandem: Server, token: str) -> None:
    async with line(tandem.url, "/api/chat/socket") as stranger:
        await stranger.sends(op="hello", token=token)
        assert await stranger.is_closed() == NOT_SIGNED_IN


async def test_a_customers_token_opens_no_desk(tandem: Server) -> None:
    customer = await tandem.customer()
    async with line(tandem.url, "/api/socket", origin=tandem.url) as stranger:
        await stranger.sends(op="hello", token=customer.token)
        assert await stranger.is_closed() == NOT_SIGNED_IN


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
async def test_another_sites_page_cannot_listen_in_with_an_agents_cookie(tandem: Server, origin: str | None) -> None:
    agent = await tandem.agent()
    cookies = "; ".join(f"{key}={value}" for key, value in agent.http.cookies.items())
    headers = {"Cookie": cookies} | ({"Origin": origin} if origin else {})
    async with line(tandem.url, "/api/socket", additional_headers=headers) as stranger:
        await stranger.sends(op="hello")
        assert await stranger.is_closed() == NOT_SIGNED_IN


async def test_there_is_no_other_socket(tandem: Server) -> None:
    async with line(tandem.url, "/api/elsewhere") as stranger:
        await stranger.sends(op="hello")
        assert await stranger.is_closed() == UNKNOWN


@pytest.mark.parametrize("text", ["", "{", "[]", '{"op":"dance"}', '{"op":"follow","conversation":"x"}', b"\xff\xfe", '"\\ud800"'])
async def test_what_is_no_frame_of_the_protocol_ends_the_socket(tandem: Server, text: str | bytes) -> None:
    customer = await tandem.customer()
    async with customer_line(customer, follow=False) as broken:
        await broken.sends_text(text)
        assert await broken.is_closed() == MALFORMED


async def test_a_customer_hears_his_own_conversation_and_no_other(tandem: Server) -> None:
    one, other = await tandem.customer(), await tandem.customer()
    await one.asks("我的秘密")
    await other.asks("你好")
    async with customer_line(other) as listening:
        await listening.follows(one.conversation)
        await listening.sends(op="typing", conversation=one.conversation, on=True)
        await one.asks("还有一个秘密")
        await other.says("完")
        await listening.hears("entries", lambda it: any(entry["body"].get("text") == "完" for entry in it["entries"]))

    assert {it["conversation"] for it in listening.frames if "conversation" in it} == {other.conversation}
    assert "秘密" not in str(listening.frames)


async def test_a_customer_never_hears_what_is_internal(tandem: Server) -> None:
    agent = await tandem.agent()
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    async with customer_line(customer) as listening, desk_line(agent) as desk:
        await desk.follows(customer.conversation)
        await agent.notes(customer.conversation, "只给同事看")
        await agent.replies(customer.conversation, "给客户看")
        await listening.hears("entries", lambda it: "给客户看" in str(it))
        await desk.hears("entries", lambda it: "只给同事看" in str(it))

    assert "只给同事看" not in str(listening.frames)
    assert '"packet": "' not in str(listening.frames).replace("'", '"')


async def test_typing_is_shown_to_the_other_side_alone(tandem: Server) -> None:
    agent = await tandem.agent("王芳")
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    async with customer_line(customer) as page, customer_line(customer) as other_page, desk_line(agent) as desk:
        await desk.follows(customer.conversation)
        await desk.hears("entries")
        await page.sends(op="typing", conversation=customer.conversation, on=True)
        typing = await desk.hears("typing")
        assert typing["by"] == {"kind": "customer", "name": ""}

        await desk.sends(op="typing", conversation=customer.conversation, on=True)
        assert (await page.hears("typing"))["by"] == {"kind": "agent", "name": "王芳"}
        assert (await other_page.hears("typing"))["by"]["kind"] == "agent"

    assert [it["by"]["kind"] for it in page.heard("typing")] == ["agent"]


async def test_the_desk_hears_of_every_conversation_as_a_row_of_the_inbox(tandem: Server) -> None:
    agent = await tandem.agent()
    async with desk_line(agent) as desk:
        customer = await tandem.customer()
        await customer.says("在吗")
        row = (await desk.hears("inbox", lambda it: it["conversation"]["id"] == customer.conversation))["conversation"]
        assert (row["owner"], row["contact"]["id"] != "") == ("assistant", True)

        await customer.presses_for_a_person()
        queued = await desk.hears("inbox", lambda it: it["conversation"]["owner"] == "queue")

    assert queued["conversation"] == (await agent.sees(customer.conversation))["conversation"]


async def test_colleagues_hear_who_comes_and_goes(tandem: Server) -> None:
    watching, leaving = await tandem.agent("甲"), await tandem.agent("乙")
    async with desk_line(watching) as desk:
        await leaving.puts("/api/me/presence", {"state": "break"})
        frame = await desk.hears("colleague", lambda it: it["colleague"]["name"] == "乙")

    assert frame["colleague"]["state"] == "break"


async def test_whoever_waits_moves_up_when_the_one_before_him_is_accepted(tandem: Server) -> None:
    agent = await tandem.agent()
    first, second = await tandem.customer(), await tandem.customer()
    await first.presses_for_a_person()
    await second.presses_for_a_person()
    async with customer_line(second) as waiting:
        assert (await waiting.hears("state"))["state"]["queue"]["place"] == 2
        await agent.accepts(first.conversation)
        moved = await waiting.hears("state", lambda it: it["state"]["queue"]["place"] == 1)

    assert moved["state"]["owner"] == "queue"


async def test_every_page_of_a_customer_hears_that_a_person_took_over(tandem: Server) -> None:
    agent = await tandem.agent("王芳")
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    async with customer_line(customer) as first, customer_line(customer) as second:
        await agent.accepts(customer.conversation)
        for page in (first, second):
            await page.hears("state", lambda it: it["state"]["agent_name"] == "王芳")


async def test_what_a_page_is_told_as_it_opens_is_still_told_to_those_that_were_open_before(tandem: Server) -> None:
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    async with customer_line(customer) as first:
        await first.hears("state")
        async with tandem.app.services.db.write() as tx:  # a change whose news was lost
            await tx.db.execute("update conversation set read_by_agent = 1 where id = $1", UUID(customer.conversation))
        async with customer_line(customer) as second:
            await second.hears("state", lambda it: it["state"]["read_by_agent"] == 1)
            tandem.app.services.bus.tell("queue", None)
            await first.hears("state", lambda it: it["state"]["read_by_agent"] == 1)


async def test_marks_of_reading_are_told(tandem: Server) -> None:
    agent = await tandem.agent()
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    async with desk_line(agent) as desk:
        await desk.follows(customer.conversation)
        said = await agent.replies(customer.conversation, "您好")
        await customer.calls("POST", "read", json={"seq": said["seq"]})
        read = await desk.hears("read", lambda it: it["by"] == "customer")

    assert read == {"type": "read", "conversation": customer.conversation, "by": "customer", "seq": said["seq"]}


async def test_whoever_sends_frames_without_end_is_cut_off(tandem: Server) -> None:
    customer = await tandem.customer()
    await customer.says("在吗")
    async with customer_line(customer) as flooding:
        for _ in range(200):
            await flooding.sends(op="typing", conversation=customer.conversation, on=True)
        assert await flooding.is_closed() == TOO_MANY


async def test_an_agent_who_was_deactivated_hears_nothing_more(tandem: Server) -> None:
    boss, agent = await tandem.agent("主管", "administrator"), await tandem.agent()
    async with desk_line(agent) as desk, desk_line(boss) as stays:
        answer = await boss.calls("PATCH", f"/api/users/{agent.me['user']['id']}", json={"active": False})
        assert answer.status_code == 200
        assert await desk.is_closed() == NOT_SIGNED_IN
        await boss.puts("/api/me/presence", {"state": "busy"})
        await stays.hears("colleague")


async def test_a_new_password_ends_all_other_sessions_and_their_sockets(tandem: Server) -> None:
    agent = await tandem.agent()
    elsewhere = await tandem.again(agent)
    async with desk_line(elsewhere) as old, desk_line(agent) as kept:
        body = {"old": "correct horse battery", "new": "battery horse correct"}
        assert (await agent.calls("POST", "/api/me/password", json=body)).status_code == 204
        assert await old.is_closed() == NOT_SIGNED_IN
        await agent.puts("/api/me/presence", {"state": "busy"})
        await kept.hears("colleague")
    assert (await elsewhere.calls("GET", "/api/me")).status_code == 401
    assert (await agent.calls("GET", "/api/me")).status_code == 200


async def test_signing_out_closes_the_socket(tandem: Server) -> None:
    agent = await tandem.agent()
    async with desk_line(agent) as desk:
        assert (await agent.calls("POST", "/api/sign-out")).status_code == 204
        assert await desk.is_closed() == NOT_SIGNED_IN


async def test_no_socket_is_kept_after_it_ended(tandem: Server) -> None:
    customer = await tandem.customer()
    await customer.says("在吗")
    async with customer_line(customer) as page:
        await page.drops()
    async with desk_line(await tandem.agent()):
        pass

    assert tandem.app.hub.customer_online(UUID(customer.conversation)) is False
