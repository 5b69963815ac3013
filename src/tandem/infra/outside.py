"""Calls to addresses that people configure. What they name must be a public place, or one the administrator allowed:
without this a form field could read the company's inner network."""

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit

import httpx

_LARGEST_ANSWER = 1024 * 1024


class OutsideRefused(Exception):
    """This address may not be called. The message says why."""


class Outside:
    """`allowed` are host names or host:port that may be called though they are not public."""

    def __init__(self, allowed: frozenset[str] = frozenset(), timeout: float = 10.0) -> None:
        self._allowed = allowed
        self._client = httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False)

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """Raises `OutsideRefused` and httpx's errors. A redirect is an answer like any other: it is not followed."""
        pinned, host, name = await self.pinned(url)
        request = self._client.build_request("POST", pinned, content=body, headers={**headers, "Host": host})
        request.extensions["sni_hostname"] = name
        answer = await self._client.send(request, stream=True)
        try:
            await self._bounded(answer)
        finally:
            await answer.aclose()
        return answer

    async def fetch(
        self, method: str, url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None, limit: int = _LARGEST_ANSWER
    ) -> tuple[int, bytes]:  # fmt: skip
        """Status and content, at most `limit` bytes. Redirects are not followed. Raises `OutsideRefused` and httpx's errors."""
        pinned, host, name = await self.pinned(url)
        given = {**(headers or {}), "Host": host, "Accept-Encoding": "identity"}
        request = self._client.build_request(method, pinned, content=body, headers=given)
        request.extensions["sni_hostname"] = name
        answer = await self._client.send(request, stream=True)
        content = bytearray()
        try:
            async for chunk in answer.aiter_raw():
                content += chunk
                if len(content) > limit:
                    raise httpx.RemoteProtocolError("the answer is too large")
        finally:
            await answer.aclose()
        return answer.status_code, bytes(content)

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

    async def _bounded(self, answer: httpx.Response) -> None:
        size = 0
        async for chunk in answer.aiter_raw():
            size += len(chunk)
            if size > _LARGEST_ANSWER:
                raise httpx.RemoteProtocolError("the answer is too large")

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
