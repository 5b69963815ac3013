"""Are estimates kept? A desk simulated customer by customer, each told what a customer would be told."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from tandem.routing.waits.ahead import Moment, turn_comes

_SAMPLES = 200


class Desk:
    """`people` with one chat each, `busy` the part of their time that is asked of them; chats last a gamma-distributed time (shape 2) of
    `handling` seconds in the mean; who waits gives up after an exponential time of mean `patience`, or never."""

    def __init__(self, people: int, busy: float, handling: float, patience: float | None, seed: int) -> None:
        self.people = people
        self.busy = busy
        self.handling = handling
        self.patience = patience
        self.random = np.random.default_rng(seed)
        self.lengths = [self._length() for _ in range(_SAMPLES)]
        self.served: list[tuple[float, float]] = []
        self.line: deque[tuple[float, float, tuple[int, int]]] = deque()
        self.told = self.inside = 0

    def run(self, customers: int) -> None:
        """`told` are those who had to wait, and stayed; `inside` those of them whose wait was as long as they were told."""
        at = 0.0
        for _ in range(customers):
            at += float(self.random.exponential(self.handling / self.people / self.busy))
            self._until(at)
            if len(self.served) < self.people:
                self.served.append((at + self._length(), at))
                continue
            ahead = [it for it in self.line if it[1] > at]
            moment = Moment(self.people, [at - begin for _, begin in self.served], self.lengths[-_SAMPLES:], [0.0], self.patience)
            gone = at + float(self.random.exponential(self.patience)) if self.patience else float("inf")
            self.line.append((at, gone, turn_comes(len(ahead) + 1, moment, self.random)))

    def _length(self) -> float:
        return float(self.random.gamma(2, self.handling / 2))

    def _until(self, at: float) -> None:
        while self.served and min(self.served)[0] <= at:
            end, begin = min(self.served)
            self.served.remove((end, begin))
            self.lengths.append(end - begin)
            while self.line:
                came, gone, (low, high) = self.line.popleft()
                if gone > end:
                    self.told += 1
                    self.inside += low <= end - came <= high
                    self.served.append((end + self._length(), end))
                    break


def kept_share(desks: Sequence[Desk], customers: int) -> float:
    """Of all who waited at one of the desks, the share whose wait was inside what they were told."""
    for desk in desks:
        desk.run(customers)
    return sum(it.inside for it in desks) / max(1, sum(it.told for it in desks))
