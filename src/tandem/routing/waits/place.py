"""The customer's place in the queue, and an estimate that can be kept."""

import math
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from tandem.access import store as access
from tandem.infra.db import Connection
from tandem.routing.model import QueuePlace, Way
from tandem.routing.waits import store

_LOOK_BACK = timedelta(hours=2)
_SAMPLES = 30
_FEWEST_SAMPLES = 5
_Z80 = 1.2816  # standard normal quantile of 0.9: an interval with a tenth of the cases on either side


async def place_of(db: Connection, conversation: UUID, now: datetime) -> QueuePlace | None:
    """None for a conversation that does not wait."""
    stands = await store.standing(db, conversation)
    if stands is None:
        return None
    open = stands.opening is None or stands.opening.is_open(now)
    low = high = 0
    if open and stands.kind != "ticket" and await access.people_online(db, now) > 0:
        taken = await store.accepted_lately(db, stands.queue_id, now - _LOOK_BACK, _SAMPLES)
        low, high = interval(stands.place, taken, now)
    return QueuePlace(
        stands.place, low, high, stands.kind, open, ("message", "callback"), cast(Way | None, stands.proposed or None)
    )


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
