"""The SQL of articles and their versions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tandem.infra.db import Connection, many, one, sure
from tandem.kit.text import sought, words
from tandem.knowledge.model import Article
from tandem.knowledge.record import ArticleDraft, ArticleRecord, ArticleState, ArticleVersion

_RECORD = """id, lang, category, question, phrasings, answer, state, version, published_version, updated_at, updated_by, used"""


async def published(db: Connection) -> list[Article]:
    """What customers may be answered from, at the version that was published."""
    return await many(
        db, Article,
        """select a.id, a.lang, v.category, v.question, v.phrasings, v.answer, v.version
           from article a join article_version v on v.article_id = a.id and v.version = a.published_version
           where a.state <> 'archived' order by a.id""",
    )  # fmt: skip


async def published_one(db: Connection, article: UUID) -> Article | None:
    return await one(
        db, Article,
        """select a.id, a.lang, v.category, v.question, v.phrasings, v.answer, v.version
           from article a join article_version v on v.article_id = a.id and v.version = a.published_version
           where a.id = $1 and a.state <> 'archived'""",
        article,
    )  # fmt: skip


async def add(db: Connection, article: UUID, key: str | None, draft: ArticleDraft, by: str, now: datetime) -> ArticleRecord:
    record = await sure(
        db, ArticleRecord,
        f"""insert into article (id, key, lang, category, question, phrasings, answer, state, version, words, updated_at, updated_by)
            values ($1, $2, $3, $4, $5, $6, $7, 'draft', 1, array_to_tsvector($8::text[]), $9, $10) returning {_RECORD}""",
        article, key, draft.lang, draft.category, draft.question, draft.phrasings, draft.answer, _words(draft), now, by,
    )  # fmt: skip
    await _keep_version(db, record)
    return record


async def write(db: Connection, article: UUID, draft: ArticleDraft, by: str, now: datetime) -> ArticleRecord | None:
    """The next version, or None when somebody else wrote meanwhile."""
    record = await one(
        db, ArticleRecord,
        f"""update article set lang = $2, category = $3, question = $4, phrasings = $5, answer = $6, version = version + 1,
                words = array_to_tsvector($7::text[]), updated_at = $8, updated_by = $9,
                state = case when state = 'archived' then 'draft' else state end
            where id = $1 and version = $10 returning {_RECORD}""",
        article, draft.lang, draft.category, draft.question, draft.phrasings, draft.answer, _words(draft), now, by, draft.version,
    )  # fmt: skip
    if record:
        await _keep_version(db, record)
    return record


async def _keep_version(db: Connection, record: ArticleRecord) -> None:
    await db.execute(
        """insert into article_version (article_id, version, category, question, phrasings, answer, at, by_name)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        record.id, record.version, record.category, record.question, record.phrasings, record.answer, record.updated_at,
        record.updated_by,
    )  # fmt: skip


async def set_state(
    db: Connection, article: UUID, state: ArticleState, published_version: int | None, at_version: int
) -> ArticleRecord | None:
    """None when the article is no longer at `at_version`."""
    return await one(
        db, ArticleRecord,
        f"update article set state = $2, published_version = $3 where id = $1 and version = $4 returning {_RECORD}",
        article, state, published_version, at_version,
    )  # fmt: skip


async def record(db: Connection, article: UUID) -> ArticleRecord | None:
    return await one(db, ArticleRecord, f"select {_RECORD} from article where id = $1", article)


async def versions(db: Connection, article: UUID) -> list[ArticleVersion]:
    """Newest first. Index: the primary key."""
    return await many(
        db, ArticleVersion,
        """select version, category, question, phrasings, answer, at, by_name from article_version
           where article_id = $1 order by version desc limit 200""",
        article,
    )  # fmt: skip


async def version(db: Connection, article: UUID, version: int) -> ArticleVersion | None:
    return await one(
        db, ArticleVersion,
        """select version, category, question, phrasings, answer, at, by_name from article_version
           where article_id = $1 and version = $2""",
        article, version,
    )  # fmt: skip


async def listed(
    db: Connection, *, text: str, lang: str | None, state: str | None, category: str | None,
    before: tuple[datetime, UUID] | None, limit: int,
) -> list[ArticleRecord]:  # fmt: skip
    """Newest change first. Index: article_list, article_words."""
    need = sought(text)
    at, article = before or (None, None)
    return await many(
        db, ArticleRecord,
        f"""select {_RECORD} from article
            where ($1::text is null or words @@ $1::tsquery) and ($2::text is null or lang = $2)
              and (case when $3::text is null then state <> 'archived' else state = $3 end)
              and ($4::text is null or category = $4)
              and ($5::timestamptz is null or (updated_at, id) < ($5, $6::uuid))
            order by updated_at desc, id desc limit $7""",
        " & ".join(f"'{word}'" for word in need) or None, lang, state, category, at, article, limit,
    )  # fmt: skip


async def categories(db: Connection) -> list[str]:
    rows = await db.fetch("select distinct category from article where state <> 'archived' order by category limit 500")
    return [row["category"] for row in rows]


async def count_use(db: Connection, articles: Sequence[UUID]) -> None:
    await db.execute("update article set used = used + 1 where id = any($1)", articles)


def _words(draft: ArticleDraft) -> list[str]:
    return words("\n".join([draft.question, *draft.phrasings, draft.category, draft.answer]))
