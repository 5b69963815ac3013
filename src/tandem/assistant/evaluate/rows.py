"""Labelled texts from a CSV file with a header."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from tandem.assistant.evaluate.unreadable import Unreadable

_LONGEST = 100_000


class Labelled(Struct, frozen=True):
    text: str
    label: str


def read_labelled(path: Path) -> list[Labelled]:
    """The columns `text` and `label` (or `category`, or `intent`). Raises `Unreadable`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_rows(path, csv.reader(file, strict=True)))
    except OSError as error:
        raise Unreadable(path, 1, error.strerror or "cannot be opened") from None
    except UnicodeDecodeError as error:
        raise Unreadable(path, path.read_bytes()[: error.start].count(b"\n") + 1, "not UTF-8") from None


def _rows(path: Path, reader: Any) -> Iterator[Labelled]:
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        text, label = _column(path, head, ("text",)), _column(path, head, ("label", "category", "intent"))
        found = 0
        for row in reader:
            if not row:
                continue
            if len(row) != len(head):
                raise Unreadable(path, reader.line_num, f"{len(row)} fields where the header has {len(head)}")
            if not row[text].strip() or not row[label].strip():
                raise Unreadable(path, reader.line_num, "the text or the label is empty")
            if len(row[text]) > _LONGEST:
                raise Unreadable(path, reader.line_num, f"the text is longer than {_LONGEST} characters")
            found += 1
            yield Labelled(row[text], row[label].strip())
        if not found:
            raise Unreadable(path, reader.line_num or 1, "there is no row below the header")
    except csv.Error as error:
        raise Unreadable(path, reader.line_num, f"not CSV: {error}") from None


def _column(path: Path, head: list[str], names: tuple[str, ...]) -> int:
    for name in names:
        if name in head:
            return head.index(name)
    raise Unreadable(path, 1, f"the header has no column `{names[0]}`: {', '.join(head) or 'it is empty'}")
