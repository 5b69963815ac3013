"""Contacts in the round."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.desk.model import Conversation


class FoundContact(Struct, frozen=True):
    id: UUID
    name: str
    tier: str | None
    external: str
    verified: bool
    conversations: int
    last_seen: datetime


class Merge(Struct, frozen=True):
    """Two records that were made one; it can be undone."""

    id: UUID
    kept: UUID
    absorbed: UUID
    absorbed_name: str
    at: datetime
    by_name: str


class Linked(Struct, frozen=True):
    """`absorbed` belongs to `kept`."""

    absorbed: UUID
    kept: UUID


class History(Struct, frozen=True):
    """All conversations of a contact on all channels, the last changed first, what of it was joined, and his merges."""

    conversations: list[Conversation]
    links: list[Linked]
    merges: list[Merge]
