"""How the desk stands, and what a supervisor asks of it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.access.model import Colleague, PresenceState


class Waiting(Struct, frozen=True):
    """Customers in the queue now, and since when the one who waits longest does."""

    count: int
    since: datetime | None


class Left(Struct, frozen=True):
    """Of those who left the queue lately: how many a person took, how many of these in time, and how many went without one, back
    to the assistant or away."""

    accepted: int
    in_time: int
    abandoned: int


class Board(Struct, frozen=True):
    """As it was at `at`. `service_level` is the share in [0, 1] of those who left the queue in the last `hours` whom a person took
    within `target` seconds; those who gave up count against it. `abandonment` is the share that gave up. None: nobody left."""

    at: datetime
    waiting: int
    waiting_since: datetime | None
    hours: int
    target: int
    service_level: float | None
    abandonment: float | None
    left: int
    agents: list[Colleague]


class Whisper(Struct, frozen=True, forbid_unknown_fields=True):
    """`client_id` makes sending it twice harmless."""

    client_id: str
    text: str


class SetPresenceOf(Struct, frozen=True, forbid_unknown_fields=True):
    """`reason` is kept in the audit."""

    state: PresenceState
    reason: str


class Voices(Struct, frozen=True):
    """Who speaks in a conversation beside its owner."""

    users: list[UUID]
