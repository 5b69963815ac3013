"""Tools of an MCP server (Model Context Protocol, streamable HTTP), each the offer of a skill. Imported only where one is connected:
the library takes a while to load.

Source: modelcontextprotocol.io, specification, "Tools" and "Streamable HTTP".
"""

import json
from typing import Any

import httpx
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tandem.assistant.skills.connected import Asked, Offer, System, arguments_of, typed
from tandem.assistant.skills.openapi import Described, Unreadable, offer_of_schema
from tandem.assistant.skills.port import Failed, Refused
from tandem.infra.outside import Outside, OutsideRefused, trusted

_SECONDS = 10.0
_MOST_TOOLS = 200
_LONGEST_RESULT = 200_000


class _Guarded(httpx2.AsyncBaseTransport):
    """Every request of the client goes where `Outside` allows, by the address that was checked."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._inner = httpx2.AsyncHTTPTransport(trust_env=False, verify=trusted())

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        try:
            pinned, host, name = await self._outside.pinned(str(request.url))
        except httpx.ConnectError as error:
            raise httpx2.ConnectError(str(error)) from None
        request.url = httpx2.URL(pinned)
        request.headers["Host"] = host
        request.extensions = {**request.extensions, "sni_hostname": name}
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class OverMcp:
    """A session of its own for each call: an MCP server may be restarted at any time, and calls of it are rare."""

    def __init__(self, outside: Outside, system: System, secret: str) -> None:
        self._outside = outside
        self._system = system
        self._secret = secret

    async def described(self) -> Described:
        """The server's tools. Raises `Unreadable`, `OutsideRefused`."""
        try:
            async with self._http() as http, Client(streamable_http_client(self._system.url, http_client=http)) as client:
                listed = await client.list_tools()
        except Exception as error:
            raise _refused_or(error, Unreadable(f"no MCP server answers there: {type(_root(error)).__name__}")) from None
        offers = {tool.name: _offer(tool) for tool in listed.tools[:_MOST_TOOLS]}
        return Described(self._system.name, self._system.url, offers)

    async def call(self, asked: Asked) -> Any:
        """Raises `Refused`, `Failed`."""
        kinds = {it.name: it.kind for it in asked.skill.offer.skill.slots}
        given = {name: typed(kinds[name], value) for name, value in arguments_of(asked).items()}
        try:
            async with self._http() as http, Client(streamable_http_client(self._system.url, http_client=http)) as client:
                answer = await client.call_tool(asked.skill.operation, given, read_timeout_seconds=_SECONDS)
        except Exception as error:
            raise Failed(type(_root(error)).__name__) from None
        text = "\n".join(it.text for it in answer.content if it.type == "text")[:_LONGEST_RESULT]
        if answer.is_error:
            raise Refused(text[:300])
        return answer.structured_content if answer.structured_content is not None else _parsed(text)

    def _http(self) -> httpx2.AsyncClient:
        headers = {}
        if self._system.auth == "bearer":
            headers["Authorization"] = f"Bearer {self._secret}"
        elif self._system.auth == "header":
            headers[self._system.auth_header] = self._secret
        return httpx2.AsyncClient(transport=_Guarded(self._outside), headers=headers, timeout=_SECONDS, follow_redirects=False)


def _offer(tool: Any) -> Offer:
    """A tool that does not say it only reads is taken for one that changes something."""
    reads = tool.annotations is not None and tool.annotations.read_only_hint is True
    return offer_of_schema(tool.name, tool.title or tool.name, tool.description or "", tool.input_schema, writes=not reads)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {"result": text}


def _root(error: BaseException) -> BaseException:
    """Of the groups that the client's tasks end in, the first real cause."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _refused_or(error: Exception, otherwise: Exception) -> Exception:
    root = _root(error)
    return root if isinstance(root, OutsideRefused) else otherwise
