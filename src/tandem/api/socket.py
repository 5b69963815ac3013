"""One open socket: who is at the other end, what he follows, and what waits to be sent to him."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from tandem.access.model import User
from tandem.channels.webchat import Visitor

Send = Callable[[dict[str, Any]], Awaitable[None]]

MOST_WAITING = 256  # frames; a reader that is further behind is told to ask again
MOST_FOLLOWED = 50


class Socket:
    """Frames are put in a bounded queue and written by a task that lives only while there is something to write:
    most sockets are silent most of the time, and a sleeping task for each would double what they cost."""

    __slots__ = ("_queue", "_send", "_writing", "closed", "followed", "overflowed", "session_key", "user", "visitor")

    def __init__(self, send: Send, *, visitor: Visitor | None = None, user: User | None = None, session_key: bytes = b"") -> None:
        self._send = send
        self._queue: deque[str] = deque()
        self._writing: asyncio.Task[None] | None = None
        self.visitor = visitor
        self.user = user
        self.session_key = session_key
        self.followed: set[UUID] = set()
        self.overflowed = 0
        self.closed = False

    @property
    def waiting(self) -> int:
        """How many frames wait to be sent."""
        return len(self._queue)

    def push(self, frame: str) -> None:
        """Never waits. Frames are text that was encoded once for all who get it."""
        if self.closed:
            return
        if len(self._queue) >= MOST_WAITING:
            self._overflow()
        else:
            self._queue.append(frame)
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    def _overflow(self) -> None:
        self.overflowed += 1
        self._queue.clear()
        for conversation in self.followed:
            self._queue.append(encoded({"type": "again", "conversation": conversation}))

    async def _write(self) -> None:
        try:
            while self._queue:
                await self._send({"type": "websocket.send", "text": self._queue.popleft()})
        except (RuntimeError, OSError):
            self.closed = True  # the other side went away; its receiver will find out too
        finally:
            self._writing = None

    async def close(self, code: int) -> None:
        if self.closed:
            return
        self.closed = True
        try:
            await self._send({"type": "websocket.close", "code": code})
        except (RuntimeError, OSError):
            return


def encoded(frame: Mapping[str, object]) -> str:
    return msgspec.json.encode(frame).decode()
