"""The SQL of counterparts: articles that share a `key`, at most one of a language."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many
from tandem.knowledge.record import ArticleState


class Counterpart(Struct, frozen=True):
    """An article that says the same in another language."""

    id: UUID
    lang: str
    question: str
    state: ArticleState
    published_version: int | None


class Keyed(Struct, frozen=True):
    id: UUID
    lang: str
    key: str | None


async def counterparts(db: Connection, article: UUID) -> list[Counterpart]:
    return await many(
        db, Counterpart,
        """select o.id, o.lang, o.question, o.state, o.published_version
           from article a join article o on o.key = a.key and o.id <> a.id where a.id = $1 order by o.lang""",
        article,
    )  # fmt: skip


async def hold(db: Connection, *articles: UUID) -> list[Keyed]:
    """Locked in the order of their ids, so that two who link the same ones do not wait for each other."""
    return await many(db, Keyed, "select id, lang, key from article where id = any($1) order by id for update", articles)


async def sharing(db: Connection, keys: Sequence[str]) -> list[Keyed]:
    return await many(db, Keyed, "select id, lang, key from article where key = any($1)", keys)


async def put_key(db: Connection, key: str | None, *articles: UUID) -> None:
    await db.execute("update article set key = $1 where id = any($2)", key, articles)
