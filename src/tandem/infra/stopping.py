"""Long work that a person may stop, whichever process does it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Tx

T = TypeVar("T")


class Stopped(Exception):
    """Somebody stopped it."""


class Stoppable:
    """One kind of such work, by the `topic` of its news. That it was stopped must also be stored: who misses the news, or takes the
    work up later, finds it there."""

    def __init__(self, bus: Bus, topic: str) -> None:
        self._bus, self._topic = bus, topic
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._stopped: set[str] = set()
        bus.hear(self._hear)

    def stop(self, tx: Tx, it: UUID) -> None:
        """Once this transaction is stored."""
        tx.after(lambda: self._bus.tell(self._topic, str(it)))

    async def run(self, it: UUID, work: Coroutine[Any, Any, T]) -> T:
        """Raises `Stopped`."""
        key = str(it)
        task = asyncio.create_task(work)
        self._running[key] = task
        try:
            return await task
        except asyncio.CancelledError:
            if key in self._stopped:
                raise Stopped from None
            raise
        finally:
            self._running.pop(key, None)
            self._stopped.discard(key)

    def _hear(self, topic: str, news: object) -> None:
        if topic == self._topic and isinstance(news, str) and news in self._running:
            self._stopped.add(news)
            self._running[news].cancel()
