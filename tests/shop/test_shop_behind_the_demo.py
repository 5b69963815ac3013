"""The demo shows the shop's pages at its own address."""

import asyncio
from typing import Any

import httpx
from litestar import Litestar

from tandem.demo.proxy import shop_pages


async def _hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers once, and ends the connection in the moment in which more is asked over it, as servers do with idle ones."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nshop")
    await writer.drain()
    await reader.read(1)
    writer.close()


async def test_a_page_comes_also_when_the_shop_hangs_up_in_that_moment() -> None:
    async with await asyncio.start_server(_hangs_up, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        demo: Any = Litestar([shop_pages(address)], openapi_config=None, logging_config=None)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(demo), base_url="http://demo") as visitor:
            answers = [await visitor.get("/") for _ in range(3)]

    assert [(it.status_code, it.text) for it in answers] == [(200, "shop")] * 3
