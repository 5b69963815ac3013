"""The SQL of merging and joining."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.desk.contacts.model import FoundContact, Linked, Merge
from tandem.infra.db import Connection, many, one


async def search(db: Connection, text: str, but: UUID, limit: int) -> list[FoundContact]:
    """By a part of the name or of an identity; whoever was merged away is not found."""
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return await many(
        db, FoundContact,
        """select p.id, p.name, p.tier, p.last_seen, coalesce(i.external_id, '') as external, coalesce(i.verified, false) as verified,
                  (select count(*) from conversation c where c.contact_id = p.id)::int as conversations
           from contact p left join lateral (
               select external_id, verified from identity where contact_id = p.id order by verified desc, external_id limit 1) i on true
           where p.id <> $2 and p.merged_into is null and (p.name ilike $1 or exists (
               select 1 from identity n where n.contact_id = p.id and n.external_id ilike $1))
           order by p.last_seen desc limit $3""",
        pattern, but, limit,
    )  # fmt: skip


async def conversations_of(db: Connection, contact: UUID, limit: int) -> list[UUID]:
    """The last changed first. Index: conversation_contact."""
    rows = await db.fetch(
        "select id from conversation where contact_id = $1 and last_seq > 0 order by changed_at desc limit $2", contact, limit
    )
    return [row["id"] for row in rows]


class Person(Struct, frozen=True):
    """A record while it is locked."""

    id: UUID
    name: str
    tier: str | None
    attributes: dict[str, Any]
    merged_into: UUID | None


async def lock(db: Connection, contacts: Sequence[UUID]) -> list[Person]:
    """In the order of their ids, so that two merges of the same pair wait for each other instead of for ever."""
    return await many(
        db,
        Person,
        "select id, name, tier, attributes, merged_into from contact where id = any($1) order by id for no key update",
        contacts,
    )


async def identities_of(db: Connection, contact: UUID) -> list[list[str]]:
    """Each as channel and external id. Index: identity_contact."""
    rows = await db.fetch("select channel_id, external_id from identity where contact_id = $1", contact)
    return [[str(row["channel_id"]), row["external_id"]] for row in rows]


async def hand_over(
    db: Connection, identities: Sequence[Sequence[str]], conversations: Sequence[UUID], since: UUID, to: UUID
) -> None:
    """Identities and conversations that `since` has become those of `to`; what somebody else has by now stays there."""
    await db.execute(
        """update identity set contact_id = $4 where contact_id = $3
           and (channel_id, external_id) in (select * from unnest($1::uuid[], $2::text[]))""",
        [UUID(it[0]) for it in identities], [it[1] for it in identities], since, to,
    )  # fmt: skip
    await db.execute("update conversation set contact_id = $3 where contact_id = $2 and id = any($1)", conversations, since, to)


async def describe(db: Connection, contact: UUID, name: str, tier: str | None, attributes: dict[str, Any]) -> None:
    await db.execute("update contact set name = $2, tier = $3, attributes = $4 where id = $1", contact, name, tier, attributes)


async def set_merged(db: Connection, contact: UUID, into: UUID | None) -> None:
    await db.execute("update contact set merged_into = $2 where id = $1", contact, into)


class KeptMerge(Struct, frozen=True):
    id: UUID
    kept: UUID
    absorbed: UUID
    identities: list[list[str]]
    conversations: list[UUID]
    kept_before: dict[str, Any]


async def put_merge(db: Connection, merge: KeptMerge, by: UUID, now: datetime) -> None:
    await db.execute(
        """insert into contact_merge (id, kept, absorbed, identities, conversations, kept_before, by_user, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        merge.id, merge.kept, merge.absorbed, merge.identities, merge.conversations, merge.kept_before, by, now,
    )  # fmt: skip


async def take_merge(db: Connection, merge: UUID, now: datetime) -> KeptMerge | None:
    """Once: whoever is second finds nothing to undo."""
    return await one(
        db, KeptMerge,
        """update contact_merge set undone_at = $2 where id = $1 and undone_at is null
           returning id, kept, absorbed, identities, conversations, kept_before""",
        merge, now,
    )  # fmt: skip


async def merges_of(db: Connection, contact: UUID) -> list[Merge]:
    """Those that still stand, newest first. Index: contact_merge_kept."""
    return await many(
        db, Merge,
        """select m.id, m.kept, m.absorbed, p.name as absorbed_name, m.at, coalesce(u.name, '') as by_name
           from contact_merge m join contact p on p.id = m.absorbed left join users u on u.id = m.by_user
           where m.kept = $1 and m.undone_at is null order by m.at desc limit 50""",
        contact,
    )  # fmt: skip


async def link(db: Connection, absorbed: UUID, kept: UUID, by: UUID, now: datetime) -> bool:
    """False when it belongs to another one already, or others belong to it."""
    done = await db.fetchval(
        """insert into conversation_link (absorbed, kept, by_user, at)
           select $1, $2, $3, $4 where not exists (select 1 from conversation_link where kept = $1 or absorbed = $2)
           on conflict do nothing returning absorbed""",
        absorbed, kept, by, now,
    )  # fmt: skip
    return done is not None


async def unlink(db: Connection, absorbed: UUID) -> UUID | None:
    """What it belonged to."""
    kept: UUID | None = await db.fetchval("delete from conversation_link where absorbed = $1 returning kept", absorbed)
    return kept


async def links_among(db: Connection, conversations: Sequence[UUID]) -> list[Linked]:
    return await many(db, Linked, "select absorbed, kept from conversation_link where absorbed = any($1)", conversations)
