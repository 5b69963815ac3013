"""A queue that a person chose, instead of the one whose conditions fit."""

from datetime import datetime
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Tx
from tandem.kit.errors import InvalidInput
from tandem.routing.engine import store
from tandem.routing.engine.asked import due
from tandem.routing.looks.act import look_at
from tandem.routing.queues import store as queues
from tandem.routing.queues.model import Queue


async def chosen(db: Connection, queue: UUID) -> Queue:
    """Raises `InvalidInput` for one that is gone or off."""
    found = await queues.queue(db, queue)
    if found is None or not found.active:
        raise InvalidInput.field("queue", "unknown queue")
    return found


async def put_into(tx: Tx, bus: Bus, conversation: UUID, queue: Queue, now: datetime) -> None:
    """Whoever waits keeps since when he waits, and is due no later than he was. The caller has just moved him into the queue, so
    nobody has been asked about him."""
    wait = await store.hold(tx.db, conversation)
    if wait is None or wait.queue_id == queue.id:
        return
    rule = (await queues.rule(tx.db)).rule
    at = due(queue.config, rule.head_start, wait.entered_at, None, None, 0)
    await store.put_into(tx.db, conversation, queue.id, min(at, wait.due_at), now)
    await look_at(tx, bus, (conversation, "wait", now))
