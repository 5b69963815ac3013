"""From a document to drafts. Whatever is read lands as a draft; read again, it changes what it made before and doubles nothing."""

import contextlib
import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
import structlog
from msgspec.structs import replace

from tandem.access.model import User
from tandem.infra import audit
from tandem.infra.blobs import Blobs, find, find_all
from tandem.infra.bus import Bus
from tandem.infra.db import Database, Tx
from tandem.infra.jobs import enqueue
from tandem.infra.stopping import Stoppable, Stopped
from tandem.kit.clock import Clock
from tandem.kit.crypto import Keys
from tandem.kit.errors import InvalidInput, NotFound, TooLarge, UnsupportedFile
from tandem.kit.ids import new_id
from tandem.knowledge import store as articles
from tandem.knowledge.checking import checked
from tandem.knowledge.importing import store
from tandem.knowledge.importing.apart import SITE, kind_of, read_apart
from tandem.knowledge.importing.found import CannotRead, Found, Picture, Read, Unclear
from tandem.knowledge.importing.model import Asked, KnowledgeImport, SiteRequest
from tandem.knowledge.importing.site import MOST_PAGES, Site
from tandem.knowledge.importing.spoken import language_of_words
from tandem.knowledge.model import ALWAYS
from tandem.knowledge.record import ArticleDraft, ArticleRecord, ArticleSource
from tandem.timeline.files import attached
from tandem.timeline.model import Attachment

log = structlog.get_logger()

JOB = "knowledge_import"
_AT_ONCE = 50
_MOST_GONE = 200
_LONGEST_ADDRESS = 500


class Importing:
    def __init__(self, db: Database, blobs: Blobs, site: Site, bus: Bus, keys: Keys, clock: Clock) -> None:
        self._db, self._blobs, self._site, self._keys, self._clock = db, blobs, site, keys, clock
        self._stopping = Stoppable(bus, JOB)

    async def file(self, tx: Tx, user: User, name: str, content: bytes, lang: str, now: datetime) -> KnowledgeImport:
        """Raises `UnsupportedFile`, `TooLarge`, `NoRoom`, `InvalidInput`."""
        if kind_of(name) is None:
            raise UnsupportedFile
        # Kept as plain text whatever it is: nobody is ever shown it.
        blob = await self._blobs.put(tx.db, f"{name}.txt", content, now)
        return await self._asked_for(tx, user, "file", blob.name.removesuffix(".txt"), blob.id, 0, lang, now)

    async def site(self, tx: Tx, user: User, request: SiteRequest, now: datetime) -> KnowledgeImport:
        """Raises `InvalidInput`. That an address may not be called is found out later and told in the report."""
        url = request.url.strip()
        if not url.lower().startswith(("http://", "https://")) or len(url) > _LONGEST_ADDRESS:
            raise InvalidInput.field("url", "https://…")
        if not 1 <= request.pages <= MOST_PAGES:
            raise InvalidInput.field("pages", f"1–{MOST_PAGES}")
        return await self._asked_for(tx, user, "site", url, None, request.pages, request.lang, now)

    async def _asked_for(
        self, tx: Tx, user: User, kind: str, name: str, blob: UUID | None, pages: int, lang: str, now: datetime
    ) -> KnowledgeImport:
        if lang and not (lang.isascii() and lang.isalpha() and lang.islower() and len(lang) in (2, 3)):
            raise InvalidInput.field("lang", "zh, en, ja …")
        made = await store.add(tx.db, new_id(now), kind, name, blob, pages, lang, user.name, now)
        await audit.record(tx.db, user.id, "knowledge.import", str(made.id), {"name": name}, now)
        await enqueue(tx, JOB, str(made.id))
        return made

    async def stop(self, tx: Tx, user: User, it: UUID, now: datetime) -> KnowledgeImport:
        """Nothing more is read or stored of it; what already became drafts stays. What has ended stays as it is. Raises `NotFound`."""
        if await store.ended(tx.db, it, "stopped", [], None, now):
            self._stopping.stop(tx, it)
            await audit.record(tx.db, user.id, "knowledge.import_stopped", str(it), {}, now)
        found = await store.one_import(tx.db, it)
        if found is None:
            raise NotFound
        return found

    async def run(self, it: UUID) -> None:
        """Done again after an interruption it goes on from what is stored. What went wrong stands in the report."""
        with contextlib.suppress(Stopped):
            await self._stopping.run(it, self._run(it))

    async def _run(self, it: UUID) -> None:
        async with self._db.read() as db:
            asked = await store.asked(db, it)
        if asked is None or asked.state in ("done", "failed", "stopped"):
            return
        try:
            await self._store(it, asked, await self._read(it, asked))
        except CannotRead as error:
            await self._failed(it, error.why)
        except Stopped:
            raise
        except Exception as error:
            log.warning("knowledge.import_failed", id=str(it), exc_info=error)
            await self._failed(it, "fault")

    async def _failed(self, it: UUID, why: str) -> None:
        async with self._db.write() as tx:
            await store.ended(tx.db, it, "failed", [], why, self._clock.now())

    async def _read(self, it: UUID, asked: Asked) -> Read:
        """Raises `CannotRead`."""
        if asked.kind == "site":
            return await self._read_site(it, asked)
        await self._progress(it, 0, 0)
        async with self._db.read() as db:
            blob = await find(db, asked.blob) if asked.blob else None
        if blob is None:
            raise NotFound
        return await read_apart(asked.name, await self._blobs.get(blob))

    async def _read_site(self, it: UUID, asked: Asked) -> Read:
        async def progress(done: int, total: int) -> None:
            await self._progress(it, done, total)

        pages, unclear = await self._site.pages(asked.name, asked.pages, progress)
        read = await read_apart(f"pages{SITE}", msgspec.json.encode(pages))
        return replace(read, unclear=(*unclear, *read.unclear))

    async def _progress(self, it: UUID, done: int, total: int) -> None:
        async with self._db.write() as tx:
            await store.reading(tx.db, it, done, total)

    async def _store(self, it: UUID, asked: Asked, read: Read) -> None:
        async with self._db.write() as tx:
            await store.storing(tx.db, it, read)
        for start in range(0, len(read.found), _AT_ONCE):
            async with self._db.write() as tx:
                await self._store_some(tx, it, asked, read.found[start : start + _AT_ONCE])
        keys = [_key(asked, found) for found in read.found]
        async with self._db.write() as tx:
            gone = await store.gone(tx.db, asked.name, keys, _MOST_GONE)
            await store.ended(tx.db, it, "done", gone, None, self._clock.now())

    async def _store_some(self, tx: Tx, it: UUID, asked: Asked, some: Sequence[Found]) -> None:
        await store.one_at_a_time(tx.db)
        keys = {_key(asked, found): found for found in some}
        named = [UUID(found.key) for found in some if _is_id(found.key)]
        known = await store.imported(tx.db, list(keys), named)
        by_key = {one.source_key: one for one in known if one.source_key}
        by_id = {str(one.id): one for one in known}
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        unclear: list[Unclear] = []
        for key, found in keys.items():
            before = by_id.get(found.key) or by_key.get(key)
            try:
                counts[await self._put(tx, asked, key, found, before)] += 1
            except (InvalidInput, UnsupportedFile, TooLarge):
                unclear.append(Unclear(found.place, "bad_value"))
        if not await store.stored(tx.db, it, **counts):
            raise Stopped  # in another process, perhaps; these drafts are not stored
        if unclear:
            await store.also_unclear(tx.db, it, unclear)

    async def _put(self, tx: Tx, asked: Asked, key: str, found: Found, before: store.Imported | None) -> str:
        """Raises `InvalidInput` before anything of it is stored."""
        digest, source, now = _digest(found), ArticleSource(asked.name, found.place), self._clock.now()
        if before and before.source_digest == digest:
            return "unchanged"
        record = await articles.record(tx.db, before.id) if before else None
        if record is None:
            draft, images = await self._with_pictures(tx, checked(_draft(asked, found, None)), found, now)
            article = UUID(found.key) if _is_id(found.key) else new_id(now)
            await articles.add(tx.db, article, None, draft, asked.by_name, now, images=images)
            await store.keep_source(tx.db, article, source, key, digest)
            return "added"
        draft, images = await self._with_pictures(tx, checked(_draft(asked, found, record)), found, now)
        differs = _content(draft) != _content(_draft_of(record))
        if differs:
            await articles.write(tx.db, record.id, draft, asked.by_name, now, images=images)
        await store.keep_source(tx.db, record.id, source, key, digest)
        return "changed" if differs else "unchanged"

    async def _with_pictures(
        self, tx: Tx, draft: ArticleDraft, found: Found, now: datetime
    ) -> tuple[ArticleDraft, Sequence[Attachment]]:
        """The pictures that the document brings; one that the article has already is not stored anew. Raises `InvalidInput`,
        `UnsupportedFile`, `TooLarge`, `NoRoom`."""
        if found.images is not None:
            had = {it.sha256: it.id for it in await find_all(tx.db, draft.images)}
            ids = [had.get(hashlib.sha256(it.data).hexdigest()) or await self._picture(tx, it, now) for it in found.images]
            draft = checked(replace(draft, images=ids))
        return draft, await attached(tx.db, self._keys, draft.images)

    async def _picture(self, tx: Tx, picture: Picture, now: datetime) -> UUID:
        blob = await self._blobs.put(tx.db, picture.name, picture.data, now)
        if blob.width is None:
            raise InvalidInput.field("images", "png, jpg, gif, webp")
        return blob.id


def _key(asked: Asked, found: Found) -> str:
    return hashlib.sha256(f"{asked.name}\n{found.key}".encode()).hexdigest()


def _digest(found: Found) -> str:
    return hashlib.sha256(msgspec.json.encode(replace(found, place=""))).hexdigest()


def _is_id(key: str) -> bool:
    """Whether it is an article's id as the export writes it."""
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


def _draft(asked: Asked, found: Found, record: ArticleRecord | None) -> ArticleDraft:
    """What the document does not speak of stays as people made it."""
    old = _draft_of(record) if record else ArticleDraft("", "", "", "")
    lang = found.lang or asked.lang or (record.lang if record else language_of_words(f"{found.question} {found.answer}"))
    return ArticleDraft(
        lang, found.category or old.category or asked.name[:60], found.question, found.answer,
        list(found.phrasings) if found.phrasings is not None else old.phrasings, old.version,
        found.conditions or (old.conditions if record else ALWAYS), list(found.buttons) if found.buttons is not None else old.buttons,
        old.images, old.owner, old.review_on,
    )  # fmt: skip


def _draft_of(record: ArticleRecord) -> ArticleDraft:
    return ArticleDraft(
        record.lang, record.category, record.question, record.answer, record.phrasings, record.version, record.conditions,
        record.buttons, [it.id for it in record.images], record.owner, record.review_on,
    )  # fmt: skip


def _content(draft: ArticleDraft) -> bytes:
    return msgspec.json.encode(draft)
