"""Importing documents and sites, and taking all of it out again."""

import contextlib
import csv
import io
from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Stream

from tandem.access.model import User
from tandem.infra.blobs import Blobs, find_all
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound
from tandem.knowledge import store as articles
from tandem.knowledge.importing import store
from tandem.knowledge.importing.act import Importing
from tandem.knowledge.importing.found import Picture
from tandem.knowledge.importing.model import KnowledgeImport, SiteRequest
from tandem.knowledge.record import ArticleRecord
from tandem.timeline.files import OneFile

_LISTED = 50
_AT_ONCE = 200
_COLUMNS = ("id", "lang", "category", "question", "phrasings", "answer", "conditions", "buttons", "state")
_FORMULA = ("=", "+", "-", "@", "\t")


@get("/api/knowledge/imports", permission="knowledge:read")
async def imports(db: Database) -> list[KnowledgeImport]:
    """The latest, without what was not understood."""
    async with db.read() as connection:
        return await store.imports(connection, _LISTED)


@get("/api/knowledge/imports/{it:uuid}", permission="knowledge:read")
async def one_import(it: UUID, db: Database) -> KnowledgeImport:
    async with db.read() as connection:
        found = await store.one_import(connection, it)
    if found is None:
        raise NotFound
    return found


@post("/api/knowledge/imports", permission="knowledge:write", upload=True, status_code=202)
async def import_file(
    data: Annotated[OneFile, Body(media_type=RequestEncodingType.MULTI_PART)],
    who: User, db: Database, importing: Importing, clock: Clock, lang: str = "",
) -> KnowledgeImport:  # fmt: skip
    """CSV, XLSX, JSON, Markdown, HTML, DOCX, PDF or text. `lang`: what its articles are written in, if the words do not tell."""
    content = await data.file.read()
    async with db.write() as tx:
        return await importing.file(tx, who, data.file.filename or "file", content, lang, clock.now())


@post("/api/knowledge/imports/site", permission="knowledge:write", status_code=202)
async def import_site(data: SiteRequest, who: User, db: Database, importing: Importing, clock: Clock) -> KnowledgeImport:
    async with db.write() as tx:
        return await importing.site(tx, who, data, clock.now())


@post("/api/knowledge/imports/{it:uuid}/stop", permission="knowledge:write", status_code=200)
async def stop_import(it: UUID, who: User, db: Database, importing: Importing, clock: Clock) -> KnowledgeImport:
    async with db.write() as tx:
        return await importing.stop(tx, who, it, clock.now())


@get("/api/knowledge/export", permission="knowledge:read")
async def export(db: Database, blobs: Blobs, kind: Literal["csv", "json"] = "json") -> Stream:
    """All that is not archived, as the newest version has it. Imported again it makes the same articles; pictures are in JSON alone."""
    headers = {"Content-Disposition": f'attachment; filename="knowledge.{kind}"'}
    if kind == "json":
        return Stream(_as_json(db, blobs), media_type="application/json", headers=headers)
    return Stream(_as_csv(db), media_type="text/csv; charset=utf-8", headers=headers)


async def _every(db: Database) -> AsyncIterator[ArticleRecord]:
    """Some at a time: a download that is slow holds neither memory nor a connection."""
    last = UUID(int=0)
    while True:
        async with db.read() as connection:
            some = await articles.some_after(connection, last, _AT_ONCE)
        if not some:
            return
        for it in some:
            yield it
        last = some[-1].id


async def _as_json(db: Database, blobs: Blobs) -> AsyncIterator[bytes]:
    before = b"["
    async for it in _every(db):
        told = {name: _value(it, name) for name in _COLUMNS} | {"images": await _pictures(db, blobs, it)}
        yield before + b"\n" + msgspec.json.encode(told)
        before = b","
    yield b"[]" if before == b"[" else b"\n]\n"


async def _pictures(db: Database, blobs: Blobs, record: ArticleRecord) -> list[Picture]:
    """One that is gone from the disk is left out: what is left of an article is worth having."""
    if not record.images:
        return []
    async with db.read() as connection:
        found = {blob.id: blob for blob in await find_all(connection, [it.id for it in record.images])}
    pictures = []
    for it in record.images:
        with contextlib.suppress(NotFound, KeyError):
            pictures.append(Picture(it.name, await blobs.get(found[it.id])))
    return pictures


async def _as_csv(db: Database) -> AsyncIterator[bytes]:
    yield "\ufeff".encode() + _line(_COLUMNS)
    async for it in _every(db):
        yield _line([_cell(_value(it, name)) for name in _COLUMNS])


def _value(record: ArticleRecord, name: str) -> object:
    return getattr(record, name)


def _cell(value: object) -> str:
    """A text that a spreadsheet would run as a formula is given a space in front, which reading it again takes away."""
    if not isinstance(value, str):
        return str(value) if isinstance(value, UUID) else msgspec.json.encode(value).decode()
    return f" {value}" if value.startswith(_FORMULA) else value


def _line(cells: tuple[str, ...] | list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


ROUTES = [imports, one_import, import_file, import_site, stop_import, export]
