"""What a conversation is: an ordered, append-only list of entries with an owner and a version."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

Owner = Literal["assistant", "queue", "agent", "closed"]
AuthorKind = Literal["customer", "assistant", "agent", "system"]
Outcome = Literal["ok", "refused", "not_found", "failed"]
ExceptionKind = Literal["refund", "discount", "replacement", "extension", "other"]


class Author(Struct, frozen=True):
    """Who wrote an entry. `name` is kept as it was then: a later change of name does not rewrite history."""

    kind: AuthorKind
    id: UUID | None = None
    name: str = ""


class Money(Struct, frozen=True):
    """An amount in minor units: 129900 CNY is ¥1,299.00."""

    amount: int
    currency: str


class Attachment(Struct, frozen=True):
    """A stored file. `url` is a signed path that the viewer may fetch without further rights."""

    id: UUID
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    url: str = ""


class Choice(Struct, frozen=True):
    """A button under a message. Pressing it sends `label` as text and `value` as the message's `choice`."""

    label: str
    value: str


class Source(Struct, frozen=True):
    """Where an answer comes from: a knowledge article at a version, or a skill."""

    kind: Literal["knowledge", "skill"]
    id: str
    title: str
    version: int | None = None


class ProductCard(Struct, frozen=True, tag="product"):
    id: str
    title: str
    picture: str | None = None
    price: Money | None = None
    stock: int | None = None
    variant: str | None = None
    url: str | None = None


class OrderItem(Struct, frozen=True):
    title: str
    quantity: int
    picture: str | None = None


class OrderStep(Struct, frozen=True):
    at: datetime
    text: str
    place: str | None = None


class OrderCard(Struct, frozen=True, tag="order"):
    number: str
    state: str
    state_label: str
    placed_at: datetime
    total: Money | None = None
    items: tuple[OrderItem, ...] = ()
    carrier: str | None = None
    tracking: str | None = None
    eta: datetime | None = None
    steps: tuple[OrderStep, ...] = ()


Card = ProductCard | OrderCard


class Message(Struct, frozen=True, tag="message"):
    """Something said. `choice` is the value of the button a customer pressed."""

    text: str
    attachments: tuple[Attachment, ...] = ()
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()
    sources: tuple[Source, ...] = ()
    choice: str | None = None


class Note(Struct, frozen=True, tag="note"):
    """Said among colleagues; a customer never sees it. `mentions`: the colleagues who are called to it. `whisper`: by a
    supervisor, to whoever is serving the customer. `original_of`: the message (its seq) of which this is what the agent wrote,
    before it was put into the customer's language."""

    text: str
    mentions: tuple[UUID, ...] = ()
    whisper: bool = False
    original_of: int | None = None


class SkillCalled(Struct, frozen=True, tag="skill_called"):
    """A call of a business system. `arguments` are masked as the skill asks; `ms` is how long it took; `writes`: it was asked to
    change something there."""

    skill: str
    title: str
    arguments: dict[str, str]
    outcome: Outcome
    summary: str
    ms: int
    writes: bool = False


class Verified(Struct, frozen=True, tag="verified"):
    """The customer proved who he is: by the host page's signature, or by order number and phone digits."""

    how: Literal["host", "order_phone"]
    detail: str = ""


class HandedOff(Struct, frozen=True, tag="handed_off"):
    reason: str
    packet: UUID | None = None


class Accepted(Struct, frozen=True, tag="accepted"):
    """`packet`: what he was given when he took it; None where it was given at the hand-off before."""

    packet: UUID | None = None


class Transferred(Struct, frozen=True, tag="transferred"):
    """Given to a colleague, or to the queue when `to` is None: to the one of that `name`, if one was chosen."""

    to: UUID | None
    name: str
    packet: UUID | None = None


class HandedBack(Struct, frozen=True, tag="handed_back"):
    """`packet`: what the assistant was told of what the person did."""

    packet: UUID | None = None


class Returned(Struct, frozen=True, tag="returned"):
    """The customer left the queue for the assistant."""


class Waits(Struct, frozen=True, tag="waits"):
    """Who waits for a person waits otherwise from now on: on the page, for an answer to what he left, or for a call."""

    how: Literal["chat", "message", "callback"]


class Resolved(Struct, frozen=True, tag="resolved"):
    pass


class Reopened(Struct, frozen=True, tag="reopened"):
    pass


class Snoozed(Struct, frozen=True, tag="snoozed"):
    """Put aside by its owner. It never hides a customer's new words: those wake it."""

    until: datetime
    note: str = ""


class Woken(Struct, frozen=True, tag="woken"):
    because: Literal["time", "message", "agent"]


class Corrected(Struct, frozen=True, tag="corrected"):
    """The customer put something right that he is known to have told; with `now` None he takes it out of what people are given."""

    key: str
    was: str
    now: str | None = None


class Joined(Struct, frozen=True, tag="joined"):
    """Another conversation of the same person belongs to this one (`into` False), or this one to it; `undone` takes it back."""

    conversation: UUID
    into: bool
    undone: bool = False


class ExceptionMoved(Struct, frozen=True, tag="exception"):
    """How a request to go beyond the rules stands. The customer sees it, and so it holds neither reasons nor names nor what it
    costs the house: `amount` is what he gets, of a refund or discount that was granted. `said`, when it is done: in his language,
    what was done and what comes next."""

    exception: UUID
    kind: ExceptionKind
    state: Literal["asked", "granted", "changed", "refused", "lapsed", "withdrawn", "closed", "done"]
    amount: Money | None = None
    said: str = ""


class SteppedIn(Struct, frozen=True, tag="stepped_in"):
    """A second colleague speaks with the customer from here on, or no longer (`left`). Who must answer stays the same."""

    left: bool = False


class Rated(Struct, frozen=True, tag="rated"):
    """1 (bad) to 5 (good)."""

    score: int
    comment: str = ""


class Helped(Struct, frozen=True, tag="helped"):
    """What the customer says of the assistant's answer at `answer`, a `seq`; what he said of it last holds."""

    answer: int
    yes: bool


Body = (
    Message
    | Note
    | SkillCalled
    | Verified
    | HandedOff
    | Accepted
    | Transferred
    | HandedBack
    | Returned
    | Waits
    | Resolved
    | Reopened
    | Rated
    | Snoozed
    | Woken
    | Corrected
    | Joined
    | ExceptionMoved
    | SteppedIn
    | Helped
)

WITH_PACKET = (HandedOff, Accepted, Transferred, HandedBack)
INTERNAL = (Note, SkillCalled, Snoozed, Woken, Joined)


class Draft(Struct, frozen=True):
    """An entry before it has a place in the timeline. `client_id` makes storing it twice impossible."""

    by: Author
    body: Body
    client_id: str | None = None


class Entry(Struct, frozen=True):
    """One entry of a timeline. `seq` starts at 1 and has no gaps; an entry never changes."""

    conversation: UUID
    seq: int
    id: UUID
    at: datetime
    by: Author
    internal: bool
    client_id: str | None
    body: Body


class MarkRead(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything up to `seq` has been seen."""

    seq: int


class Held(Struct, frozen=True):
    """A conversation as it stands while its row is locked: what a rule needs to decide."""

    id: UUID
    channel: UUID
    contact: UUID
    owner: Owner
    agent: UUID | None
    version: int
    last_seq: int
    episode: int
    heard_seq: int
    customer_seq: int
    rated_episode: int
    language: str
    read_by_agent: int = 0


class Appended(Struct, frozen=True):
    """Happened: entries were appended to a conversation that is held as `before`."""

    before: Held
    entries: tuple[Entry, ...]


class Moved(Struct, frozen=True):
    """Happened: the owner changed, from `before` to `now`."""

    before: Held
    now: Held
    at: datetime


class Understood(Struct, frozen=True):
    """Happened: what a customer said while he waits for a person was read. `language` and `reason` are what he had been taken to
    speak and to want a person for; the conversation holds what is known of them now."""

    conversation: UUID
    language: str
    reason: str | None
    at: datetime


CUSTOMER = Author("customer")
ASSISTANT = Author("assistant", None, "AI")
SYSTEM = Author("system")
