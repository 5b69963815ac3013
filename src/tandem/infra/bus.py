"""News between processes: what has just been stored, told after the commit.

News are hints. Whoever misses one finds the same out from the database (`resync`), so a lost piece costs time, never truth.
Inside a process news arrive at once; to other processes they go as PostgreSQL notifications, many in one, because a
notification inside a writing transaction would make all commits of the database wait in line.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Protocol, runtime_checkable

import msgspec
import structlog

from tandem.infra.db import Connection, connect

log = structlog.get_logger()

Receiver = Callable[[str, object], None]

_CHANNEL = "tandem_news"
_TICK_SECONDS = 0.02  # in this process news arrive at once; each tick costs the database a commit
_LARGEST_PAYLOAD = 7900  # bytes; PostgreSQL takes less than 8000
_RECONNECT_SECONDS = 1.0


@runtime_checkable
class Bus(Protocol):
    """`tell` and `hear`. A receiver must be quick and must not raise. `here`: what receivers of this process get instead of the
    news, where more is at hand than other processes need to be told."""

    def tell(self, topic: str, news: object, here: object = None) -> None: ...

    def hear(self, receiver: Receiver) -> None: ...


class News(msgspec.Struct, array_like=True):
    topic: str
    news: object


class Packet(msgspec.Struct, array_like=True):
    origin: str
    items: list[News]


class PostgresBus:
    """The bus over LISTEN/NOTIFY. Good for a handful of processes and some ten thousand news a second."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._origin = secrets.token_hex(6)
        self._receivers: list[Receiver] = []
        self._waiting: list[News] = []
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._resync: Callable[[], Awaitable[None]] | None = None

    def tell(self, topic: str, news: object, here: object = None) -> None:
        plain = msgspec.to_builtins(news)
        self._deliver([News(topic, plain if here is None else here)])
        self._waiting.append(News(topic, plain))
        self._wake.set()

    def hear(self, receiver: Receiver) -> None:
        self._receivers.append(receiver)

    def on_gap(self, resync: Callable[[], Awaitable[None]]) -> None:
        """Called after the connection was away: news may have been missed."""
        self._resync = resync

    async def start(self) -> None:
        listening = await self._listen()
        self._tasks = [asyncio.create_task(self._keep_listening(listening)), asyncio.create_task(self._keep_telling())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _deliver(self, items: list[News]) -> None:
        for item in items:
            for receiver in self._receivers:
                receiver(item.topic, item.news)

    async def _listen(self) -> Connection:
        connection = await connect(self._dsn)
        try:
            await connection.add_listener(_CHANNEL, self._heard)
        except BaseException:
            connection.terminate()
            raise
        return connection

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        packet = msgspec.json.decode(str(payload), type=Packet)
        if packet.origin != self._origin:
            self._deliver(packet.items)

    async def _keep_listening(self, connection: Connection) -> None:
        while True:
            gone = asyncio.Event()
            connection.add_termination_listener(lambda _, gone=gone: gone.set())
            try:
                await gone.wait()
            finally:
                with contextlib.suppress(Exception):
                    await connection.close(timeout=1)
            log.warning("bus.disconnected")
            connection = await self._listen_again()
            if self._resync:
                await self._resync()

    async def _listen_again(self) -> Connection:
        while True:
            try:
                return await self._listen()
            except Exception:  # whatever it was: one that stops trying would be deaf for ever
                await asyncio.sleep(_RECONNECT_SECONDS)

    async def _keep_telling(self) -> None:
        connection: Connection | None = None
        try:
            while True:
                await self._wake.wait()
                await asyncio.sleep(_TICK_SECONDS)
                self._wake.clear()
                items, self._waiting = self._waiting, []
                if connection is None or connection.is_closed():
                    connection = await self._open_to_tell()
                if connection and not await self._told(connection, items):
                    connection.terminate()
        finally:
            if connection:
                connection.terminate()

    async def _open_to_tell(self) -> Connection | None:
        try:
            return await connect(self._dsn)
        except Exception as error:
            log.warning("bus.not_told", error=type(error).__name__)
            return None

    async def _told(self, connection: Connection, items: list[News]) -> bool:
        """Others find out by their sweep what could not be told; keeping stale news would only grow without bound."""
        try:
            await connection.execute(f"select pg_notify('{_CHANNEL}', item) from unnest($1::text[]) item", self._packed(items))
        except Exception as error:
            log.warning("bus.not_told", count=len(items), error=type(error).__name__)
            return False
        return True

    def _packed(self, items: list[News]) -> list[str]:
        """As few payloads as fit. A single piece over the limit cannot be told to other processes and is left to their sweep."""
        payloads: list[str] = []
        batch: list[News] = []
        size = 0
        for item in items:
            length = len(msgspec.json.encode(item)) + 1
            if batch and size + length > _LARGEST_PAYLOAD - 64:
                payloads.append(msgspec.json.encode(Packet(self._origin, batch)).decode())
                batch, size = [], 0
            if length <= _LARGEST_PAYLOAD - 64:
                batch.append(item)
                size += length
        if batch:
            payloads.append(msgspec.json.encode(Packet(self._origin, batch)).decode())
        return payloads
