"""Calls to addresses that people configure. What they name must be a public place, or one the administrator allowed:
without this a form field could read the company's inner network."""

import asyncio
import ipaddress
import socket
import ssl
from functools import cache
from urllib.parse import urlsplit

import httpx
from msgspec import Struct

_LARGEST_ANSWER = 1024 * 1024


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates are believed, also a company's own (SSL_CERT_FILE). Read once: it takes 20 ms, for each client anew."""
    return httpx.create_ssl_context()


class OutsideRefused(Exception):
    """This address may not be called. The message says why."""


class Page(Struct, frozen=True):
    """What stood at an address. `location`: where it says to look instead, if it is a redirect."""

    status: int
    media_type: str
    location: str | None
    body: bytes


class Outside:
    """`allowed` are host names or host:port that may be called though they are not public."""

    def __init__(self, allowed: frozenset[str] = frozenset(), timeout: float = 10.0) -> None:
        self._allowed = allowed
        self._client = httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False, verify=trusted())

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """Raises `OutsideRefused` and httpx's errors. A redirect is an answer like any other: it is not followed."""
        answer, _ = await self._call("POST", url, body, headers)
        return answer

    async def get(self, url: str, headers: dict[str, str]) -> Page:
        """As `post`. What comes packed is refused: a few bytes on the way could become gigabytes here."""
        answer, body = await self._call("GET", url, b"", {**headers, "Accept-Encoding": "identity"})
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise httpx.RemoteProtocolError("the answer is packed though it was asked not to be")
        location = answer.headers.get("location") if answer.is_redirect else None
        return Page(answer.status_code, answer.headers.get("content-type", "").partition(";")[0].strip().lower(), location, body)

    async def fetch(
        self, method: str, url: str, *, body: bytes = b"", headers: dict[str, str] | None = None, limit: int = _LARGEST_ANSWER
    ) -> tuple[int, bytes]:  # fmt: skip
        """Status and content by any method, at most `limit` bytes. Raises `OutsideRefused` and httpx's errors."""
        answer, content = await self._call(method, url, body, {**(headers or {}), "Accept-Encoding": "identity"}, limit)
        return answer.status_code, content

    async def _call(
        self, method: str, url: str, body: bytes, headers: dict[str, str], limit: int = _LARGEST_ANSWER
    ) -> tuple[httpx.Response, bytes]:
        pinned, host, name = await self.pinned(url)
        request = self._client.build_request(method, pinned, content=body or None, headers={**headers, "Host": host})
        request.extensions["sni_hostname"] = name
        answer = await self._client.send(request, stream=True)
        try:
            return answer, await self._bounded(answer, limit)
        finally:
            await answer.aclose()

    async def pinned(self, url: str) -> tuple[str, str, str]:
        """The address with its host replaced by the checked number, the Host header, and the name for TLS. Raises `OutsideRefused`
        and `httpx.ConnectError`."""
        try:
            parts, target = urlsplit(url), httpx.URL(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except (ValueError, httpx.InvalidURL):
            raise OutsideRefused("this is not an address") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OutsideRefused("only http and https addresses can be called")
        address = await self._checked(parts.hostname, port)
        # Called by the address that was checked, not by the name: a name may point elsewhere a moment later.
        return str(target.copy_with(host=address)), parts.netloc.rpartition("@")[2], parts.hostname

    async def _bounded(self, answer: httpx.Response, limit: int) -> bytes:
        chunks: list[bytes] = []
        size = 0
        async for chunk in answer.aiter_raw():
            size += len(chunk)
            if size > limit:
                raise httpx.RemoteProtocolError("the answer is too large")
            chunks.append(chunk)
        return b"".join(chunks)

    async def _checked(self, host: str, port: int) -> str:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            raise httpx.ConnectError(f"{host} is not known") from None
        addresses = [str(info[4][0]) for info in found]
        if host in self._allowed or f"{host}:{port}" in self._allowed:
            return addresses[0]
        for address in addresses:
            if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                raise OutsideRefused(f"{host} is not a public address")
        return addresses[0]

    async def close(self) -> None:
        await self._client.aclose()
