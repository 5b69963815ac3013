"""The SQL of meanings."""

from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many
from tandem.knowledge.model import Article


class Meaning(Struct, frozen=True):
    """`vectors`: 32-bit floats, little-endian, `dimensions` a row."""

    article: UUID
    lang: str
    dimensions: int
    vectors: bytes


async def meanings(db: Connection, model: str, article: UUID | None = None) -> list[Meaning]:
    """Of what is published now. Index: the primary key of article_meaning."""
    return await many(
        db, Meaning,
        """select m.article_id as article, a.lang, m.dimensions, m.vectors
           from article a join article_meaning m on m.article_id = a.id and m.version = a.published_version and m.model = $1
           where a.state <> 'archived' and ($2::uuid is null or a.id = $2)""",
        model, article,
    )  # fmt: skip


async def without(db: Connection, model: str, limit: int) -> list[Article]:
    """Published articles whose published version this encoder has not read."""
    return await many(
        db, Article,
        """select a.id, a.lang, v.category, v.question, v.phrasings, v.answer, v.version
           from article a join article_version v on v.article_id = a.id and v.version = a.published_version
           where a.state <> 'archived' and not exists (
               select from article_meaning m where m.article_id = a.id and m.version = a.published_version and m.model = $1)
           order by a.id limit $2""",
        model, limit,
    )  # fmt: skip


async def keep(db: Connection, article: UUID, version: int, model: str, dimensions: int, vectors: bytes) -> None:
    """Older versions and other encoders' vectors go: they can be made again."""
    await db.execute(
        """with gone as (delete from article_meaning where article_id = $1 and (version, model) <> ($2, $3))
           insert into article_meaning (article_id, version, model, dimensions, vectors) values ($1, $2, $3, $4, $5)
           on conflict (article_id, version, model) do update set dimensions = $4, vectors = $5""",
        article, version, model, dimensions, vectors,
    )  # fmt: skip
