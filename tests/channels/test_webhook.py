"""A channel of one's own over signed HTTP, both ways."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from tandem.channels import store as channels
from tandem.channels import webhook
from tandem.channels.model import Channel
from tandem.infra.settings import Settings
from tandem.kit.clock import SetClock
from tandem.kit.crypto import Forged
from tandem.kit.ids import new_id
from world.agent import Agent
from world.platform import Platform, platform
from world.server import Server, running

SECRET = "the secret that both sides share"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Bridge:
    """A platform that Tandem does not speak, joined to it by a webhook channel."""

    server: Server
    there: Platform
    clock: SetClock
    agent: Agent

    async def sends(self, text: str, *, event: str, thread: str = "t1", **how: Any) -> httpx.Response:
        body = json.dumps(
            {"event": event, "thread": thread, "sender": f"{thread}-somebody", "text": text, "name": "李女士"}
        ).encode()
        signature = how.get("signature") or webhook.sign(how.get("secret", SECRET), body, how.get("at", self.clock.now()))
        return await self.server.http().post("/api/channels/hook/events", content=body, headers={webhook.SIGNATURE: signature})

    async def conversation(self, thread: str = "t1") -> str:
        """One that the agent has accepted."""
        found: str = (await self.sends("在吗", event=f"first-{thread}", thread=thread)).json()["conversation"]
        await self.agent.accepts(found)
        return found

    async def delivers(self, conversation: str) -> None:
        await self.server.app.outbox.deliver(UUID(conversation))

    async def states(self) -> list[tuple[str, int]]:
        async with self.server.app.services.db.read() as db:
            rows = await db.fetch("select state, attempts from outbox order by conversation_id, seq")
        return [(row["state"], row["attempts"]) for row in rows]

    def texts(self) -> list[str]:
        return [json.loads(it.body)["message"]["text"] for it in self.there.calls]


@pytest.fixture
async def bridge(settings: Settings, dsn: str) -> AsyncIterator[Bridge]:
    """No job runs by itself: the test says when the outbox delivers."""
    clock = SetClock(START)
    async with platform() as there:
        allowed = msgspec.structs.replace(settings, outside_allowed=frozenset({f"127.0.0.1:{there.port}"}))
        async with running(allowed, dsn, works=False, clock=clock) as server:
            services = server.app.services
            channel = Channel(new_id(START), webhook.KIND, "hook", "Hook", True, {"url": f"{there.url}/in"})
            async with services.db.write() as tx:
                await channels.add(tx.db, channel, services.keys.seal(SECRET), START)
            yield Bridge(server, there, clock, await server.agent("王芳"))


async def test_a_message_is_acknowledged_only_once_it_is_stored(bridge: Bridge) -> None:
    answer = await bridge.sends("还有货吗", event="e1")

    assert answer.status_code == 200
    timeline = await bridge.agent.timeline(answer.json()["conversation"])
    assert [(it["seq"], it["body"]["text"], it["by"]["name"]) for it in timeline] == [(answer.json()["seq"], "还有货吗", "李女士")]
    async with bridge.server.app.services.db.read() as db:
        assert await db.fetchval("select raw->>'text' from inbound_event where event_id = 'e1'") == "还有货吗"


async def test_an_event_delivered_again_changes_nothing_and_is_acknowledged_alike(bridge: Bridge) -> None:
    first = await bridge.sends("还有货吗", event="e1")
    again = await bridge.sends("还有货吗", event="e1")

    assert first.json() == again.json()
    assert len(await bridge.agent.timeline(first.json()["conversation"])) == 1


async def test_threads_are_conversations_of_their_own(bridge: Bridge) -> None:
    one = await bridge.sends("一", event="e1", thread="a")
    other = await bridge.sends("二", event="e2", thread="b")

    assert one.json()["conversation"] != other.json()["conversation"]


@pytest.mark.parametrize("age", [301, -301])
async def test_an_old_signature_is_refused(bridge: Bridge, age: int) -> None:
    answer = await bridge.sends("x", event="e1", at=START - timedelta(seconds=age))

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/not-signed-in")


@pytest.mark.parametrize("signature", ["", "t=1", "v1=00", "t=x,v1=y", "t=²,v1=y", "t=1795399200,v1=", "ab" * 5000])
async def test_a_forged_signature_is_refused(bridge: Bridge, signature: str) -> None:
    assert (await bridge.sends("x", event="e1", signature=signature.encode("latin-1") or b"none")).status_code == 401


async def test_the_signature_of_another_channel_is_refused(bridge: Bridge) -> None:
    assert (await bridge.sends("x", event="e1", secret="some other secret")).status_code == 401
    async with bridge.server.app.services.db.read() as db:
        assert await db.fetchval("select count(*) from inbound_event") == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"event": 1}', b'{"event": "", "thread": "t", "sender": "s", "text": "x"}', b"\xff"]
)
async def test_a_signed_call_that_cannot_be_read_is_a_clear_problem(bridge: Bridge, body: bytes) -> None:
    headers = {webhook.SIGNATURE: webhook.sign(SECRET, body, START)}
    answer = await bridge.server.http().post("/api/channels/hook/events", content=body, headers=headers)

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-input")


async def test_names_and_ids_of_a_stranger_are_made_safe(bridge: Bridge) -> None:
    body = json.dumps({"event": "e\x00", "thread": "t", "sender": "s", "text": "x"}).encode()
    headers = {webhook.SIGNATURE: webhook.sign(SECRET, body, START)}
    assert (await bridge.server.http().post("/api/channels/hook/events", content=body, headers=headers)).status_code == 400

    body = json.dumps(
        {"event": "e", "thread": "t", "sender": "s", "text": "x\x00y", "name": "n\x00" * 200, "locale": "\x00zh"}
    ).encode()
    headers = {webhook.SIGNATURE: webhook.sign(SECRET, body, START)}
    assert (await bridge.server.http().post("/api/channels/hook/events", content=body, headers=headers)).status_code == 200


async def test_a_reply_goes_out_signed_with_a_key_that_makes_repeating_it_harmless(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    said = await bridge.agent.replies(conversation, "有货")

    await bridge.delivers(conversation)

    call = bridge.there.calls[0]
    webhook.verify(SECRET, call.body, call.headers["tandem-signature"], START)
    sent = json.loads(call.body)
    assert (sent["thread"], sent["message"]["text"], sent["id"]) == ("t1", "有货", call.headers["idempotency-key"])
    assert sent["at"] == said["at"]
    assert await bridge.states() == [("sent", 1)]


async def test_notes_and_the_customers_own_words_never_go_out(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    await bridge.agent.notes(conversation, "内部")
    await bridge.sends("我自己的话", event="e2")

    await bridge.delivers(conversation)

    assert bridge.there.calls == []


async def test_a_platform_that_is_busy_is_asked_again_later_under_the_same_key(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    bridge.there.answers += [(503, {}, b""), (429, {}, b"")]
    await bridge.agent.replies(conversation, "有货")

    for pause in (0, 2, 10):
        bridge.clock.move(timedelta(seconds=pause))
        await bridge.delivers(conversation)

    assert len({it.headers["idempotency-key"] for it in bridge.there.calls}) == 1
    assert len(bridge.there.calls) == 3
    assert await bridge.states() == [("sent", 3)]


async def test_a_call_that_was_cut_off_is_uncertain_and_never_repeated(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    bridge.there.answers.append(None)
    await bridge.agent.replies(conversation, "有货")

    await bridge.delivers(conversation)
    bridge.clock.move(timedelta(hours=1))
    await bridge.delivers(conversation)
    await bridge.server.app.outbox.sweep(bridge.clock.now())
    await bridge.delivers(conversation)

    assert bridge.texts() == ["有货"]
    assert await bridge.states() == [("uncertain", 1)]
    unsettled = (await bridge.agent.sees(conversation))["unsettled"]
    assert [(it["state"], it["problem"]) for it in unsettled] == [("uncertain", "RemoteProtocolError")]


async def test_a_platform_that_is_not_there_gets_the_message_when_it_is_back(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    await bridge.agent.replies(conversation, "有货")
    async with platform() as gone:
        away = gone.port
    await _move(bridge, f"http://127.0.0.1:{away}/in")
    bridge.server.app.outbox._adapters["webhook"]._outside._allowed |= {f"127.0.0.1:{away}"}  # type: ignore[attr-defined]
    await bridge.delivers(conversation)
    assert await bridge.states() == [("pending", 1)]

    await _move(bridge, f"{bridge.there.url}/in")
    bridge.clock.move(timedelta(seconds=2))
    await bridge.delivers(conversation)

    assert bridge.texts() == ["有货"]
    assert await bridge.states() == [("sent", 2)]


async def _move(bridge: Bridge, url: str) -> None:
    async with bridge.server.app.services.db.write() as tx:
        channel = await channels.by_key(tx.db, "hook")
        assert channel is not None
        await channels.change(tx.db, channel.id, name=None, active=None, config={"url": url})


@pytest.mark.parametrize("url", ["", "http://169.254.169.254/", "http://[bad", "not an address"])
async def test_an_address_that_may_not_be_called_fails_the_message_and_says_so(bridge: Bridge, url: str) -> None:
    conversation = await bridge.conversation()
    await _move(bridge, url)
    await bridge.agent.replies(conversation, "有货")

    await bridge.delivers(conversation)

    assert await bridge.states() == [("failed", 1)]
    assert (await bridge.agent.sees(conversation))["unsettled"][0]["problem"]


async def test_a_message_that_is_refused_fails_and_the_next_one_goes_on(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    bridge.there.answers.append((400, {}, b""))
    await bridge.agent.replies(conversation, "一")
    await bridge.agent.replies(conversation, "二")

    await bridge.delivers(conversation)

    assert await bridge.states() == [("failed", 1), ("sent", 1)]


async def test_later_messages_wait_behind_one_that_is_tried_again(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    bridge.there.answers.append((503, {}, b""))
    for text in ("一", "二", "三"):
        await bridge.agent.replies(conversation, text)

    await bridge.delivers(conversation)
    assert bridge.texts() == ["一"]
    bridge.clock.move(timedelta(seconds=2))
    await bridge.delivers(conversation)

    assert bridge.texts() == ["一", "一", "二", "三"]


async def test_one_busy_conversation_does_not_hold_up_another(bridge: Bridge) -> None:
    one, other = await bridge.conversation("a"), await bridge.conversation("b")
    bridge.there.answers.append((503, {}, b""))
    await bridge.agent.replies(one, "一")
    await bridge.agent.replies(other, "二")

    await bridge.delivers(one)
    await bridge.delivers(other)

    assert bridge.texts() == ["一", "二"]
    assert sorted(await bridge.states()) == [("pending", 1), ("sent", 1)]


async def test_a_message_whose_sender_died_becomes_uncertain_and_the_next_one_goes_on(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    await bridge.agent.replies(conversation, "一")
    await bridge.agent.replies(conversation, "二")
    async with bridge.server.app.services.db.write() as tx:  # as the sender left it: claimed, called, and gone
        row = await channels.first_due(tx.db, UUID(conversation))
        assert row is not None
        assert await channels.claim(tx.db, row.id, 0, START + timedelta(seconds=60))
    await bridge.delivers(conversation)
    assert bridge.there.calls == []

    bridge.clock.move(timedelta(minutes=3))
    await bridge.server.app.outbox.sweep(bridge.clock.now())
    await bridge.delivers(conversation)

    assert bridge.texts() == ["二"]
    assert await bridge.states() == [("uncertain", 1), ("sent", 1)]


async def test_after_all_attempts_a_message_fails_and_is_shown(bridge: Bridge) -> None:
    conversation = await bridge.conversation()
    bridge.there.answers += [(503, {}, b"")] * 8
    await bridge.agent.replies(conversation, "有货")

    for _ in range(10):
        await bridge.delivers(conversation)
        bridge.clock.move(timedelta(hours=2))

    assert len(bridge.there.calls) == 8
    assert await bridge.states() == [("failed", 8)]


def test_a_signature_holds_for_its_body_and_its_moment() -> None:
    signature = webhook.sign(SECRET, b"body", START)

    webhook.verify(SECRET, b"body", signature, START + timedelta(seconds=299))
    for body, at in ((b"other", START), (b"body", START + timedelta(seconds=301))):
        with pytest.raises(Forged):
            webhook.verify(SECRET, body, signature, at)
