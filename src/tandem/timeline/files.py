"""Files in messages: uploads coming in, signed addresses going out."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from litestar import Response, get
from litestar.datastructures import UploadFile
from msgspec import Struct

from tandem.infra.blobs import Blob, Blobs, find, find_all
from tandem.infra.db import Connection, Database
from tandem.kit.crypto import Keys
from tandem.kit.errors import InvalidInput, NotFound
from tandem.timeline.model import Attachment

_PURPOSE = "blob"
_YEAR = 31_536_000


class OneFile(Struct, frozen=True):
    """A form with one file in it, named `file`."""

    file: UploadFile


async def stored(db: Database, blobs: Blobs, keys: Keys, upload: UploadFile, now: datetime) -> Attachment:
    """Raises `TooLarge`, `UnsupportedFile`, `NoRoom`."""
    content = await upload.read()
    async with db.write() as tx:
        return attachment(keys, await blobs.put(tx.db, upload.filename or "file", content, now))


async def attached(db: Connection, keys: Keys, ids: Sequence[UUID]) -> tuple[Attachment, ...]:
    """Uploaded files, in the order asked for. Raises `InvalidInput` when one is not there."""
    if not ids:
        return ()
    found = {blob.id: blob for blob in await find_all(db, ids)}
    if len(found) != len(set(ids)):
        raise InvalidInput.field("attachments", "unknown")
    return tuple(attachment(keys, found[blob]) for blob in ids)


def attachment(keys: Keys, blob: Blob) -> Attachment:
    """The address is its own permission: it cannot be guessed, and whoever sees the message may fetch it."""
    url = f"/api/blobs/{blob.id}?mark={quote(keys.mark(_PURPOSE, str(blob.id)))}"
    return Attachment(blob.id, blob.name, blob.media_type, blob.size, blob.width, blob.height, url)


@get("/api/blobs/{blob:uuid}", permission="anyone")
async def fetch(blob: UUID, mark: str, db: Database, blobs: Blobs, keys: Keys) -> Response[bytes]:
    """Open to whoever holds a signed address. Only pictures are shown by a browser; all else is a download and never runs."""
    if not keys.marked(_PURPOSE, str(blob), mark):
        raise NotFound
    async with db.read() as connection:
        found = await find(connection, blob)
    if found is None:
        raise NotFound
    shown = found.width is not None
    headers = {
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": f"private, max-age={_YEAR}, immutable",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    media_type = found.media_type if shown else "application/octet-stream"
    return Response(await blobs.get(found), media_type=media_type, headers=headers)


ROUTES = [fetch]
