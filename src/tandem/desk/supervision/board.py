"""How the desk stands: worked out once for all who look, again only after something happened, and at most once a second."""

import asyncio
from datetime import datetime, timedelta

from tandem.access import store as access
from tandem.desk.supervision import store
from tandem.desk.supervision.model import Board, Left, QueueNow, QueueStands
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.routing.queues.model import QueueConfig

HOURS = 24
_TARGET = QueueConfig().target
_AT_MOST_EACH = timedelta(seconds=1)
_KEPT = timedelta(seconds=15)  # presence ends by time alone, which no news tells
_NEWS = ("timeline", "queue", "colleague")


class Boards:
    """One a process."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._known: Board | None = None
        self._changed = True
        self._looking = asyncio.Lock()
        bus.hear(self._hear)

    def _hear(self, topic: str, _: object) -> None:
        self._changed = self._changed or topic in _NEWS

    async def now(self, now: datetime) -> Board:
        async with self._looking:
            known = self._known
            age = now - known.at if known else timedelta.max
            if known and age < (_AT_MOST_EACH if self._changed else _KEPT):
                return known
            self._changed = False
            self._known = await self._look(now)
            return self._known

    async def _look(self, now: datetime) -> Board:
        async with self._db.read() as db:
            since = now - timedelta(hours=HOURS)
            left = await store.left(db, since, _TARGET)
            agents = await access.colleagues(db, now)
            queues = [stands(it) for it in await store.queues(db, since, _TARGET) if it.active or it.waiting or it.messages]
            teams = await store.teams(db)
        level, gave_up = shares(left)
        count = left.accepted + left.abandoned
        targets = {it.target for it in queues}
        waits = [it.waiting_since for it in queues if it.waiting_since]
        return Board(
            now, sum(it.waiting for it in queues), min(waits, default=None), HOURS, targets.pop() if len(targets) == 1 else None, level,
            gave_up, count, sum(it.messages for it in queues), agents, queues, teams,
        )  # fmt: skip


def stands(queue: QueueNow) -> QueueStands:
    level, gave_up = shares(Left(queue.accepted, queue.in_time, queue.abandoned))
    return QueueStands(
        queue.id, queue.name, queue.waiting, queue.waiting_since, queue.messages, level, gave_up, queue.accepted + queue.abandoned,
        queue.target, queue.teams,
    )  # fmt: skip


def shares(left: Left) -> tuple[float | None, float | None]:
    """Service level and abandonment, both of all who left the queue; None of nobody."""
    count = left.accepted + left.abandoned
    return (left.in_time / count, left.abandoned / count) if count else (None, None)
