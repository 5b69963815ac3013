"""One open socket: who is at the other end, what he follows, and what waits to be sent to him."""

import asyncio
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from tandem.access.model import User
from tandem.channels.webchat import Visitor

Send = Callable[[dict[str, Any]], Awaitable[None]]

MOST_WAITING = 256  # frames; a reader that is further behind is told to ask again
MOST_FOLLOWED = 50


class Socket:
    """A frame is written at once while the other side keeps up. Behind a reader who is slow, frames wait in a bounded queue, with
    a task that lives only as long: most sockets are silent most of the time, and a sleeping task for each would double what
    they cost, as a new one for each frame would double what a frame costs."""

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
            writing = self._write()
            if (waits_for := _begun(writing)) is not None:
                self._writing = asyncio.get_running_loop().create_task(_finished(writing, waits_for))

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


def _begun(writing: Coroutine[Any, None, None]) -> Any:
    """Run a coroutine until it has to wait; None when it never had to. What it waits for must be given to `_finished`."""
    try:
        return writing.send(None)
    except StopIteration:
        return None


async def _finished(writing: Coroutine[Any, Any, None], waits_for: Any) -> None:
    """The rest of a coroutine that was begun outside a task (what `asyncio.eager_task_factory` does from Python 3.12 on)."""
    await _going_on(writing, waits_for)


@types.coroutine
def _going_on(writing: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    try:
        while True:
            try:
                given = yield waits_for
            except GeneratorExit:  # the loop is gone, and with it whoever would go on
                writing.close()
                raise
            except BaseException as error:
                waits_for = writing.throw(error)
            else:
                waits_for = writing.send(given)
    except StopIteration:
        return


def encoded(frame: Mapping[str, object]) -> str:
    return msgspec.json.encode(frame).decode()
