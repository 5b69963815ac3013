"""A floor of agents and those who wait for them, on a real database and a clock that is moved by hand."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from msgspec import structs

from tandem.access import act as access
from tandem.access.model import PresenceChanged, PresenceState, User
from tandem.infra.bus import PostgresBus
from tandem.infra.db import Database
from tandem.infra.numbers import Numbers
from tandem.kit.clock import SetClock
from tandem.kit.ids import new_id
from tandem.routing.engine.book import Book
from tandem.routing.engine.engine import Engine
from tandem.routing.offers import act as offers
from tandem.routing.queues import store as queues
from tandem.routing.queues.model import MAIN, Queue, QueueConfig
from tandem.timeline.act import Stale, Timeline
from tandem.timeline.model import CUSTOMER, Appended, Draft, Held, Message, Moved


class Floor:
    """What a test holds on to."""

    def __init__(self, db: Database, dsn: str, now: datetime) -> None:
        self.db = db
        self.clock = SetClock(now)
        self.bus = PostgresBus(dsn)
        self.numbers = Numbers()
        self.timeline = Timeline(self.bus)
        self.book = Book(self.bus, self.numbers)
        self.engine = Engine(db, self.bus, self.timeline, self.clock, Random(7))
        self.channel = new_id(now)
        db.on(Moved, self.book.moved)
        db.on(Appended, self.book.appended)
        db.on(PresenceChanged, self.book.presence_changed)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def opens(self) -> None:
        async with self.db.write() as tx:
            await tx.db.execute(
                "insert into channel (id, kind, key, name, created_at) values ($1, 'webchat', 'demo', 'Shop', $2)",
                self.channel,
                self.now,
            )

    # People who work here -----------------------------------------------------------------------------------------------

    async def agent(self, name: str = "王芳", *, presence: PresenceState = "online", **limits: Any) -> User:
        async with self.db.write() as tx:
            user = User(new_id(self.now), f"{name}-{new_id(self.now)}@desk.example", name, "agent", True, "zh-CN")
            await tx.db.execute(
                """insert into users (id, email, name, role, password_hash, presence_at, seen_at, created_at)
                   values ($1, $2, $3, 'agent', '', $4, $4, $4)""",
                user.id, user.email, user.name, self.now,
            )  # fmt: skip
        await self.limits(user, **limits)
        await self.says(user, presence)
        return user

    async def limits(self, user: User, **limits: Any) -> None:
        async with self.db.write() as tx:
            await tx.db.execute("insert into agent (user_id, idle_since) values ($1, $2) on conflict do nothing", user.id, self.now)
            for column, value in limits.items():
                await tx.db.execute(f"update agent set {column} = $2 where user_id = $1", user.id, value)
            await tx.happened(PresenceChanged(user.id, self.now))

    async def says(self, user: User, presence: PresenceState) -> None:
        async with self.db.write() as tx:
            await access.set_presence(tx, self.bus, user.id, presence, self.now)

    async def is_seen(self, *users: User) -> None:
        async with self.db.write() as tx:
            await tx.db.execute("update users set seen_at = $2 where id = any($1)", [it.id for it in users], self.now)

    async def knows(self, user: User, expertise: UUID, level: int) -> None:
        async with self.db.write() as tx:
            await tx.db.execute(
                """insert into agent_expertise values ($1, $2, $3)
                   on conflict (user_id, expertise_id) do update set level = $3""",
                user.id, expertise, level,
            )  # fmt: skip
            await tx.happened(PresenceChanged(user.id, self.now))

    async def expertise(self, name: str) -> UUID:
        made = new_id(self.now)
        async with self.db.write() as tx:
            await tx.db.execute("insert into expertise values ($1, $2)", made, name)
        return made

    async def team(self, name: str, *members: User) -> UUID:
        made = new_id(self.now)
        async with self.db.write() as tx:
            await tx.db.execute("insert into team values ($1, $2)", made, name)
            await tx.db.executemany("insert into agent_team values ($1, $2)", [(it.id, made) for it in members])
        return made

    # Rules ----------------------------------------------------------------------------------------------------------------

    async def rule(self, **changes: Any) -> None:
        async with self.db.write() as tx:
            known = await queues.rule(tx.db)
            await queues.put_rule(tx.db, structs.replace(known.rule, **changes), known.version)

    async def main_queue(self, **config: Any) -> None:
        async with self.db.write() as tx:
            known = await queues.queue(tx.db, MAIN)
            assert known is not None
            await queues.put_queue(tx.db, structs.replace(known, version=known.version + 1, config=QueueConfig(**config)))

    async def queue(self, name: str, position: int = 0, **config: Any) -> UUID:
        made = Queue(new_id(self.now), name, position, True, 1, QueueConfig(**config))
        async with self.db.write() as tx:
            await queues.put_queue(tx.db, made)
        return made.id

    # Customers --------------------------------------------------------------------------------------------------------------

    async def customer(self, **about: Any) -> UUID:
        """A contact; each `waits` of his is a conversation of its own."""
        contact = new_id(self.now)
        async with self.db.write() as tx:
            await tx.db.execute(
                "insert into contact (id, name, tier, first_seen, last_seen) values ($1, '李女士', $3, $2, $2)",
                contact, self.now, about.get("tier"),
            )  # fmt: skip
        return contact

    async def waits(self, contact: UUID | None = None, **about: Any) -> UUID:
        """A customer has begun to wait for a person."""
        contact = contact or await self.customer(**about)
        async with self.db.write() as tx:
            held = await self.timeline.open(tx, self.channel, contact, str(new_id(self.now)), self.now)
            await tx.db.execute(
                "update conversation set language = $2, emotion = $3, urgency = $4, reason = $5 where id = $1",
                held.id, about.get("language", ""), about.get("emotion"), about.get("urgency", 0), about.get("reason"),
            )  # fmt: skip
            await self.timeline.move(tx, held, "queue", at=self.now)
        self.clock.move(timedelta(milliseconds=1))  # nobody comes at the same instant as another: the order is that of coming
        return held.id

    async def writes(self, conversation: UUID, text: str) -> None:
        async with self.db.write() as tx:
            held = await self.timeline.hold(tx, conversation)
            await self.timeline.append(tx, held, Draft(CUSTOMER, Message(text)), at=self.now)

    async def held(self, conversation: UUID) -> Held:
        async with self.db.write() as tx:
            return await self.timeline.hold(tx, conversation)

    # What happens ---------------------------------------------------------------------------------------------------------

    async def looks(self) -> None:
        """The engine looks at everything that is due."""
        await self.engine.look_at_all_due()

    async def passes(self, seconds: float, *, unseen: Sequence[User] = ()) -> None:
        """Time goes by and the engine looks at each moment at which it wants to. All but `unseen` have their consoles open."""
        end = self.now + timedelta(seconds=seconds)
        while True:
            await self._all_seen_but(unseen)
            following = await self.engine.look_at_all_due()
            if following is None or following > end:
                break
            self.clock.move(max(following - self.now, timedelta(microseconds=1)))
        self.clock.move(end - self.now)
        await self._all_seen_but(unseen)
        await self.looks()

    async def _all_seen_but(self, unseen: Sequence[User]) -> None:
        async with self.db.write() as tx:
            await tx.db.execute("update users set seen_at = $2 where not (id = any($1))", [it.id for it in unseen], self.now)

    async def offer_of(self, conversation: UUID) -> tuple[UUID, UUID] | None:
        """The open offer and whom it was made to."""
        async with self.db.read() as db:
            row = await db.fetchrow("select id, agent_id from offer where subject = $1 and state = 'open'", conversation)
        return (row["id"], row["agent_id"]) if row else None

    async def offered_to(self, conversation: UUID) -> UUID | None:
        found = await self.offer_of(conversation)
        return found[1] if found else None

    async def takes(self, user: User, conversation: UUID, *, version: int | None = None) -> bool:
        """Accepts, as the desk does: only if nobody was faster."""
        version = version if version is not None else (await self.held(conversation)).version
        try:
            async with self.db.write() as tx:
                held = await self.timeline.hold(tx, conversation, version=version)
                if held.owner != "queue":
                    return False
                await self.timeline.move(tx, held, "agent", user.id, at=self.now)
        except Stale:
            return False
        return True

    async def declines(self, user: User, conversation: UUID) -> None:
        found = await self.offer_of(conversation)
        assert found is not None
        async with self.db.write() as tx:
            await offers.decline(tx, self.bus, found[0], user.id, self.now)

    async def ends(self, conversation: UUID, owner: Any = "closed") -> None:
        async with self.db.write() as tx:
            held = await self.timeline.hold(tx, conversation)
            await self.timeline.move(tx, held, owner, at=self.now)

    async def fetch(self, sql: str, *arguments: object) -> list[dict[str, Any]]:
        async with self.db.read() as db:
            return [dict(row) for row in await db.fetch(sql, *arguments)]

    async def value(self, sql: str, *arguments: object) -> Any:
        async with self.db.read() as db:
            return await db.fetchval(sql, *arguments)


@asynccontextmanager
async def floor_on(db: Database, dsn: str, now: datetime) -> AsyncIterator[Floor]:
    floor = Floor(db, dsn, now)
    await floor.opens()
    yield floor
