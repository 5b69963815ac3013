"""How many people are needed: the formulas' worked values, and the simulation where they must agree."""

import math
from random import Random

import pytest

from tandem.routing.staffing.erlang import desk, erlang_a, erlang_b, erlang_c, needed
from tandem.routing.staffing.simulate import Desk, simulate
from tandem.routing.staffing.tomorrow import plan

# Calls an hour, handling s, servers, waits, answered in 20 s, mean wait s, occupancy, given up with a patience of 60 and of 120 s.
WORKED = [
    (360, 300, 36, 0.2119, 0.8580, 10.59, 0.8333, 0.0257, 0.0206),
    (600, 240, 46, 0.2658, 0.8388, 10.63, 0.8696, 0.0259, 0.0206),
    (100, 180, 8, 0.1673, 0.8801, 10.04, 0.6250, 0.0396, 0.0299),
]


@pytest.mark.parametrize(("calls", "handling", "servers", "waits", "level", "asa", "busy", "gone60", "gone120"), WORKED)
def test_erlangs_formulas_give_the_worked_values(
    calls: int, handling: int, servers: int, waits: float, level: float, asa: float, busy: float, gone60: float, gone120: float
) -> None:
    found = needed(calls, handling, 20, 0.8)

    assert found.servers == servers
    assert found.waits == pytest.approx(waits, abs=5e-5)
    assert found.level == pytest.approx(level, abs=5e-5)
    assert found.asa == pytest.approx(asa, abs=5e-3)
    assert found.occupancy == pytest.approx(busy, abs=5e-5)
    assert erlang_a(servers, calls, handling, 60).abandons == pytest.approx(gone60, abs=5e-5)
    assert erlang_a(servers, calls, handling, 120).abandons == pytest.approx(gone120, abs=5e-5)


@pytest.mark.parametrize(
    ("contained", "people", "harder"),
    [(0.0, 261, 325), (0.5, 134, 166), (0.7, 83, 102), (0.8, 57, 70), (0.9, 30, 37)],
)
def test_an_assistant_in_front_needs_fewer_people_and_harder_cases_more(contained: float, people: int, harder: int) -> None:
    residue = 3000 * (1 - contained)

    assert needed(residue, 300, 20, 0.8).servers == people
    assert needed(residue, 375, 20, 0.8).servers == harder


def test_one_server_is_the_textbook_case() -> None:
    assert erlang_b(1, 1.0) == 0.5
    assert erlang_c(1, 0.5) == pytest.approx(0.5)  # M/M/1 waits with probability ρ
    assert erlang_b(0, 3.0) == 1.0


def test_too_few_people_are_said_to_be_too_few() -> None:
    overrun = desk(10, 360, 300, 20)

    assert (overrun.waits, overrun.level, overrun.occupancy) == (1.0, 0.0, 1.0)
    assert math.isinf(overrun.asa)
    with pytest.raises(ValueError, match="level"):
        needed(360, 300, 20, 1.0)


def test_the_simulation_agrees_with_erlang_a_where_its_assumptions_hold() -> None:
    rate = 360 / 3600
    found = simulate(Desk(33, at_once=1, handling=300, slows=0, patience=120), lambda _: rate, rate, 400_000, 20, Random(3))
    formula = erlang_a(33, 360, 300, 120)

    assert found.abandoned == pytest.approx(formula.abandons, abs=0.006)
    assert found.came == found.answered + found.gave_up


def test_who_gives_up_and_comes_again_makes_more_work() -> None:
    rate = 360 / 3600
    once = simulate(Desk(24, at_once=1, handling=300), lambda _: rate, rate, 36_000, 20, Random(5))
    again = simulate(Desk(24, at_once=1, handling=300, retrial=0.6), lambda _: rate, rate, 36_000, 20, Random(5))

    assert once.retried == 0
    assert again.retried > 100
    assert again.abandoned > once.abandoned


def test_several_at_once_need_fewer_people_but_not_in_proportion() -> None:
    def people(at_once: int) -> int:
        hours = plan([600.0], 0.5, Desk(0, at_once=at_once), threshold=60, level=0.8, harder=1.0, random=Random(1))
        return hours[0].people

    one, three = people(1), people(3)
    assert one / 3 < three < one


def test_an_hour_in_which_nobody_comes_needs_nobody() -> None:
    [hour] = plan([0.0], 0.5, Desk(0), threshold=60, level=0.8, harder=1.0, random=Random(1))

    assert hour.people == 0
