"""The handoff packet, version 1. Nothing in it is without the entries it came from."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.timeline.model import Source

SaidBy = Literal["customer", "skill", "host"]
Outcome = Literal["helped", "failed", "open", "unclear"]


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
    """An answer that was given, by the assistant or by a person, and what the customer said next, if anything.
    `outcome`: "helped" when he said so or thanked, "failed" when he said that it did not or was worse off, "open" when he has not
    answered, else "unclear"."""

    what: str
    source: Source | None
    reaction: str | None
    seqs: tuple[int, ...]
    by: Literal["assistant", "agent"] = "assistant"
    outcome: Outcome = "unclear"


class Intent(Struct, frozen=True):
    """A matter the customer raised: the skill or article it was met with, or "unknown". Several may be open at once."""

    name: str
    state: Literal["met", "open"]
    seqs: tuple[int, ...]


class Entity(Struct, frozen=True):
    """A thing the case is about, and what a business system said of it: `digest` is the SHA-256 of that answer, so that it can
    be told later whether it still says the same."""

    kind: Literal["order", "product"]
    id: str
    state: str
    digest: str
    at: datetime
    seqs: tuple[int, ...]


class Promise(Struct, frozen=True):
    """Something the customer was told would happen; `due` in the words it was said in."""

    text: str
    due: str | None
    by: str
    seqs: tuple[int, ...]


class Authority(Struct, frozen=True):
    """Something asked for that goes beyond what may simply be answered: "refund", "compensation", "rush", "exception"."""

    what: str
    seqs: tuple[int, ...]


class PacketCustomer(Struct, frozen=True):
    """Nothing that names him: the desk knows the contact by its id."""

    id: UUID
    tier: str | None = None
    verified_by: str | None = None


class Feeling(Struct, frozen=True):
    emotion: str
    seq: int


class EmotionPath(Struct, frozen=True):
    """`peak` is the entry at which it was worst, None when it never was bad; `cause`: what was said there."""

    now: str
    path: tuple[Feeling, ...] = ()
    peak: int | None = None
    cause: Cited | None = None


SCHEMA = "tandem.packet/1"


class Packet(Struct, frozen=True):
    """What is known when a conversation changes hands. Immutable: whoever learns more makes the next version.

    `asks`: all that may still be asked, as stable keys; `open_questions` are the same in words. `audience`: for whom it was made;
    `made_by`: which version of Tandem made it. `masked`: keys of facts of which only a part is told.
    """

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
    schema: str = SCHEMA
    made_by: str = ""
    audience: Literal["people", "assistant"] = "people"
    customer: PacketCustomer | None = None
    channel: UUID | None = None
    intents: tuple[Intent, ...] = ()
    entities: tuple[Entity, ...] = ()
    promises: tuple[Promise, ...] = ()
    authority: tuple[Authority, ...] = ()
    asks: tuple[str, ...] = ()
    next_step: str = "answer"
    masked: tuple[str, ...] = ()


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
