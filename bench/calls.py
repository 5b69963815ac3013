"""A light HTTP client: one connection kept open, one call at a time. A complete client would cost more than the server."""

import asyncio
from typing import Any

import msgspec

_KEPT_OPEN = 4.0  # seconds; the server closes a connection that was silent for five


class Unanswered(Exception):
    """The connection was refused or lost before the answer was complete: whether the call had an effect is unknown."""


class Refused(Exception):
    """The server answered, and not with a yes. The message holds what it said."""


class Calls:
    """Calls one server on 127.0.0.1. `headers` go with each call."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self._port = port
        self.headers = headers or {}
        self._stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used = 0.0

    async def post(self, path: str, body: object, within: float = 30.0) -> tuple[int, bytes]:
        """Status and body; `within` is in seconds. Raises `Unanswered`."""
        return await self.call("POST", path, msgspec.json.encode(body), within)

    async def get(self, path: str, within: float = 30.0) -> tuple[int, bytes]:
        """Status and body. Raises `Unanswered`."""
        return await self.call("GET", path, b"", within)

    async def call(self, method: str, path: str, body: bytes, within: float) -> tuple[int, bytes]:
        """Raises `Unanswered`."""
        head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}", "Content-Type: application/json"]
        head += [f"{name}: {value}" for name, value in self.headers.items()]
        try:
            async with asyncio.timeout(within):
                reader, writer = await self._open()
                writer.write("\r\n".join([*head, "", ""]).encode() + body)
                return await self._answer(reader)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.close()
            raise Unanswered(f"{type(error).__name__}: {error}") from None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        now = asyncio.get_running_loop().time()
        if self._stream and now - self._used > _KEPT_OPEN:
            self.close()
        self._used = now
        self._stream = self._stream or await asyncio.open_connection("127.0.0.1", self._port)
        return self._stream

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        body = await reader.readexactly(int(fields.get("content-length", "0")))
        if fields.get("connection") == "close":
            self.close()
        if "set-cookie" in fields:
            # Cookie values are case-sensitive, so they are read from the line as it came.
            line = next(line for line in head if line.lower().startswith("set-cookie: "))
            self.headers["Cookie"] = line.split(": ", 1)[1].split(";")[0]
        return int(head[0].split(" ", 2)[1]), body

    def close(self) -> None:
        if self._stream:
            self._stream[1].close()
        self._stream = None


def decoded(body: bytes) -> Any:
    return msgspec.json.decode(body)


def checked(status: int, body: bytes) -> Any:
    """What was answered. Raises `Refused`."""
    if status not in (200, 201):
        raise Refused(f"{status}: {body[:300].decode(errors='replace')}")
    return decoded(body)
