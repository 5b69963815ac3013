"""A widget as docs/protocol.md asks it to be, under a server that dies: every message is repeated until it is known to be stored,
the timeline grows by the cursor rule alone, and lost sockets are opened again."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from bench.calls import Calls, Unanswered, decoded
from bench.widget import CHANNEL, Entry, News, Socket, open_socket

_CALL_SECONDS = 10.0
_ANSWER_SECONDS = 6.0  # a person does not wait longer before writing again
_PAUSES = (0.1, 3.0)  # seconds: the first, the longest
_REPEATED = 0.02  # of the calls that were answered are made again, as if the answer had been lost
_LEAVES_QUEUE = 0.5  # of those who wait for a person go back to the assistant


class Wrong(Exception):
    """The server said something that it must never say to a well-behaved widget."""


class Page(Struct, frozen=True):
    entries: list[Entry]
    after: int
    through: int
    more: bool


class LastingWidget:
    """`acknowledged` is what the server promised to have: client id to (seq, id). `entries` is what is on the screen."""

    def __init__(self, port: int, chance: random.Random, stored: Callable[[], None], answered: Callable[[], None]) -> None:
        self._port = port
        self._chance = chance
        self._tell_stored = stored
        self._tell_answered = answered
        self._calls = Calls(port)
        self._socket: Socket | None = None
        self._greeted = asyncio.Event()
        self._gone = asyncio.Event()
        self._heard = asyncio.Event()
        self._catching: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._waits = False
        self._token = ""
        self.conversation = ""
        self.cursor = 0
        self.entries: dict[int, Entry] = {}
        self.acknowledged: dict[str, tuple[int, str]] = {}
        self.retries = 0
        self.gaps = 0

    @property
    def listens(self) -> bool:
        """Its socket is open and the server has said so."""
        return self._greeted.is_set()

    async def opens(self) -> None:
        """Raises `Wrong`."""
        opened = await self._insist("/api/chat/session", {"channel": CHANNEL, "locale": "zh-CN"})
        self._token = opened["token"]
        self._calls.headers["Authorization"] = f"Bearer {self._token}"
        self._listening = asyncio.create_task(self._keep_listening())

    async def says(self, text: str) -> None:
        """Until it is stored; then waits a while for the answer, as a person does. Raises `Wrong`."""
        message = {"client_id": str(UUID(int=self._chance.getrandbits(128))), "text": text}
        entry = await self._send(message)
        if self._chance.random() < _REPEATED:
            again = await self._send(message)
            if again["id"] != entry["id"]:
                raise Wrong(f"{message['client_id']} was stored twice")
        self._tell_stored()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._answer_after(entry["seq"])
        if self._waits and self._chance.random() < _LEAVES_QUEUE:
            await self._insist("/api/chat/return", {})
            self._waits = False

    async def leaves(self) -> None:
        tasks = [task for task in (self._listening, self._catching) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._socket:
            self._socket.close()
        self._calls.close()

    async def _send(self, message: dict[str, str]) -> dict[str, Any]:
        entry: dict[str, Any] = (await self._insist("/api/chat/messages", message))["entry"]
        place = (int(entry["seq"]), str(entry["id"]))
        known = self.acknowledged.setdefault(message["client_id"], place)
        if known != place:
            raise Wrong(f"{message['client_id']} was {known} and is now {place}")
        if not self.conversation:
            self.conversation = entry["conversation"]
            self._follow()
        return entry

    async def _insist(self, path: str, body: object) -> Any:
        """The same call with growing pauses for as long as the network or the server is away. Raises `Wrong`."""
        pause, longest = _PAUSES
        while True:
            try:
                status, answer = await self._calls.post(path, body, _CALL_SECONDS)
            except Unanswered:
                status, answer = 0, b""
            if status in (200, 201):
                return decoded(answer)
            if status and status < 500 and status != 429:
                raise Wrong(f"{path}: {status} {answer[:200].decode(errors='replace')}")
            asked = decoded(answer)["retry_after"] if status == 429 else 0
            self.retries += 1
            await asyncio.sleep(max(asked, pause * self._chance.uniform(0.5, 1.5)))
            pause = min(pause * 2, longest)

    # The socket -------------------------------------------------------------------------------------------------------

    async def _keep_listening(self) -> None:
        pause, longest = _PAUSES
        while True:
            self._gone.clear()
            try:
                self._socket = await open_socket(self._port, self._token, self._hear, self._gone.set)
                async with asyncio.timeout(_CALL_SECONDS):
                    await self._greeted.wait()
                pause = _PAUSES[0]
                await self._gone.wait()
            except Exception:  # refused, reset, cut in the middle of a handshake, not answered: all the same to a widget
                if self._socket:
                    self._socket.close()
            self._socket = None
            self._greeted.clear()
            await asyncio.sleep(pause * self._chance.uniform(0.5, 1.5))
            pause = min(pause * 2, longest)

    def _hear(self, news: News) -> None:
        if news.type == "ready":
            self._greeted.set()
            self._follow()
        elif news.type == "entries":
            self._apply(news.entries, news.after, news.through)
        elif news.type == "again":
            self._catch_up()

    def _follow(self) -> None:
        if self.listens and self._socket and self.conversation:
            self._socket.send({"op": "follow", "conversation": self.conversation, "since": self.cursor})

    # The cursor rule --------------------------------------------------------------------------------------------------

    def _apply(self, entries: list[Entry], after: int, through: int) -> None:
        if through <= self.cursor:
            return
        if after > self.cursor:
            self.gaps += 1
            self._catch_up()
            return
        for entry in entries:
            if entry.seq > self.cursor:
                self._put(entry)
        self.cursor = through
        self._heard.set()

    def _put(self, entry: Entry) -> None:
        self.entries[entry.seq] = entry
        if entry.body.type == "handed_off":
            self._waits = True
        if entry.by.kind == "assistant" and entry.body.type == "message":
            self._tell_answered()

    def _catch_up(self) -> None:
        if self._catching is None or self._catching.done():
            self._catching = asyncio.create_task(self._ask_since())

    async def _ask_since(self) -> None:
        calls = Calls(self._port, dict(self._calls.headers))
        more = True
        while more:
            try:
                status, body = await calls.get(f"/api/chat/timeline?since={self.cursor}&limit=200", _CALL_SECONDS)
            except Unanswered:
                status, body = 0, b""
            if status != 200:
                await asyncio.sleep(self._chance.uniform(0.2, 1.0))
                continue
            page = msgspec.json.decode(body, type=Page)
            self._apply(page.entries, page.after, page.through)
            more = page.more
        calls.close()

    async def _answer_after(self, seq: int) -> None:
        while not any(it.seq > seq and it.by.kind != "customer" for it in reversed(self.entries.values())):
            self._heard.clear()
            await self._heard.wait()
