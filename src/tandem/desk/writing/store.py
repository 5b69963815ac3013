"""The SQL of phrases, macros and mentions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.desk.writing.model import Macro, Phrase, Step
from tandem.infra.db import Connection, many, one


async def phrases(db: Connection, user: UUID) -> list[Phrase]:
    """One's own and everybody's, the most used first."""
    return await many(
        db, Phrase,
        """select id, shortcut, lang, title, text, owner_id is not null as mine, used from phrase
           where owner_id = $1 or owner_id is null order by used desc, lower(shortcut), id limit 2000""",
        user,
    )  # fmt: skip


async def phrase_owner(db: Connection, phrase: UUID) -> tuple[bool, UUID | None]:
    """Whether it is there, and whose it is."""
    row = await db.fetchrow("select owner_id from phrase where id = $1", phrase)
    return row is not None, row["owner_id"] if row else None


async def put_phrase(db: Connection, phrase: Phrase, owner: UUID | None, now: datetime) -> bool:
    """False when the shortcut is taken in that language."""
    taken = await db.fetchval(
        """select true from phrase where lower(shortcut) = lower($2) and lang = $3 and owner_id is not distinct from $4 and id <> $1""",
        phrase.id, phrase.shortcut, phrase.lang, owner,
    )  # fmt: skip
    if taken:
        return False
    await db.execute(
        """insert into phrase (id, owner_id, shortcut, lang, title, text, updated_at) values ($1, $4, $2, $3, $5, $6, $7)
           on conflict (id) do update set shortcut = $2, lang = $3, title = $5, text = $6, updated_at = $7""",
        phrase.id, phrase.shortcut, phrase.lang, owner, phrase.title, phrase.text, now,
    )  # fmt: skip
    return True


async def drop_phrase(db: Connection, phrase: UUID) -> None:
    await db.execute("delete from phrase where id = $1", phrase)


async def count_use(db: Connection, phrase: UUID) -> None:
    await db.execute("update phrase set used = used + 1 where id = $1", phrase)


class _MacroRow(Struct, frozen=True):
    id: UUID
    name: str
    actions: Any

    def macro(self) -> Macro:
        return Macro(self.id, self.name, msgspec.convert(self.actions, tuple[Step, ...]))


async def macros(db: Connection) -> list[Macro]:
    rows = await many(db, _MacroRow, "select id, name, actions from macro order by lower(name) limit 500")
    return [row.macro() for row in rows]


async def macro(db: Connection, macro: UUID) -> Macro | None:
    row = await one(db, _MacroRow, "select id, name, actions from macro where id = $1", macro)
    return row.macro() if row else None


async def put_macro(db: Connection, macro: Macro, now: datetime) -> bool:
    """False when the name is taken."""
    done = await db.fetchval(
        """insert into macro (id, name, actions, updated_at)
           select $1, $2, $3, $4 where not exists (select 1 from macro where lower(name) = lower($2) and id <> $1)
           on conflict (id) do update set name = $2, actions = $3, updated_at = $4 returning id""",
        macro.id, macro.name, macro.steps, now,
    )  # fmt: skip
    return done is not None


async def drop_macro(db: Connection, macro: UUID) -> bool:
    return await db.fetchval("delete from macro where id = $1 returning id", macro) is not None


async def call_to(db: Connection, users: Sequence[UUID], conversation: UUID, seq: int, now: datetime) -> list[UUID]:
    """Those of the users who work here, called to an entry."""
    rows = await db.fetch(
        """insert into mention (user_id, conversation_id, seq, at) select id, $2, $3, $4 from users where id = any($1) and active
           on conflict do nothing returning user_id""",
        users, conversation, seq, now,
    )  # fmt: skip
    return [row["user_id"] for row in rows]


async def mentions_seen(db: Connection, user: UUID, conversation: UUID, now: datetime) -> bool:
    """False when there was nothing new to see."""
    done = await db.execute(
        "update mention set seen_at = $3 where user_id = $1 and conversation_id = $2 and seen_at is null", user, conversation, now
    )
    return not done.endswith(" 0")
