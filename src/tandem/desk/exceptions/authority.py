"""Who may grant what: by role, kind and amount, for oneself and for a colleague who is away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from tandem.access.model import Role, User
from tandem.access.store import UNSEEN_AFTER
from tandem.desk.exceptions import store
from tandem.desk.exceptions.model import ROLES, Exceptional, ExceptionLimit
from tandem.infra.db import Connection
from tandem.timeline.model import ExceptionKind, Money

_UNSET = timedelta(hours=4)  # to decide on what no limit was set for


class Power(Struct, frozen=True):
    """The authority of a role; of a colleague who is away when `lent_by` is set."""

    role: Role
    lent_by: UUID | None = None


class Authority:
    """The limits that administrators set. For a currency without any, nobody but an administrator may grant."""

    def __init__(self, limits: Sequence[ExceptionLimit]) -> None:
        self._limits = {(it.role, it.kind, it.currency): it for it in limits}

    def _limit(self, role: Role, kind: ExceptionKind, currency: str) -> ExceptionLimit | None:
        return self._limits.get((role, kind, currency)) or self._limits.get((role, "any", currency))

    def needs_nobody(self, role: Role, kind: ExceptionKind, cost: Money) -> bool:
        limit = self._limit(role, kind, cost.currency)
        return limit is not None and cost.amount <= limit.own and limit.own > 0

    def may_grant(self, role: Role, kind: ExceptionKind, cost: Money) -> bool:
        limit = self._limit(role, kind, cost.currency)
        if limit is None:
            return role == ROLES[-1]
        return limit.grants is None or cost.amount <= limit.grants

    def first(self, asker: Role, kind: ExceptionKind, currency: str) -> Role:
        """Who is asked first: the lowest role, not below the asker's own, that may grant anything of the kind."""
        for role in ROLES[ROLES.index(asker) :]:
            limit = self._limit(role, kind, currency)
            if limit is not None and limit.grants != 0:
                return role
        return ROLES[-1]

    def next(self, role: Role) -> Role | None:
        place = ROLES.index(role) + 1
        return ROLES[place] if place < len(ROLES) else None

    def due(self, role: Role, kind: ExceptionKind, currency: str, now: datetime) -> datetime:
        limit = self._limit(role, kind, currency)
        return now + (timedelta(minutes=limit.minutes) if limit else _UNSET)


async def powers_of(db: Connection, user: User, now: datetime) -> list[Power]:
    """His own first, then those that colleagues who are away left to him."""
    lent = await store.represented(db, user.id, now - UNSEEN_AFTER)
    return [Power(user.role), *(Power(it.role, it.id) for it in lent)]


def power_for(powers: Sequence[Power], request: Exceptional, user: User) -> Power | None:
    """By which he may decide on a request now. Nobody decides on his own: neither himself nor with what he lent."""
    if request.by == user.id or request.state != "waiting":
        return None
    enough = [it for it in powers if ROLES.index(it.role) >= ROLES.index(request.level) and it.lent_by != request.by]
    return min(enough, key=lambda it: (it.lent_by is not None, ROLES.index(it.role)), default=None)
