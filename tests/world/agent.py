"""Somebody at the desk, over real HTTP."""

from typing import Any
from uuid import uuid4

import httpx

Json = dict[str, Any]


class Agent:
    """What an agent does and sees."""

    def __init__(self, http: httpx.AsyncClient, url: str, email: str) -> None:
        self.http = http
        self.url = url
        self.email = email
        self.me: Json = {}

    async def signs_in(self, password: str) -> None:
        answer = await self.http.post("/api/sign-in", json={"email": self.email, "password": password})
        assert answer.status_code == 200, answer.text
        self.me = answer.json()

    async def calls(self, method: str, path: str, **how: Any) -> httpx.Response:
        headers = {"X-CSRF-Token": self.me.get("csrf", "")} | how.pop("headers", {})
        return await self.http.request(method, path, headers=headers, **how)

    async def gets(self, path: str, lang: str = "en") -> Any:
        answer = await self.calls("GET", path, headers={"Accept-Language": lang})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def posts(self, path: str, body: Json) -> Any:
        answer = await self.calls("POST", path, json=body)
        assert answer.status_code in (200, 201, 204), answer.text
        return answer.json() if answer.content else None

    async def puts(self, path: str, body: Json) -> Any:
        answer = await self.calls("PUT", path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def sees(self, conversation: str, lang: str = "en") -> Json:
        detail: Json = await self.gets(f"/api/conversations/{conversation}", lang)
        return detail

    async def version(self, conversation: str) -> int:
        return int((await self.sees(conversation))["conversation"]["version"])

    async def accepts(self, conversation: str) -> Json:
        found: Json = await self.posts(f"/api/conversations/{conversation}/accept", {"version": await self.version(conversation)})
        return found

    async def replies(self, conversation: str, text: str, **more: Any) -> Json:
        body = {"client_id": uuid4().hex, "text": text, **more}
        found: Json = await self.posts(f"/api/conversations/{conversation}/reply", body)
        return found

    async def notes(self, conversation: str, text: str) -> Json:
        found: Json = await self.posts(f"/api/conversations/{conversation}/note", {"client_id": uuid4().hex, "text": text})
        return found

    async def hands_back(self, conversation: str) -> Json:
        found: Json = await self.posts(
            f"/api/conversations/{conversation}/hand-back", {"version": await self.version(conversation)}
        )
        return found

    async def resolves(self, conversation: str) -> Json:
        found: Json = await self.posts(f"/api/conversations/{conversation}/resolve", {"version": await self.version(conversation)})
        return found

    async def transfers(self, conversation: str, to: str | None) -> Json:
        body = {"version": await self.version(conversation), "to": to}
        found: Json = await self.posts(f"/api/conversations/{conversation}/transfer", body)
        return found

    async def timeline(self, conversation: str, *, since: int = 0) -> list[Json]:
        entries: list[Json] = []
        while True:
            page = await self.gets(f"/api/conversations/{conversation}/timeline?since={since}&limit=200")
            entries += page["entries"]
            since = page["through"]
            if not page["more"]:
                return entries
