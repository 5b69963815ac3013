"""A look: what is due for a subject is done, and it is said when to look again. Looking too often changes nothing."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

Looked = Literal["wait", "agent", "offer"]


class Look(Struct, frozen=True):
    subject: UUID
    what: Looked
