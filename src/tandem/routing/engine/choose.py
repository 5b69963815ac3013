"""Of those who may take a customer, the one who is asked, with the probability of that choice and its reason. Pure."""

import math
from collections.abc import Sequence
from random import Random
from uuid import UUID

from msgspec import Struct

from tandem.routing.queues.model import Criterion


class Candidate(Struct, frozen=True):
    """An agent who could have had it, and what speaks for him. `last_agent` and `keeper` are 0 or 1, `expertise` the sum of his
    levels in what the queue names, `load` the part of his units in use, `idle` seconds since he last got or ended something."""

    agent: UUID
    last_agent: float
    keeper: float
    expertise: float
    load: float
    idle: float

    def score(self, criterion: Criterion) -> float:
        """The more the better."""
        match criterion:
            case "last_agent":
                return self.last_agent
            case "keeper":
                return self.keeper
            case "expertise":
                return self.expertise
            case "least_loaded":
                return -self.load
            case "longest_idle":
                return self.idle


class Why(Struct, frozen=True):
    """In programs' words; people's words for it are in the clients. `by`: the criterion that decided, `only` when there was
    nobody else, `any` when nothing told them apart, `chance` when the choice was left to it. `ahead_of`: how many could have
    had it as well."""

    by: str
    ahead_of: int
    last_agent: bool
    keeper: bool
    expertise: float
    load: float
    idle: float


class Choice(Struct, frozen=True):
    candidate: Candidate
    probability: float
    why: Why


def ranked(candidates: Sequence[Candidate], order: Sequence[Criterion]) -> list[Candidate]:
    """Best first; who is equal in everything stands by id, so that the same log gives the same choice again."""
    return sorted(candidates, key=lambda it: ([-it.score(criterion) for criterion in order], it.agent))


def probabilities(count: int, best: int, exploration: float) -> list[float]:
    """Of each of `count` candidates, when all but `exploration` goes to the `best` one and that part to all alike
    (ε-greedy). They sum to 1."""
    shared = exploration / count
    return [shared + (1 - exploration if place == best else 0.0) for place in range(count)]


def choose(candidates: Sequence[Candidate], order: Sequence[Criterion], exploration: float, random: Random) -> Choice:
    """`candidates`: at least one. Without exploration chance is not asked, and the probability is exactly 1."""
    best, *others = in_order = ranked(candidates, order)
    if exploration <= 0 or not others:
        return Choice(best, 1.0, _why(best, others, order))
    chances = probabilities(len(in_order), 0, exploration)
    [place] = random.choices(range(len(in_order)), weights=chances)
    chosen = in_order[place]
    why = _why(best, others, order) if place == 0 else _told(chosen, "chance", len(others))
    return Choice(chosen, chances[place], why)


def _why(best: Candidate, others: Sequence[Candidate], order: Sequence[Criterion]) -> Why:
    if not others:
        return _told(best, "only", 0)
    for criterion in order:
        if not math.isclose(best.score(criterion), others[0].score(criterion), abs_tol=1e-9):
            return _told(best, criterion, len(others))
    return _told(best, "any", len(others))


def _told(it: Candidate, by: str, ahead_of: int) -> Why:
    return Why(by, ahead_of, it.last_agent > 0, it.keeper > 0, it.expertise, round(it.load, 3), round(it.idle))
