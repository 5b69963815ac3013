"""A desk simulated event by event: where people serve several customers at once, who lose patience and try again, no formula holds.

The way of counting is that of A. M. Law, Simulation Modeling and Analysis (chapter 1): a list of coming events, and time that jumps
from one to the next. What a chat's concurrency does to its length follows T. Tezcan and J. Zhang, Routing and staffing in
customer service chat systems with impatient customers (Operations Research 62, 2014): the more one has at once, the longer each takes.
"""

import heapq
from collections import deque
from collections.abc import Callable
from random import Random

from msgspec import Struct


class Desk(Struct, frozen=True):
    """`people` each have up to `at_once` chats. A chat alone takes `handling` seconds in the mean; each further one beside it makes it
    `slows` longer (0.15: two at once take 1.15 times as long). `patience` in seconds in the mean; of those who give up the part `retrial`
    comes again after `retry_after` seconds in the mean. All durations are exponential."""

    people: int
    at_once: int = 3
    handling: float = 300.0
    slows: float = 0.15
    patience: float = 180.0
    retrial: float = 0.0
    retry_after: float = 600.0


class Simulated(Struct, frozen=True):
    """`level`: the part of all who came that was answered within the threshold; who gave up counts as not answered. `waits` in
    seconds, of those who were answered, in order of arrival. `occupancy`: the part of all places that was taken."""

    came: int
    answered: int
    gave_up: int
    retried: int
    level: float
    abandoned: float
    mean_wait: float
    occupancy: float
    waits: tuple[float, ...]


class _Run:
    def __init__(
        self, desk: Desk, rate: Callable[[float], float], highest: float, seconds: float, warm: float, random: Random
    ) -> None:
        self._desk = desk
        self._rate = rate
        self._highest = highest
        self._seconds = seconds
        self._warm = warm
        self._random = random
        self._events: list[tuple[float, int, str, int]] = []
        self._number = self._customers = 0
        self._line: deque[int] = deque()
        self._arrived: dict[int, float] = {}
        self._chats = [0] * desk.people
        self.waits: list[float] = []
        self.came = self.gave_up = self.retried = 0
        self.taken_seconds = 0.0

    def run(self) -> None:
        self._plan_arrival(0.0)
        while self._events:
            at, _, what, subject = heapq.heappop(self._events)
            if what == "arrive":
                self._plan_arrival(at)
                self._arrive(at)
            elif what == "again":
                self._arrive(at)
            elif what == "give up":
                self._give_up(at, subject)
            else:
                self._chats[subject] -= 1
                self._serve(at)

    def _plan(self, at: float, what: str, subject: int) -> None:
        self._number += 1
        heapq.heappush(self._events, (at, self._number, what, subject))

    def _plan_arrival(self, at: float) -> None:
        """Arrivals at a rate that changes, by thinning (Lewis and Shedler 1979)."""
        while self._highest > 0:
            at += self._random.expovariate(self._highest)
            if at > self._seconds:
                return
            if self._random.random() * self._highest <= self._rate(at):
                self._plan(at, "arrive", 0)
                return

    def _arrive(self, at: float) -> None:
        self._customers += 1
        customer = self._customers
        self.came += at >= self._warm
        self._arrived[customer] = at
        self._line.append(customer)
        self._plan(at + self._random.expovariate(1 / self._desk.patience), "give up", customer)
        self._serve(at)

    def _give_up(self, at: float, customer: int) -> None:
        arrived = self._arrived.pop(customer, None)
        if arrived is None:
            return  # he was answered in time
        self.gave_up += arrived >= self._warm
        if self._random.random() < self._desk.retrial:
            self.retried += 1
            self._plan(at + self._random.expovariate(1 / self._desk.retry_after), "again", 0)

    def _serve(self, at: float) -> None:
        while self._line and self._chats:
            person = min(range(len(self._chats)), key=self._chats.__getitem__)
            if self._chats[person] >= self._desk.at_once:
                return
            arrived = self._arrived.pop(self._line.popleft(), None)
            if arrived is None:
                continue
            self._chats[person] += 1
            if arrived >= self._warm:
                self.waits.append(at - arrived)
            slower = 1 + self._desk.slows * (self._chats[person] - 1)
            took = self._random.expovariate(1 / (self._desk.handling * slower))
            self.taken_seconds += max(0.0, min(at + took, self._seconds) - max(min(at, self._seconds), self._warm))
            self._plan(at + took, "end", person)


def simulate(
    desk: Desk, rate: Callable[[float], float], highest: float, seconds: float, threshold: float, random: Random, warm: float = 0.0
) -> Simulated:
    """`rate`: arrivals a second at a time, never above `highest`, for `seconds`. Who comes before `warm` is served but not counted: a
    desk that begins empty looks better than it is. Raises `ValueError` for a desk that is none."""
    if desk.people < 0 or desk.at_once < 1 or desk.handling <= 0 or desk.patience <= 0 or not 0 <= desk.retrial < 1:
        raise ValueError("people and chats at once, positive durations, retrial below 1")
    run = _Run(desk, rate, highest, seconds, warm, random)
    run.run()
    places = desk.people * desk.at_once * (seconds - warm)
    return Simulated(
        came=run.came, answered=len(run.waits), gave_up=run.gave_up, retried=run.retried,
        level=sum(1 for it in run.waits if it <= threshold) / run.came if run.came else 1.0,
        abandoned=run.gave_up / run.came if run.came else 0.0,
        mean_wait=sum(run.waits) / len(run.waits) if run.waits else 0.0,
        occupancy=run.taken_seconds / places if places else 0.0,
        waits=tuple(run.waits),
    )  # fmt: skip
