"""Those who wait as the engine sees them."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.routing.engine.choose import Candidate, Why
from tandem.routing.model import Kind


class Waiting(Struct, frozen=True):
    """Who waits. `entered_at` is when the customer began to, `queued_at` when he came into this queue: the first makes his place,
    the second his ring. `open` false: nobody is asked, because the queue is closed or the first look is still to come."""

    subject: UUID
    kind: Kind
    queue_id: UUID
    contact_id: UUID
    language: str
    version: int
    entered_at: datetime
    queued_at: datetime
    due_at: datetime
    lane: str
    last_agent: UUID | None
    keeper: UUID | None
    held_for: UUID | None
    held_until: datetime | None
    offer_id: UUID | None
    open: bool
    visited: tuple[UUID, ...]
    phone: str | None
    proposed: str
    low: int | None
    high: int | None


class Newcomer(Struct, frozen=True):
    """What of a conversation decides where it waits."""

    channel: UUID
    contact: UUID
    tier: str | None
    language: str
    emotion: str | None
    reason: str | None
    urgency: int
    waiting_since: datetime | None
    last_agent: UUID | None
    keeper: UUID | None


class Left(Struct, frozen=True):
    """A wait that is over."""

    kind: Kind
    queue_id: UUID
    phone: str | None
    offer_id: UUID | None
    offered_to: UUID | None
    entered_at: datetime
    low: int | None
    high: int | None


class NewOffer(Struct, frozen=True):
    """An offer to be stored; the log that other rules are judged by. `candidates`: the best who could have had it."""

    id: UUID
    subject: UUID
    kind: Kind
    queue_id: UUID
    agent_id: UUID
    version: int
    until: datetime
    waited: int
    possible: int
    probability: float
    candidates: list[Candidate]
    why: Why
