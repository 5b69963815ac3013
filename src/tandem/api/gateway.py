"""The websocket door. Plain ASGI: a framework's socket object would cost more memory than the socket itself."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct

from tandem.access import store as access
from tandem.access.cookie import cookie_name
from tandem.api.hub import Hub
from tandem.api.services import Services
from tandem.api.socket import MOST_FOLLOWED, Socket, encoded
from tandem.channels import store as channels
from tandem.channels.webchat import visitor_of
from tandem.kit.crypto import Forged, digest
from tandem.timeline import store as timelines

log = structlog.get_logger()

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_HELLO_SECONDS = 5.0
_MOST_FRAMES = 120  # from one socket in a window of _WINDOW_SECONDS
_WINDOW_SECONDS = 10.0
_UNKNOWN, _NOT_SIGNED_IN, _TOO_MANY, _MALFORMED = 4404, 4401, 4429, 4400


class Hello(Struct, frozen=True, tag_field="op", tag="hello"):
    token: str = ""


class Follow(Struct, frozen=True, tag_field="op", tag="follow"):
    conversation: UUID
    since: int = 0


class Unfollow(Struct, frozen=True, tag_field="op", tag="unfollow"):
    conversation: UUID


class Typing(Struct, frozen=True, tag_field="op", tag="typing"):
    conversation: UUID
    on: bool


Frame = Hello | Follow | Unfollow | Typing
_decoder: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)


class Refused(Exception):
    """The socket is closed with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Gateway:
    """An ASGI application for sockets."""

    def __init__(self, services: Services, hub: Hub) -> None:
        self._services = services
        self._hub = hub

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})
        try:
            socket = await self._welcome(scope, receive, send)
        except Refused as refused:
            await send({"type": "websocket.close", "code": refused.code})
            return
        except _Gone:
            return
        side = "customer" if socket.visitor else "desk"
        self._services.numbers.sockets.labels(side).inc()
        try:
            await self._converse(socket, receive)
        except Refused as refused:
            await socket.close(refused.code)
        except _Gone:
            pass
        finally:
            socket.closed = True
            self._hub.leave(socket)
            self._services.numbers.sockets.labels(side).dec()

    async def _welcome(self, scope: dict[str, Any], receive: Receive, send: Send) -> Socket:
        """Raises `Refused` for whoever does not say in time who he is."""
        try:
            hello = await asyncio.wait_for(_next(receive), _HELLO_SECONDS)
        except TimeoutError:
            raise Refused(_NOT_SIGNED_IN) from None
        if not isinstance(hello, Hello):
            raise Refused(_MALFORMED)
        if scope["path"] == "/api/chat/socket":
            socket = self._customer(hello, send)
        elif scope["path"] == "/api/socket":
            socket = await self._desk(scope, send)
        else:
            raise Refused(_UNKNOWN)
        socket.push(encoded({"type": "ready"}))
        return socket

    def _customer(self, hello: Hello, send: Send) -> Socket:
        try:
            visitor = visitor_of(self._services.keys, hello.token, self._services.clock.now())
        except Forged:
            raise Refused(_NOT_SIGNED_IN) from None
        return Socket(send, visitor=visitor)

    async def _desk(self, scope: dict[str, Any], send: Send) -> Socket:
        headers = {key.decode().lower(): value.decode("latin-1") for key, value in scope["headers"]}
        # A browser sends our cookie along from any page; without this another site could listen in.
        if urlsplit(headers.get("origin", "")).netloc != headers.get("host"):
            raise Refused(_NOT_SIGNED_IN)
        token = _cookie(headers.get("cookie", ""), cookie_name(self._services.settings.secure))
        async with self._services.db.read() as db:
            session = await access.session(db, digest(token), self._services.clock.now())
        if session is None or not session.user.may("conversation:read"):
            raise Refused(_NOT_SIGNED_IN)
        socket = Socket(send, user=session.user, session_key=digest(token))
        self._hub.join_desk(socket)
        async with self._services.db.write() as tx:
            await self._services.book.arrived(tx, session.user.id, self._services.clock.now())
        return socket

    async def _converse(self, socket: Socket, receive: Receive) -> None:
        loop = asyncio.get_running_loop()
        window, count = loop.time(), 0
        while True:
            frame = await _next(receive)
            if loop.time() - window > _WINDOW_SECONDS:
                window, count = loop.time(), 0
            count += 1
            if count > _MOST_FRAMES:
                raise Refused(_TOO_MANY)
            await self._act(socket, frame)

    async def _act(self, socket: Socket, frame: Frame) -> None:
        if isinstance(frame, Follow):
            if len(socket.followed) < MOST_FOLLOWED and await self._may_follow(socket, frame.conversation):
                await self._hub.follow(socket, frame.conversation, min(max(frame.since, 0), 2**31 - 1))
        elif isinstance(frame, Unfollow):
            self._hub.unfollow(socket, frame.conversation)
        elif isinstance(frame, Typing) and frame.conversation in socket.followed:
            kind, name = ("agent", socket.user.name) if socket.user else ("customer", "")
            news = {"conversation": str(frame.conversation), "by": {"kind": kind, "name": name}, "on": frame.on}
            self._services.bus.tell("typing", news)

    async def _may_follow(self, socket: Socket, conversation: UUID) -> bool:
        """The desk may read all; a customer his own and no other."""
        if socket.visitor is None:
            return True
        async with self._services.db.read() as db:
            channel = await channels.by_key(db, socket.visitor.channel)
            own = await timelines.by_thread(db, channel.id, socket.visitor.thread) if channel else None
        return own == conversation


class _Gone(Exception):
    """The other side closed."""


async def _next(receive: Receive) -> Frame:
    """Raises `_Gone`, `Refused` for what is not a frame of the protocol."""
    message = await receive()
    if message["type"] != "websocket.receive":
        raise _Gone
    try:
        return _decoder.decode(message.get("text") or message.get("bytes") or b"")
    except (msgspec.DecodeError, UnicodeError):
        raise Refused(_MALFORMED) from None


def _cookie(header: str, name: str) -> str:
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""
