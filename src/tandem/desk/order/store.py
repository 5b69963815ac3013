"""The SQL of tags, snoozes, drafts and saved views."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.desk.model import Filter
from tandem.desk.order.model import DraftKind, SavedView, Snooze, Tag, WrittenDraft
from tandem.infra.db import Connection, many, one

_SNOOZE = "conversation_id as conversation, by_user as by, until, note"


async def tags(db: Connection) -> list[Tag]:
    return await many(db, Tag, "select id, name, colour from tag order by lower(name) limit 500")


async def put_tag(db: Connection, tag: Tag, now: datetime) -> bool:
    """False when the name is taken by another."""
    done = await db.fetchval(
        """insert into tag (id, name, colour, created_at)
           select $1, $2, $3, $4 where not exists (select 1 from tag where lower(name) = lower($2) and id <> $1)
           on conflict (id) do update set name = $2, colour = $3 returning id""",
        tag.id, tag.name, tag.colour, now,
    )  # fmt: skip
    return done is not None


async def drop_tag(db: Connection, tag: UUID) -> bool:
    return await db.fetchval("delete from tag where id = $1 returning id", tag) is not None


async def label(db: Connection, conversation: UUID, tags: Sequence[UUID], by: UUID, now: datetime) -> list[UUID]:
    """The tags that it did not have before; unknown ones are passed over."""
    rows = await db.fetch(
        """insert into conversation_tag (conversation_id, tag_id, by_user, at)
           select $1, id, $3, $4 from tag where id = any($2) on conflict do nothing returning tag_id""",
        conversation, tags, by, now,
    )  # fmt: skip
    return [row["tag_id"] for row in rows]


async def unlabel(db: Connection, conversation: UUID, tags: Sequence[UUID]) -> list[UUID]:
    """The tags that it had."""
    rows = await db.fetch(
        "delete from conversation_tag where conversation_id = $1 and tag_id = any($2) returning tag_id", conversation, tags
    )
    return [row["tag_id"] for row in rows]


async def put_snooze(db: Connection, snooze: Snooze) -> None:
    """One a conversation: a second replaces the first."""
    await db.execute(
        """insert into snooze (conversation_id, by_user, until, note) values ($1, $2, $3, $4)
           on conflict (conversation_id) do update set by_user = $2, until = $3, note = $4""",
        snooze.conversation, snooze.by, snooze.until, snooze.note,
    )  # fmt: skip


async def drop_snooze(db: Connection, conversation: UUID) -> Snooze | None:
    return await one(db, Snooze, f"delete from snooze where conversation_id = $1 returning {_SNOOZE}", conversation)


async def due_snoozes(db: Connection, now: datetime, limit: int) -> list[UUID]:
    """Longest due first. Index: snooze_until."""
    rows = await db.fetch("select conversation_id from snooze where until <= $1 order by until limit $2", now, limit)
    return [row["conversation_id"] for row in rows]


async def drafts(db: Connection, user: UUID, conversation: UUID) -> list[WrittenDraft]:
    """Index: the primary key."""
    return await many(
        db, WrittenDraft,
        "select conversation_id as conversation, kind, text, updated_at from draft where user_id = $1 and conversation_id = $2",
        user, conversation,
    )  # fmt: skip


async def put_draft(db: Connection, user: UUID, conversation: UUID, kind: DraftKind, text: str, now: datetime) -> bool:
    """False when there is no such conversation."""
    done = await db.fetchval(
        """insert into draft (user_id, conversation_id, kind, text, updated_at)
           select $1, id, $3, $4, $5 from conversation where id = $2
           on conflict (user_id, conversation_id, kind) do update set text = $4, updated_at = $5 returning kind""",
        user, conversation, kind, text, now,
    )  # fmt: skip
    return done is not None


async def drop_draft(db: Connection, user: UUID, conversation: UUID, kind: DraftKind) -> None:
    await db.execute("delete from draft where user_id = $1 and conversation_id = $2 and kind = $3", user, conversation, kind)


class _ViewRow(Struct, frozen=True):
    id: UUID
    user_id: UUID | None
    name: str
    filter: Filter


async def saved_views(db: Connection, user: UUID, *, may_share: bool) -> list[SavedView]:
    """One's own and everybody's, in the order they were made."""
    rows = await many(
        db, _ViewRow,
        """select id, user_id, name, filter from saved_view where user_id = $1 or user_id is null
           order by created_at, id limit 100""",
        user,
    )  # fmt: skip
    return [SavedView(it.id, it.name, it.filter, it.user_id is None, may_share or it.user_id == user) for it in rows]


async def put_view(db: Connection, view: UUID, owner: UUID | None, name: str, wanted: Filter, now: datetime) -> None:
    await db.execute(
        "insert into saved_view (id, user_id, name, filter, created_at) values ($1, $2, $3, $4, $5)", view, owner, name, wanted, now
    )


async def drop_view(db: Connection, view: UUID, user: UUID, *, may_share: bool) -> bool:
    """False when it is not there, or not the caller's to take away."""
    done = await db.fetchval(
        "delete from saved_view where id = $1 and (user_id = $2 or (user_id is null and $3)) returning id", view, user, may_share
    )
    return done is not None
