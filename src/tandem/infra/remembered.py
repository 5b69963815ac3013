"""What is asked for with every message and hardly ever changes, kept in this process for a moment."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from tandem.infra.bus import Bus

K = TypeVar("K")
V = TypeVar("V")

_MOST = 1000


class Remembered(Generic[K, V]):
    """Values by key, each at most `seconds` old. Forgotten at once when the bus has news on `topic`; the time is for news that
    were lost."""

    def __init__(self, bus: Bus, topic: str, seconds: float) -> None:
        self._topic = topic
        self._lasts = timedelta(seconds=seconds)
        self._kept: dict[K, tuple[datetime, V]] = {}
        bus.hear(self._hear)

    async def get(self, key: K, now: datetime, load: Callable[[], Awaitable[V]]) -> V:
        kept = self._kept.get(key)
        if kept and now - kept[0] < self._lasts:
            return kept[1]
        value = await load()
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[key] = (now, value)
        return value

    def _hear(self, topic: str, _: object) -> None:
        if topic == self._topic:
            self._kept.clear()
