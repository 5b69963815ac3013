"""Having something looked at: now or at a time, in the transaction that gives reason to."""

from datetime import datetime
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.routing.looks import store
from tandem.routing.looks.model import Looked

TOPIC = "look"  # news of the bus: there is something to look at, perhaps earlier than was known


async def look_at(tx: Tx, bus: Bus, *wanted: tuple[UUID, Looked, datetime]) -> None:
    """The last thing a transaction does about routing: the order of locks has looks at its end."""
    if wanted:
        await store.look_at(tx.db, [it[0] for it in wanted], [it[1] for it in wanted], [it[2] for it in wanted])
        tx.after(lambda: bus.tell(TOPIC, None))


def tell_work(tx: Tx, bus: Bus, *agents: UUID) -> None:
    """What these have in hand, or are offered, is now different."""
    for agent in dict.fromkeys(agents):
        tx.after(lambda agent=agent: bus.tell("work", {"agent": str(agent)}))  # type: ignore[misc]
