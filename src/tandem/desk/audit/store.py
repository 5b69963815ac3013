"""The SQL of reading the audit. It is written by `infra.audit`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many


class Deed(Struct, frozen=True):
    """A row as it was written."""

    id: int
    at: datetime
    actor: UUID | None
    action: str
    subject: str
    detail: dict[str, str]


async def deeds(
    db: Connection, *, since: datetime, before: int | None, actor: UUID | None, area: str | None, limit: int
) -> list[Deed]:
    """The newest first. Index: audit_at, which `since` bounds: somebody who did little would else be sought through all years."""
    return await many(
        db, Deed,
        """select id, at, actor, action, subject, detail from audit
           where at >= $1 and ($2::bigint is null or (at, id) < (select at, id from audit where id = $2)) and ($3::uuid is null or actor = $3)
             and ($4::text is null or split_part(action, '.', 1) = $4)
           order by at desc, id desc limit $5""",
        since, before, actor, area, limit,
    )  # fmt: skip


class Known(Struct, frozen=True):
    """What an id stands for."""

    id: UUID
    name: str
    conversation: UUID | None


async def known(db: Connection, ids: Iterable[UUID]) -> list[Known]:
    """Each by its primary key; what was deleted since is left out."""
    return await many(
        db, Known,
        """select id, name, null::uuid as conversation from users where id = any($1)
           union all select id, name, null from contact where id = any($1)
           union all select c.id, p.name, c.id from conversation c join contact p on p.id = c.contact_id where c.id = any($1)
           union all select e.id, e.what, e.conversation_id from exception e where e.id = any($1)
           union all select id, name, null from routing_queue where id = any($1)
           union all select id, name, null from team where id = any($1)
           union all select id, name, null from expertise where id = any($1)
           union all select id, name, null from opening_hours where id = any($1)
           union all select id, name, null from channel where id = any($1)
           union all select id, question, null from article where id = any($1)""",
        list(ids),
    )  # fmt: skip
