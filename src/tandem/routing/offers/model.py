"""An offer while it is open, and how agents stand."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.routing.model import Kind

HowEnded = Literal["declined", "missed", "withdrawn"]


class EndedWork(Struct, frozen=True):
    """Work that is over. `wrap_up` in seconds, as its queue asks."""

    agent_id: UUID
    kind: Kind
    wrap_up: int


class OpenOffer(Struct, frozen=True):
    id: UUID
    subject: UUID
    agent_id: UUID
    state: str
    until: datetime


class Standing(Struct, frozen=True):
    """Whether an agent is there. `over`: his open offer is more than he may carry by now."""

    agent: UUID
    active: bool
    presence: str
    presence_at: datetime
    presence_reason: str
    seen_at: datetime
    wrap_up_until: datetime | None
    offer_id: UUID | None
    over: bool
