"""The customer's place in the queue, and an estimate that can be kept."""

import math
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

import numpy as np

from tandem.access.store import UNSEEN_AFTER
from tandem.infra.db import Connection
from tandem.routing.engine.asked import widest
from tandem.routing.model import QueuePlace, Way
from tandem.routing.waits import store
from tandem.routing.waits.ahead import Moment, turn_comes

_LOOK_BACK = timedelta(hours=2)
_HANDLED_BACK = timedelta(days=7)
_SAMPLES = 30
_HANDLED = 200
_FEWEST_SAMPLES = 5
_Z80 = 1.2816  # standard normal quantile of 0.9: an interval with a tenth of the cases on either side


async def place_of(db: Connection, conversation: UUID, now: datetime) -> QueuePlace | None:
    """None for a conversation that does not wait."""
    stands = await store.standing(db, conversation)
    if stands is None:
        return None
    open = stands.opening is None or stands.opening.is_open(now)
    low, high = await estimate(db, stands, now) if open and stands.kind != "ticket" else (0, 0)
    return QueuePlace(
        stands.place, low, high, stands.kind, open, ("message", "callback"), cast(Way | None, stands.proposed or None)
    )


async def estimate(db: Connection, stands: store.Standing, now: datetime) -> tuple[int, int]:
    """Seconds between which the rest of the wait lies in 80 % of cases; (0, 0) when nothing honest can be said. Simulated from how
    the desk stands; while too little is known for that, from how fast the queue has moved of late."""
    able = widest(stands.config, stands.language)
    pace = await store.pace(db, stands.queue_id, able, seen=now - UNSEEN_AFTER, since=now - _HANDLED_BACK, limit=_HANDLED)
    if pace.slots == 0:
        return 0, 0
    moment = Moment(
        pace.slots, [(now - it).total_seconds() for it in pace.since], pace.handled, pace.answering,
        pace.waited / pace.gave_up if pace.gave_up else None,
    )  # fmt: skip
    # The same desk gives the same estimate: numbers that jump while nothing happens would not be believed.
    low, high = turn_comes(stands.place, moment, np.random.default_rng(stands.place))
    if high:
        return low, high
    taken = await store.accepted_lately(db, stands.queue_id, now - _LOOK_BACK, _SAMPLES)
    return interval(stands.place, taken, now)


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
