"""What the assistant is given for a turn, what it gives back, and what it keeps between turns."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.assistant.triage.model import Triage
from tandem.timeline.model import Body, Entry

Decision = Literal["answer", "clarify", "look_up", "hand_off"]
Slot = str
"""What a customer may be asked for: "order", "digits", "product", "city", "confirm", "exception", or a skill's parameter."""


class Page(Struct, frozen=True):
    """What the visitor is looking at; `product` is the shop's id of it."""

    url: str
    title: str
    product: str | None = None


class Customer(Struct, frozen=True):
    """`external` is the shop's customer id when the host page's signature proved it, else None."""

    contact: UUID
    name: str
    locale: str
    tier: str | None = None
    external: str | None = None


class KnownProduct(Struct, frozen=True):
    """The product last spoken of, so that "and the white one?" has something to refer to."""

    id: str
    title: str
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    sku: str | None = None


class Frame(Struct, frozen=True):
    """A matter under way: what is wanted and what is known of it. `asked` is the slot the customer was last asked for.

    `given` are the parameters of something that is to be done, `key` the idempotency key of the details that were read back.
    """

    intent: str
    order: str | None = None
    city: str | None = None
    words: str | None = None
    asked: Slot | None = None
    given: dict[str, str] = {}
    key: str | None = None


class Memory(Struct, frozen=True, omit_defaults=True):
    """What the assistant keeps of a conversation. Every field has a default, so that what an older version stored can still
    be read.

    `proven` holds for each order whose phone digits were right the shop's customer it belongs to. The digits themselves are
    never kept. `aside`: something that was to be done when the customer asked for something else in between.
    """

    language: Literal["zh", "en"] | None = None
    introduced: bool = False
    misses: int = 0
    digit_tries: int = 0
    proven: dict[str, str] = {}
    orders: tuple[str, ...] = ()
    frame: Frame | None = None
    aside: Frame | None = None
    product: KnownProduct | None = None
    article: UUID | None = None


def memory_from(stored: Any) -> Memory:
    """Read a stored memory (parsed JSON). Unknown fields are ignored; what cannot be read at all counts as nothing remembered:
    a customer must get an answer even when the stored memory is of a version that nobody knows any more."""
    try:
        return msgspec.convert(stored, Memory)
    except msgspec.ValidationError:
        return Memory()


class Context(Struct, frozen=True):
    """A turn. `history` is the timeline before what is new, oldest first; `heard` the customer's unanswered messages, at
    least one."""

    conversation: UUID
    customer: Customer
    page: Page | None
    history: tuple[Entry, ...]
    heard: tuple[Entry, ...]
    memory: Memory
    now: datetime
    channel: UUID | None = None


class Reply(Struct, frozen=True):
    """What to append to the timeline and what to remember, if owner and version still hold when it is committed.

    `trace` is JSON-able and says what was considered, for "why did it say that".
    """

    decision: Decision
    reason: str | None
    triage: Triage
    entries: tuple[Body, ...]
    memory: Memory
    trace: dict[str, object]
