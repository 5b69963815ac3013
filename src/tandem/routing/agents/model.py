"""Agents as an administrator sets them, and as they see themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.routing.engine.choose import Why
from tandem.routing.model import Kind


class Named(Struct, frozen=True):
    """A team, or an expertise."""

    id: UUID
    name: str


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """From 1 to 5."""

    expertise: UUID
    level: int


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """`languages` empty: any. The limits are how many of a kind at most, `units` how much all together may weigh."""

    languages: tuple[str, ...] = ()
    most_chats: int = 6
    most_tickets: int = 20
    most_calls: int = 1
    units: int = 60
    teams: tuple[UUID, ...] = ()
    expertise: tuple[Level, ...] = ()


class AgentProfile(Struct, frozen=True):
    id: UUID
    name: str
    role: str
    profile: Profile


class Load(Struct, frozen=True):
    """Of one kind of work: how much there is, and how much there may be."""

    kind: Kind
    open: int
    most: int


class OfferCard(Struct, frozen=True):
    """A customer somebody is asked to take until then. `version`: to take him with, as from the list."""

    id: UUID
    conversation: UUID
    version: int
    kind: Kind
    queue: str
    at: datetime
    until: datetime
    waited: int
    why: Why
    contact_name: str
    tier: str | None
    language: str
    emotion: str | None
    reason: str | None
    urgency: int
    channel: str
    preview: str


class Mine(Struct, frozen=True):
    """What I have in hand and am asked to take. `units` used of `most_units`."""

    load: list[Load]
    units: int
    most_units: int
    offer: OfferCard | None


class InHand(Struct, frozen=True):
    """How a conversation came to the one who has it. `phone`: whom to call back."""

    kind: Kind
    phone: str | None
    queue: str | None
    why: dict[str, Any] | None
    waited: int | None
