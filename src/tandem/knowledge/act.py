"""Writing, publishing and taking back what the assistant may say. Nothing reaches customers before it was published."""

from datetime import datetime
from uuid import UUID

from tandem.access.model import User
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound, VersionConflict
from tandem.kit.ids import new_id
from tandem.kit.text import clean
from tandem.knowledge import store
from tandem.knowledge.record import ArticleDraft, ArticleRecord, ArticleState

_LONGEST = {"category": 60, "question": 300, "answer": 8000}
_MOST_PHRASINGS, _LONGEST_PHRASING = 100, 300


class Knowledge:
    """Every act runs in the caller's transaction; after its commit all processes hear of a change in what is published."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def add(self, tx: Tx, user: User, draft: ArticleDraft, now: datetime) -> ArticleRecord:
        """Raises `InvalidInput`."""
        return await store.add(tx.db, new_id(now), None, checked(draft), user.name, now)

    async def write(self, tx: Tx, user: User, article: UUID, draft: ArticleDraft, now: datetime) -> ArticleRecord:
        """A new version on top; customers go on being answered from the published one. Raises `InvalidInput`, `VersionConflict`."""
        written = await store.write(tx.db, article, checked(draft), user.name, now)
        if written is None:
            raise await self._missing(tx, article)
        return written

    async def publish(self, tx: Tx, user: User, article: UUID, version: int, now: datetime) -> ArticleRecord:
        """The newest version, which must be the one the caller saw. Raises `VersionConflict`, `NotFound`."""
        return await self._set(tx, user, article, "published", version, version, now)

    async def archive(self, tx: Tx, user: User, article: UUID, version: int, now: datetime) -> ArticleRecord:
        """Nobody is answered from it any more. Raises `VersionConflict`, `NotFound`."""
        return await self._set(tx, user, article, "archived", None, version, now)

    async def roll_back(self, tx: Tx, user: User, article: UUID, version: int, now: datetime) -> ArticleRecord:
        """An older version becomes the newest and is published at once. Raises `NotFound`."""
        record = await store.record(tx.db, article)
        old = await store.version(tx.db, article, version)
        if record is None or old is None:
            raise NotFound
        draft = ArticleDraft(record.lang, old.category, old.question, old.answer, old.phrasings, record.version)
        written = await self.write(tx, user, article, draft, now)
        return await self.publish(tx, user, article, written.version, now)

    async def _set(
        self, tx: Tx, user: User, article: UUID, state: ArticleState, published: int | None, version: int, now: datetime
    ) -> ArticleRecord:
        changed = await store.set_state(tx.db, article, state, published, version)
        if changed is None:
            raise await self._missing(tx, article)
        await audit.record(tx.db, user.id, f"article.{state}", str(article), {"version": str(version)}, now)
        tx.after(lambda: self._bus.tell("article", {"article": str(article)}))
        return changed

    async def _missing(self, tx: Tx, article: UUID) -> NotFound | VersionConflict:
        return NotFound() if await store.record(tx.db, article) is None else VersionConflict()


def checked(draft: ArticleDraft) -> ArticleDraft:
    """Raises `InvalidInput` naming the first field that is empty or too long."""
    fields = {"category": clean(draft.category), "question": clean(draft.question), "answer": clean(draft.answer)}
    for name, text in fields.items():
        if not 1 <= len(text) <= _LONGEST[name]:
            raise InvalidInput.field(name, f"1–{_LONGEST[name]}")
    phrasings = [it for it in (clean(phrasing) for phrasing in draft.phrasings) if it]
    if len(phrasings) > _MOST_PHRASINGS or any(len(it) > _LONGEST_PHRASING for it in phrasings):
        raise InvalidInput.field("phrasings", f"0–{_MOST_PHRASINGS}")
    return ArticleDraft(
        draft.lang, fields["category"], fields["question"], fields["answer"], list(dict.fromkeys(phrasings)), draft.version
    )
