"""What the parts cost with nothing of ours on top. Each runs as a process of its own, on the core of what is measured.

`python -m bench.floor serve PORT` answers POSTs, echoes sockets and fans out; `… insert DSN CLIENTS SECONDS` stores rows.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import msgspec
import uvicorn
import uvloop
from msgspec import Struct

from bench.machine import on_core
from bench.server import free_port

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_ANSWER = b'{"stored": true}'


class Inserted(Struct, frozen=True):
    """`cpu` is what the process that asked for the rows used itself, in seconds."""

    count: int
    seconds: float
    cpu: float
    latencies: list[float]


class Bare:
    """The same server program and the same socket library as Tandem's, with an application that does nothing.

    A socket that sends "fan N" has N copies of a text sent to every open socket; any other text comes back to its sender.
    """

    def __init__(self) -> None:
        self._open: set[Send] = set()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await (self._socket(receive, send) if scope["type"] == "websocket" else self._post(receive, send))

    async def _post(self, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(_ANSWER)).encode())]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": _ANSWER})

    async def _socket(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self._open.add(send)
        try:
            while (message := await receive())["type"] == "websocket.receive":
                text: str = message.get("text") or message["bytes"].decode()
                if text.startswith("fan "):
                    await self._fan(*text.split(" ", 2)[1:])
                else:
                    await send({"type": "websocket.send", "text": text})
        finally:
            self._open.discard(send)

    async def _fan(self, copies: str, text: str) -> None:
        for _ in range(int(copies)):
            for send in self._open:
                await send({"type": "websocket.send", "text": text})
            await asyncio.sleep(0)


async def _serve(port: int) -> None:
    config = uvicorn.Config(
        Bare(), host="127.0.0.1", port=port, lifespan="off", http="httptools", ws="websockets-sansio",
        ws_per_message_deflate=False, log_level="error", access_log=False, backlog=2048,
    )  # fmt: skip
    await uvicorn.Server(config).serve()


@asynccontextmanager
async def bare_server(core: int) -> AsyncIterator[tuple[int, int]]:
    """Process id and port."""
    port = free_port()
    with _process(core, "serve", str(port)) as process:
        while not await _open(port):  # noqa: ASYNC110  # another process: there is no event to wait for
            await asyncio.sleep(0.02)
        yield process.pid, port


async def _open(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _insert(dsn: str, clients: int, seconds: float) -> Inserted:
    """One row, one transaction, one durable commit after the other on each of `clients` connections."""
    connections = [await asyncpg.connect(dsn) for _ in range(clients)]
    await connections[0].execute("create table bench_floor (id bigint generated always as identity primary key, text text)")
    taken: list[float] = []

    async def keep_on(connection: Any) -> None:
        while time.perf_counter() < end:
            before = time.perf_counter()
            await connection.execute("insert into bench_floor (text) values ($1)", "七天无理由退货怎么退")
            taken.append(time.perf_counter() - before)

    started, cpu = time.perf_counter(), time.process_time()
    end = started + seconds
    await asyncio.gather(*(keep_on(connection) for connection in connections))
    took, used = time.perf_counter() - started, time.process_time() - cpu
    await connections[0].execute("drop table bench_floor")
    for connection in connections:
        await connection.close()
    return Inserted(len(taken), took, used, taken)


async def bare_inserts(core: int, dsn: str, clients: int, seconds: float) -> Inserted:
    """Durable single-row transactions, asked for from the core that is measured."""
    with _process(core, "insert", dsn, str(clients), str(seconds), stdout=subprocess.PIPE) as process:
        told, _ = await asyncio.to_thread(process.communicate)
    return msgspec.json.decode(told, type=Inserted)


@contextmanager
def _process(core: int, *arguments: str, stdout: int | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    with on_core(core):
        process = subprocess.Popen([sys.executable, "-m", "bench.floor", *arguments], stdout=stdout)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=10)


def main() -> None:
    task, *arguments = sys.argv[1:]
    if task == "serve":
        uvloop.run(_serve(int(arguments[0])))
    else:
        inserted = uvloop.run(_insert(arguments[0], int(arguments[1]), float(arguments[2])))
        sys.stdout.buffer.write(msgspec.json.encode(inserted))


if __name__ == "__main__":
    main()
