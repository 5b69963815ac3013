"""What was promised, when the assistant may therefore answer, and what is known of its answers."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

DEFAULT_WRONG = 0.02
NEVER = 2.0
"""A threshold that no confidence reaches."""

Cause = Literal["set", "evidence", "restored"]
Judge = Literal["staff", "choice", "handed_over"]


class Thresholds(Struct, frozen=True):
    """From which confidence on it answers: in a category that has enough judged answers of its own, and in all others."""

    least: float
    by_category: dict[str, float] = {}

    def of(self, category: str) -> float:
        return self.by_category.get(category, self.least)


class Account(Struct, frozen=True):
    """Judged questions of a category ("" for all that have no threshold of their own): how many, how many of them were answered
    wrongly, the threshold, and whether the promise is proven at it. `needed`: how many it takes at the least. `unhelpful`: after how many
    answers customers said that they did not help, where that raised the threshold."""

    category: str
    judged: int
    wrong: int
    least: float
    proven: bool
    needed: int
    unhelpful: int = 0


class Promise(Struct, frozen=True):
    """A version. `made_from` tells what the thresholds rest on."""

    version: int
    at: datetime
    by_name: str
    cause: Cause
    max_wrong: float
    thresholds: Thresholds
    made_from: tuple[Account, ...] = ()


class Judged(Struct, frozen=True):
    """A question whose nearest article is known to be the answer or not. `answered`: it was given, not only offered."""

    category: str
    sure: float
    answered: bool
    was_right: bool


class Followed(Struct, frozen=True):
    """Automatic answers of a category and a confidence (to two digits, rounded down): how many, and after how many of them the customer's
    next words were that it did not help, so that a person was brought."""

    category: str
    sure: float
    answers: int
    failed: int


class Kept(Struct, frozen=True):
    """Of the automatic answers that people here judged: how many, how many wrong, and between which shares the truth lies (90 %)."""

    judged: int
    wrong: int
    low: float
    high: float


class Waiting(Struct, frozen=True):
    """An automatic answer that nobody here has judged. `helped`: what the customer said of it, if anything."""

    turn: UUID
    conversation: UUID
    at: datetime
    question: str
    answer: str
    article: str
    category: str
    sure: float
    helped: bool | None


class JudgedMessage(Struct, frozen=True):
    """What people here said of the assistant's message `seq`."""

    seq: int
    was_right: bool
    by_name: str


class PromiseView(Struct, frozen=True):
    """`now` is None until a first version was made: then the defaults hold."""

    max_wrong: float
    thresholds: Thresholds
    accounts: tuple[Account, ...]
    kept: Kept
    history: tuple[Promise, ...]
    waiting: int
