"""Writing, publishing and taking back what the assistant may say. Nothing reaches customers before it was published."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.access.model import User
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Tx
from tandem.kit.crypto import Keys
from tandem.kit.errors import InvalidInput, NotFound, VersionConflict
from tandem.kit.ids import new_id
from tandem.kit.text import clean
from tandem.knowledge import store
from tandem.knowledge.checking import checked
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.proposing import proposals
from tandem.knowledge.record import ArticleDraft, ArticleRecord, ArticleState
from tandem.knowledge.resembling import Resembling, forms_of, resembling
from tandem.knowledge.search import Index
from tandem.knowledge.words import fold, han_and_latin
from tandem.timeline.files import attached
from tandem.timeline.model import Attachment

_LONGEST_NOTE = 500
_LED_TO, _LEADS, _BESIDE = 6, 0.3, 0.6
"""So many articles are shown beside those that have the words. So well they must fit, and this part as well as the best."""


class Checked(Struct, frozen=True):
    resembling: list[Resembling]
    phrasings: list[str]


class Knowledge:
    """Every act runs in the caller's transaction; after its commit all processes hear of a change in what is published."""

    def __init__(self, bus: Bus, keys: Keys, index: Index, meant: SemanticIndex | None = None) -> None:
        self._bus, self._keys = bus, keys
        self._index, self._meant = index, meant

    async def led_to(self, text: str) -> list[UUID]:
        """The published articles that a customer who asks this would be led to, in both languages, the best first."""
        if self._meant:
            await self._meant.prepare([text])
        index, lang = self._meant or self._index, "zh" if han_and_latin(fold(text))[0] else "en"
        own = index.search(text, lang=lang, limit=_LED_TO)
        crossing = index.search(text, lang="en" if lang == "zh" else "zh", limit=_LED_TO, crossing=True)
        found = sorted((*own, *crossing), key=lambda hit: -hit.score)[:_LED_TO]
        return [hit.article.id for hit in found if hit.score >= max(_LEADS, _BESIDE * found[0].score)]

    async def check(self, db: Connection, draft: ArticleDraft, article: UUID | None) -> Checked:
        """What speaks against publishing this, and how else it may be asked. Raises `InvalidInput`."""
        draft = checked(draft)
        if self._meant:
            await self._meant.prepare(forms_of(draft))
        alike = resembling(self._index, draft, article, self._meant)
        named = {it.article for it in alike}
        asked_too = [it for it in await store.asking(db, draft.lang, draft.question, article) if it.article not in named]
        return Checked([*asked_too, *alike], proposals(self._index, draft, article))

    async def add(self, tx: Tx, user: User, draft: ArticleDraft, now: datetime) -> ArticleRecord:
        """Raises `InvalidInput`."""
        draft, images = await self._ready(tx, draft)
        return await store.add(tx.db, new_id(now), None, draft, user.name, now, images=images)

    async def write(self, tx: Tx, user: User, article: UUID, draft: ArticleDraft, now: datetime) -> ArticleRecord:
        """A new version on top; customers go on being answered from the published one. Raises `InvalidInput`, `VersionConflict`."""
        draft, images = await self._ready(tx, draft)
        written = await store.write(tx.db, article, draft, user.name, now, images=images)
        if written is None:
            raise await self._missing(tx, article)
        return written

    async def submit(self, tx: Tx, user: User, article: UUID, version: int, now: datetime) -> ArticleRecord:
        """The newest version waits for somebody who may publish it. Raises `VersionConflict`, `NotFound`."""
        changed = await store.submit(tx.db, article, version, user.name)
        if changed is None:
            raise await self._missing(tx, article)
        await audit.record(tx.db, user.id, "article.submitted", str(article), {"version": str(version)}, now)
        return changed

    async def give_back(self, tx: Tx, user: User, article: UUID, version: int, note: str, now: datetime) -> ArticleRecord:
        """What was submitted is a draft again, with what should change. Raises `InvalidInput`, `VersionConflict`, `NotFound`."""
        note = clean(note)
        if not 1 <= len(note) <= _LONGEST_NOTE:
            raise InvalidInput.field("note", f"1–{_LONGEST_NOTE}")
        changed = await store.give_back(tx.db, article, version, note)
        if changed is None:
            raise await self._missing(tx, article)
        await audit.record(tx.db, user.id, "article.given_back", str(article), {"version": str(version)}, now)
        return changed

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
        draft = ArticleDraft(
            record.lang, old.category, old.question, old.answer, old.phrasings, record.version, old.conditions, old.buttons,
            [it.id for it in old.images], record.owner, record.review_on,
        )  # fmt: skip
        written = await self.write(tx, user, article, draft, now)
        return await self.publish(tx, user, article, written.version, now)

    async def _ready(self, tx: Tx, draft: ArticleDraft) -> tuple[ArticleDraft, Sequence[Attachment]]:
        draft = checked(draft)
        images = await attached(tx.db, self._keys, draft.images)
        if any(it.width is None for it in images):
            raise InvalidInput.field("images", "png, jpg, gif, webp")
        if draft.owner and not await store.works_here(tx.db, draft.owner):
            raise InvalidInput.field("owner", "unknown")
        return draft, images

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
