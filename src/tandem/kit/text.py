"""Text as it comes from people: made safe to store, and cut into the words it can be found by."""

import re
import unicodedata
from itertools import pairwise
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+|[^\W_]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")

_LONGEST_WORD = 64


def clean(text: str) -> str:
    """Text that PostgreSQL and every client can hold: no NUL, no control characters but tab and newline, no lone surrogate."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", _SURROGATE.sub("\ufffd", text)).strip()


def storable(value: Any) -> Any:
    """A JSON value with every text in it made safe to store, whatever a stranger put there."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): storable(it) for key, it in value.items()}
    return [storable(it) for it in value] if isinstance(value, list | tuple) else value


def words(text: str) -> list[str]:
    """The words a text is found by: lower-cased runs of letters and digits, and of Han text each character and each pair.

    A segmenter loses up to half of the fragments that people type; pairs lose none.
    """
    found: dict[str, None] = {}
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if _HAN.match(run):
            found.update(dict.fromkeys(run))
            found.update(dict.fromkeys(a + b for a, b in pairwise(run)))
        else:
            found[run[:_LONGEST_WORD]] = None
    return list(found)


def sought(text: str) -> list[str]:
    """The words that must all occur for a text to be a hit: as `words`, but of longer Han runs the pairs alone."""
    need: dict[str, None] = {}
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if _HAN.match(run) and len(run) > 1:
            need.update(dict.fromkeys(a + b for a, b in pairwise(run)))
        else:
            need[run[:_LONGEST_WORD]] = None
    return list(need)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters on one line, with an ellipsis where something was cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
