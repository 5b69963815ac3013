"""Knowledge as its editors see it."""

from typing import Annotated
from uuid import UUID

from litestar import get, post, put
from litestar.params import Parameter
from msgspec import Struct

from tandem.access.model import User
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound
from tandem.knowledge import store
from tandem.knowledge.act import Checked, Knowledge
from tandem.knowledge.counterparts import routes as counterparts
from tandem.knowledge.importing import routes as importing
from tandem.knowledge.listing import beside, page
from tandem.knowledge.record import ArticleDraft, ArticleList, ArticleRecord, ArticleVersion, ChannelName, Listed
from tandem.knowledge.store import Wanted


class ArticleAtVersion(Struct, frozen=True, forbid_unknown_fields=True):
    version: int


class GiveBack(Struct, frozen=True, forbid_unknown_fields=True):
    """`note`: what should change."""

    version: int
    note: str


@get("/api/knowledge", permission="knowledge:read")
async def articles(
    db: Database, knowledge: Knowledge, clock: Clock, q: str = "", lang: str | None = None, first: str | None = None,
    in_state: Annotated[Listed | None, Parameter(query="state")] = None, category: str | None = None, owner: UUID | None = None,
    channel: UUID | None = None, cursor: str | None = None, limit: int = 50,
) -> ArticleList:  # fmt: skip
    """Without `state`: all that is not archived. `first`: the language whose articles come before all others. `channel`: those
    that hold there."""
    wanted, today = Wanted(q[:200], lang, None, in_state, category, owner, channel), clock.now().date()
    led_to = await knowledge.led_to(wanted.text) if wanted.text.strip() and cursor is None else []
    async with db.read() as connection:
        items, following = await page(connection, wanted, first, today, cursor, max(1, min(limit, 200)))
        alike = await beside(connection, wanted, led_to, items, today)
        return ArticleList(items, following, await store.categories(connection), alike)


@get("/api/knowledge/channels", permission="knowledge:read")
async def article_channels(db: Database) -> list[ChannelName]:
    async with db.read() as connection:
        return await store.channel_names(connection)


@post("/api/knowledge", permission="knowledge:write")
async def add_article(data: ArticleDraft, who: User, db: Database, knowledge: Knowledge, clock: Clock) -> ArticleRecord:
    async with db.write() as tx:
        return await knowledge.add(tx, who, data, clock.now())


@post("/api/knowledge/check", permission="knowledge:write", status_code=200)
async def check_article(data: ArticleDraft, db: Database, knowledge: Knowledge, article: UUID | None = None) -> Checked:
    """Before publishing: articles that say the same or the opposite, and phrasings to accept. `article`: the one being written."""
    async with db.read() as connection:
        return await knowledge.check(connection, data, article)


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


@post("/api/knowledge/{article:uuid}/submit", permission="knowledge:write", status_code=200)
async def submit_article(
    article: UUID, data: ArticleAtVersion, who: User, db: Database, knowledge: Knowledge, clock: Clock
) -> ArticleRecord:
    async with db.write() as tx:
        return await knowledge.submit(tx, who, article, data.version, clock.now())


@post("/api/knowledge/{article:uuid}/give-back", permission="knowledge:publish", status_code=200)
async def give_back_article(
    article: UUID, data: GiveBack, who: User, db: Database, knowledge: Knowledge, clock: Clock
) -> ArticleRecord:
    async with db.write() as tx:
        return await knowledge.give_back(tx, who, article, data.version, data.note, clock.now())


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
    articles, article_channels, add_article, check_article, article_record, article_versions, write_article, submit_article, give_back_article,
    publish_article, archive_article, roll_back_article, *counterparts.ROUTES, *importing.ROUTES,
]  # fmt: skip
