"""An open socket, spoken as `docs/protocol.md` says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from world.agent import Agent
from world.customer import Customer
from world.waiting import eventually

Json = dict[str, Any]


class Line:
    """One socket. Everything that came is kept in `frames`, in order."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.frames: list[Json] = []
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        try:
            async for text in self._connection:
                self.frames.append(json.loads(text))
        except ConnectionClosed:
            return

    async def sends(self, **frame: Any) -> None:
        await self._connection.send(json.dumps(frame))

    async def sends_text(self, text: str | bytes) -> None:
        await self._connection.send(text)

    async def follows(self, conversation: str, since: int = 0) -> None:
        await self.sends(op="follow", conversation=conversation, since=since)

    async def hears(self, kind: str, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        """The first frame of this type that fits, come or to come."""

        async def found() -> Json | None:
            return next((it for it in self.frames if it["type"] == kind and fits(it)), None)

        frame = await eventually(found)
        assert frame is not None
        return frame

    def heard(self, kind: str) -> list[Json]:
        return [it for it in self.frames if it["type"] == kind]

    async def is_closed(self) -> int:
        """The code that the other side closed with."""
        await asyncio.wait_for(self._connection.wait_closed(), 60)
        assert self._connection.close_code is not None
        return self._connection.close_code

    async def drops(self) -> None:
        """The network is gone: no goodbye."""
        self._connection.transport.abort()
        await self._listening

    async def close(self) -> None:
        await self._connection.close()
        await self._listening


@asynccontextmanager
async def line(url: str, path: str, **options: Any) -> AsyncIterator[Line]:
    """A socket that has said nothing yet."""
    address = url.replace("http://", "ws://") + path
    async with connect(address, compression=None, proxy=None, max_size=None, **options) as connection:
        opened = Line(connection)
        try:
            yield opened
        finally:
            await opened.close()


@asynccontextmanager
async def customer_line(customer: Customer, *, follow: bool = True) -> AsyncIterator[Line]:
    async with line(customer.url, "/api/chat/socket") as opened:
        await opened.sends(op="hello", token=customer.token)
        await opened.hears("ready")
        if follow:
            await opened.follows(customer.conversation)
            await opened.hears("state")
        yield opened


@asynccontextmanager
async def desk_line(agent: Agent) -> AsyncIterator[Line]:
    cookies = "; ".join(f"{key}={value}" for key, value in agent.http.cookies.items())
    async with line(agent.url, "/api/socket", origin=agent.url, additional_headers={"Cookie": cookies}) as opened:
        await opened.sends(op="hello")
        await opened.hears("ready")
        yield opened
