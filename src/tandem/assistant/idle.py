"""Conversations that nobody goes on with. Left open they would fill the desk's view of the assistant's work for ever."""

from datetime import timedelta

from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.timeline import store as timelines
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Draft, Resolved

QUIET_FOR = timedelta(hours=12)
_AT_ONCE = 200


class Idle:
    """Closes what the assistant answered and the customer left. He may write again at any time: it opens again."""

    def __init__(self, db: Database, timeline: Timeline, clock: Clock) -> None:
        self._db = db
        self._timeline = timeline
        self._clock = clock

    async def close(self) -> None:
        now = self._clock.now()
        async with self._db.read() as db:
            quiet = await timelines.quiet(db, now - QUIET_FOR, _AT_ONCE)
        for conversation in quiet:
            async with self._db.write() as tx:
                held = await self._timeline.hold(tx, conversation)
                if held.owner == "assistant" and held.customer_seq <= held.heard_seq:
                    await self._timeline.append(tx, held, Draft(SYSTEM, Resolved()), at=now)
                    await self._timeline.move(tx, held, "closed", at=now)
