"""How long until it is one's turn: the next minutes of a desk simulated many times over, from how it stands now.

The method is that of R. Ibrahim and W. Whitt, Real-time delay estimation in overloaded multiserver queues with abandonments (Management
Science 55, 2009): what is known of the moment (who is ahead, how long each chat already lasts) tells more than any average.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

_RUNS = 400
_FEWEST_SAMPLES = 20
_MOST_AHEAD = 150  # simulated one by one; who is further behind waits in proportion
_LOW, _HIGH = 0.1, 0.9

Floats = NDArray[np.float64]


class Moment(Struct, frozen=True):
    """A desk now. `slots`: chats that those who are there can have at once; `ages`: for how many seconds each of theirs lasts;
    `handled`: seconds that chats took of late; `answering`: seconds from offer to acceptance; `patience`: the mean of seconds until a
    customer gives up, None when nobody does."""

    slots: int
    ages: Sequence[float]
    handled: Sequence[float]
    answering: Sequence[float]
    patience: float | None


def turn_comes(place: int, moment: Moment, random: np.random.Generator) -> tuple[int, int]:
    """Seconds between which the wait of `place` (1 is next) lies in 80 % of cases; (0, 0) when too little is known or nobody is
    there."""
    if moment.slots <= 0 or len(moment.handled) < _FEWEST_SAMPLES:
        return 0, 0
    near = min(place, _MOST_AHEAD)
    waits = _simulated(near, moment, random) * (place / near)
    low, high = np.quantile(waits, (_LOW, _HIGH))
    return int(low), max(1, int(np.ceil(high)))


def _simulated(place: int, moment: Moment, random: np.random.Generator) -> Floats:
    """The wait of the customer at this place in each of the runs."""
    handled = np.asarray(moment.handled, dtype=np.float64)
    free = _free_at(moment, handled, random)
    runs = np.arange(_RUNS)
    for _ in range(place - 1):
        slot = free.argmin(axis=1)
        begins = free[runs, slot]
        stays = np.ones(_RUNS, dtype=bool) if moment.patience is None else random.exponential(moment.patience, _RUNS) > begins
        free[runs, slot] = np.where(stays, begins + random.choice(handled, _RUNS), begins)
    answering = np.asarray(moment.answering or [0.0], dtype=np.float64)
    waits: Floats = free.min(axis=1) + random.choice(answering, _RUNS)
    return waits


def _free_at(moment: Moment, handled: Floats, random: np.random.Generator) -> Floats:
    """When each slot is free, a row a run. What is left of a chat that lasts already is what was left of those that lasted as
    long; of one that outlasts all that were seen nothing is known but that such chats are long."""
    free = np.zeros((_RUNS, moment.slots))
    for slot, age in enumerate(list(moment.ages)[: moment.slots]):
        longer = handled[handled > age]
        left = longer - age if len(longer) >= 3 else random.exponential(handled.mean(), 50)
        free[:, slot] = random.choice(left, _RUNS)
    return free
