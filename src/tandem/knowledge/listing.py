"""A page of the list: the reader's own language first, then the others, each newest change first."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from tandem.infra.db import Connection
from tandem.kit.cursor import read_cursor, write_cursor
from tandem.knowledge import store
from tandem.knowledge.record import ArticleRecord
from tandem.knowledge.store import Wanted

_OTHERS = "others."
"""What the cursor of a page begins with that ends among the other languages."""


async def page(
    db: Connection, wanted: Wanted, first: str | None, today: date, cursor: str | None, limit: int
) -> tuple[list[ArticleRecord], str | None]:
    """At most `limit` articles and the cursor of what follows. `first` means nothing when one language is wanted.
    Raises `InvalidInput` for a cursor that is not ours."""
    among_others = (cursor or "").startswith(_OTHERS)
    before = read_cursor((cursor or "").removeprefix(_OTHERS))
    if first is None or wanted.spoken:
        return _cut(await store.listed(db, wanted, today, before, limit + 1), limit, "")
    others = replace(wanted, else_than=first)
    if among_others:
        return _cut(await store.listed(db, others, today, before, limit + 1), limit, _OTHERS)
    own = await store.listed(db, replace(wanted, spoken=first), today, before, limit + 1)
    if len(own) > limit:
        return _cut(own, limit, "")
    more, following = _cut(await store.listed(db, others, today, None, limit - len(own) + 1), limit - len(own), _OTHERS)
    return [*own, *more], following


async def beside(
    db: Connection, wanted: Wanted, led_to: Sequence[UUID], items: Sequence[ArticleRecord], today: date
) -> list[ArticleRecord]:
    """Of the articles `led_to`, in that order, those that are wanted but for their words and not among the `items`."""
    there = {it.id for it in items}
    among = tuple(it for it in led_to if it not in there)
    found = await store.listed(db, replace(wanted, text="", among=among), today, None, len(among)) if among else []
    return sorted(found, key=lambda it: among.index(it.id))


def _cut(found: list[ArticleRecord], limit: int, begins: str) -> tuple[list[ArticleRecord], str | None]:
    if len(found) <= limit:
        return found, None
    if limit == 0:
        return [], f"{begins}"
    return found[:limit], begins + write_cursor(found[limit - 1].updated_at, found[limit - 1].id)
