"""Reading a web site: only its own pages, only so many, only as its robots.txt allows, and only public addresses."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx
from selectolax.lexbor import LexborHTMLParser

from tandem.infra.outside import Outside, OutsideRefused, Page
from tandem.knowledge.importing.apart import SitePage
from tandem.knowledge.importing.found import CannotRead, Unclear

MOST_PAGES = 200
_AGENT = "TandemKnowledge/1.0"
_MOST_WAITING = 5000
_MOST_LINKS = 1000
_LONGEST_ADDRESS = 500
_SECONDS = 600
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|pdf|zip|gz|docx?|xlsx?|pptx?|mp[34]|webm|woff2?)$", re.IGNORECASE
)

Progress = Callable[[int, int], Awaitable[None]]


class Site:
    """`pause`: seconds between two pages, so that reading a site does not weigh on it."""

    def __init__(self, outside: Outside, pause: float = 0.2) -> None:
        self._outside = outside
        self._pause = pause

    async def pages(self, start: str, most: int, progress: Progress) -> tuple[list[SitePage], list[Unclear]]:
        """Raises `CannotRead` when not even the first page can be had."""
        start, robots = await self._entered(start)
        waiting, known = [start], {start}
        pages: list[SitePage] = []
        unclear: list[Unclear] = []
        try:
            async with asyncio.timeout(_SECONDS):
                while waiting and len(pages) < most:
                    url = waiting.pop(0)
                    if not robots.can_fetch(_AGENT, url):
                        unclear.append(Unclear(url, "unreachable"))
                        continue
                    page = await self._page(url)
                    if page is None or page.status != 200 or page.media_type not in ("text/html", "application/xhtml+xml"):
                        unclear.append(Unclear(url, "unreachable" if page is None or page.status >= 400 else "not_a_page"))
                        found: Iterator[str] = iter([urljoin(url, page.location)] if page and page.location else [])
                    else:
                        html = _text(page.body)
                        pages.append(SitePage(url, html))
                        found = _links(url, html)
                    for link in found:
                        if _is_of(start, link) and link not in known and len(known) < _MOST_WAITING:
                            known.add(link)
                            waiting.append(link)
                    await progress(len(pages), min(most, len(pages) + len(waiting)))
                    await asyncio.sleep(self._pause)
        except TimeoutError:
            unclear.append(Unclear(start, "too_many"))
        if waiting and len(pages) >= most:
            unclear.append(Unclear(waiting[0], "too_many"))
        if not pages:
            raise CannotRead("unreachable")
        return pages, unclear

    async def _entered(self, start: str) -> tuple[str, RobotFileParser]:
        """The first address, after it said that it lives elsewhere (www., https), and what the site allows."""
        for _ in range(4):
            page = await self._page(start, first=True)
            if page is None or not page.location:
                break
            start = urljoin(start, page.location)
        robots = RobotFileParser()
        told = await self._page(urljoin(start, "/robots.txt"))
        robots.parse(_text(told.body).splitlines()[:2000] if told and told.status == 200 else [])
        return start.partition("#")[0], robots

    async def _page(self, url: str, *, first: bool = False) -> Page | None:
        """None when it cannot be had. `first`: that an address may not be called is said and not passed over."""
        try:
            return await self._outside.get(url, {"User-Agent": _AGENT, "Accept": "text/html"})
        except OutsideRefused:
            if first:
                raise CannotRead("refused") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            if first:
                raise CannotRead("unreachable") from None
        return None


def _links(url: str, html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("a[href]")[:_MOST_LINKS]:
        try:
            link = urljoin(url, (node.attributes.get("href") or "").strip()).partition("#")[0]
            path = urlsplit(link).path
        except ValueError:
            continue
        if len(link) <= _LONGEST_ADDRESS and not _NOT_PAGES.search(path):
            yield link


def _is_of(start: str, link: str) -> bool:
    try:
        one, other = urlsplit(start), urlsplit(link)
        return (one.scheme, one.hostname, one.port) == (other.scheme, other.hostname, other.port)
    except ValueError:
        return False


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
