"""The handoff packet, version 1.2. Nothing in it is without the entries it came from.

A minor version only adds fields, and a packet that was made before does not have them: they are unset, not empty, so that it is
written as it was when it was signed, and its signature still fits."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from tandem.timeline.model import Source

SaidBy = Literal["customer", "skill", "host"]
Outcome = Literal["helped", "failed", "open", "unclear"]


class Cited(Struct, frozen=True):
    """Words and the entries (by `seq`) they came from."""

    text: str
    seqs: tuple[int, ...]


class Fact(Struct, frozen=True):
    """`key` is stable for programs, `label` is for people in the packet's language. `verified_by`: the skill whose answer says the
    same, None when none does. Since 1.2."""

    key: str
    label: str
    value: str
    said_by: SaidBy
    seqs: tuple[int, ...]
    verified_by: str | UnsetType | None = UNSET


class Lookup(Struct, frozen=True):
    """A question to a business system. `digest`: the SHA-256 of the answer as the timeline keeps it, a JSON array of outcome and
    summary. Since 1.2."""

    skill: str
    title: str
    arguments: dict[str, str]
    outcome: str
    summary: str
    seq: int
    at: datetime
    digest: str | UnsetType = UNSET


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
    """A matter the customer raised: the skill or article it was met with, or "unknown". Several may be open at once.
    `confidence`: how sure the assistant was of the article, or for "unknown" of the nearest one, from 0 to 1; None where nothing was
    weighed, as when a skill's own words were recognised. Since 1.1."""

    name: str
    state: Literal["met", "open"]
    seqs: tuple[int, ...]
    confidence: float | UnsetType | None = UNSET


class Entity(Struct, frozen=True):
    """A thing the case is about, and what a business system said of it: `digest` is the SHA-256 of that answer, so that it can
    be told later whether it still says the same. A parcel, since 1.2, by its tracking number."""

    kind: Literal["order", "product", "parcel"]
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


class Consent(Struct, frozen=True):
    """What the customer has agreed to or, with `given` False, does not want (any more): to be called back ("callback"), to be answered
    later ("later"), to have his order looked into ("lookup"), or that the fact `of` is passed on ("pass_on")."""

    to: Literal["callback", "later", "lookup", "pass_on"]
    given: bool
    seqs: tuple[int, ...]
    of: str | None = None


class PacketCustomer(Struct, frozen=True):
    """Nothing that names him: the desk knows the contact by its id. `consent`: since 1.1."""

    id: UUID
    tier: str | None = None
    verified_by: str | None = None
    consent: tuple[Consent, ...] | UnsetType = UNSET


class RecommendedQueue(Struct, frozen=True):
    """The queue whose conditions fit. `name` is empty for the one that takes whoever is left."""

    id: UUID
    name: str


class Transcript(Struct, frozen=True):
    """Where the words themselves stand, for whoever may read them: a path of this installation, and the entries it begins and ends
    with. They are not copied into the packet: what is taken out of the conversation later must not live on in it."""

    path: str
    from_seq: int
    through_seq: int


class Feeling(Struct, frozen=True):
    emotion: str
    seq: int


class EmotionPath(Struct, frozen=True):
    """`peak` is the entry at which it was worst, None when it never was bad; `cause`: what was said there."""

    now: str
    path: tuple[Feeling, ...] = ()
    peak: int | None = None
    cause: Cited | None = None


SCHEMA = "tandem.packet/1.2"


class Packet(Struct, frozen=True):
    """What is known when a conversation changes hands. Immutable: whoever learns more makes the next version.

    `asks`: all that may still be asked, as stable keys; `open_questions` are the same in words. `audience`: for whom it was made;
    `made_by`: which version of Tandem made it. `masked`: keys of facts of which only a part is told. Since 1.1, `locale`: the customer's language;
    `queue`: None when there is nobody to wait for, as in what the assistant is told.
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
    locale: str | UnsetType = UNSET
    queue: RecommendedQueue | UnsetType | None = UNSET
    transcript: Transcript | UnsetType | None = UNSET


class Reading(Struct, frozen=True):
    """What triage made of the customer's entries `from_seq` to `through_seq`.

    `about` is false for words that carry no need of their own: a greeting, thanks, a bare wish for a person. `article`: the one that
    came first, whether or not it was answered with, and `sure`, how sure of it the assistant was, from 0 to 1.
    """

    from_seq: int
    through_seq: int
    emotion: str
    urgency: int
    risk: tuple[str, ...] = ()
    about: bool = True
    article: str | None = None
    sure: float | None = None
