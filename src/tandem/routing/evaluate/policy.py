"""What another order of criteria would have brought, told from the log of what this one did.

`ips`: D. G. Horvitz and D. J. Thompson, A generalization of sampling without replacement from a finite universe (JASA 47, 1952): each
logged case counts as often as the other rule would have made its choice, relative to how often this one did. `snips` is the same
divided by the sum of the weights (A. Swaminathan and T. Joachims, The self-normalized estimator for counterfactual learning,
NeurIPS 2015): a little biased, far steadier. `dr`: M. Dudík, J. Langford and L. Li, Doubly robust policy evaluation and learning (ICML 2011):
a model of the reward, corrected where it was wrong; right if either the probabilities or the model are.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from tandem.routing.engine.choose import Candidate, probabilities, ranked
from tandem.routing.evaluate.log import Assignment
from tandem.routing.queues.model import Criterion

_Z95 = 1.959964
_PRIOR = 10.0  # cases of the overall mean that an agent's own mean starts with: few cases say little


class Judgement(Struct, frozen=True):
    """`cases` with a known reward of `read`. `logged`: the mean reward of what was done. Each estimate of the other rule with the
    half width of its 95 % interval. `effective`: how many cases the weighted ones are worth (Kish 1965). `same`: the part of the
    cases in which both rules choose alike. `supported`: the part in which the log could have shown the other rule's
    choice at all; below 1 the estimates are of that part and what the model says of the rest."""

    read: int
    cases: int
    logged: float
    ips: float
    ips_half: float
    snips: float
    dr: float
    dr_half: float
    effective: float
    same: float
    supported: float


class Model:
    """The mean reward of each agent, drawn to that of all: with or without the expertise the queue names."""

    def __init__(self, log: Sequence[Assignment]) -> None:
        rewards = [it.reward for it in log if it.reward is not None]
        self._mean = sum(rewards) / len(rewards) if rewards else 0.0
        sums: dict[tuple[UUID, bool], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for it in log:
            if it.reward is not None:
                chosen = _chosen(it)
                cell = sums[chosen.agent, chosen.expertise > 0]
                cell[0] += it.reward
                cell[1] += 1
        self._means = {key: (total + _PRIOR * self._mean) / (count + _PRIOR) for key, (total, count) in sums.items()}

    def reward(self, candidate: Candidate) -> float:
        return self._means.get((candidate.agent, candidate.expertise > 0), self._mean)


def judge(log: Sequence[Assignment], order: Sequence[Criterion], exploration: float = 0.0) -> Judgement:
    """The rule that chooses by `order`, exploring the part `exploration`. Raises `ValueError` for a log without a single reward."""
    known = [it for it in log if it.reward is not None]
    if not known:
        raise ValueError("no line of the log has a reward")
    # Each half is judged with the model of the other half: a model that has seen a case would find itself right about it.
    models = Model(known[1::2]), Model(known[0::2])
    weights, weighted, robust = [], [], []
    same = supported = 0
    for place, it in enumerate(known):
        target = target_probabilities(it, order, exploration)
        weight = target[it.chosen] / it.probability
        reward = it.reward or 0.0
        model = models[place % 2]
        expected = sum(chance * model.reward(candidate) for candidate, chance in zip(it.candidates, target.values(), strict=True))
        weights.append(weight)
        weighted.append(weight * reward)
        robust.append(expected + weight * (reward - model.reward(_chosen(it))))
        same += ranked(it.candidates, order)[0].agent == it.chosen
        supported += it.probability < 1 or weight > 0
    total = sum(weights)
    return Judgement(
        read=len(log), cases=len(known), logged=_mean([it.reward or 0.0 for it in known]),
        ips=_mean(weighted), ips_half=_half(weighted), snips=sum(weighted) / total if total else 0.0,
        dr=_mean(robust), dr_half=_half(robust),
        effective=total * total / sum(it * it for it in weights) if total else 0.0,
        same=same / len(known), supported=supported / len(known),
    )  # fmt: skip


def target_probabilities(it: Assignment, order: Sequence[Criterion], exploration: float) -> dict[UUID, float]:
    """How likely the other rule makes each choice, in the order of the candidates."""
    best = ranked(it.candidates, order)[0].agent
    place = next(number for number, candidate in enumerate(it.candidates) if candidate.agent == best)
    chances = probabilities(len(it.candidates), place, exploration)
    return {candidate.agent: chance for candidate, chance in zip(it.candidates, chances, strict=True)}


def _chosen(it: Assignment) -> Candidate:
    return next(candidate for candidate in it.candidates if candidate.agent == it.chosen)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _half(values: Sequence[float]) -> float:
    """Half the width of the normal 95 % interval of the mean."""
    if len(values) < 2:
        return math.inf
    mean = _mean(values)
    return _Z95 * math.sqrt(sum((it - mean) ** 2 for it in values) / (len(values) - 1) / len(values))
