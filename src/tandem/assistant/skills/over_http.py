"""Operations of a system that was connected by its OpenAPI document, called over HTTP and only where that is allowed."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import msgspec

from tandem.assistant.skills.connected import Asked, System, arguments_of, typed
from tandem.assistant.skills.port import Failed, NotThere, Refused
from tandem.infra.outside import Outside, OutsideRefused

LARGEST = 1_000_000
_REFUSALS = (400, 401, 403, 409, 422, 429)


class _Problem(msgspec.Struct, frozen=True):
    """What of a problem document (RFC 9457) is told on."""

    type: str = ""
    detail: str = ""


class OverHttp:
    """`secret` goes into the header that the system wants it in, and nowhere else."""

    def __init__(self, outside: Outside, system: System, secret: str) -> None:
        self._outside = outside
        self._system = system
        self._secret = secret

    async def call(self, asked: Asked) -> Any:
        """Raises `Refused`, `NotThere`, `Failed`."""
        binding = asked.skill.offer.binding
        try:
            status, content = await self._outside.fetch(
                binding.method, self._address(asked), body=_body(asked), headers=self._headers(asked), limit=LARGEST
            )
        except (OutsideRefused, httpx.HTTPError) as error:
            raise Failed(type(error).__name__) from None
        return _result(status, content)

    def _address(self, asked: Asked) -> str:
        binding, values = asked.skill.offer.binding, arguments_of(asked)
        path = binding.path
        for name, where in binding.places.items():
            if where == "path":
                path = path.replace(f"{{{name}}}", _segment(values.get(name, "")))
        query = {name: values[name] for name, where in binding.places.items() if where == "query" and name in values}
        return self._system.url.rstrip("/") + path + (f"?{urlencode(query)}" if query else "")

    def _headers(self, asked: Asked) -> dict[str, str]:
        binding, values = asked.skill.offer.binding, arguments_of(asked)
        headers = {"Accept": "application/json", "Accept-Language": asked.lang}
        for name, where in binding.places.items():
            if where == "header" and name in values:
                headers[name] = quote(values[name], safe=" ,;:/@=+*!$&'()[]{}~._-")
        if binding.key_header and asked.key:
            headers[binding.key_header] = asked.key
        if "body" in binding.places.values():
            headers["Content-Type"] = "application/json"
        if self._system.auth == "bearer":
            headers["Authorization"] = f"Bearer {self._secret}"
        elif self._system.auth == "header":
            headers[self._system.auth_header] = self._secret
        return headers


def _body(asked: Asked) -> bytes:
    places, values = asked.skill.offer.binding.places, arguments_of(asked)
    if "body" not in places.values():
        return b""
    kinds = {it.name: it.kind for it in asked.skill.offer.skill.slots}
    return json.dumps(
        {name: typed(kinds[name], values[name]) for name, where in places.items() if where == "body" and name in values}
    ).encode()


def _segment(part: str) -> str:
    """One path segment, whatever the customer typed; "." and ".." would climb the path."""
    return quote(part, safe="") if part.strip(".") else "-"


def _result(status: int, content: bytes) -> Any:
    if status == 404:
        raise NotThere
    if status in _REFUSALS:
        try:
            problem = msgspec.json.decode(content, type=_Problem)
        except msgspec.DecodeError:
            raise Refused from None
        raise Refused(problem.detail, problem.type.rpartition("/")[2])
    if not 200 <= status < 300:
        raise Failed(f"HTTP {status}")
    try:
        return msgspec.json.decode(content) if content.strip() else {}
    except msgspec.DecodeError:
        raise Failed("the answer is not JSON") from None
