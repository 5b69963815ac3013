"""The cursor rule: whatever the network does, a client ends with exactly the timeline."""

import asyncio
import contextlib
import json
import random
import socket
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tandem.api.socket import MOST_WAITING
from world.agent import Agent
from world.customer import Customer
from world.line import customer_line, desk_line
from world.server import Server
from world.waiting import eventually

Json = dict[str, Any]


class Screen:
    """A client that knows nothing but the cursor rule of `docs/protocol.md`."""

    def __init__(self, customer: Customer) -> None:
        self._customer = customer
        self.cursor = 0
        self.entries: dict[int, Json] = {}
        self.dropped = 0
        self.gaps = 0

    async def run(self, chance: random.Random) -> None:
        """For ever, over a network that breaks every few frames."""
        address = self._customer.url.replace("http://", "ws://") + "/api/chat/socket"
        while True:
            with contextlib.suppress(ConnectionClosed, InvalidHandshake, OSError):
                async with connect(address, compression=None, proxy=None) as connection:
                    await self._listen(connection, frames=chance.randint(2, 12))
            self.dropped += 1

    async def _listen(self, connection: ClientConnection, frames: int) -> None:
        hello = {"op": "hello", "token": self._customer.token}
        await connection.send(json.dumps(hello))
        await connection.send(json.dumps({"op": "follow", "conversation": self._customer.conversation, "since": self.cursor}))
        for _ in range(frames):
            await self._apply(json.loads(await connection.recv()))
        connection.transport.abort()

    async def _apply(self, frame: Json) -> None:
        if frame["type"] == "again":
            await self._ask()
        elif frame["type"] == "entries" and frame["after"] > self.cursor:
            self.gaps += 1
            await self._ask()
        elif frame["type"] == "entries" and frame["through"] > self.cursor:
            self._keep(frame)

    async def _ask(self) -> None:
        while True:
            page = (await self._customer.calls("GET", f"timeline?since={self.cursor}&limit=200")).json()
            self._keep(page)
            if not page["more"]:
                return

    def _keep(self, part: Json) -> None:
        for entry in part["entries"]:
            assert self.entries.setdefault(entry["seq"], entry) == entry
        self.cursor = max(self.cursor, part["through"])


async def _talks(agent: Agent, conversation: str, count: int) -> None:
    for number in range(0, count, 10):
        await asyncio.gather(*(agent.replies(conversation, f"第 {number + more} 条") for more in range(10)))
        await agent.notes(conversation, "only for colleagues")


@pytest.mark.slow
async def test_a_client_whose_network_breaks_all_the_time_ends_with_exactly_the_timeline(tandem: Server) -> None:
    agent = await tandem.agent()
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    screens = [Screen(customer) for _ in range(3)]
    running = [asyncio.create_task(it.run(random.Random(number))) for number, it in enumerate(screens)]

    await _talks(agent, customer.conversation, 500)
    last = (await agent.sees(customer.conversation))["conversation"]["last_seq"]

    async def all_there() -> bool:
        return all(it.cursor == last for it in screens)

    await eventually(all_there)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    timeline = await customer.timeline()
    assert sum(it["body"]["type"] == "message" for it in timeline) == 500
    for screen in screens:
        assert sorted(screen.entries.values(), key=lambda it: it["seq"]) == timeline
        assert screen.dropped > 10


async def test_a_page_that_is_far_behind_is_told_to_ask_again(tandem: Server) -> None:
    agent = await tandem.agent()
    customer = await tandem.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    await _talks(agent, customer.conversation, 230)

    async with customer_line(customer) as behind:
        assert (await behind.hears("again"))["conversation"] == customer.conversation
        first = behind.heard("entries")[0]

    assert (first["after"], first["through"]) == (0, 200)


async def test_a_page_that_is_up_to_date_is_told_so_and_sent_nothing_old(tandem: Server) -> None:
    customer = await tandem.customer()
    await customer.asks("你好")
    last = (await customer.timeline())[-1]["seq"]
    async with customer_line(customer, follow=False) as page:
        await page.follows(customer.conversation, since=last)
        line_is_alive = await page.hears("entries")
        said = await customer.says("还在吗")
        frame = await page.hears("entries", lambda it: bool(it["entries"]))

    assert (line_is_alive["entries"], line_is_alive["through"]) == ([], last)
    assert (frame["after"], frame["entries"][0]["seq"]) == (last, said["seq"])


async def test_whoever_unfollows_hears_no_more(tandem: Server) -> None:
    customer, other = await tandem.customer(), await tandem.customer()
    await customer.asks("你好")
    await other.asks("你好")
    agent = await tandem.agent()
    async with desk_line(agent) as desk:
        await desk.follows(customer.conversation)
        await desk.sends(op="unfollow", conversation=customer.conversation)
        await desk.follows(other.conversation)
        await desk.hears("entries", lambda it: it["conversation"] == other.conversation)
        said = await customer.says("还在吗")
        await desk.hears("inbox", lambda it: it["conversation"]["last_seq"] >= said["seq"])

    assert all(it["through"] < said["seq"] for it in desk.heard("entries") if it["conversation"] == customer.conversation)


@pytest.mark.slow
async def test_a_socket_that_never_reads_costs_little_and_is_told_to_ask_again(tandem: Server) -> None:
    """Its frames are thrown away beyond a bound; whoever reads is served as ever."""
    customer = await tandem.customer()
    await customer.asks("你好")
    address = tandem.url.replace("http://", "ws://") + "/api/chat/socket"
    async with customer_line(customer) as reading, connect(address, compression=None, proxy=None, sock=_narrow(tandem.url)) as deaf:
        await deaf.send(json.dumps({"op": "hello", "token": customer.token}))
        await deaf.send(json.dumps({"op": "follow", "conversation": customer.conversation, "since": 0}))
        await deaf.recv()
        await deaf.recv()
        deaf.transport.pause_reading()

        for number in range(6):
            _compose(tandem, customer, frames=100, turn=str(number))
            await reading.hears("draft", lambda it, turn=f"{number}.99": it["turn"] == turn)  # type: ignore[misc]

        assert len(reading.heard("draft")) == 600
        assert len(reading.heard("again")) == 0
        waiting = sorted(it.waiting for it in tandem.sockets(customer.conversation))
        assert 0 < waiting[-1] <= MOST_WAITING
        deaf.transport.resume_reading()
        frame: Json = {}
        while frame.get("type") != "again":
            frame = json.loads(await asyncio.wait_for(deaf.recv(), 60))
    assert frame["conversation"] == customer.conversation


def _narrow(url: str) -> socket.socket:
    """A connection that holds as little as the system allows."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", int(url.rpartition(":")[2])))
    narrow.setblocking(False)
    return narrow


def _compose(tandem: Server, customer: Customer, *, frames: int, turn: str) -> None:
    """The assistant shows what it is composing, which is told frame by frame."""
    for number in range(frames):
        news = {"conversation": customer.conversation, "turn": f"{turn}.{number}", "text": "长" * 8000}
        tandem.app.services.bus.tell("draft", news)
