"""What is found in a document, and what in it was not understood."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tandem.knowledge.model import Button, Conditions

Unreadable = Literal[
    "not_this_kind", "broken", "too_large", "too_long", "protected", "empty", "no_columns", "unreachable", "refused"
]
"""Why a whole document could not be read."""
What = Literal[
    "no_answer",
    "no_question",
    "too_long",
    "hidden",
    "no_text",
    "unknown_columns",
    "too_many",
    "unreachable",
    "not_a_page",
    "bad_value",
]
"""Why a part of a document did not become an entry. `hidden`: a reader would not have seen it, so neither did we."""

MOST_ENTRIES = 20_000
MOST_UNCLEAR = 500
LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_CATEGORY, LONGEST_PLACE = 300, 8000, 60, 300


class CannotRead(Exception):
    """A document as a whole."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why: Unreadable = why


class Picture(Struct, frozen=True):
    """One that an export has in it. `data`: the file (in JSON as base64)."""

    name: str
    data: bytes


class Found(Struct, frozen=True):
    """An entry of a document. `place`: where in it, for people; `key`: what stays the same when it is read again. `lang` "": as
    the words are. None: the document says nothing about it."""

    place: str
    key: str
    question: str
    answer: str
    category: str = ""
    lang: str = ""
    phrasings: tuple[str, ...] | None = None
    conditions: Conditions | None = None
    buttons: tuple[Button, ...] | None = None
    images: tuple[Picture, ...] | None = None


class Unclear(Struct, frozen=True):
    place: str
    what: What


class Read(Struct, frozen=True):
    """`more_unclear`: how many there were beyond those that are told."""

    found: tuple[Found, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    more_unclear: int = 0


def bounded(found: list[Found], unclear: list[Unclear]) -> Read:
    """Raises `CannotRead` when there is nothing to tell at all."""
    if not found and not unclear:
        raise CannotRead("empty")
    if len(found) > MOST_ENTRIES:
        unclear = [Unclear(found[MOST_ENTRIES].place, "too_many"), *unclear]
    return Read(tuple(found[:MOST_ENTRIES]), tuple(unclear[:MOST_UNCLEAR]), max(0, len(unclear) - MOST_UNCLEAR))


def keyed_apart(found: list[Found]) -> list[Found]:
    """Two entries of one document never share a key: the second of a name is "name (2)"."""
    seen: dict[str, int] = {}
    apart = []
    for it in found:
        seen[it.key] = seen.get(it.key, 0) + 1
        apart.append(it if seen[it.key] == 1 else replace(it, key=f"{it.key} ({seen[it.key]})"))
    return apart
