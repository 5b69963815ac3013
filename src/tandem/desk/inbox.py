"""Pages of the inbox: a view, or what a search finds."""

from datetime import datetime
from uuid import UUID

import msgspec

from tandem.desk import store
from tandem.desk.model import Conversation, Filter, Inbox, TimelinePage, View
from tandem.infra.db import Connection
from tandem.kit.cursor import read_cursor, write_cursor
from tandem.kit.errors import InvalidInput, NotFound
from tandem.timeline import store as timelines

_MOST_FOUND = 100
_LONGEST_SEARCH = 200


async def page(
    db: Connection, view: View, narrowed: Filter | None, user: UUID, cursor: str | None, limit: int, now: datetime
) -> Inbox:
    """Newest change first; a filter stands in the place of the view. Raises `InvalidInput` for a cursor that is not ours."""
    items = await _items(db, view, narrowed, user, read_cursor(cursor), limit + 1, now)
    following = write_cursor(items[limit - 1].changed_at, items[limit - 1].id) if len(items) > limit else None
    return Inbox(items[:limit], following, await store.counts(db, user))


async def _items(
    db: Connection, view: View, narrowed: Filter | None, user: UUID, before: tuple[datetime, UUID] | None, limit: int, now: datetime
) -> list[Conversation]:
    if narrowed is not None:
        return await store.filtered(db, narrowed, now, before, limit)
    if view == "snoozed":
        return await store.snoozed(db, user, before, limit)
    if view == "team":
        return await store.of_teams(db, user, before, limit)
    if view == "mentions":
        return await store.mentioned(db, user, before, limit)
    return await store.listed(db, view, user, before, limit)


def read_filter(text: str) -> Filter | None:
    """A filter as it stands in an address: JSON, or nothing. Raises `InvalidInput`."""
    if not text:
        return None
    try:
        return msgspec.json.decode(text, type=Filter)
    except (msgspec.DecodeError, UnicodeError):
        raise InvalidInput.field("filter", "unknown") from None


async def search(db: Connection, text: str, user: UUID) -> Inbox:
    """Conversations by the customer's name and by what was said, in all views at once."""
    text = text[:_LONGEST_SEARCH]
    named = await store.by_contact_name(db, text, _MOST_FOUND)
    said = await timelines.found_in(db, text, _MOST_FOUND)
    items = await store.by_ids(db, list(dict.fromkeys([*named, *said]))[:_MOST_FOUND])
    return Inbox(items, None, await store.counts(db, user))


async def timeline_page(db: Connection, conversation: UUID, since: int | None, before: int | None, limit: int) -> TimelinePage:
    """The newest page, or what lies below `before` or above `since`. Raises `NotFound`."""
    if await timelines.look(db, conversation) is None:
        raise NotFound
    if since is not None:
        entries = await timelines.entries_after(db, conversation, since, limit)
        through = entries[-1].seq if entries else since
        return TimelinePage(entries, since, through, len(entries) == limit)
    below = before if before is not None else 2**31 - 1
    entries = await timelines.entries_before(db, conversation, below, limit)
    after = entries[0].seq - 1 if entries else 0
    return TimelinePage(entries, after, entries[-1].seq if entries else 0, after > 0)
