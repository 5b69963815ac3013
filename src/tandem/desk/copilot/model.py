"""What the copilot offers."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

Tone = Literal["plain", "calming", "apologetic", "warm", "step_by_step"]
Outcome = Literal["accepted", "edited", "dismissed"]


class Ground(Struct, frozen=True):
    """Where a suggestion comes from: a published article at a version, or a case that a person solved."""

    kind: Literal["knowledge", "case"]
    id: UUID
    title: str
    version: int | None = None


class SuggestedReply(Struct, frozen=True):
    """`sure`: how well its ground fits, 0 to 1. `worded`: by "model" when one put it in its own words, else "ready"."""

    id: UUID
    text: str
    ground: Ground
    sure: float
    worded: Literal["ready", "model"]


class SimilarCase(Struct, frozen=True):
    """A case that a person brought to its end; numbers that name somebody are left out."""

    conversation: UUID
    episode: int
    at: datetime
    question: str
    answer: str
    answer_seq: int
    agent_name: str
    score: float


class FoundAnswer(Struct, frozen=True):
    """What reviewed knowledge says to a question."""

    id: UUID
    question: str
    answer: str
    version: int


class Happened(Struct, frozen=True):
    """One thing that happened since the reader last looked, with its entry."""

    kind: Literal["said", "answered", "looked_up", "promised", "noted", "corrected", "moved"]
    text: str
    by: str
    seq: int


class Copilot(Struct, frozen=True):
    """`next_step`, `tone` and `emotion`, which the tone is for, are keys; the console has the words. `can_word`: a language model
    is set."""

    suggestion: SuggestedReply | None
    next_step: str
    tone: Tone
    emotion: str | None
    similar: list[SimilarCase]
    since: list[Happened]
    can_word: bool


class Use(Struct, frozen=True):
    """What agents make of suggestions. `distance`: the median number of edits of those that were changed, None with none."""

    shown: int
    accepted: int
    edited: int
    dismissed: int
    distance: float | None
