"""The queue that a packet recommends: the one that routing would choose, by the same rule."""

from tandem.handoff.model import RecommendedQueue
from tandem.infra.db import Connection
from tandem.routing.engine.asked import queue_for
from tandem.routing.queues.store import queues
from tandem.timeline.model import Held


async def recommended(db: Connection, held: Held, reason: str, tier: str | None) -> RecommendedQueue:
    found = queue_for(await queues(db), held.channel, reason, held.language, tier)
    return RecommendedQueue(found.id, found.name)
