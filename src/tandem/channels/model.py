"""The channel port: what comes in, what goes out, and what an adapter must be able to do."""

from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from msgspec import Struct

from tandem.people.model import Introduction
from tandem.timeline.model import Attachment, Message


class Channel(Struct, frozen=True):
    """A connected account. `key` is its public name in addresses; its secret is kept sealed and never leaves the server."""

    id: UUID
    kind: str
    key: str
    name: str
    active: bool
    config: dict[str, Any]


class Incoming(Struct, frozen=True):
    """One message as a platform sent it, already verified and parsed.

    `event` is the platform's own id of it: the second delivery of one event changes nothing.
    """

    event: str
    thread: str
    who: Introduction
    text: str
    attachments: tuple[Attachment, ...] = ()
    choice: str | None = None
    client_id: str | None = None
    page: dict[str, Any] | None = None
    raw: Any = None


class Refused(Exception):
    """The platform will not take this message, now or later. The text says why, for the agent."""


class Unreachable(Exception):
    """The platform did certainly not get the message; it may be sent again."""


class Uncertain(Exception):
    """The platform may or may not have the message. Sending it again could show it to the customer twice."""


class Outgoing(Struct, frozen=True):
    """One message for a platform. `id` stays the same over all attempts: platforms that know idempotency are given it.

    `at` is when it was said, `attempt_at` when this attempt is made.
    """

    id: UUID
    thread: str
    message: Message
    at: datetime
    attempt_at: datetime


class Adapter(Protocol):
    """One kind of platform. A kind that `pulls` is never sent anything: its clients read the timeline themselves."""

    kind: ClassVar[str]
    pulls: ClassVar[bool]
    longest_text: ClassVar[int]

    async def send(self, channel: Channel, secret: str, outgoing: Outgoing) -> str:
        """Give a message to the platform and return the platform's id of it. Raises `Refused`, `Unreachable`, `Uncertain`."""
        ...
