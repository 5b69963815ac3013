"""The statistical reader: linear models over the features of a turn, with the coefficients that `learn.py` found.

It stands beside the cue tables, which stay the hard triggers: it may add a reason to hand over, never take one away.
"""

from functools import cache
from importlib import resources
from typing import get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tandem.assistant.triage.features import features
from tandem.assistant.triage.model import PRIORITY, Emotion, Reason, Sign
from tandem.assistant.triage.talk import Turn

FILE = "reader.npz"
REASONS: tuple[Reason | None, ...] = (None, *PRIORITY)
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
URGENCIES = (0, 1, 2, 3)
MOST_SIGNS = 5
LEAST_SIGN = 0.15
ANSWERS_THAT_MAY_MISS = 2
FEWEST_KNOWN = 12
"""On fewer words that any lesson has ("who is your boss") the reader is sure of anything."""
ENOUGH: dict[Reason, float] = {
    "safety": 0.65,
    "distress": 0.65,
    "fraud_or_security": 0.65,
    "legal_medical_finance_advice": 0.65,
    "bot_failed_repeatedly": 0.5,
}
ENOUGH_OF_OTHERS = 0.8
"""How likely it must be that a person is needed for one to be called, by the likeliest reason. Where somebody may come to harm, or the same
need was missed twice, less is enough: a person called in vain costs a minute. Chosen on lessons that were held out, and so was it that
all reasons count together: they are often taken for each other, seldom for none."""


class Reader(Struct, frozen=True):
    """`place` is the row of a feature in `weights` (features × classes, float32, the classes in the order REASONS, EMOTIONS,
    URGENCIES); `rarity` what a feature's value is multiplied with; `offer` the probability that anybody is needed from which a
    person is offered."""

    place: dict[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    offer: float


class Reading(Struct, frozen=True):
    """`needed` is the probability that a person is needed, `reason` the likeliest reason if so, `sure` whether that is enough to call one.
    `signs` are what spoke most for that reason."""

    needed: float
    sure: bool
    reason: Reason
    emotion: Emotion
    urgency: int
    signs: tuple[Sign, ...]


@cache
def reader() -> Reader:
    """The trained reader that comes with the product; read once."""
    with resources.files(__package__).joinpath(FILE).open("rb") as file, np.load(file) as kept:
        names = bytes(kept["names"]).decode().split("\n")
        return Reader(
            {name: row for row, name in enumerate(names)},
            kept["rarity"].astype(np.float32),
            kept["weights"].astype(np.float32),
            kept["bias"].astype(np.float32),
            float(kept["offer"]),
        )


def read(talk: list[Turn]) -> Reading:
    """Read the last turn of a talk."""
    return read_with(reader(), talk)


def read_with(known: Reader, talk: list[Turn]) -> Reading:
    seen = [(name, value) for name, value in features(talk).items() if name in known.place]
    rows = np.array([known.place[name] for name, _ in seen], dtype=np.intp)
    values = np.array([value for _, value in seen], dtype=np.float32) * known.rarity[rows]
    shares = known.weights[rows] * values[:, None]
    scores = shares.sum(axis=0) + known.bias
    of_reasons, of_emotions, of_urgencies = np.split(scores, (len(REASONS), len(REASONS) + len(EMOTIONS)))
    of_reasons = _possible(of_reasons, talk)
    probable = _probabilities(of_reasons)
    reason = _likeliest(probable)
    chosen = REASONS.index(reason)
    return Reading(
        float(1 - probable[0]),
        len(seen) >= FEWEST_KNOWN and _unasked(probable) >= ENOUGH.get(reason, ENOUGH_OF_OTHERS),
        reason,
        EMOTIONS[int(np.argmax(of_emotions))],
        URGENCIES[int(np.argmax(of_urgencies))],
        _signs(reason, [name for name, _ in seen], shares[:, chosen] - shares[:, 0]),
    )


def _possible(of_reasons: NDArray[np.float32], talk: list[Turn]) -> NDArray[np.float32]:
    """Without what cannot hold: answers cannot have failed twice that were not given, and what speaks for that speaks for no other
    reason."""
    possible = of_reasons.copy()
    if sum(bool(turn.before) for turn in talk) < ANSWERS_THAT_MAY_MISS:
        possible[REASONS.index("bot_failed_repeatedly")] = -np.inf
    return possible


def _likeliest(probable: NDArray[np.float32]) -> Reason:
    """A wish for a person is not among them: it is literal, and the cue tables hear it."""
    return max((it for it in PRIORITY if it != "asks_human"), key=lambda it: probable[REASONS.index(it)])


def _unasked(probable: NDArray[np.float32]) -> float:
    """How likely a person is needed for more than that one is asked for: "agent, please" alone tells nothing of why."""
    return float(1 - probable[0] - probable[REASONS.index("asks_human")])


def _probabilities(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum())


def _signs(reason: Reason, names: list[str], spoke: NDArray[np.float32]) -> tuple[Sign, ...]:
    """What spoke most for this reason rather than for none."""
    most = np.argsort(-spoke, kind="stable")[:MOST_SIGNS]
    return tuple(Sign(reason, round(float(spoke[i]), 2), names[i]) for i in most if spoke[i] >= LEAST_SIGN)
