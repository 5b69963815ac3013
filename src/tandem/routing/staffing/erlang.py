"""Erlang's formulas: how many servers a stream of calls needs.

A. K. Erlang, Solution of some problems in the theory of probabilities of significance in automatic telephone exchanges (1917): B, C.
C. Palm, Research on telephone traffic carried by full availability groups (1957): A, with customers who give up.
All assume Poisson arrivals and exponential handling; a chat desk, whose people serve several at once, is simulated instead.
"""

import math
from itertools import count

from msgspec import Struct

_MOST_SERVERS = 100_000


class Erlang(Struct, frozen=True):
    """`load` in Erlang; `waits` the part that has to wait; `level` the part answered within the threshold; `asa` the mean wait of all
    in seconds; `occupancy` the part of their time that people are busy."""

    servers: int
    load: float
    waits: float
    level: float
    asa: float
    occupancy: float


class Abandoning(Struct, frozen=True):
    """`waits` the part that has to wait, `abandons` the part that gives up, `queue` the mean number of those who wait."""

    waits: float
    abandons: float
    queue: float


def erlang_b(servers: int, load: float) -> float:
    """The part of arrivals that is blocked when nobody can wait: B(0) = 1, B(n) = A·B(n−1) / (n + A·B(n−1))."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """The part of arrivals that has to wait: B / (1 − ρ(1 − B)). 1 when there are fewer servers than load: then the queue only
    grows."""
    if servers <= load:
        return 1.0
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def desk(servers: int, per_hour: float, handling: float, threshold: float) -> Erlang:
    """Erlang C for `per_hour` arrivals of `handling` seconds, of which those count as answered in time who wait at most
    `threshold` seconds. With fewer servers than load `level` is 0 and `asa` infinite."""
    load = per_hour * handling / 3600
    if servers <= load:
        return Erlang(servers, load, 1.0, 0.0, math.inf, 1.0)
    waits = erlang_c(servers, load)
    return Erlang(
        servers, load, waits, 1 - waits * math.exp(-(servers - load) * threshold / handling), waits * handling / (servers - load),
        load / servers,
    )  # fmt: skip


def needed(per_hour: float, handling: float, threshold: float, level: float) -> Erlang:
    """The fewest servers that answer at least the part `level` (below 1) within `threshold` seconds. Raises `ValueError` for what
    no number of people reaches."""
    if not 0 <= level < 1 or per_hour < 0 or handling <= 0 or threshold < 0:
        raise ValueError("level in [0, 1), arrivals and threshold not negative, handling positive")
    load = per_hour * handling / 3600
    for servers in count(math.floor(load) + 1):
        found = desk(servers, per_hour, handling, threshold)
        if found.level >= level:
            return found
        if servers > _MOST_SERVERS:
            raise ValueError("no number of people reaches this")
    raise AssertionError("unreachable")


def erlang_a(servers: int, per_hour: float, handling: float, patience: float) -> Abandoning:
    """With customers who give up after an exponential time of mean `patience` seconds. The birth and death chain is summed as far
    as it matters; who gives up is patience's rate times the mean queue (Little's law)."""
    arrive, serve, leave = per_hour / 3600, 1 / handling, 1 / patience
    weight, weights = 1.0, [1.0]  # relative to a full desk with nobody waiting
    for waiting in count(1):
        weight *= arrive / (servers * serve + waiting * leave)
        weights.append(weight)
        if weight < 1e-14 and waiting > arrive / leave:
            break
    below, total = 1.0, sum(weights)
    for busy in range(servers, 0, -1):
        below *= busy * serve / arrive if arrive else 0.0
        total += below
    queue = sum(waiting * it for waiting, it in enumerate(weights)) / total
    return Abandoning(sum(weights) / total, leave * queue / arrive if arrive else 0.0, queue)
