"""An engine in a process of its own: `python -m routing.engine_process DSN`.

Told `die` it stops dead between claim and offer, told `freeze` it stands still there.
"""

import asyncio
import os
import signal
import sys
from random import Random
from typing import Any
from uuid import UUID

from tandem.infra.bus import PostgresBus
from tandem.infra.db import Database, open_pool
from tandem.infra.numbers import Numbers
from tandem.kit.clock import SystemClock
from tandem.routing.engine import store
from tandem.routing.engine.book import Book
from tandem.routing.engine.engine import Engine
from tandem.timeline.act import Timeline
from tandem.timeline.model import Moved

_ENDS = {"die": signal.SIGKILL, "freeze": signal.SIGSTOP}


async def run(dsn: str, how: str) -> None:
    db = Database(await open_pool(dsn, size=6))
    bus = PostgresBus(dsn)
    db.on(Moved, Book(bus, Numbers()).moved)
    if how in _ENDS:
        _end_between_claim_and_offer(_ENDS[how])
    engine = Engine(db, bus, Timeline(bus), SystemClock(), Random(os.getpid()))
    await bus.start()
    await engine.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def _end_between_claim_and_offer(stop: signal.Signals) -> None:
    """As `kill -9`, or a machine that freezes, would at the worst moment: the locks are taken, nothing is stored yet."""
    claim = store.claim

    async def claim_and_die(*arguments: Any, **named: Any) -> set[UUID]:
        if await claim(*arguments, **named):
            os.kill(os.getpid(), stop)
        return set()

    store.claim = claim_and_die


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
