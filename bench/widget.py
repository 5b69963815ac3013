"""A customer's chat as the server sees it: calls over HTTP, news over a socket, docs/protocol.md in between."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Struct
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.calls import Calls, checked

CHANNEL = "demo"
_ANSWER_SECONDS = 60.0


class By(Struct, frozen=True):
    kind: str


class Body(Struct, frozen=True):
    type: str


class Entry(Struct, frozen=True):
    """What of an entry a measurement looks at."""

    seq: int
    id: str
    by: By
    body: Body
    client_id: str | None = None


class News(Struct, frozen=True):
    """Any frame of the server; what a kind of frame does not have is left at its default."""

    type: str
    conversation: str | None = None
    entries: list[Entry] = []
    after: int = 0
    through: int = 0
    state: dict[str, Any] = {}


_news: msgspec.json.Decoder[News] = msgspec.json.Decoder(News)


class Socket(WSListener):
    """One open socket. `hear` is called with each frame, `lost` once when it ends."""

    def __init__(self, hear: Callable[[News], None], lost: Callable[[], None] = lambda: None) -> None:
        self._hear = hear
        self._lost = lost
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self._hear(_news.decode(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002
        self.transport = None
        self._lost()

    def send(self, frame: dict[str, object]) -> None:
        if self.transport:
            self.transport.send(WSMsgType.TEXT, msgspec.json.encode(frame))

    def close(self) -> None:
        if self.transport:
            self.transport.disconnect()


async def open_socket(port: int, token: str, hear: Callable[[News], None], lost: Callable[[], None] = lambda: None) -> Socket:
    """Connected and greeted; `ready` comes as the first news. Raises picows' and the system's errors."""
    socket = Socket(hear, lost)
    await ws_connect(lambda: socket, f"ws://127.0.0.1:{port}/api/chat/socket")
    socket.send({"op": "hello", "token": token})
    return socket


class Visitor:
    """Somebody with the widget open. One question at a time: `asks` returns when its answer was seen on the socket."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.calls = Calls(port)
        self.token = ""
        self.conversation = ""
        self.waits = False
        self._socket: Socket | None = None
        self._ready = asyncio.Event()
        self._answered = 0
        self._waiting: tuple[int, asyncio.Future[float]] | None = None

    async def opens(self) -> None:
        """The widget is there; nothing has been said. Raises `Refused`."""
        opened = checked(*await self.calls.post("/api/chat/session", {"channel": CHANNEL, "locale": "zh-CN"}))
        self.token = opened["token"]
        self.calls.headers["Authorization"] = f"Bearer {self.token}"
        self._socket = await open_socket(self._port, self.token, self._hear)
        await self._ready.wait()

    async def asks(self, text: str) -> float:
        """Seconds from the call to the answer on the socket. Raises `Refused`, `TimeoutError`."""
        clock = asyncio.get_running_loop().time
        started = clock()
        said = checked(*await self.calls.post("/api/chat/messages", {"client_id": uuid4().hex, "text": text}))
        if not self.conversation:
            self._follow(said["entry"]["conversation"], said["entry"]["seq"])
        return await self._answer(said["entry"]["seq"], clock()) - started

    async def returns(self) -> None:
        """Out of the queue, so that the assistant answers the next question too."""
        checked(*await self.calls.post("/api/chat/return", {}))
        self.waits = False

    def _follow(self, conversation: str, since: int) -> None:
        self.conversation = conversation
        assert self._socket is not None
        self._socket.send({"op": "follow", "conversation": conversation, "since": since})

    async def _answer(self, seq: int, now: float) -> float:
        if self.waits or self._answered > seq:
            return now
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting = seq, future
        async with asyncio.timeout(_ANSWER_SECONDS):
            return await future

    def _hear(self, news: News) -> None:
        if news.type == "ready":
            self._ready.set()
        elif news.type == "entries":
            self.waits |= any(it.body.type == "handed_off" for it in news.entries)
            answers = [it.seq for it in news.entries if it.by.kind == "assistant" and it.body.type in ("message", "handed_off")]
            self._answered = max([self._answered, *answers])
            # Who spoke just as he was handed over spoke to a person, and none will come here: his turn ends with that news.
            over = self._waiting is not None and (self.waits or self._answered > self._waiting[0])
            if over and self._waiting and not self._waiting[1].done():
                self._waiting[1].set_result(asyncio.get_running_loop().time())

    def leaves(self) -> None:
        self.calls.close()
        if self._socket:
            self._socket.close()
