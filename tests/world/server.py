"""A whole Tandem on a free port."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import msgspec
import uvicorn

from tandem.access import act as access
from tandem.access.model import Role
from tandem.api.socket import Socket
from tandem.app import Application, application
from tandem.channels import store as channels
from tandem.channels.model import Channel
from tandem.channels.webchat import KIND
from tandem.infra.outside import trusted
from tandem.infra.settings import Settings
from tandem.kit.ids import new_id
from tandem.knowledge.record import ArticleDraft
from world.agent import Agent
from world.customer import Customer

PASSWORD = "correct horse battery"
IDENTITY_SECRET = "the shop's own secret for identities"


class Server:
    """What a test holds on to. `url` is the real address; `app` looks inside where the outside cannot."""

    def __init__(self, app: Application, url: str, channel: Channel) -> None:
        self.app = app
        self.url = url
        self.channel = channel
        self._open: list[httpx.AsyncClient] = []

    async def customer(self, *, locale: str = "zh-CN", identity: str | None = None, token: str | None = None) -> Customer:
        """Somebody opens the widget."""
        customer = Customer(self.http(), self.url, self.channel.key, locale)
        await customer.opens(identity=identity, token=token)
        return customer

    async def agent(self, name: str = "王芳", role: Role = "agent") -> Agent:
        """Somebody who works here, signed in and online."""
        email = f"{uuid4().hex[:8]}@desk.example"
        async with self.app.services.db.write() as tx:
            now = self.app.services.clock.now()
            await access.add_user(tx, email=email, name=name, role=role, password=PASSWORD, locale="zh-CN", by=None, now=now)
        agent = Agent(self.http(), self.url, email)
        await agent.signs_in(PASSWORD)
        await agent.puts("/api/me/presence", {"state": "online"})
        return agent

    def sockets(self, conversation: str) -> list[Socket]:
        """The customer's open sockets, as the server holds them."""
        return list(self.app.hub._followed[UUID(conversation)].customers)

    async def again(self, agent: Agent) -> Agent:
        """The same person at another machine."""
        elsewhere = Agent(self.http(), self.url, agent.email)
        await elsewhere.signs_in(PASSWORD)
        return elsewhere

    def identity(
        self, customer: str, *, name: str = "", lasts: timedelta = timedelta(hours=1), secret: str = IDENTITY_SECRET, **more: Any
    ) -> str:
        """What the shop signs to vouch for a customer."""
        claims = {"sub": customer, "name": name, "exp": self.app.services.clock.now() + lasts, **more}
        return jwt.encode(claims, secret, algorithm="HS256")

    def http(self) -> httpx.AsyncClient:
        client = httpx.AsyncClient(base_url=self.url, timeout=60, trust_env=False, verify=trusted())
        self._open.append(client)
        return client

    async def knows(self, question: str, answer: str, *phrasings: str, lang: str = "zh", category: str = "售后") -> UUID:
        """An article that is published."""
        services = self.app.services
        draft = msgspec.convert(
            {"lang": lang, "category": category, "question": question, "answer": answer, "phrasings": list(phrasings)}, ArticleDraft
        )
        editor = await self.editor()
        async with services.db.write() as tx:
            record = await services.knowledge.add(tx, editor, draft, services.clock.now())
            await services.knowledge.publish(tx, editor, record.id, record.version, services.clock.now())
        return record.id

    async def editor(self) -> Any:
        async with self.app.services.db.write() as tx:
            return await access.add_user(
                tx, email=f"{uuid4().hex[:8]}@desk.example", name="编辑", role="administrator", password=PASSWORD, locale="zh-CN",
                by=None, now=self.app.services.clock.now(),
            )  # fmt: skip

    async def close(self) -> None:
        for client in self._open:
            await client.aclose()


async def add_channel(app: Application, key: str = "demo") -> Channel:
    services = app.services
    channel = Channel(new_id(services.clock.now()), KIND, key, "Shop", True, {})
    async with services.db.write() as tx:
        await channels.add(tx.db, channel, services.keys.seal(IDENTITY_SECRET), services.clock.now())
    return channel


@asynccontextmanager
async def running(settings: Settings, dsn: str, **options: Any) -> AsyncIterator[Server]:
    async with application(settings, dsn, **options) as app, listening(app) as url:
        known = await _known_channel(app)
        server = Server(app, url, known or await add_channel(app))
        try:
            yield server
        finally:
            await server.close()


async def _known_channel(app: Application) -> Channel | None:
    async with app.services.db.read() as db:
        return await channels.by_key(db, "demo")


@asynccontextmanager
async def listening(app: Application) -> AsyncIterator[str]:
    """The application on a port of this machine."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app.asgi,
        lifespan="off",
        loop="none",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve(sockets=[bound]))
    while not server.started:  # noqa: ASYNC110  # uvicorn has only this to tell it
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
