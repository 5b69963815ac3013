"""A conversation as the people behind the desk see it."""

from datetime import datetime
from typing import Literal, Protocol, runtime_checkable
from uuid import UUID

from msgspec import Struct

from tandem.channels.store import Delivery
from tandem.handoff.model import Packet
from tandem.kit.errors import Language
from tandem.people.model import Contact
from tandem.timeline.model import Card, Entry, Owner

View = Literal["mine", "team", "unassigned", "assistant", "all", "closed", "snoozed", "mentions"]


@runtime_checkable
class Online(Protocol):
    """Which customers have a socket open, in this process."""

    def customer_online(self, conversation: UUID) -> bool: ...


@runtime_checkable
class CustomerOrders(Protocol):
    """The orders of a customer of the shop as cards. Raises `Unavailable` when the shop does not answer."""

    async def orders_of(self, external: str, language: Language) -> list[Card]: ...


class ChannelMark(Struct, frozen=True):
    id: UUID
    kind: str
    name: str


class ContactMark(Struct, frozen=True):
    id: UUID
    name: str
    tier: str | None
    locale: str
    verified: bool


class AgentMark(Struct, frozen=True):
    id: UUID
    name: str


class Preview(Struct, frozen=True):
    """The last words said."""

    by: str
    text: str
    at: datetime


class Conversation(Struct, frozen=True):
    """One row of the inbox. `waiting_since`: how long the customer has been without a person's answer. `packet_unread`: its
    owner has not looked at the newest packet yet."""

    id: UUID
    channel: ChannelMark
    contact: ContactMark
    owner: Owner
    agent: AgentMark | None
    version: int
    last_seq: int
    episode: int
    language: str
    emotion: str | None
    reason: str | None
    urgency: int
    preview: Preview
    waiting_since: datetime | None
    unread: int
    read_by_agent: int
    read_by_customer: int
    opened_at: datetime
    closed_at: datetime | None
    changed_at: datetime
    tags: list[UUID]
    snoozed_until: datetime | None
    packet_unread: bool


class Counts(Struct, frozen=True):
    """`team`: who waits in the queues that the user's own teams take from."""

    mine: int
    team: int
    unassigned: int
    assistant: int
    all: int
    snoozed: int
    mentions: int
    packets_unread: int


class Filter(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a list is narrowed to; all that is set must hold. `agent`: a user's id, or "none". `tags`: at least one of them.
    `waiting_over` in seconds; `quiet_over`, in seconds too, since anything happened."""

    owner: tuple[Owner, ...] = ()
    agent: str | None = None
    tags: tuple[UUID, ...] = ()
    channel: UUID | None = None
    language: str | None = None
    emotion: tuple[str, ...] = ()
    tier: str | None = None
    snoozed: bool | None = None
    unread: bool | None = None
    waiting_over: int | None = None
    quiet_over: int | None = None


class Inbox(Struct, frozen=True):
    """`next` is the cursor of the following page."""

    items: list[Conversation]
    next: str | None
    counts: Counts


class ConversationDetail(Struct, frozen=True):
    conversation: Conversation
    contact: Contact
    packet: Packet | None
    customer_online: bool
    unsettled: list[Delivery]


class TimelinePage(Struct, frozen=True):
    """`after` and `through` as in the socket's cursor rule; `more`: there is more in the direction asked for."""

    entries: list[Entry]
    after: int
    through: int
    more: bool


class Orders(Struct, frozen=True):
    """`problem` says in words why they cannot be shown just now. `signed_in`: the shop vouches for who the customer is, without which
    it lists nothing."""

    cards: list[Card]
    problem: str | None
    signed_in: bool = True
