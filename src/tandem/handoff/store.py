"""The SQL of packets."""

from uuid import UUID

import msgspec

from tandem.handoff.model import Packet
from tandem.infra.db import Connection


async def next_version(db: Connection, conversation: UUID) -> int:
    """Index: unique (conversation_id, version). The caller holds the conversation's lock."""
    version: int = await db.fetchval("select coalesce(max(version), 0) + 1 from packet where conversation_id = $1", conversation)
    return version


async def put(db: Connection, packet: Packet, signature: str) -> None:
    await db.execute(
        "insert into packet (id, conversation_id, version, at, body, signature) values ($1, $2, $3, $4, $5, $6)",
        packet.id, packet.conversation, packet.version, packet.at, packet, signature,
    )  # fmt: skip


async def newest(db: Connection, conversation: UUID) -> Packet | None:
    """Index: unique (conversation_id, version)."""
    body = await db.fetchval("select body from packet where conversation_id = $1 order by version desc limit 1", conversation)
    return None if body is None else msgspec.convert(body, Packet)
