"""How the desk stands, and what a supervisor asks of it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.access.model import Colleague, PresenceState


class QueueNow(Struct, frozen=True):
    """A queue, who waits in it, and who left it lately."""

    id: UUID
    name: str
    active: bool
    target: int
    teams: list[UUID]
    waiting: int
    waiting_since: datetime | None
    messages: int
    accepted: int
    in_time: int
    abandoned: int


class Left(Struct, frozen=True):
    """Of those who left the queue lately: how many a person took, how many of these in time, and how many went without one, back
    to the assistant or away."""

    accepted: int
    in_time: int
    abandoned: int


class QueueStands(Struct, frozen=True):
    """One queue, in the words of the `Board`. `target`: seconds within which a person should be there, as the queue is set. `teams`:
    those that take from it, empty for anybody."""

    id: UUID
    name: str
    waiting: int
    waiting_since: datetime | None
    messages: int
    service_level: float | None
    abandonment: float | None
    left: int
    target: int
    teams: list[UUID]


class TeamStands(Struct, frozen=True):
    """`members`: ids of users."""

    id: UUID
    name: str
    members: list[UUID]


class Board(Struct, frozen=True):
    """As it was at `at`. `waiting` are those who wait for a person now, since `waiting_since` the one who does longest; `messages` is
    what is answered later. `service_level` is the share in [0, 1] of those who left a queue in the last `hours` whom a person took
    within that queue's target; those who gave up count against it. Who left a message or is called back did not wait there. `target`: those
    seconds where all queues have the same, else None. `abandonment` is the share that gave up. None: nobody left."""

    at: datetime
    waiting: int
    waiting_since: datetime | None
    hours: int
    target: int | None
    service_level: float | None
    abandonment: float | None
    left: int
    messages: int
    agents: list[Colleague]
    queues: list[QueueStands]
    teams: list[TeamStands]


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
