"""A small web site on a free port of this machine, and the addresses that were asked of it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager


class WebSite:
    """`pages`: by path, the body of an HTML page, or whole bytes of an answer."""

    def __init__(self, pages: Mapping[str, str | bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = request.split(" ")[1]
        self.asked.append(path)
        page = self.pages.get(path)
        if isinstance(page, bytes):
            writer.write(page)
        else:
            body = (page or "").encode()
            kind = "text/plain" if path.endswith(".txt") else "text/html; charset=utf-8"
            head = f"HTTP/1.1 {404 if page is None else 200} .\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + body)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def website(pages: Mapping[str, str | bytes]) -> AsyncIterator[WebSite]:
    site = WebSite(pages)
    async with await asyncio.start_server(site._answer, "127.0.0.1", 0) as server:
        site.port = server.sockets[0].getsockname()[1]
        yield site
