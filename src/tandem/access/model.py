"""Users, roles and permissions."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

Role = Literal["agent", "supervisor", "administrator"]
PresenceState = Literal["online", "busy", "break", "offline"]
Permission = Literal[
    "conversation:read",
    "conversation:reply",
    "conversation:assign",
    "desk:supervise",
    "exception:manage",
    "contact:read",
    "contact:write",
    "knowledge:read",
    "knowledge:write",
    "knowledge:publish",
    "channel:manage",
    "user:manage",
    "skill:manage",
    "answer:inspect",
    "routing:manage",
    "assistant:manage",
    "assistant:evaluate",
    "audit:read",
]

_AGENT: frozenset[Permission] = frozenset(
    {"conversation:read", "conversation:reply", "contact:read", "contact:write", "knowledge:read", "knowledge:write"}
)
_SUPERVISOR: frozenset[Permission] = _AGENT | {
    "conversation:assign", "desk:supervise", "knowledge:publish", "answer:inspect", "assistant:evaluate",
}  # fmt: skip
_ADMINISTRATOR: frozenset[Permission] = _SUPERVISOR | {
    "exception:manage", "channel:manage", "user:manage", "routing:manage", "assistant:manage", "skill:manage",
    "audit:read",
}  # fmt: skip

MAY: dict[Role, frozenset[Permission]] = {"agent": _AGENT, "supervisor": _SUPERVISOR, "administrator": _ADMINISTRATOR}


class User(Struct, frozen=True):
    """A person who works here, as colleagues and the person himself see him. `enter_sends`: Enter alone sends what he wrote, as he
    chose, else Ctrl or ⌘ with it. `online_at_sign_in`: signing in makes him online, and so offered customers; else he is busy until
    he goes online himself."""

    id: UUID
    email: str
    name: str
    role: Role
    active: bool
    locale: str
    enter_sends: bool = False
    online_at_sign_in: bool = True

    def may(self, permission: Permission) -> bool:
        return permission in MAY[self.role]


class Session(Struct, frozen=True):
    """A sign-in that is still good. `csrf` must come with every call that changes something."""

    user: User
    csrf: str
    expires_at: datetime


class Colleague(Struct, frozen=True):
    """How reachable somebody is. `open` counts the conversations he owns now. `reason`: what the break is for, in his own words, or
    `missed` and `absent` when it was not he who set it. `wrap_up_until`: after work till then, and no new work comes."""

    id: UUID
    name: str
    role: Role
    state: PresenceState | Literal["wrap_up"]
    open: int
    reason: str
    wrap_up_until: datetime | None


class PresenceChanged(Struct, frozen=True):
    """Happened: somebody came, went, or may be given work again."""

    user: UUID
    at: datetime
