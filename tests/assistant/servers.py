"""Small servers that answer as a test tells them to, over real HTTP: a shop gone wrong, and a language model with a script."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct

Headers = dict[str, str]


class Asked(Struct, frozen=True):
    """A request as the server got it."""

    line: str
    headers: Headers
    body: bytes


class Served:
    """A server whose next answers are taken from `script`, the last of them again and again."""

    def __init__(self, script: list[Any]) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.url = ""

    def next(self) -> Any:
        return self.script[min(len(self.asked), len(self.script)) - 1]


class Answer(Struct, frozen=True):
    """`status` 0: say nothing until the caller gives up."""

    status: int = 200
    body: bytes = b"{}"


class Says(Struct, frozen=True):
    """What the model writes. Streamed in pieces of `piece` characters, `pause` seconds apart; `lets` is asked for leave before each.

    `whole` replaces the JSON by raw text.
    """

    decision: str = "answer"
    text: str = ""
    cites: tuple[str, ...] = ("s1",)
    reason: str | None = None
    skill: str | None = None
    arguments: dict[str, str] = {}
    whole: str | None = None
    piece: int = 12
    pause: float = 0.0
    lets: asyncio.Semaphore | None = None
    status: int = 200

    def content(self) -> str:
        written = {
            "decision": self.decision, "reason": self.reason, "cites": list(self.cites), "skill": self.skill, "arguments": self.arguments,
            "text": self.text,
        }  # fmt: skip
        return self.whole if self.whole is not None else json.dumps(written, ensure_ascii=False)


@asynccontextmanager
async def shop_that(*answers: Answer) -> AsyncIterator[Served]:
    served = Served(list(answers))

    async def respond(writer: asyncio.StreamWriter) -> None:
        answer: Answer = served.next()
        if answer.status == 0:
            await asyncio.sleep(60)
        writer.write(_head(answer.status, "application/json", len(answer.body)) + answer.body)
        await writer.drain()

    async with _serving(served, respond, ""):
        yield served


@asynccontextmanager
async def model_that(*says: Says) -> AsyncIterator[Served]:
    """An OpenAI-compatible chat-completions endpoint that streams."""
    served = Served(list(says))

    async def respond(writer: asyncio.StreamWriter) -> None:
        say: Says = served.next()
        if say.status != 200:
            body = b'{"error": {"message": "no"}}'
            writer.write(_head(say.status, "application/json", len(body)) + body)
            return
        writer.write(_head(200, "text/event-stream", None))
        content = say.content()
        for start in range(0, len(content), say.piece):
            if say.lets:
                await say.lets.acquire()
            writer.write(_event({"content": content[start : start + say.piece]}, None))
            await writer.drain()
            await asyncio.sleep(say.pause)
        writer.write(_event({}, "stop") + _USAGE + b"data: [DONE]\n\n")
        await writer.drain()

    async with _serving(served, respond, "/v1"):
        yield served


@asynccontextmanager
async def replaying(*recordings: bytes) -> AsyncIterator[Served]:
    """Answers with recorded event streams, byte for byte, the last again and again."""
    served = Served(list(recordings))

    async def respond(writer: asyncio.StreamWriter) -> None:
        writer.write(_head(200, "text/event-stream", None) + served.next())
        await writer.drain()

    async with _serving(served, respond, ""):
        yield served


@asynccontextmanager
async def _serving(served: Served, respond: Any, path: str) -> AsyncIterator[None]:
    held: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        held.add(task)
        try:
            served.asked.append(await _read(reader))
            await respond(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            held.discard(task)
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{path}"
    yield
    server.close()
    for task in list(held):
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    return Asked(head[0], headers, await reader.readexactly(int(headers.get("content-length", "0"))))


def _head(status: int, kind: str, length: int | None) -> bytes:
    size = f"Content-Length: {length}\r\n" if length is not None else ""
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{size}Connection: close\r\n\r\n".encode()


_USAGE = (
    b'data: {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [], '
    b'"usage": {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960}}\n\n'
)


def _event(delta: dict[str, str], finish: str | None) -> bytes:
    chunk = {
        "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
        "choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}],
    }  # fmt: skip
    return f"data: {json.dumps(chunk)}\n\n".encode()
