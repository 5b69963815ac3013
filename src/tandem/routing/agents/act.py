"""Setting what agents can and know. Each change is in the audit, and the engine looks at whom it concerns."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from tandem.access import store as access
from tandem.access.model import PresenceChanged, User
from tandem.infra import audit
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.ids import new_id
from tandem.kit.text import clean
from tandem.routing.agents import store
from tandem.routing.agents.model import Named, Profile

NamedKind = Literal["team", "expertise"]
_MOST = {"most_chats": 100, "most_tickets": 1000, "most_calls": 10, "units": 10_000}
LANGUAGES = 20


async def put_profile(tx: Tx, by: User, agent: UUID, profile: Profile, now: datetime) -> None:
    """What is in hand stays in hand, also when it is more than what may be from now on. Raises `NotFound`, `InvalidInput`."""
    if await access.user(tx.db, agent) is None:
        raise NotFound
    for field, most in _MOST.items():
        if not 0 <= getattr(profile, field) <= most:
            raise InvalidInput.field(field, f"0–{most}")
    if len(profile.languages) > LANGUAGES or any(not 2 <= len(it) <= 10 for it in profile.languages):
        raise InvalidInput.field("languages", "zh, en")
    if any(not 1 <= it.level <= 5 for it in profile.expertise):
        raise InvalidInput.field("expertise", "1–5")
    known = {it.id for it in await store.named(tx.db, "expertise")}, {it.id for it in await store.named(tx.db, "team")}
    wanted = [it.expertise for it in profile.expertise]
    if not set(wanted) <= known[0] or len(set(wanted)) != len(wanted):
        raise InvalidInput.field("expertise", "unknown")
    if not set(profile.teams) <= known[1] or len(set(profile.teams)) != len(profile.teams):
        raise InvalidInput.field("teams", "unknown")
    await store.put_profile(tx.db, agent, profile, now)
    await audit.record(tx.db, by.id, "routing.agent", str(agent), {}, now)
    await tx.happened(PresenceChanged(agent, now))


async def put_named(tx: Tx, by: User, kind: NamedKind, known: UUID | None, name: str, now: datetime) -> Named:
    """A team or an expertise, new when `known` is None. Raises `InvalidInput`."""
    name = clean(name)
    if not 1 <= len(name) <= 60:
        raise InvalidInput.field("name", "1–60")
    it = Named(known or new_id(now), name)
    if not await store.put_named(tx.db, kind, it):
        raise InvalidInput.field("name", "taken")
    await audit.record(tx.db, by.id, f"routing.{kind}", str(it.id), {}, now)
    return it


async def drop_named(tx: Tx, by: User, kind: NamedKind, it: UUID, now: datetime) -> None:
    """Agents lose it; queues that ask for it ask for what nobody has, which their page shows."""
    await store.drop_named(tx.db, kind, it)
    await audit.record(tx.db, by.id, f"routing.{kind}.dropped", str(it), {}, now)


async def set_keeper(tx: Tx, by: User, contact: UUID, agent: UUID | None, now: datetime) -> None:
    """Raises `InvalidInput`."""
    keeper = await access.user(tx.db, agent) if agent else None
    if agent and (keeper is None or not keeper.active):
        raise InvalidInput.field("agent", "unknown")
    await store.set_keeper(tx.db, contact, agent)
    await audit.record(tx.db, by.id, "contact.keeper", str(contact), {"agent": str(agent or "")}, now)
