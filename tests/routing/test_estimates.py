"""What a customer is told of his wait, and whether it was true."""

from collections import deque

import numpy as np

from routing.floor import Floor
from tandem.routing.queues.model import Need
from tandem.routing.waits.ahead import Moment, turn_comes
from tandem.routing.waits.place import place_of


class _Desk:
    """Six people, a chat each, nearly always busy; first come, first served. `inside`: was who had to wait served when he was told?"""

    people, handling, busy = 6, 240.0, 0.97

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.lengths = [self.length() for _ in range(60)]
        self.served: list[tuple[float, float]] = []  # end and begin of each chat under way
        self.line: deque[tuple[float, tuple[int, int]]] = deque()
        self.inside: list[bool] = []

    def length(self) -> float:
        return float(self.random.gamma(2, self.handling / 2))

    def run(self, seconds: float) -> None:
        at = 0.0
        while at < seconds:
            at += float(self.random.exponential(self.handling / self.people / self.busy))
            self.until(at)
            if len(self.served) < self.people:
                self.served.append((at + self.length(), at))
            else:
                moment = Moment(self.people, [at - begin for _, begin in self.served], self.lengths[-200:], [0.0], None)
                self.line.append((at, turn_comes(len(self.line) + 1, moment, self.random)))

    def until(self, at: float) -> None:
        """Everything that ends before."""
        while self.served and min(self.served)[0] <= at:
            end, begin = min(self.served)
            self.served.remove((end, begin))
            self.lengths.append(end - begin)
            if self.line:
                came, (low, high) = self.line.popleft()
                self.inside.append(low <= end - came <= high)
                self.served.append((end + self.length(), end))


def test_four_of_five_waits_take_as_long_as_was_said() -> None:
    desk = _Desk(np.random.default_rng(8))

    desk.run(60_000)

    assert len(desk.inside) > 400
    assert 0.75 < sum(desk.inside) / len(desk.inside) < 0.9


def test_nothing_is_promised_when_nobody_is_there_or_too_little_is_known() -> None:
    random = np.random.default_rng(1)
    handled = [300.0] * 30

    assert turn_comes(1, Moment(0, [], handled, [], None), random) == (0, 0)
    assert turn_comes(1, Moment(3, [], handled[:5], [], None), random) == (0, 0)


def test_who_stands_further_back_is_told_a_longer_wait_and_who_gives_up_shortens_it() -> None:
    handled = list(np.random.default_rng(2).exponential(300, 100))
    full = [60.0] * 6

    def told(place: int, patience: float | None = None) -> int:
        return turn_comes(place, Moment(6, full, handled, [5.0], patience), np.random.default_rng(3))[1]

    assert told(1) < told(10) < told(100) < told(400)
    assert told(50, patience=120) < told(50)


async def test_only_those_who_can_take_a_customer_shorten_what_he_is_told(floor: Floor) -> None:
    """Ten who are free and do not know the matter are no help."""
    refunds = await floor.expertise("退款")
    await floor.main_queue(needs=(Need(refunds, 3),))
    expert = await floor.agent("专家", most_chats=1)
    await floor.knows(expert, refunds, 4)
    for number in range(22):
        talk = await floor.waits()
        await floor.looks()
        await floor.takes(expert, talk)
        await floor.passes(280 + 2 * number)
        await floor.ends(talk)
    busy = await floor.waits()
    await floor.takes(expert, busy)
    talks = [await floor.waits() for _ in range(3)]

    async def told() -> tuple[int, int]:
        async with floor.db.read() as db:
            place = await place_of(db, talks[-1], floor.now)
        assert place is not None
        return place.low, place.high

    alone = await told()
    others = [await floor.agent(f"同事{number}") for number in range(10)]
    beside_others = await told()
    for it in others:
        await floor.knows(it, refunds, 3)
    with_help = await told()

    assert beside_others == alone
    assert alone[0] > 400
    assert with_help[1] < 100


async def test_what_was_told_first_is_compared_with_what_came(floor: Floor) -> None:
    wang = await floor.agent("王芳", most_chats=1)
    for number in range(22):
        talk = await floor.waits()
        await floor.looks()
        await floor.takes(wang, talk)
        await floor.passes(80 + 2 * number)
        await floor.ends(talk)
    await floor.looks()
    busy = await floor.waits()
    await floor.looks()
    await floor.takes(wang, busy)

    talk = await floor.waits()
    await floor.looks()
    async with floor.db.read() as db:
        told = await place_of(db, talk, floor.now)
    assert told is not None
    assert told.low <= 100 <= told.high
    await floor.passes(100)
    await floor.ends(busy)
    await floor.looks()
    await floor.takes(wang, talk)

    assert b'tandem_wait_estimates_total{interval="inside"} 1.0' in floor.numbers.text()
    [row] = await floor.fetch("select low, high from queue_wait where conversation_id = $1", talk)
    assert row["low"] <= 100 <= row["high"]
