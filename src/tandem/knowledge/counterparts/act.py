"""Saying that two articles are the same in two languages. A customer is then answered once, in his own."""

from datetime import datetime
from uuid import UUID

from asyncpg import UniqueViolationError

from tandem.access.model import User
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.ids import new_id
from tandem.knowledge.counterparts import store
from tandem.knowledge.counterparts.store import Counterpart


async def link(tx: Tx, bus: Bus, user: User, article: UUID, other: UUID, now: datetime) -> list[Counterpart]:
    """Those of `article` from now on. Each may have others already, but not two of a language. Raises `NotFound`, `InvalidInput`."""
    held = {it.id: it for it in await store.hold(tx.db, article, other)}
    if article not in held:
        raise NotFound
    if other not in held or other == article:
        raise InvalidInput.field("other", "unknown article")
    known = [it.key for it in held.values() if it.key]
    group = {it.id: it for it in (*await store.sharing(tx.db, known), *held.values())}
    if len({it.lang for it in group.values()}) < len(group):
        raise InvalidInput.field("other", "one article of each language")
    try:
        await store.put_key(tx.db, known[0] if known else str(new_id(now)), *group)
    except UniqueViolationError:  # somebody linked a third one in the same moment
        raise InvalidInput.field("other", "one article of each language") from None
    await audit.record(tx.db, user.id, "article.linked", str(article), {"to": str(other)}, now)
    _tell(tx, bus, *group)
    return await store.counterparts(tx.db, article)


async def unlink(tx: Tx, bus: Bus, user: User, article: UUID, now: datetime) -> None:
    """It stands alone again; the others stay together. Raises `NotFound`."""
    held = await store.hold(tx.db, article)
    if not held:
        raise NotFound
    if held[0].key is None:
        return
    await store.put_key(tx.db, None, article)
    await audit.record(tx.db, user.id, "article.unlinked", str(article), {}, now)
    _tell(tx, bus, article)


def _tell(tx: Tx, bus: Bus, *articles: UUID) -> None:
    for it in articles:
        tx.after(lambda it=it: bus.tell("article", {"article": str(it)}))  # type: ignore[misc]
