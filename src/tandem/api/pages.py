"""The built pages: the widget's one script and the console. Read once, when the application starts; compressed once, when first asked for."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any

from litestar import Request, Response, get
from litestar.response import Redirect

from tandem.api.services import services_of
from tandem.infra.db import Database
from tandem.infra.numbers import Numbers
from tandem.kit.crypto import same
from tandem.kit.errors import NotFound

_TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".json": "application/json",
    ".webmanifest": "application/manifest+json", ".map": "application/json", ".mp3": "audio/mpeg",
}  # fmt: skip
_YEAR = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_CONSOLE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob: https: http:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class File:
    content: bytes
    media_type: str
    etag: str

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.content, 9, mtime=0)


def _read(folder: Traversable, prefix: str = "") -> dict[str, File]:
    found: dict[str, File] = {}
    for item in folder.iterdir() if folder.is_dir() else ():
        if item.is_dir():
            found |= _read(item, f"{prefix}{item.name}/")
        elif (media_type := _TYPES.get(PurePath(item.name).suffix)) is not None:
            content = item.read_bytes()
            found[prefix + item.name] = File(content, media_type, hashlib.sha256(content).hexdigest()[:20])
    return found


class Pages:
    """All built files by path, such as `console/index.html`."""

    def __init__(self) -> None:
        self._files = _read(files("tandem") / "static")

    def answer(self, request: Request[Any, Any, Any], path: str, *, cache: str, policy: str = "") -> Response[bytes]:
        """Raises `NotFound`."""
        file = self._files.get(path)
        if file is None:
            raise NotFound
        headers = {"ETag": f'"{file.etag}"', "Cache-Control": cache, "Vary": "Accept-Encoding"}
        if policy:
            headers["Content-Security-Policy"] = policy
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return Response(b"", status_code=304, headers=headers, media_type=file.media_type)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return Response(file.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.media_type)
        return Response(file.content, headers=headers, media_type=file.media_type)


@get("/widget.js", permission="anyone", include_in_schema=False)
async def widget(request: Request[Any, Any, Any], pages: Pages) -> Response[bytes]:
    return pages.answer(request, "widget/widget.js", cache=_REVALIDATE)


@get("/words/{name:str}", permission="anyone", include_in_schema=False)
async def words(request: Request[Any, Any, Any], pages: Pages, name: str) -> Response[bytes]:
    """What the widget says in one language, such as `en.js`."""
    return pages.answer(request, f"widget/words/{name}", cache=_REVALIDATE)


@get("/parts/{name:str}", permission="anyone", include_in_schema=False)
async def parts(request: Request[Any, Any, Any], pages: Pages, name: str) -> Response[bytes]:
    """What the widget fetches only for those who come to see it, such as `wait.js`."""
    return pages.answer(request, f"widget/parts/{name}", cache=_REVALIDATE)


@get("/", permission="anyone", include_in_schema=False)
async def home() -> Redirect:
    """An installation has no page of its own at its root; the demo has its shop there."""
    return Redirect("/console")


@get(["/console", "/console/{path:path}"], permission="anyone", include_in_schema=False)
async def console(request: Request[Any, Any, Any], pages: Pages, path: str = "") -> Response[bytes]:
    """The files of the console; any other address below it is one of its own pages."""
    name = path.strip("/")
    if name.startswith("assets/"):
        return pages.answer(request, f"console/{name}", cache=_YEAR)
    if "." in name.rpartition("/")[2]:
        return pages.answer(request, f"console/{name}", cache=_REVALIDATE)
    return pages.answer(request, "console/index.html", cache=_REVALIDATE, policy=_CONSOLE_POLICY)


@get("/health", permission="anyone", include_in_schema=False)
async def health(db: Database) -> dict[str, str]:
    """Up, and the database answers."""
    async with db.read() as connection:
        await connection.fetchval("select 1")
    return {"status": "ok"}


@get("/metrics", permission="anyone", include_in_schema=False)
async def metrics(request: Request[Any, Any, Any], numbers: Numbers) -> Response[bytes]:
    """Counts without names. Only asked from this machine, unless a token is set for those who collect."""
    settings = services_of(request).settings
    here = request.client is not None and request.client.host in ("127.0.0.1", "::1")
    if settings.metrics_token:
        if not same(request.headers.get("Authorization", ""), f"Bearer {settings.metrics_token}"):
            raise NotFound
    elif not here:
        raise NotFound
    return Response(numbers.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@get("/api/openapi.json", permission="anyone", include_in_schema=False)
async def description(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The API, for programs and for those who write them."""
    return request.app.openapi_schema.to_schema()


ROUTES = [widget, words, parts, console, health, metrics, description]
