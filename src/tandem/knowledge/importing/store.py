"""The SQL of imports."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many, one, sure
from tandem.knowledge.importing.found import Read
from tandem.knowledge.importing.model import Asked, Gone, ImportState, KnowledgeImport
from tandem.knowledge.record import ArticleSource

_IMPORT = """id, kind, name, by_name, state, done, total, added, changed, unchanged, gone, unclear, more_unclear, why, created_at,
    ended_at"""


async def add(
    db: Connection, it: UUID, kind: str, name: str, blob: UUID | None, pages: int, lang: str, by: str, now: datetime
) -> KnowledgeImport:
    return await sure(
        db, KnowledgeImport,
        f"""insert into knowledge_import (id, kind, name, blob_id, pages, lang, by_name, state, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8) returning {_IMPORT}""",
        it, kind, name, blob, pages, lang, by, now,
    )  # fmt: skip


async def asked(db: Connection, it: UUID) -> Asked | None:
    return await one(
        db, Asked, "select kind, name, blob_id as blob, pages, lang, by_name, state from knowledge_import where id = $1", it
    )


async def imports(db: Connection, limit: int) -> list[KnowledgeImport]:
    """Newest first, each without what was unclear. Index: knowledge_import_list."""
    return await many(
        db, KnowledgeImport,
        """select id, kind, name, by_name, state, done, total, added, changed, unchanged, '[]'::jsonb as gone, '[]'::jsonb as unclear,
                  jsonb_array_length(unclear) + more_unclear as more_unclear, why, created_at, ended_at
           from knowledge_import order by created_at desc, id desc limit $1""",
        limit,
    )  # fmt: skip


async def one_import(db: Connection, it: UUID) -> KnowledgeImport | None:
    return await one(db, KnowledgeImport, f"select {_IMPORT} from knowledge_import where id = $1", it)


async def reading(db: Connection, it: UUID, done: int, total: int) -> None:
    """A word to stop it stands, here and below: nothing that is still under way undoes it."""
    await db.execute(
        "update knowledge_import set state = 'reading', done = $2, total = $3 where id = $1 and state <> 'stopped'", it, done, total
    )


async def storing(db: Connection, it: UUID, read: Read) -> None:
    """From the beginning, also when it is done again after an interruption."""
    await db.execute(
        """update knowledge_import set state = 'storing', done = 0, total = $2, added = 0, changed = 0, unchanged = 0, unclear = $3,
               more_unclear = $4 where id = $1 and state <> 'stopped'""",
        it, len(read.found), read.unclear, read.more_unclear,
    )  # fmt: skip


async def stored(db: Connection, it: UUID, added: int, changed: int, unchanged: int) -> bool:
    """So many more. Whether it is still wanted."""
    told = await db.execute(
        """update knowledge_import set done = done + $2 + $3 + $4, added = added + $2, changed = changed + $3,
               unchanged = unchanged + $4 where id = $1 and state = 'storing'""",
        it, added, changed, unchanged,
    )  # fmt: skip
    return bool(told == "UPDATE 1")


async def also_unclear(db: Connection, it: UUID, unclear: Sequence[Struct]) -> None:
    await db.execute(
        "update knowledge_import set done = done + $3, unclear = unclear || $2 where id = $1", it, unclear, len(unclear)
    )


async def ended(db: Connection, it: UUID, state: ImportState, gone: list[Gone], why: str | None, now: datetime) -> bool:
    """Whether it had not ended before."""
    told = await db.execute(
        """update knowledge_import set state = $2, gone = $3, why = $4, ended_at = $5
           where id = $1 and state not in ('done', 'failed', 'stopped')""",
        it, state, gone, why, now,
    )  # fmt: skip
    return bool(told == "UPDATE 1")


class Imported(Struct, frozen=True):
    """An article that came from a document, or that an exported file names by its id."""

    id: UUID
    source_key: str | None
    source_digest: str | None


async def imported(db: Connection, keys: Sequence[str], ids: Sequence[UUID]) -> list[Imported]:
    """Index: unique (source_key), the primary key of article."""
    return await many(
        db, Imported, "select id, source_key, source_digest from article where source_key = any($1) or id = any($2)", keys, ids
    )


async def one_at_a_time(db: Connection) -> None:
    """Until the transaction ends no other import stores: of the same file, at the same time, each would add what the other adds."""
    await db.execute("select pg_advisory_xact_lock(7266646)")


async def keep_source(db: Connection, article: UUID, source: ArticleSource, key: str, digest: str) -> None:
    await db.execute(
        "update article set source = $2, source_key = $3, source_digest = $4 where id = $1", article, source, key, digest
    )


async def gone(db: Connection, name: str, keys: Sequence[str], limit: int) -> list[Gone]:
    """Articles of this source that stand at none of these places. Index: article_source."""
    return await many(
        db, Gone,
        """select id, question from article
           where source->>'name' = $1 and source is not null and source_key <> all($2) and state <> 'archived' limit $3""",
        name, keys, limit,
    )  # fmt: skip
