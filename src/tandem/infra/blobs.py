"""Files that people send: checked, stored on disk under their digest, given out under a signed address."""

import asyncio
import contextlib
import hashlib
import os
import shutil
import warnings
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePath
from typing import Protocol
from uuid import UUID

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from tandem.infra.db import Connection, Database, Tx, many, one
from tandem.infra.jobs import enqueue
from tandem.kit.errors import NoRoom, NotFound, TooLarge, TooManyPixels, UnsupportedFile
from tandem.kit.ids import new_id
from tandem.kit.text import clean, shortened

_IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_FILES = {
    ".pdf": "application/pdf", ".txt": "text/plain", ".csv": "text/csv", ".md": "text/plain", ".log": "text/plain",
    ".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".zip": "application/zip", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".ogg": "audio/ogg",
    ".amr": "audio/amr", ".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm",
}  # fmt: skip
_IMAGE_SUFFIXES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
ERASE = "erase_file"
"""The job that takes content from the disk that no file has any more."""
_LOCK = 7266645
_MOST_PIXELS = 50_000_000  # a picture that unpacks to more would cost every viewer hundreds of megabytes
_LONGEST_NAME = 120


class Blob(Struct, frozen=True):
    """A stored file. Only pictures have `width` and `height`, in pixels."""

    id: UUID
    sha256: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


class Disk(Protocol):
    """How much room is left, in bytes."""

    def free(self, folder: Path) -> int: ...


class RealDisk:
    def free(self, folder: Path) -> int:
        return shutil.disk_usage(folder).free


class Blobs:
    """The folder of stored files. `reserve` bytes of the disk are never used: the database on it must go on writing."""

    def __init__(self, folder: Path, *, limit: int, reserve: int, disk: Disk) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._limit = limit
        self._reserve = reserve
        self._disk = disk

    async def put(self, db: Connection, name: str, content: bytes, now: datetime) -> Blob:
        """Check and store a file. Raises `TooLarge`, `TooManyPixels`, `UnsupportedFile`, `NoRoom`; then nothing is stored."""
        if len(content) > self._limit:
            raise TooLarge(size=megabytes(len(content)), limit=megabytes(self._limit))
        blob = await asyncio.to_thread(_examined, new_id(now), name, content)
        # Until this is stored, `erase` may not take the same content for unused.
        await db.execute("select pg_advisory_xact_lock_shared($1, hashtext($2))", _LOCK, blob.sha256)
        await asyncio.to_thread(self._write, blob.sha256, content)
        await db.execute(
            """insert into blob (id, sha256, name, media_type, size, width, height, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)""",
            blob.id, blob.sha256, blob.name, blob.media_type, blob.size, blob.width, blob.height, now,
        )  # fmt: skip
        return blob

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _write(self, sha256: str, content: bytes) -> None:
        path = self._path(sha256)
        if path.exists():
            return
        if self._disk.free(self._folder) - len(content) < self._reserve:
            raise NoRoom
        part = path.with_name(f"{path.name}.{os.getpid()}.{id(content)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise NoRoom from None

    async def get(self, blob: Blob) -> bytes:
        """Raises `NotFound` when the file is gone from the disk."""
        try:
            return await asyncio.to_thread(self._path(blob.sha256).read_bytes)
        except OSError:
            raise NotFound from None

    async def erase(self, db: Database, sha256: str) -> None:
        """Takes the content from the disk, unless a file has it."""
        async with db.write() as tx:
            await tx.db.execute("select pg_advisory_xact_lock($1, hashtext($2))", _LOCK, sha256)
            if not await tx.db.fetchval("select exists (select from blob where sha256 = $1)", sha256):
                await asyncio.to_thread(self._path(sha256).unlink, missing_ok=True)


async def forget(tx: Tx, blobs: Sequence[UUID]) -> None:
    """The files are gone once this transaction is stored, their content soon after."""
    gone = await tx.db.fetch("delete from blob where id = any($1) returning sha256", blobs)
    for sha256 in {row["sha256"] for row in gone}:
        await enqueue(tx, ERASE, sha256)


_BLOB = "id, sha256, name, media_type, size, width, height"


async def find_all(db: Connection, blobs: Sequence[UUID]) -> list[Blob]:
    return await many(db, Blob, f"select {_BLOB} from blob where id = any($1)", blobs)


async def find(db: Connection, blob: UUID) -> Blob | None:
    return await one(db, Blob, f"select {_BLOB} from blob where id = $1", blob)


def _examined(blob: UUID, name: str, content: bytes) -> Blob:
    """What the file is, by its content for pictures and by its name for the rest. Raises `UnsupportedFile`,
    `TooManyPixels`.

    The rest is only ever given out as a download, so a name that lies can harm nobody's browser.
    """
    path = PurePath(clean(PurePath(name.replace("\\", "/")).name))
    suffix = path.suffix.lower()
    name = (shortened(path.stem, _LONGEST_NAME) or "file") + suffix
    sha256 = hashlib.sha256(content).hexdigest()
    if suffix in _IMAGE_SUFFIXES:
        media_type, width, height = _picture(content)
        return Blob(blob, sha256, name, media_type, len(content), width, height)
    if suffix not in _FILES:
        raise UnsupportedFile
    return Blob(blob, sha256, name, _FILES[suffix], len(content))


def _picture(content: bytes) -> tuple[str, int, int]:
    """Media type and size from the header alone; the pixels are not unpacked. Raises `UnsupportedFile`, `TooManyPixels`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(_IMAGES)) as picture:
                width, height = picture.size
                media_type = _IMAGES[picture.format or ""]
    except Image.DecompressionBombError:
        raise TooManyPixels(limit=_MOST_PIXELS // 1_000_000) from None
    except (UnidentifiedImageError, OSError, ValueError, KeyError, SyntaxError):
        raise UnsupportedFile from None
    if width * height > _MOST_PIXELS:
        raise TooManyPixels(limit=_MOST_PIXELS // 1_000_000)
    return media_type, width, height


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} kB"
