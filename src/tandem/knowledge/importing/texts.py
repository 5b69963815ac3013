"""Markdown, HTML, DOCX, PDF and plain text: as headings and paragraphs in reading order."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tandem.knowledge.importing.found import CannotRead, Read, Unclear
from tandem.knowledge.importing.outline import Block, entries, seen
from tandem.knowledge.importing.tables import check_packed, decoded

_NOT_TEXT = {
    "script", "style", "template", "noscript", "svg", "iframe", "object", "nav", "footer", "form", "head", "title", "button", "select",
}  # fmt: skip
_UNSEEN = re.compile(r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:0(?![.\d])|(?:left|top|text-indent):-\d{3,}")
_HEADING = re.compile(r"h([1-6])")
_MOST_PAGES = 1000
_MOST_BLOCKS = 100_000
_COMMENT = re.compile(r"<!--(.*?)(?:-->|$)", re.DOTALL)
_NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.、]?\s+\S|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]{1,3}[章节条])"
)
_LONGEST_HEADING = 60
_MARKED = re.compile(r"(?:q|问|問|question|问题)\s*\d*\s*[:\uff1a.、]", re.IGNORECASE)
_ENDED = re.compile(r"[。！？：；.!?:;|]$")
_BEGINS = re.compile(r"[-*•]\s|(?:q|a|问|問|答)\s*\d*\s*[:\uff1a.、]", re.IGNORECASE)


def read_html(content: bytes, title: str) -> Read:
    """Raises `CannotRead`."""
    return read_markup(decoded(content), title)


def read_markup(html: str, title: str, hidden: Iterable[str] = ()) -> Read:
    """What a browser would show. What a page hides from its readers is left out and told, as is what was `hidden` before it became this.
    Raises `CannotRead`."""
    tree = LexborHTMLParser(html)
    unclear = [Unclear(text[:80], "hidden") for it in hidden if (text := seen(it))]
    named = tree.css_first("title")
    named_title = seen(named.text(strip=True))[:60] if named else ""
    body = tree.css_first("main") or tree.css_first("article") or tree.body
    if body is None:
        raise CannotRead("empty")
    return entries(list(_blocks(body, unclear)), named_title or title, unclear)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = re.sub(r"\s", "", attributes.get("style") or "").lower()
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(style and _UNSEEN.search(style))


def _blocks(top: LexborNode, unclear: list[Unclear]) -> Iterator[Block]:
    """Without recursion: a page may nest ten thousand elements."""
    said: list[str] = []
    waiting: list[LexborNode | str | int] = [top]
    count = 0
    while waiting and count < _MOST_BLOCKS:
        it = waiting.pop()
        if isinstance(it, str):
            said.append(it)
            continue
        if isinstance(it, int):
            count += 1
            yield Block(_tidied("".join(said)), it)
            said = []
            continue
        tag = it.tag or ""
        if tag == "-text":
            said.append(re.sub(r"\s+", " ", it.text(deep=False)))
        elif tag in _NOT_TEXT:
            continue
        elif _is_hidden(it):
            if hidden := seen(it.text(strip=True)[:1000]):
                unclear.append(Unclear(hidden[:80], "hidden"))
        elif heading := _HEADING.fullmatch(tag):
            waiting += [int(heading[1]), *_reversed_children(it), 0]
        elif tag in _AROUND:
            before, after = _AROUND[tag]
            waiting += [after, *_reversed_children(it), before]
        elif tag == "a":
            href = it.attributes.get("href") or ""
            linked = re.fullmatch(r"https?://[^\s()]{1,500}", href)
            waiting += [f"]({href})" if linked else "", *_reversed_children(it), "[" if linked else ""]
        elif tag in ("dt", "summary"):
            waiting += [6, *_reversed_children(it), 0]
        else:
            waiting += [*([0] if tag in _PARAGRAPHS else []), *_reversed_children(it)]
    yield Block(_tidied("".join(said)))


_AROUND = {
    "li": ("\n- ", "\n"),
    "br": ("\n", ""),
    "tr": ("\n", "\n"),
    "td": ("", " | "),
    "th": ("", " | "),
    "strong": ("**", "**"),
    "b": ("**", "**"),
}
_PARAGRAPHS = {
    "p",
    "div",
    "section",
    "article",
    "table",
    "ul",
    "ol",
    "dd",
    "blockquote",
    "pre",
    "main",
    "body",
    "details",
    "header",
}


def _reversed_children(node: LexborNode) -> list[LexborNode | str | int]:
    children: list[LexborNode | str | int] = list(node.iter(include_text=True))
    return children[::-1]


def _tidied(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip(" |") for line in text.split("\n"))
    return "\n".join(line for line in lines if line and line != "****")


def read_markdown(content: bytes, title: str) -> Read:
    """Raises `CannotRead`."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  # only the process that reads such a document pays for it

    hidden: list[str] = []

    def as_text(_: object, tokens: Sequence[Any], at: int, *__: object) -> str:
        """Its HTML is not taken over, but shown as it is written; but for comments, which its readers do not see."""
        written = str(tokens[at].content)
        hidden.extend(it.strip() for it in _COMMENT.findall(written))
        return escape(_COMMENT.sub("", written))

    markdown = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
    markdown.add_render_rule("html_block", as_text)
    markdown.add_render_rule("html_inline", as_text)
    return read_markup(markdown.render(decoded(content)), title, hidden)


def read_text(content: bytes, title: str) -> Read:
    """Lines; those that look like headings count as such. Raises `CannotRead`."""
    return entries(list(_guessed(decoded(content).splitlines())), title, [])


def read_docx(content: bytes, title: str) -> Read:
    """Raises `CannotRead`."""
    from docx import Document  # noqa: PLC0415

    check_packed(content)
    unclear: list[Unclear] = []
    try:
        document = Document(io.BytesIO(content))
        blocks = list(_of_word(document, unclear))
    except Exception:
        raise CannotRead("broken") from None
    if not any(it.level for it in blocks):
        blocks = list(_guessed(line for it in blocks for line in it.text.split("\n")))
    return entries(blocks, document.core_properties.title or title, unclear)


def _of_word(document: Any, unclear: list[Unclear]) -> Iterator[Block]:
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                yield Block(" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)))
            continue
        hidden = "".join(run.text for run in item.runs if run.font.hidden)
        if hidden.strip():
            unclear.append(Unclear(seen(hidden)[:80], "hidden"))
        text = "".join(run.text for run in item.runs if not run.font.hidden) if hidden else item.text
        style = (item.style.name or "") if item.style is not None else ""
        heading = re.fullmatch(r"(?:heading|标题) ?([1-6])", style.lower())
        level = int(heading[1]) if heading else (1 if style == "Title" else 0)
        yield Block(f"- {text}" if style.startswith("List") and text.strip() else text, level)


def read_pdf(content: bytes, title: str) -> Read:
    """Its text; a scan has none, which is told page by page. Raises `CannotRead`."""
    from pypdf import PdfReader  # noqa: PLC0415

    unclear: list[Unclear] = []
    lines: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotRead("protected")
        for number, page in enumerate(reader.pages, start=1):
            if number > _MOST_PAGES:
                unclear.append(Unclear(f"p. {number}", "too_many"))
                break
            text = page.extract_text() or ""
            if not text.strip():
                unclear.append(Unclear(f"p. {number}", "no_text"))
            lines += text.splitlines()
    except CannotRead:
        raise
    except Exception:
        raise CannotRead("broken") from None
    return entries(list(_guessed(lines)), title, unclear)


def _guessed(lines: Iterable[str]) -> Iterator[Block]:
    """Text without styles: a short numbered line, or one that asks, is a heading; other lines run on until one is empty."""
    paragraph = ""
    for line in lines:
        text = line.strip()
        level = _looks_like_heading(text)
        if text and not level:
            paragraph = _run_on(paragraph, text)
            continue
        yield Block(paragraph)
        yield Block(text, level)
        paragraph = ""
    yield Block(paragraph)


def _looks_like_heading(text: str) -> int:
    if text.endswith(("?", "\uff1f")) and len(text) <= 2 * _LONGEST_HEADING and not _MARKED.match(text):
        return 2
    ends = text.endswith(("。", ".", "；", ";", "，", ","))
    return 1 if len(text) <= _LONGEST_HEADING and not ends and _NUMBERED.match(text) else 0


def _run_on(paragraph: str, line: str) -> str:
    """A line that was only broken because the page ended is put together again."""
    if not paragraph or _ENDED.search(paragraph) or _BEGINS.match(line):
        return f"{paragraph}\n{line}" if paragraph else line
    return paragraph + ("" if ord(paragraph[-1]) > 0x2E80 and ord(line[0]) > 0x2E80 else " ") + line
