"""What agents see of their own work, and what administrators set."""

from collections.abc import Sequence
from uuid import UUID

from litestar import delete, get, post, put
from msgspec import Struct

from tandem.access.model import User
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.ids import new_id
from tandem.kit.opening import Opening
from tandem.kit.text import clean
from tandem.routing.agents import act as agents
from tandem.routing.agents import hand
from tandem.routing.agents import store as profiles
from tandem.routing.agents.act import NamedKind
from tandem.routing.agents.model import AgentProfile, InHand, Mine, Named, Profile
from tandem.routing.offers import act as offers
from tandem.routing.queues import act, store
from tandem.routing.queues.model import MAIN, Hours, Queue, QueueConfig, Rule, VersionedRule
from tandem.routing.teams.store import Team, teams

_HIGHEST = 1_000_000


class RoutingSettings(Struct, frozen=True):
    """All that an administrator sets, at once: it is small, and its parts name each other. `unreachable`: queues in which nobody
    who works here could ever take a customer."""

    queues: list[Queue]
    rule: VersionedRule
    hours: list[Hours]
    teams: list[Named]
    expertise: list[Named]
    agents: list[AgentProfile]
    unreachable: list[UUID]


class PutQueue(Struct, frozen=True, forbid_unknown_fields=True):
    """`version` is the one the caller saw; a new queue has none."""

    name: str
    position: int
    active: bool
    config: QueueConfig
    version: int = 0


class PutRule(Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    rule: Rule


class PutHours(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    opening: Opening


class PutName(Struct, frozen=True, forbid_unknown_fields=True):
    name: str


class ActiveQueue(Struct, frozen=True):
    """`name` is empty for the queue that takes what no other takes."""

    id: UUID
    name: str


class Keeper(Struct, frozen=True):
    """Who looks after a customer for good; None: nobody in particular."""

    agent: UUID | None


class PutKeeper(Struct, frozen=True, forbid_unknown_fields=True):
    agent: UUID | None


@get("/api/routing/mine", permission="conversation:read")
async def mine(who: User, db: Database, clock: Clock) -> Mine:
    async with db.read() as connection:
        return await hand.mine_of(connection, who.id, clock.now())


@get("/api/queues", permission="conversation:read")
async def active_queues(db: Database) -> list[ActiveQueue]:
    """Where a conversation can be moved to, in order."""
    async with db.read() as connection:
        return [ActiveQueue(it.id, it.name) for it in await store.queues(connection) if it.active]


@get("/api/teams", permission="conversation:read")
async def teams_now(db: Database, clock: Clock) -> Sequence[Team]:
    """Teams that a conversation can be given to, with how many of each are free now."""
    async with db.read() as connection:
        return await teams(connection, clock.now())


@post("/api/offers/{offer:uuid}/decline", permission="conversation:reply", status_code=204)
async def decline(offer: UUID, who: User, db: Database, bus: Bus, clock: Clock) -> None:
    """Taking it is the same as taking anybody from the list: `POST /api/conversations/{id}/accept` with the offer's version."""
    async with db.write() as tx:
        await offers.decline(tx, bus, offer, who.id, clock.now())


@get("/api/conversations/{conversation:uuid}/in-hand", permission="conversation:read")
async def in_hand(conversation: UUID, db: Database) -> InHand:
    async with db.read() as connection:
        found = await profiles.in_hand(connection, conversation)
    if found is None:
        raise NotFound
    return found


@get("/api/contacts/{contact:uuid}/keeper", permission="conversation:read")
async def keeper(contact: UUID, db: Database) -> Keeper:
    async with db.read() as connection:
        return Keeper(await profiles.keeper(connection, contact))


@put("/api/contacts/{contact:uuid}/keeper", permission="conversation:assign", status_code=204)
async def set_keeper(contact: UUID, data: PutKeeper, who: User, db: Database, clock: Clock) -> None:
    async with db.write() as tx:
        await agents.set_keeper(tx, who, contact, data.agent, clock.now())


@get("/api/routing", permission="routing:manage")
async def settings(db: Database) -> RoutingSettings:
    async with db.read() as connection:
        queues = await store.queues(connection)
        people = await profiles.profiles(connection)
        return RoutingSettings(
            queues, await store.rule(connection), await store.hours(connection), await profiles.named(connection, "team"),
            await profiles.named(connection, "expertise"), people, [it.id for it in queues if not act.reachable(it.config, people)],
        )  # fmt: skip


@post("/api/routing/queues", permission="routing:manage")
async def add_queue(data: PutQueue, who: User, db: Database, bus: Bus, clock: Clock) -> Queue:
    queue = act.fresh(data.name, _position(data.position), data.active, data.config, clock.now())
    async with db.write() as tx:
        return await act.put_queue(tx, bus, who, queue, clock.now())


@put("/api/routing/queues/{queue:uuid}", permission="routing:manage")
async def put_queue(queue: UUID, data: PutQueue, who: User, db: Database, bus: Bus, clock: Clock) -> Queue:
    async with db.write() as tx:
        known = await store.queue(tx.db, queue)
        if known is None:
            raise NotFound
        # The one that takes everything is asked last, wherever the others stand.
        position = known.position if queue == MAIN else _position(data.position)
        changed = Queue(queue, clean(data.name), position, data.active, data.version + 1, data.config)
        return await act.put_queue(tx, bus, who, changed, clock.now())


@put("/api/routing/rule", permission="routing:manage")
async def put_rule(data: PutRule, who: User, db: Database, clock: Clock) -> VersionedRule:
    async with db.write() as tx:
        await act.put_rule(tx, who, data.rule, data.version, clock.now())
        return await store.rule(tx.db)


@post("/api/routing/hours", permission="routing:manage")
async def add_hours(data: PutHours, who: User, db: Database, bus: Bus, clock: Clock) -> Hours:
    async with db.write() as tx:
        return await act.put_hours(tx, bus, who, Hours(new_id(clock.now()), clean(data.name), data.opening), clock.now())


@put("/api/routing/hours/{hours:uuid}", permission="routing:manage")
async def put_hours(hours: UUID, data: PutHours, who: User, db: Database, bus: Bus, clock: Clock) -> Hours:
    async with db.write() as tx:
        if hours not in {it.id for it in await store.hours(tx.db)}:
            raise NotFound
        return await act.put_hours(tx, bus, who, Hours(hours, clean(data.name), data.opening), clock.now())


@delete("/api/routing/hours/{hours:uuid}", permission="routing:manage")
async def drop_hours(hours: UUID, who: User, db: Database, bus: Bus, clock: Clock) -> None:
    async with db.write() as tx:
        await act.drop_hours(tx, bus, who, hours, clock.now())


@post("/api/routing/{kind:str}", permission="routing:manage")
async def add_named(kind: str, data: PutName, who: User, db: Database, clock: Clock) -> Named:
    """`kind`: teams or expertise."""
    async with db.write() as tx:
        return await agents.put_named(tx, who, _kind(kind), None, data.name, clock.now())


@put("/api/routing/{kind:str}/{it:uuid}", permission="routing:manage")
async def put_named(kind: str, it: UUID, data: PutName, who: User, db: Database, clock: Clock) -> Named:
    async with db.write() as tx:
        return await agents.put_named(tx, who, _kind(kind), it, data.name, clock.now())


@delete("/api/routing/{kind:str}/{it:uuid}", permission="routing:manage")
async def drop_named(kind: str, it: UUID, who: User, db: Database, clock: Clock) -> None:
    async with db.write() as tx:
        await agents.drop_named(tx, who, _kind(kind), it, clock.now())


@put("/api/routing/agents/{agent:uuid}", permission="routing:manage", status_code=204)
async def put_profile(agent: UUID, data: Profile, who: User, db: Database, clock: Clock) -> None:
    async with db.write() as tx:
        await agents.put_profile(tx, who, agent, data, clock.now())


def _kind(kind: str) -> NamedKind:
    if kind == "teams":
        return "team"
    if kind == "expertise":
        return "expertise"
    raise NotFound


def _position(position: int) -> int:
    if not 0 <= position < _HIGHEST:
        raise InvalidInput.field("position", f"0–{_HIGHEST - 1}")
    return position


ROUTES = [
    mine, active_queues, teams_now, decline, in_hand, keeper, set_keeper, settings, add_queue, put_queue, put_rule, add_hours, put_hours,
    drop_hours, add_named,
    put_named, drop_named, put_profile,
]  # fmt: skip
