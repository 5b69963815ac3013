"""A customer at a chat widget, over real HTTP."""

from typing import Any
from uuid import uuid4

import httpx

from world.waiting import eventually

Json = dict[str, Any]


class Customer:
    """What a customer does and sees. `session` is what opening the widget gave."""

    def __init__(self, http: httpx.AsyncClient, url: str, channel: str, locale: str) -> None:
        self.http = http
        self.url = url
        self._channel = channel
        self._locale = locale
        self.session: Json = {}

    @property
    def token(self) -> str:
        return str(self.session["token"])

    @property
    def conversation(self) -> str:
        return str(self.session["conversation"])

    async def opens(self, *, identity: str | None = None, token: str | None = None) -> Json:
        body = {"channel": self._channel, "locale": self._locale, "identity": identity, "token": token}
        answer = await self.http.post("/api/chat/session", json=body)
        answer.raise_for_status()
        self.session = answer.json()
        return self.session

    async def calls(self, method: str, path: str, **how: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": self._locale} | how.pop("headers", {})
        return await self.http.request(method, f"/api/chat/{path}", headers=headers, **how)

    async def says(self, text: str, **more: Any) -> Json:
        """The entry as it was stored."""
        body = {"client_id": uuid4().hex, "text": text, **more}
        answer = await self.calls("POST", "messages", json=body)
        assert answer.status_code in (200, 201), answer.text
        self.session["conversation"] = answer.json()["entry"]["conversation"]
        entry: Json = answer.json()["entry"]
        return entry

    async def asks(self, text: str, **more: Any) -> Json:
        """Says something and waits for the assistant's or a person's answer to it."""
        said = await self.says(text, **more)
        return await self.hears(after=said["seq"])

    async def hears(self, *, after: int, by: tuple[str, ...] = ("assistant", "agent"), seconds: float = 30.0) -> Json:
        async def answer() -> Json | None:
            return next(
                (it for it in await self.timeline(since=after) if it["by"]["kind"] in by and it["body"]["type"] == "message"), None
            )

        found = await eventually(answer, seconds)
        assert found is not None
        return found

    async def timeline(self, *, since: int = 0) -> list[Json]:
        """All of it, page by page."""
        entries: list[Json] = []
        while True:
            page = (await self.calls("GET", f"timeline?since={since}&limit=200")).json()
            entries += page["entries"]
            since = page["through"]
            if not page["more"]:
                return entries

    async def state(self) -> Json:
        state: Json = (await self.calls("GET", "timeline?since=1000000000")).json()["state"]
        return state

    async def presses_for_a_person(self) -> Json:
        answer = await self.calls("POST", "handoff", json={})
        assert answer.status_code == 200, answer.text
        state: Json = answer.json()
        self.session["conversation"] = state["conversation"]
        return state
