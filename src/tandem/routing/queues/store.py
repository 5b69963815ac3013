"""The SQL of queues, the rule and opening hours."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.infra.db import Connection, many, one
from tandem.kit.opening import Opening
from tandem.routing.queues.model import Hours, Queue, QueueConfig, Rule, VersionedRule

_QUEUE = "id, name, position, active, version, config"


async def queues(db: Connection) -> list[Queue]:
    """All, in the order in which they are asked whether they take a conversation."""
    return await many(db, Queue, f"select {_QUEUE} from routing_queue order by position, id")


async def queue(db: Connection, queue: UUID) -> Queue | None:
    return await one(db, Queue, f"select {_QUEUE} from routing_queue where id = $1", queue)


async def put_queue(db: Connection, queue: Queue) -> Queue | None:
    """A new one, or a new version of the one that was at the version before. None when that one has changed meanwhile."""
    return await one(
        db, Queue,
        f"""insert into routing_queue (id, name, position, active, version, config) values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set name = $2, position = $3, active = $4, version = $5, config = $6
            where routing_queue.version = $5 - 1 returning {_QUEUE}""",
        queue.id, queue.name, queue.position, queue.active, queue.version, queue.config,
    )  # fmt: skip


async def rule(db: Connection) -> VersionedRule:
    row = await db.fetchrow("select version, config from routing_rule")
    return VersionedRule(row["version"], msgspec.convert(row["config"], Rule)) if row else VersionedRule(0, Rule())


async def put_rule(db: Connection, rule: Rule, version: int) -> bool:
    """False when it is no longer at `version`."""
    done = await db.fetchval(
        "update routing_rule set config = $1, version = version + 1 where version = $2 returning version",
        rule, version,
    )  # fmt: skip
    return done is not None


class _Setting(Struct, frozen=True):
    rule: Rule
    queue: QueueConfig
    opening: Opening | None


async def setting(db: Connection, queue: UUID) -> tuple[Rule, QueueConfig, Opening | None]:
    """All that decides about a place in a queue, with one question."""
    row = await db.fetchrow(
        """select r.config as rule, q.config as queue, h.config as opening
           from routing_queue q cross join routing_rule r left join opening_hours h on h.id = (q.config->>'hours')::uuid
           where q.id = $1""",
        queue,
    )  # fmt: skip
    found = msgspec.convert(dict(row), _Setting) if row else _Setting(Rule(), QueueConfig(), None)
    return found.rule, found.queue, found.opening


async def hours(db: Connection) -> list[Hours]:
    return await many(db, Hours, "select id, name, config as opening from opening_hours order by name, id")


async def put_hours(db: Connection, hours: Hours) -> None:
    await db.execute(
        """insert into opening_hours (id, name, config) values ($1, $2, $3)
           on conflict (id) do update set name = $2, config = $3""",
        hours.id, hours.name, hours.opening,
    )  # fmt: skip


async def drop_hours(db: Connection, hours: UUID) -> None:
    """Whoever used them is open at all times from now on: `setting` finds none."""
    await db.execute("delete from opening_hours where id = $1", hours)


async def waiting_in(db: Connection, queues: Sequence[UUID]) -> list[UUID]:
    """Who waits in these. Index: waiting_place."""
    rows = await db.fetch("select subject from waiting where queue_id = any($1)", queues)
    return [row["subject"] for row in rows]
