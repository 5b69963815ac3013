"""A customer may write as fast as a person can. What is beyond is refused with a time to wait, so that one cannot take
the assistant from all others."""

from collections import OrderedDict
from datetime import datetime

from tandem.kit.errors import TooMany

_MOST_REMEMBERED = 50_000


class Flood:
    """A token bucket for each sender, in this process: `burst` at once, then one each `seconds`."""

    def __init__(self, burst: int, seconds: float) -> None:
        self._burst = burst
        self._seconds = seconds
        self._full_at: OrderedDict[str, float] = OrderedDict()  # when the sender's bucket will be full again

    def check(self, sender: str, now: datetime) -> None:
        """Raises `TooMany`."""
        at = now.timestamp()
        full_at = max(self._full_at.pop(sender, at), at) + self._seconds
        over = full_at - at - self._burst * self._seconds
        if over > 0:
            self._full_at[sender] = full_at - self._seconds
            raise TooMany(retry_after=max(1, round(over)))
        self._full_at[sender] = full_at
        if len(self._full_at) > _MOST_REMEMBERED:
            self._full_at.popitem(last=False)
