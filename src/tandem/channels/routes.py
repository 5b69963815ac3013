"""Channels as administrators see them, and the door for the webhook channel."""

import secrets
from typing import Any
from uuid import UUID

from litestar import Request, get, patch, post
from msgspec import Struct

from tandem.access.model import User
from tandem.channels import store, webhook
from tandem.channels.intake import Intake
from tandem.channels.model import Channel
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.crypto import Forged, Keys
from tandem.kit.errors import InvalidInput, NotFound, NotSignedIn
from tandem.kit.text import clean

_MOST_CONFIG = 20_000


class ChangeChannel(Struct, frozen=True, forbid_unknown_fields=True):
    """`config` is laid over what is set; see docs/channels.md for its keys."""

    name: str | None = None
    active: bool | None = None
    config: dict[str, Any] | None = None


class Secret(Struct, frozen=True):
    """Shown this once."""

    secret: str


class TakenIn(Struct, frozen=True):
    conversation: UUID
    seq: int


@get("/api/channels", permission="channel:manage")
async def channels(db: Database) -> list[Channel]:
    async with db.read() as connection:
        return await store.channels(connection)


@patch("/api/channels/{channel:uuid}", permission="channel:manage")
async def change_channel(channel: UUID, data: ChangeChannel, who: User, db: Database, bus: Bus, clock: Clock) -> Channel:
    if data.name is not None and not 1 <= len(clean(data.name)) <= 80:
        raise InvalidInput.field("name", "1–80")
    if data.config is not None and len(str(data.config)) > _MOST_CONFIG:
        raise InvalidInput.field("config", f"0–{_MOST_CONFIG}")
    async with db.write() as tx:
        name = clean(data.name) if data.name is not None else None
        changed = await store.change(tx.db, channel, name=name, active=data.active, config=data.config)
        if changed is None:
            raise NotFound
        await audit.record(tx.db, who.id, "channel.changed", str(channel), {}, clock.now())
        tx.after(lambda: bus.tell("channel", {"channel": str(channel)}))
    return changed


@post("/api/channels/{channel:uuid}/identity-secret", permission="channel:manage", status_code=200)
async def make_secret(channel: UUID, who: User, db: Database, keys: Keys, clock: Clock) -> Secret:
    """From now on only signatures made with the new secret are good."""
    secret = secrets.token_urlsafe(32)
    async with db.write() as tx:
        if not await store.set_secret(tx.db, channel, keys.seal(secret)):
            raise NotFound
        await audit.record(tx.db, who.id, "channel.secret", str(channel), {}, clock.now())
    return Secret(secret)


@post("/api/channels/{key:str}/events", permission="anyone", status_code=200)
async def receive(key: str, request: Request[Any, Any, Any], db: Database, intake: Intake, keys: Keys, clock: Clock) -> TakenIn:
    """Open to whoever signs with the channel's secret. Answered only once the message is stored."""
    body, now = await request.body(), clock.now()
    async with db.read() as connection:
        channel = await store.by_key(connection, key)
        sealed = await store.sealed_secret(connection, channel.id) if channel else None
    if channel is None or channel.kind != webhook.KIND or not channel.active or sealed is None:
        raise NotFound
    try:
        webhook.verify(keys.unseal(sealed), body, request.headers.get(webhook.SIGNATURE, ""), now)
    except Forged:
        raise NotSignedIn from None
    taken = await intake.take(channel, webhook.parse(body), now)
    return TakenIn(taken.held.id, taken.entry.seq)


ROUTES = [channels, change_channel, make_secret, receive]
