"""CSV, XLSX and our own JSON: a row is an entry; columns are known by their names in Chinese and English."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tandem.kit.text import shortened
from tandem.knowledge.importing.found import (
    LONGEST_ANSWER,
    LONGEST_CATEGORY,
    LONGEST_QUESTION,
    MOST_ENTRIES,
    CannotRead,
    Found,
    Picture,
    Read,
    Unclear,
    bounded,
    keyed_apart,
)  # fmt: skip
from tandem.knowledge.importing.outline import seen
from tandem.knowledge.model import Button, Conditions

_COLUMNS = {
    "question": {"question", "title", "问题", "标准问题", "标准问", "标题", "提问"},
    "answer": {"answer", "reply", "content", "答案", "回答", "回复", "内容"},
    "category": {"category", "topic", "section", "分类", "类别", "目录"},
    "phrasings": {"phrasings", "phrasing", "similar questions", "variants", "相似问法", "相似问", "其他说法", "其它说法", "扩展问"},
    "lang": {"lang", "language", "locale", "语言", "语种"},
    "key": {"id", "key", "number", "编号", "序号"},
    "conditions": {"conditions"},
    "buttons": {"buttons"},
    "images": {"images"},
}
_MOST_COLUMNS = 60
_MOST_ROWS = MOST_ENTRIES + 1000
_LONGEST_CELL = 20_000
_UNPACKED = 300 * 1024 * 1024
_BETWEEN = re.compile(r"[\n|；;]+")

Cells = list[str]


def read_csv(content: bytes) -> Read:
    """UTF-8 or, as Excel in China writes it, GB 18030. Raises `CannotRead`."""
    text = decoded(content)
    csv.field_size_limit(10 * _LONGEST_CELL)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4000], ",;\t")
    except csv.Error:
        dialect = csv.excel
    dialect.doublequote = True
    try:
        rows = [list(row) for _, row in zip(range(_MOST_ROWS), csv.reader(io.StringIO(text), dialect), strict=False)]
    except csv.Error:
        raise CannotRead("broken") from None
    return _entries([("", rows)])


def read_xlsx(content: bytes) -> Read:
    """Every sheet. Formulas count as what they last showed. Raises `CannotRead`."""
    from openpyxl import load_workbook  # noqa: PLC0415  # only the process that reads a workbook pays for it

    check_packed(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except CannotRead:
        raise
    except Exception:
        raise CannotRead("broken") from None
    return _entries(sheets)


def read_json(content: bytes) -> Read:
    """A list of objects with the columns' names, as the export writes it. Raises `CannotRead`."""
    try:
        raw = json.loads(decoded(content))
    except (ValueError, RecursionError):
        raise CannotRead("broken") from None
    if not isinstance(raw, list) or not all(isinstance(it, dict) for it in raw):
        raise CannotRead("not_this_kind")
    names = list(dict.fromkeys(str(name) for it in raw[:_MOST_ROWS] for name in it))[:_MOST_COLUMNS]
    rows = [names, *([_cell(it.get(name)) for name in names] for it in raw[:_MOST_ROWS])]
    return _entries([("", rows)])


def check_packed(content: bytes) -> None:
    """A few kilobytes may say that they unpack to gigabytes; then they are not unpacked. Raises `CannotRead`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(it.file_size for it in packed.infolist()) > _UNPACKED:
                raise CannotRead("too_large")
    except (zipfile.BadZipFile, ValueError, OverflowError):
        raise CannotRead("protected" if content[:4] == b"\xd0\xcf\x11\xe0" else "broken") from None


def decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    raise CannotRead("not_this_kind")


def _rows(sheet: Any) -> Iterator[Cells]:
    empty = 0
    for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True):
        cells = [_cell(value) for value in row]
        empty = 0 if any(cells) else empty + 1
        if empty > 1000:
            return  # a sheet that was formatted down to its last row
        yield cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _entries(sheets: Iterable[tuple[str, list[Cells]]]) -> Read:
    found: list[Found] = []
    unclear: list[Unclear] = []
    tables = 0
    for name, rows in sheets:
        columns = _columns(rows[0]) if rows else {}
        if "question" not in columns or "answer" not in columns:
            continue
        tables += 1
        unknown = [it.strip() for at, it in enumerate(rows[0]) if it.strip() and at not in columns.values()]
        if unknown:
            unclear.append(Unclear(shortened(", ".join(unknown), 200), "unknown_columns"))
        for number, row in enumerate(rows[1:], start=2):
            _take(found, unclear, columns, row, f"{name} {number}".strip())
    if not tables:
        raise CannotRead("no_columns")
    return bounded(keyed_apart(found), unclear)


def _columns(header: Cells) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, name in enumerate(header[:_MOST_COLUMNS]):
        tidy = seen(name).lower().replace("_", " ")
        means = next((meaning for meaning, names in _COLUMNS.items() if tidy in names), None)
        if means:
            columns.setdefault(means, at)
    return columns


def _take(found: list[Found], unclear: list[Unclear], columns: dict[str, int], row: Cells, place: str) -> None:
    def whole(column: str) -> str:
        at = columns.get(column)
        return row[at] if at is not None and at < len(row) else ""

    def of(column: str) -> str:
        return seen(whole(column)[:_LONGEST_CELL])

    question, answer, category = " ".join(of("question").split()), of("answer"), of("category")
    if not any(cell.strip() for cell in row):
        return
    if not question or not answer:
        unclear.append(Unclear(place, "no_answer" if question else "no_question"))
        return
    if len(question) > LONGEST_QUESTION or len(answer) > LONGEST_ANSWER:
        unclear.append(Unclear(place, "too_long"))
        return
    lang = of("lang").lower().replace("_", "-").partition("-")[0]
    try:
        conditions = msgspec.json.decode(of("conditions") or "null", type=Conditions | None)
        buttons = msgspec.json.decode(of("buttons") or "null", type=tuple[Button, ...] | None)
        images = msgspec.json.decode(whole("images") or "null", type=tuple[Picture, ...] | None)
    except msgspec.DecodeError:
        unclear.append(Unclear(place, "bad_value"))
        return
    key = of("key") or f"{lang}: {question}"
    found.append(Found(
        place, key, question, answer, shortened(category, LONGEST_CATEGORY), lang,
        _phrasings(of("phrasings")) if "phrasings" in columns else None, conditions, buttons, images,
    ))  # fmt: skip


def _phrasings(text: str) -> tuple[str, ...]:
    if text.startswith("["):
        try:
            return msgspec.json.decode(text, type=tuple[str, ...])
        except msgspec.DecodeError:
            return (text[:LONGEST_QUESTION],)
    return tuple(it.strip()[:LONGEST_QUESTION] for it in _BETWEEN.split(text) if it.strip())[:100]
