"""What came of judging: figures to compare, and the mistakes one by one, to learn from."""

from collections.abc import Callable, Iterable
from itertools import islice

from msgspec import Struct

MOST_MISTAKES = 500
_LONGEST = 500

Progress = Callable[[int, int], None]
"""How far it is: `done` of `total`, both in whatever is counted."""


def unwatched(_: int, __: int) -> None:
    """Nobody watches."""


class Mistake(Struct, frozen=True):
    """One thing that went wrong. `where`: its id, line or step; `said`: by the customer; then what should have come of it and what
    did, each in a few words."""

    where: str
    said: str
    expected: str
    found: str


class ModelCalls(Struct, frozen=True):
    """What a judging used of the language model."""

    calls: int = 0
    failed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


NOT_ASKED = ModelCalls()


class Report(Struct, frozen=True):
    """Shares are 0 to 1; None where there was nothing to count. `more`: mistakes beyond those that are listed."""

    figures: dict[str, float | None]
    mistakes: tuple[Mistake, ...]
    more: int = 0
    used: ModelCalls = NOT_ASKED


def reported(figures: dict[str, float | None], mistakes: Iterable[Mistake], used: ModelCalls = NOT_ASKED) -> Report:
    left = iter(mistakes)
    listed = tuple(
        Mistake(it.where[:_LONGEST], it.said[:_LONGEST], it.expected[:_LONGEST], it.found[:_LONGEST])
        for it in islice(left, MOST_MISTAKES)
    )
    return Report(figures, listed, sum(1 for _ in left), used)
