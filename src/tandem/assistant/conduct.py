"""What administrators settled about the assistant, kept in this process: it is read at every turn and changes a few times a day."""

import asyncio
from collections.abc import Awaitable, Callable

from tandem.assistant.promise import store as promises
from tandem.assistant.promise.model import DEFAULT_WRONG, Thresholds
from tandem.assistant.promise.pick import starting
from tandem.assistant.rules import store as rules
from tandem.assistant.rules.model import Settled
from tandem.infra.bus import Bus
from tandem.infra.db import Database

TOPIC = "conduct"


class Conduct:
    """Replaced piece by piece when there is news; a question that is being looked up goes on with what it began with."""

    def __init__(self, thresholds: Thresholds | None = None) -> None:
        self.thresholds = thresholds or starting(DEFAULT_WRONG)
        self.rules = Settled()


async def kept_up_to_date(conduct: Conduct, db: Database, bus: Bus) -> Callable[[], Awaitable[None]]:
    """Read what is in force, and again whenever the bus tells that it changed. Returns how to read it once more, for when news may
    have been missed."""
    pending: set[asyncio.Task[None]] = set()

    async def refresh() -> None:
        async with db.read() as connection:
            promise, changed = await promises.promise(connection), await rules.rules(connection)
        conduct.thresholds = promise.thresholds if promise else starting(DEFAULT_WRONG)
        conduct.rules = Settled(changed.rules if changed else None)

    def hear(topic: str, _: object) -> None:
        if topic == TOPIC:
            task = asyncio.create_task(refresh())
            pending.add(task)
            task.add_done_callback(pending.discard)

    bus.hear(hear)
    await refresh()
    return refresh
