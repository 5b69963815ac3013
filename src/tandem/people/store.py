"""The SQL of contacts and identities."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many, one
from tandem.people.model import Contact, Described, IdentityView, Introduction, Known

T = TypeVar("T")

_KNOWN = """select c.id as contact, c.name, c.locale, c.tier, i.verified, i.external_id as external
            from identity i join contact c on c.id = i.contact_id"""


async def known(db: Connection, channel: UUID, external: str) -> Known | None:
    """Index: the primary key of identity."""
    return await one(db, Known, f"{_KNOWN} where i.channel_id = $1 and i.external_id = $2", channel, external)


async def meet(db: Connection, channel: UUID, who: Introduction, now: datetime) -> Known | None:
    """As `known`, and what the introduction says that is new is kept. The day a contact was last seen is kept to the minute:
    a row written anew for every message of a busy customer would cost more than it tells. Index: the primary key of identity."""
    return await one(
        db, Known,
        f"""with met as ({_KNOWN} where i.channel_id = $1 and i.external_id = $2), seen as (
                update contact c set last_seen = $3, name = coalesce(nullif($4, ''), c.name), locale = coalesce(nullif($5, ''), c.locale),
                    tier = coalesce($6, c.tier), attributes = c.attributes || $7
                from met where c.id = met.contact and (
                    c.last_seen < $3::timestamptz - interval '1 minute' or c.name <> coalesce(nullif($4, ''), c.name)
                    or c.locale <> coalesce(nullif($5, ''), c.locale) or c.tier is distinct from coalesce($6, c.tier)
                    or not c.attributes @> $7)
            ) select * from met""",
        channel, who.external, now, who.name, who.locale, who.tier, who.attributes,
    )  # fmt: skip


async def vouched_id(db: Connection, contact: UUID) -> str | None:
    """The shop's own id of a contact, if any channel vouches for it. Index: identity_contact."""
    found: str | None = await db.fetchval(
        """select substring(external_id from 10) from identity
           where contact_id = $1 and verified and external_id like 'customer:%' order by external_id limit 1""",
        contact,
    )
    return found


async def add_contact(db: Connection, contact: UUID, who: Introduction, now: datetime) -> None:
    await db.execute(
        """insert into contact (id, name, locale, tier, attributes, first_seen, last_seen) values ($1, $2, $3, $4, $5, $6, $6)""",
        contact, who.name, who.locale, who.tier, who.attributes, now,
    )  # fmt: skip


async def add_identity(db: Connection, channel: UUID, external: str, contact: UUID, verified: bool) -> bool:
    """False when this identity belongs to somebody already."""
    added = await db.fetchval(
        """insert into identity (channel_id, external_id, contact_id, verified) values ($1, $2, $3, $4)
           on conflict do nothing returning contact_id""",
        channel, external, contact, verified,
    )  # fmt: skip
    return added is not None


async def drop_contact(db: Connection, contact: UUID) -> None:
    await db.execute("delete from contact where id = $1", contact)


class _ContactRow(Struct, frozen=True):
    id: UUID
    name: str
    locale: str
    tier: str | None
    attributes: dict[str, Any]
    first_seen: datetime
    last_seen: datetime
    conversations: int


async def contact(db: Connection, contact: UUID) -> Contact | None:
    """Index: conversation_contact, identity_contact."""
    row = await one(
        db, _ContactRow,
        """select id, name, locale, tier, attributes, first_seen, last_seen,
                  (select coalesce(sum(episode), 0) from conversation where contact_id = $1)::int as conversations
           from contact where id = $1""",
        contact,
    )  # fmt: skip
    if row is None:
        return None
    identities = await many(
        db, IdentityView,
        """select ch.name as channel, i.external_id as external, i.verified from identity i
           join channel ch on ch.id = i.channel_id where i.contact_id = $1 order by i.verified desc, ch.name, i.external_id limit 50""",
        contact,
    )  # fmt: skip
    return Contact(
        row.id, row.name, row.locale, row.tier, row.attributes, identities, row.first_seen, row.last_seen, row.conversations
    )


async def lock(db: Connection, contact: UUID) -> UUID | None:
    """Until the end of the transaction nobody else changes the contact; None when there is none."""
    found: UUID | None = await db.fetchval("select id from contact where id = $1 for no key update", contact)
    return found


async def change(db: Connection, contact: UUID, to: Described) -> None:
    """An empty tier is none; an empty attribute is taken away."""
    await db.execute(
        """update contact set name = coalesce($2, name), tier = case when $3::text is null then tier else nullif($3, '') end,
               attributes = (attributes || $4) - $5::text[] where id = $1""",
        contact, to.name, to.tier, to.attributes, [key for key, value in to.attributes.items() if value == ""],
    )  # fmt: skip


async def fields(db: Connection, kind: type[T]) -> list[T]:
    """The shop's own fields, in the order that was set, as structs of `kind`."""
    return await many(db, kind, "select key, label, kind, choices, position from contact_field order by position, key limit 200")


async def put_field(
    db: Connection, key: str, label: dict[str, str], kind: str, choices: Sequence[str], position: int, now: datetime
) -> None:
    await db.execute(
        """insert into contact_field (key, label, kind, choices, position, updated_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (key) do update set label = $2, kind = $3, choices = $4, position = $5, updated_at = $6""",
        key, label, kind, choices, position, now,
    )  # fmt: skip


async def drop_field(db: Connection, key: str) -> bool:
    return await db.fetchval("delete from contact_field where key = $1 returning key", key) is not None
