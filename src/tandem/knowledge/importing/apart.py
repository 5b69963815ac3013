"""Documents of strangers are read in a process of their own (see `infra/apart.py`).

    python -m tandem.knowledge.importing.apart report.pdf < report.pdf

answers on standard output with `Read` as JSON, or `{"why": …}`.
"""

import contextlib
import sys
from collections.abc import Callable, Sequence
from pathlib import PurePath

import msgspec
from msgspec import Struct

from tandem.infra.apart import Broke, TookTooLong, bound, run_apart, tell
from tandem.knowledge.importing import tables, texts
from tandem.knowledge.importing.found import CannotRead, Found, Read, Unclear, Unreadable, bounded

_SECONDS = 60
"""Of the processor; of the clock twice that."""
_MEMORY = 1536 * 1024 * 1024

_READERS: dict[str, Callable[[bytes, str], Read]] = {
    ".csv": lambda content, _: tables.read_csv(content), ".tsv": lambda content, _: tables.read_csv(content),
    ".xlsx": lambda content, _: tables.read_xlsx(content), ".json": lambda content, _: tables.read_json(content),
    ".md": texts.read_markdown, ".markdown": texts.read_markdown, ".txt": texts.read_text,
    ".html": texts.read_html, ".htm": texts.read_html, ".docx": texts.read_docx, ".pdf": texts.read_pdf,
}  # fmt: skip
KINDS = frozenset(_READERS)
SITE = ".site"
"""Not a file's: pages of a web site, as JSON."""


class SitePage(Struct, frozen=True):
    url: str
    html: str


class _Failed(Struct, frozen=True):
    why: Unreadable


def kind_of(name: str) -> str | None:
    """The suffix by which a file is read, or None if it is not of any of our kinds."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in KINDS else None


async def read_apart(name: str, content: bytes) -> Read:
    """Raises `CannotRead`, also when reading took too long or too much."""
    try:
        told = await run_apart(__name__, (name,), content, seconds=2 * _SECONDS)
    except TookTooLong:
        raise CannotRead("too_long") from None
    except Broke:
        raise CannotRead("too_large") from None
    with contextlib.suppress(msgspec.ValidationError):
        raise CannotRead(msgspec.json.decode(told, type=_Failed).why)
    return msgspec.json.decode(told, type=Read)


def read(name: str, content: bytes) -> Read:
    """In this process. Raises `CannotRead`, and whatever a poisoned document makes of it."""
    if PurePath(name).suffix == SITE:
        return _read_site(msgspec.json.decode(content, type=list[SitePage]))
    kind = kind_of(name)
    if kind is None:
        raise CannotRead("not_this_kind")
    return _READERS[kind](content, PurePath(name).stem)


def _read_site(pages: Sequence[SitePage]) -> Read:
    """What stands on several pages (a menu in words, a notice) is an entry of the first alone."""
    found: dict[tuple[str, str], Found] = {}
    unclear: list[Unclear] = []
    for page in pages:
        try:
            read = texts.read_markup(page.html, page.url)
        except CannotRead:
            unclear.append(Unclear(page.url, "no_text"))
            continue
        for it in read.found:
            apart = msgspec.structs.replace(it, place=f"{page.url} › {it.place}"[:300], key=f"{page.url} {it.key}")
            found.setdefault((it.question, it.answer), apart)
        unclear += [Unclear(f"{page.url} › {it.place}"[:300], it.what) for it in read.unclear]
    return bounded(list(found.values()), unclear)


def _main() -> None:
    bound(_SECONDS, _MEMORY)
    answer: Read | _Failed
    try:
        answer = read(sys.argv[1], sys.stdin.buffer.read())
    except CannotRead as error:
        answer = _Failed(error.why)
    except MemoryError:
        answer = _Failed("too_large")
    tell(msgspec.json.encode(answer))


if __name__ == "__main__":
    _main()
