"""A contact is a person; an identity is how one channel knows him."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class IdentityView(Struct, frozen=True):
    """`channel` is its name; `verified` means that the platform or the host page vouches for who it is."""

    channel: str
    external: str
    verified: bool


class Contact(Struct, frozen=True):
    id: UUID
    name: str
    locale: str
    tier: str | None
    attributes: dict[str, str]
    identities: list[IdentityView]
    first_seen: datetime
    last_seen: datetime
    conversations: int


class Described(Struct, frozen=True, forbid_unknown_fields=True):
    """What colleagues write of a contact, or a part of it: None is not said. An attribute that is "" is not there."""

    name: str | None = None
    tier: str | None = None
    attributes: dict[str, str] = {}


class Known(Struct, frozen=True):
    """A contact as found through one identity."""

    contact: UUID
    name: str
    locale: str
    tier: str | None
    verified: bool
    external: str


class Introduction(Struct, frozen=True):
    """How somebody comes in: what the channel says of him. Empty fields change nothing that is known already."""

    external: str
    verified: bool = False
    name: str = ""
    locale: str = ""
    tier: str | None = None
    attributes: dict[str, str] = {}
