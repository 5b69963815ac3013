"""A conversation as triage sees it: who said what since the matter was last taken up, and how often an answer missed."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from tandem.assistant.triage.table import signs, total
from tandem.knowledge.words import fold, terms
from tandem.timeline.model import Entry, HandedBack, HandedOff, Message, Reopened, Resolved, Returned

SAME_QUESTION = 0.6
"""Share of terms two messages must have in common to be the same question again."""
EARLIER = 8
"""How many earlier turns count. An annoyance further back has been lived with."""


class Turn(Struct, frozen=True):
    """What the customer said in one go, and what the assistant had said just before."""

    before: str
    said: str


def turns(history: Iterable[Entry], heard: Iterable[Entry]) -> list[Turn]:
    """The customer's turns, oldest first, the new one last. A person's part in between begins a new matter."""
    found: list[Turn] = []
    before = ""
    said: list[str] = []
    for entry in (*history, *heard):
        body = entry.body
        if isinstance(body, HandedOff | HandedBack | Returned | Resolved | Reopened):
            found, before, said = [], "", []
        elif isinstance(body, Message) and entry.by.kind == "customer":
            said.append(body.text)
        elif isinstance(body, Message):
            if said:
                found.append(Turn(before, "\n".join(said)))
            before, said = body.text, []
    found.append(Turn(before, "\n".join(said)))
    return found[-EARLIER:]


def failures(talk: list[Turn]) -> int:
    """How often an answer missed the need that is still open. 0 when the last message does not say that it missed."""
    return _failures(tuple(talk))


@lru_cache(maxsize=64)
def _failures(talk: tuple[Turn, ...]) -> int:
    """Remembered, because it is asked for twice while a turn is read."""
    answers = [fold(turn.before) for turn in talk]
    missed = [_missed(talk, answers, i) for i in range(len(talk))]
    return sum(missed) if missed[-1] else 0


def _missed(talk: tuple[Turn, ...], answers: list[str], i: int) -> bool:
    turn = talk[i]
    if not turn.before:
        return False
    if total(signs(turn.said, "feedback"), "solved") >= 1.0:
        return False
    if answers[i] in answers[:i]:
        return True
    if total(signs(turn.said, "feedback"), "missed") >= 1.0:
        return True
    return any(alike(turn.said, earlier.said) >= SAME_QUESTION for earlier in talk[:i])


@lru_cache(maxsize=8192)
def alike(one: str, other: str) -> float:
    """Terms in common over all terms, 0 to 1; 0 for messages of a word or two, which repeat by nature ("ok", 「好的」).
    Remembered, because the same messages of a talk are compared with each other at every turn."""
    a, b = set(terms(one)), set(terms(other))
    if min(len(a), len(b)) < 4:
        return 0.0
    return len(a & b) / len(a | b)
