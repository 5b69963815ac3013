"""How an offer ends without the customer being taken: refused, missed, or taken back."""

from datetime import datetime
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.errors import NotFound, NotYours
from tandem.routing.engine import store as waits
from tandem.routing.looks.act import look_at, tell_work
from tandem.routing.offers import store
from tandem.routing.offers.model import HowEnded


async def decline(tx: Tx, bus: Bus, offer: UUID, agent: UUID, now: datetime) -> None:
    """The agent lets it pass; the customer goes on to another at once. An offer that is over changes nothing.
    Raises `NotFound`, `NotYours`."""
    found = await store.offer(tx.db, offer)
    if found is None:
        raise NotFound
    if found.agent_id != agent:
        raise NotYours
    await end(tx, bus, offer, "declined", now)


async def end(tx: Tx, bus: Bus, offer: UUID, how: HowEnded, now: datetime) -> int | None:
    """Both are looked at again at once. How many offers the agent has missed in a row; None when this one was over already."""
    found = await store.offer(tx.db, offer)
    if found is None or found.state != "open" or (how == "missed" and found.until > now):
        return None
    await waits.hold(tx.db, found.subject)
    missed = await store.end_offer(tx.db, offer, how, now)
    if missed is None:
        return None
    tell_work(tx, bus, found.agent_id)
    await look_at(tx, bus, (found.subject, "wait", now), (found.agent_id, "agent", now))
    return missed
