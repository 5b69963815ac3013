"""Knowledge as its editors see it."""

from typing import Annotated
from uuid import UUID

from litestar import get, post, put
from litestar.params import Parameter
from msgspec import Struct

from tandem.access.model import User
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.cursor import read_cursor, write_cursor
from tandem.kit.errors import NotFound
from tandem.knowledge import store
from tandem.knowledge.act import Knowledge
from tandem.knowledge.record import ArticleDraft, ArticleLanguage, ArticleList, ArticleRecord, ArticleState, ArticleVersion


class ArticleAtVersion(Struct, frozen=True, forbid_unknown_fields=True):
    version: int


@get("/api/knowledge", permission="knowledge:read")
async def articles(
    db: Database, q: str = "", lang: ArticleLanguage | None = None, in_state: Annotated[ArticleState | None, Parameter(query="state")] = None,
    category: str | None = None, cursor: str | None = None, limit: int = 50,
) -> ArticleList:  # fmt: skip
    """Without `state`: all that is not archived."""
    limit = max(1, min(limit, 200))
    async with db.read() as connection:
        items = await store.listed(
            connection, text=q[:200], lang=lang, state=in_state, category=category, before=read_cursor(cursor), limit=limit + 1
        )
        following = write_cursor(items[limit - 1].updated_at, items[limit - 1].id) if len(items) > limit else None
        return ArticleList(items[:limit], following, await store.categories(connection))


@post("/api/knowledge", permission="knowledge:write")
async def add_article(data: ArticleDraft, who: User, db: Database, knowledge: Knowledge, clock: Clock) -> ArticleRecord:
    async with db.write() as tx:
        return await knowledge.add(tx, who, data, clock.now())


@get("/api/knowledge/{article:uuid}", permission="knowledge:read")
async def article_record(article: UUID, db: Database) -> ArticleRecord:
    async with db.read() as connection:
        found = await store.record(connection, article)
    if found is None:
        raise NotFound
    return found


@get("/api/knowledge/{article:uuid}/versions", permission="knowledge:read")
async def article_versions(article: UUID, db: Database) -> list[ArticleVersion]:
    async with db.read() as connection:
        found = await store.versions(connection, article)
    if not found:
        raise NotFound
    return found


@put("/api/knowledge/{article:uuid}", permission="knowledge:write")
async def write_article(
    article: UUID, data: ArticleDraft, who: User, db: Database, knowledge: Knowledge, clock: Clock
) -> ArticleRecord:
    async with db.write() as tx:
        return await knowledge.write(tx, who, article, data, clock.now())


@post("/api/knowledge/{article:uuid}/publish", permission="knowledge:publish", status_code=200)
async def publish_article(
    article: UUID, data: ArticleAtVersion, who: User, db: Database, knowledge: Knowledge, clock: Clock
) -> ArticleRecord:
    async with db.write() as tx:
        return await knowledge.publish(tx, who, article, data.version, clock.now())


@post("/api/knowledge/{article:uuid}/archive", permission="knowledge:publish", status_code=200)
async def archive_article(
    article: UUID, data: ArticleAtVersion, who: User, db: Database, knowledge: Knowledge, clock: Clock
) -> ArticleRecord:
    async with db.write() as tx:
        return await knowledge.archive(tx, who, article, data.version, clock.now())


@post("/api/knowledge/{article:uuid}/rollback", permission="knowledge:publish", status_code=200)
async def roll_back_article(
    article: UUID, data: ArticleAtVersion, who: User, db: Database, knowledge: Knowledge, clock: Clock
) -> ArticleRecord:
    """`version` is the one to go back to."""
    async with db.write() as tx:
        return await knowledge.roll_back(tx, who, article, data.version, clock.now())


ROUTES = [
    articles, add_article, article_record, article_versions, write_article, publish_article, archive_article, roll_back_article,
]  # fmt: skip
