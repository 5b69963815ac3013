"""How often customers are asked for what they have said: the repeat-information rate."""

from datetime import datetime
from math import sqrt

from msgspec import Struct

from tandem.handoff import store
from tandem.handoff.store import Asked, Counted
from tandem.infra.db import Connection

_Z95 = 1.96


class RepeatRate(Struct, frozen=True):
    """`rate`: hand-offs in which a person asked for a fact of the packet, of all hand-offs a person took over; None with none.
    `low` and `high`: between them it lies in 95 cases of 100 (Wilson, JASA 22, 1927)."""

    handoffs: int
    repeated: int
    rate: float | None
    low: float
    high: float
    agents: list[Counted]
    versions: list[Counted]
    keys: list[Asked]


async def repeat_rate(db: Connection, since: datetime, until: datetime) -> RepeatRate:
    agents = await store.repeats_by_agent(db, since, until)
    handoffs, repeated = sum(it.handoffs for it in agents), sum(it.repeated for it in agents)
    low, high = wilson(repeated, handoffs)
    return RepeatRate(
        handoffs, repeated, repeated / handoffs if handoffs else None, low, high, agents,
        await store.repeats_by_version(db, since, until), await store.repeats_by_key(db, since, until),
    )  # fmt: skip


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; (0, 1) when nothing is known."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, _Z95 * _Z95
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z95 * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)
