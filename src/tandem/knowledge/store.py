"""The SQL of articles and their versions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many, one, sure
from tandem.kit.text import sought, words
from tandem.knowledge.model import Article
from tandem.knowledge.record import ArticleDraft, ArticleRecord, ArticleState, ArticleVersion, ChannelName, Listed
from tandem.knowledge.resembling import Resembling
from tandem.timeline.model import Attachment

_RECORD = """id, lang, category, question, phrasings, answer, conditions, buttons, images, owner_id as owner,
    (select name from users where users.id = owner_id) as owner_name, review_on, state, version, published_version,
    coalesce(submitted_version = version, false) as in_review, submitted_by, review_note, source, updated_at, updated_by, used"""
_VERSION = "version, category, question, phrasings, answer, conditions, buttons, images, at, by_name"


async def published(db: Connection) -> list[Article]:
    """What customers may be answered from, at the version that was published."""
    return await many(
        db, Article,
        """select a.id, a.lang, v.category, v.question, v.phrasings, v.answer, v.version, v.conditions, v.buttons, v.images,
               coalesce(a.key, '') as key
           from article a join article_version v on v.article_id = a.id and v.version = a.published_version
           where a.state <> 'archived' order by a.id""",
    )  # fmt: skip


async def count_published(db: Connection) -> int:
    return int(await db.fetchval("select count(*) from article where published_version is not null and state <> 'archived'"))


async def published_one(db: Connection, article: UUID) -> Article | None:
    return await one(
        db, Article,
        """select a.id, a.lang, v.category, v.question, v.phrasings, v.answer, v.version, v.conditions, v.buttons, v.images,
               coalesce(a.key, '') as key
           from article a join article_version v on v.article_id = a.id and v.version = a.published_version
           where a.id = $1 and a.state <> 'archived'""",
        article,
    )  # fmt: skip


async def add(
    db: Connection,
    article: UUID,
    key: str | None,
    draft: ArticleDraft,
    by: str,
    now: datetime,
    *,
    images: Sequence[Attachment] = (),
) -> ArticleRecord:
    record = await sure(
        db, ArticleRecord,
        f"""insert into article (id, key, lang, category, question, phrasings, answer, state, version, words, updated_at, updated_by,
                                 conditions, buttons, images, owner_id, review_on)
            values ($1, $2, $3, $4, $5, $6, $7, 'draft', 1, array_to_tsvector($8::text[]), $9, $10, $11, $12, $13, $14, $15)
            returning {_RECORD}""",
        article, key, draft.lang, draft.category, draft.question, draft.phrasings, draft.answer, _words(draft), now, by,
        draft.conditions, draft.buttons, images, draft.owner, draft.review_on,
    )  # fmt: skip
    await _keep_version(db, record)
    return record


async def write(
    db: Connection, article: UUID, draft: ArticleDraft, by: str, now: datetime, *, images: Sequence[Attachment] = ()
) -> ArticleRecord | None:
    """The next version, or None when somebody else wrote meanwhile. In another language it is no longer the same as what it was
    linked with: that may be in this language."""
    record = await one(
        db, ArticleRecord,
        f"""update article set key = case when lang = $2 then key end, lang = $2, category = $3, question = $4, phrasings = $5,
                answer = $6, version = version + 1, words = array_to_tsvector($7::text[]), updated_at = $8, updated_by = $9, conditions = $11, buttons = $12,
                images = $13, owner_id = $14, review_on = $15, submitted_version = null, review_note = '',
                state = case when state = 'archived' then 'draft' else state end
            where id = $1 and version = $10 returning {_RECORD}""",
        article, draft.lang, draft.category, draft.question, draft.phrasings, draft.answer, _words(draft), now, by, draft.version,
        draft.conditions, draft.buttons, images, draft.owner, draft.review_on,
    )  # fmt: skip
    if record:
        await _keep_version(db, record)
    return record


async def _keep_version(db: Connection, record: ArticleRecord) -> None:
    await db.execute(
        """insert into article_version (article_id, version, category, question, phrasings, answer, conditions, buttons, images,
                                        at, by_name)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        record.id, record.version, record.category, record.question, record.phrasings, record.answer, record.conditions,
        record.buttons, record.images, record.updated_at, record.updated_by,
    )  # fmt: skip


async def set_state(
    db: Connection, article: UUID, state: ArticleState, published_version: int | None, at_version: int
) -> ArticleRecord | None:
    """None when the article is no longer at `at_version`."""
    return await one(
        db, ArticleRecord,
        f"""update article set state = $2, published_version = $3, submitted_version = null, review_note = ''
            where id = $1 and version = $4 returning {_RECORD}""",
        article, state, published_version, at_version,
    )  # fmt: skip


async def submit(db: Connection, article: UUID, at_version: int, by: str) -> ArticleRecord | None:
    """None when the article is no longer at `at_version`, or that is published already."""
    return await one(
        db, ArticleRecord,
        f"""update article set submitted_version = version, submitted_by = $3, review_note = ''
            where id = $1 and version = $2 and published_version is distinct from version returning {_RECORD}""",
        article, at_version, by,
    )  # fmt: skip


async def give_back(db: Connection, article: UUID, at_version: int, note: str) -> ArticleRecord | None:
    """None when this version is not in review."""
    return await one(
        db, ArticleRecord,
        f"""update article set submitted_version = null, review_note = $3
            where id = $1 and version = $2 and submitted_version = version returning {_RECORD}""",
        article, at_version, note,
    )  # fmt: skip


async def asking(db: Connection, lang: str, question: str, article: UUID | None) -> list[Resembling]:
    """Other articles, drafts too, with this very question. Index: article_question."""
    return await many(
        db, Resembling,
        """select id as article, 'same_question' as kind, question as asked, question, answer from article
           where lower(question) = lower($2) and lang = $1 and id is distinct from $3 and state <> 'archived' limit 5""",
        lang, question, article,
    )  # fmt: skip


async def works_here(db: Connection, user: UUID) -> bool:
    return bool(await db.fetchval("select true from users where id = $1", user))


async def record(db: Connection, article: UUID) -> ArticleRecord | None:
    return await one(db, ArticleRecord, f"select {_RECORD} from article where id = $1", article)


async def versions(db: Connection, article: UUID) -> list[ArticleVersion]:
    """Newest first. Index: the primary key."""
    return await many(
        db, ArticleVersion,
        f"""select {_VERSION} from article_version
           where article_id = $1 order by version desc limit 200""",
        article,
    )  # fmt: skip


async def version(db: Connection, article: UUID, version: int) -> ArticleVersion | None:
    return await one(
        db, ArticleVersion,
        f"""select {_VERSION} from article_version
           where article_id = $1 and version = $2""",
        article, version,
    )  # fmt: skip


class Wanted(Struct, frozen=True):
    """What a list is narrowed to. `spoken`: only in this language; `else_than`: only in others; `among`: only these."""

    text: str = ""
    spoken: str | None = None
    else_than: str | None = None
    listed: Listed | None = None
    category: str | None = None
    owner: UUID | None = None
    channel: UUID | None = None
    among: tuple[UUID, ...] | None = None


async def listed(
    db: Connection, wanted: Wanted, today: date, before: tuple[datetime, UUID] | None, limit: int
) -> list[ArticleRecord]:
    """Newest change first. Index: article_list, article_lang_list, article_words."""
    need = sought(wanted.text)
    at, article = before or (None, None)
    return await many(
        db, ArticleRecord,
        f"""select {_RECORD} from article
            where ($1::text is null or words @@ $1::tsquery) and ($2::text is null or lang = $2) and ($3::text is null or lang <> $3)
              and (case coalesce($4::text, '') when '' then state <> 'archived'
                   when 'review' then submitted_version = version when 'due' then state <> 'archived' and review_on <= $5
                   else state = $4 end)
              and ($6::text is null or category = $6) and ($7::uuid is null or owner_id = $7)
              and ($8::text is null or coalesce(conditions->'channels', '[]') = '[]' or conditions->'channels' ? $8)
              and ($9::timestamptz is null or (updated_at, id) < ($9, $10::uuid)) and ($12::uuid[] is null or id = any($12))
            order by updated_at desc, id desc limit $11""",
        " & ".join(f"'{word}'" for word in need) or None, wanted.spoken, wanted.else_than, wanted.listed, today, wanted.category,
        wanted.owner, str(wanted.channel) if wanted.channel else None, at, article, limit, wanted.among,
    )  # fmt: skip


async def channel_names(db: Connection) -> list[ChannelName]:
    return await many(db, ChannelName, "select id, name from channel where active order by name limit 500")


async def some_after(db: Connection, after: UUID, limit: int) -> list[ArticleRecord]:
    """Of all that is not archived, those after this one in the order of ids. Index: the primary key of article."""
    return await many(
        db, ArticleRecord, f"select {_RECORD} from article where id > $1 and state <> 'archived' order by id limit $2", after, limit
    )


async def categories(db: Connection) -> list[str]:
    rows = await db.fetch("select distinct category from article where state <> 'archived' order by category limit 500")
    return [row["category"] for row in rows]


async def count_use(db: Connection, articles: Sequence[UUID]) -> None:
    await db.execute("update article set used = used + 1 where id = any($1)", articles)


def _words(draft: ArticleDraft) -> list[str]:
    return words("\n".join([draft.question, *draft.phrasings, draft.category, draft.answer]))
