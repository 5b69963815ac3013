"""The handoff packet, version 1. Nothing in it is without the entries it came from."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.timeline.model import Source

SaidBy = Literal["customer", "skill", "host"]


class Cited(Struct, frozen=True):
    """Words and the entries (by `seq`) they came from."""

    text: str
    seqs: tuple[int, ...]


class Fact(Struct, frozen=True):
    """`key` is stable for programs, `label` is for people in the packet's language."""

    key: str
    label: str
    value: str
    said_by: SaidBy
    seqs: tuple[int, ...]


class Lookup(Struct, frozen=True):
    skill: str
    title: str
    arguments: dict[str, str]
    outcome: str
    summary: str
    seq: int
    at: datetime


class Attempt(Struct, frozen=True):
    """An answer that was given, and what the customer said next, if anything."""

    what: str
    source: Source | None
    reaction: str | None
    seqs: tuple[int, ...]


class Feeling(Struct, frozen=True):
    emotion: str
    seq: int


class EmotionPath(Struct, frozen=True):
    """`peak` is the entry at which it was worst, None when it never was bad."""

    now: str
    path: tuple[Feeling, ...] = ()
    peak: int | None = None


class Packet(Struct, frozen=True):
    id: UUID
    conversation: UUID
    version: int
    at: datetime
    language: str
    reason: str
    evidence: tuple[int, ...]
    goal: Cited | None
    expectation: Cited | None
    facts: tuple[Fact, ...]
    lookups: tuple[Lookup, ...]
    attempts: tuple[Attempt, ...]
    emotion: EmotionPath
    urgency: int
    risk: tuple[str, ...]
    open_questions: tuple[str, ...]
    summary: str


class Reading(Struct, frozen=True):
    """What triage made of the customer's entries `from_seq` to `through_seq`.

    `about` is false for words that carry no need of their own: a greeting, thanks, a bare wish for a person.
    """

    from_seq: int
    through_seq: int
    emotion: str
    urgency: int
    risk: tuple[str, ...] = ()
    about: bool = True
