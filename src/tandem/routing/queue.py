"""The customer's place in the queue, and an estimate that can be kept."""

import math
from datetime import datetime, timedelta
from uuid import UUID

from tandem.access import store as access
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Tx
from tandem.routing import store
from tandem.routing.model import QueuePlace
from tandem.timeline.model import Moved

_LOOK_BACK = timedelta(hours=2)
_SAMPLES = 30
_FEWEST_SAMPLES = 5
_OUTCOMES = {"agent": "accepted", "assistant": "returned"}
_Z80 = 1.2816  # standard normal quantile of 0.9: an interval with a tenth of the cases on either side


class Queue:
    """Keeps the book of waiting, which estimates and metrics are made from."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def note(self, tx: Tx, happened: Moved) -> None:
        """Reaction: somebody began to wait, or waits no longer; then all who wait behind him have a new place."""
        before, now = happened.before.owner, happened.now.owner
        if (before == "queue") == (now == "queue"):
            return
        if now == "queue":
            await store.enter(tx.db, happened.now.id, happened.at)
        else:
            await store.leave(tx.db, happened.now.id, _OUTCOMES.get(now, "closed"), happened.at)
        tx.after(lambda: self._bus.tell("queue", None))


async def place_of(db: Connection, conversation: UUID, now: datetime) -> QueuePlace | None:
    """None for a conversation that does not wait."""
    place = await store.place(db, conversation)
    if place is None:
        return None
    if await access.people_online(db, now) == 0:
        return QueuePlace(place, 0, 0)
    taken = await store.accepted_lately(db, now - _LOOK_BACK, _SAMPLES)
    low, high = interval(place, taken, now)
    return QueuePlace(place, low, high)


def interval(place: int, taken: list[datetime], now: datetime) -> tuple[int, int]:
    """Seconds between which the wait lies in 80 % of cases; (0, 0) when too little is known.

    Departures from the queue are taken as a Poisson stream at the rate of the last ones, so the wait of place k is
    Erlang(k); its quantiles by Wilson and Hilferty's cube-root approximation (PNAS 17, 1931).
    """
    if len(taken) < _FEWEST_SAMPLES:
        return 0, 0
    mean = (now - taken[-1]).total_seconds() / len(taken)

    def quantile(z: float) -> float:
        root = max(0.0, 1 - 1 / (9 * place) + z / (3 * math.sqrt(place)))
        return place * mean * root * root * root

    return round(quantile(-_Z80)), max(1, round(quantile(_Z80)))
