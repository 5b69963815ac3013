"""Packets over HTTP: reading, being warned before asking again, and what it comes to."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from msgspec import Struct

from tandem.access.model import User
from tandem.channels.intake import LONGEST_TEXT
from tandem.handoff import store
from tandem.handoff.act import Handoff
from tandem.handoff.model import SCHEMA, Packet
from tandem.handoff.rate import RepeatRate, repeat_rate
from tandem.handoff.repeat import Repeat, repeats
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, Language, NotFound

_LONGEST_SPAN = 366


class SignedPacket(Struct, frozen=True):
    """The packet as it was made, in the installation's language, and its signature; `genuine`: nobody has altered it."""

    packet: Packet
    signature: str
    genuine: bool


class CheckDraft(Struct, frozen=True, forbid_unknown_fields=True):
    text: str


@get("/api/schemas/packet.v1.json", permission="anyone")
async def packet_schema() -> dict[str, Any]:
    """The JSON schema of packets, for whoever reads them elsewhere. Open: it holds nobody's data."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **msgspec.json.schema(Packet)}


@get("/api/conversations/{conversation:uuid}/packet", permission="conversation:read")
async def signed_packet(conversation: UUID, db: Database, handoff: Handoff) -> SignedPacket:
    async with db.read() as connection:
        found = await store.signed(connection, conversation)
    if found is None:
        raise NotFound
    return SignedPacket(found.packet, found.signature, handoff.is_genuine(found.packet, found.signature))


@post("/api/packets/{packet:uuid}/read", permission="conversation:read", status_code=204)
async def packet_read(packet: UUID, who: User, db: Database, bus: Bus, clock: Clock) -> None:
    async with db.write() as tx:
        conversation = await store.mark_read(tx.db, packet, who.id, clock.now())
        if conversation is None:
            raise NotFound
        # The mark is no entry of the timeline, so nothing else would tell the lists.
        tx.after(lambda: bus.tell("timeline", {"conversation": str(conversation)}))


@post("/api/conversations/{conversation:uuid}/check-draft", permission="conversation:reply", status_code=200)
async def check_draft(conversation: UUID, data: CheckDraft, db: Database, language: Language) -> list[Repeat]:
    """What the draft asks for although the packet holds it."""
    if len(data.text) > LONGEST_TEXT:
        raise InvalidInput.field("text", f"0–{LONGEST_TEXT}")
    async with db.read() as connection:
        packet = await store.newest(connection, conversation)
    return repeats(data.text, packet, language) if packet else []


@get("/api/packets/repeat-rate", permission="conversation:assign")
async def rate(db: Database, clock: Clock, days: int = 30) -> RepeatRate:
    """Of the last `days` days."""
    now: datetime = clock.now()
    async with db.read() as connection:
        return await repeat_rate(connection, now - timedelta(days=max(1, min(days, _LONGEST_SPAN))), now)


ROUTES = [packet_schema, signed_packet, packet_read, check_draft, rate]
