"""Calls to addresses that people configure never reach the inner network."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from tandem.infra.outside import Outside, OutsideRefused
from world.platform import platform


@asynccontextmanager
async def _outside(*allowed: str) -> AsyncIterator[Outside]:
    outside = Outside(frozenset(allowed), timeout=5)
    try:
        yield outside
    finally:
        await outside.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:5432/",
        "http://127.1/",
        "http://2130706433/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://user:password@127.0.0.1/",
        "http://public.example@127.0.0.1/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http:///nowhere",
        "http://[bad/",
        "http://x:99999999/",
        "",
    ],
)
async def test_an_address_that_is_not_public_is_refused(url: str) -> None:
    async with _outside() as outside:
        with pytest.raises(OutsideRefused):
            await outside.post(url, b"", {})


async def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def found(self: Any, host: str, port: int, **_: Any) -> list[Any]:
        private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", port))
        public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))
        return [public, private]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", found)
    async with _outside() as outside:
        with pytest.raises(OutsideRefused, match="rebound"):
            await outside.post("http://rebound.example/", b"", {})


@pytest.mark.parametrize("allowed", ["host", "host and port"])
async def test_what_the_administrator_allowed_is_called(allowed: str) -> None:
    async with platform() as there:
        host = "127.0.0.1" if allowed == "host" else f"127.0.0.1:{there.port}"
        async with _outside(host) as outside:
            answer = await outside.post(f"{there.url}/hook?a=1", b"body", {"X-Mine": "1"})

    assert answer.status_code == 200
    assert [(it.path, it.body, it.headers["x-mine"], it.headers["host"]) for it in there.calls] == [
        ("/hook?a=1", b"body", "1", f"127.0.0.1:{there.port}")
    ]


async def test_allowing_one_port_allows_no_other() -> None:
    async with platform() as there, _outside(f"127.0.0.1:{there.port + 1}") as outside:
        with pytest.raises(OutsideRefused):
            await outside.post(there.url, b"", {})


async def test_a_redirect_is_not_followed() -> None:
    async with platform() as inner, platform() as there:
        there.answers.append((302, {"Location": f"{inner.url}/secret"}, b""))
        async with _outside(f"127.0.0.1:{there.port}") as outside:
            answer = await outside.post(there.url, b"", {})

        assert answer.status_code == 302
        assert inner.calls == []


async def test_an_endless_answer_is_cut_off() -> None:
    async with platform() as there:
        there.answers.append((200, {}, b"x" * 3_000_000))
        async with _outside("127.0.0.1") as outside:
            with pytest.raises(httpx.RemoteProtocolError, match="too large"):
                await outside.post(there.url, b"", {})


async def test_a_host_that_nobody_knows_is_a_failed_connection() -> None:
    async with _outside() as outside:
        with pytest.raises(httpx.ConnectError):
            await outside.post("http://no-such-host.invalid/", b"", {})
