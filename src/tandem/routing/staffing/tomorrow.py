"""How many people are needed tomorrow, with this assistant in front of them."""

from collections.abc import Sequence
from random import Random

from msgspec import Struct, structs

from tandem.routing.staffing.simulate import Desk, Simulated, simulate

_HOUR = 3600.0
_RUNS = 5  # an hour's chance is averaged over so many
_MOST_PEOPLE = 5000


class Hour(Struct, frozen=True):
    """`people` are the fewest that reach the level; `level`, `abandoned` and `occupancy` are what they would then have."""

    hour: int
    contacts: float
    to_people: float
    people: int
    level: float
    abandoned: float
    occupancy: float


def plan(
    contacts: Sequence[float], contained: float, desk: Desk, *, threshold: float, level: float, harder: float, random: Random
) -> list[Hour]:
    """One hour of each of `contacts` (how many come in it), of which the assistant keeps the part `contained` to itself. What is
    left to people takes `harder` times as long as `desk.handling` (1.25: the easy ones are gone). The fewest people of which
    the part `level` is answered within `threshold` seconds. Raises `ValueError`."""
    if not 0 <= contained <= 1 or not 0 <= level < 1 or harder <= 0:
        raise ValueError("contained from 0 to 1, level below 1, harder positive")
    residue = structs.replace(desk, handling=desk.handling * harder)
    seeds = [random.getrandbits(32) for _ in range(_RUNS)]
    return [_hour(hour, it, it * (1 - contained), residue, threshold, level, seeds) for hour, it in enumerate(contacts)]


def _hour(hour: int, contacts: float, to_people: float, desk: Desk, threshold: float, level: float, seeds: list[int]) -> Hour:
    """By halving: more people never make it worse. The same chance for each number of people, so that they can be compared."""
    if to_people <= 0:
        return Hour(hour, contacts, 0.0, 0, 1.0, 0.0, 0.0)
    few, many = 0, 1
    while _mean(many, desk, to_people, threshold, seeds)[0] < level:
        few, many = many, many * 2
        if many > _MOST_PEOPLE:
            raise ValueError("no number of people reaches this")
    while many - few > 1:
        middle = (few + many) // 2
        if _mean(middle, desk, to_people, threshold, seeds)[0] >= level:
            many = middle
        else:
            few = middle
    return Hour(hour, contacts, to_people, many, *_mean(many, desk, to_people, threshold, seeds))


def _mean(people: int, desk: Desk, per_hour: float, threshold: float, seeds: list[int]) -> tuple[float, float, float]:
    """Level, abandoned and occupancy over some runs of an hour, after half an hour that fills the desk."""
    rate = per_hour / _HOUR
    runs: list[Simulated] = [
        simulate(structs.replace(desk, people=people), lambda _: rate, rate, 1.5 * _HOUR, threshold, Random(seed), 0.5 * _HOUR)  # noqa: S311
        for seed in seeds
    ]
    return (
        sum(it.level for it in runs) / len(runs), sum(it.abandoned for it in runs) / len(runs), sum(it.occupancy for it in runs) / len(runs),
    )  # fmt: skip
