"""A line of the log of assignments: what could have been done, what was, how likely that was, and what came of it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.routing.engine.choose import Candidate
from tandem.routing.queues.model import Criterion

_LONGEST_LINE = 1_000_000


class Unreadable(Exception):
    """The message says which line of the file is wrong, and how."""


class Assignment(Struct, frozen=True):
    """`chosen` is one of `candidates`, and `probability` (above 0) how likely that was under the rule of then. `outcome`: how the offer
    ended. `reward` from 0 to 1, None while it is not known: 1 when he took the customer and brought it to an end himself."""

    at: datetime
    queue: UUID
    kind: str
    waited: int
    rule: tuple[Criterion, ...]
    candidates: tuple[Candidate, ...]
    chosen: UUID
    probability: float
    outcome: str
    reward: float | None


_decoder = msgspec.json.Decoder(Assignment)


def read(file: Path) -> Iterator[Assignment]:
    """One JSON object a line, as the export writes them. Raises `Unreadable`, `OSError`."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _checked(line, number)


def _checked(line: bytes, number: int) -> Assignment:
    if len(line) > _LONGEST_LINE:
        raise Unreadable(f"line {number}: longer than {_LONGEST_LINE} bytes")
    try:
        found = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Unreadable(f"line {number}: {error}") from None
    if found.chosen not in {it.agent for it in found.candidates}:
        raise Unreadable(f"line {number}: the chosen one is not among the candidates")
    if not 0 < found.probability <= 1:
        raise Unreadable(f"line {number}: the probability is not above 0 and at most 1")
    if found.reward is not None and not 0 <= found.reward <= 1:
        raise Unreadable(f"line {number}: the reward is not from 0 to 1")
    return found
