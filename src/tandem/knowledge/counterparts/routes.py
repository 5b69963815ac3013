"""Counterparts over HTTP. Linking changes what customers are answered at once, so it takes the right to publish."""

from uuid import UUID

from litestar import delete, get, put
from msgspec import Struct

from tandem.access.model import User
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.knowledge.counterparts import act, store
from tandem.knowledge.counterparts.store import Counterpart


class LinkTo(Struct, frozen=True, forbid_unknown_fields=True):
    other: UUID


@get("/api/knowledge/{article:uuid}/counterparts", permission="knowledge:read")
async def counterparts(article: UUID, db: Database) -> list[Counterpart]:
    async with db.read() as connection:
        return await store.counterparts(connection, article)


@put("/api/knowledge/{article:uuid}/counterparts", permission="knowledge:publish")
async def link_counterpart(article: UUID, data: LinkTo, who: User, db: Database, bus: Bus, clock: Clock) -> list[Counterpart]:
    async with db.write() as tx:
        return await act.link(tx, bus, who, article, data.other, clock.now())


@delete("/api/knowledge/{article:uuid}/counterparts", permission="knowledge:publish", status_code=204)
async def unlink_counterpart(article: UUID, who: User, db: Database, bus: Bus, clock: Clock) -> None:
    async with db.write() as tx:
        await act.unlink(tx, bus, who, article, clock.now())


ROUTES = [counterparts, link_counterpart, unlink_counterpart]
