"""Rules of triage on top of the cue tables: what they may say, and what no rule may take away."""

import re
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.assistant.triage.model import PRIORITY, Reason, Sign
from tandem.kit.errors import InvalidInput
from tandem.kit.text import clean
from tandem.knowledge.words import fold

Way = Literal["hand_over", "offer", "ignore"]

KEPT: tuple[Reason, ...] = (
    "safety",
    "distress",
    "fraud_or_security",
    "legal_medical_finance_advice",
    "complaint",
    "asks_human",
)
"""No rule suppresses these: they always bring a person, and words can only make them be heard sooner."""
GIVEN = 1.0
"""The sum of weights at which a reason is taken as given, unless a rule says otherwise."""
_NEEDS = (0.5, 2.0)
_WEIGHTS = (-2.0, 2.0)
_MOST_WORDS, _LONGEST = 300, 60
_ASCII = re.compile(r"[\x20-\x7e]+")


class Word(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that speak for a reason (weight above 0; 1 is enough by itself) or against it (below 0)."""

    words: str
    reason: Reason
    weight: float


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """`ways`: what follows from a reason, hand over where nothing is said. `needs`: the sum of weights that it takes; less means that
    it is heard sooner."""

    words: tuple[Word, ...] = ()
    ways: dict[Reason, Way] = {}
    needs: dict[Reason, float] = {}


class RulesVersion(Struct, frozen=True):
    version: int
    at: datetime
    by_name: str
    note: str
    rules: Rules


class ReasonRule(Struct, frozen=True):
    """What may be chosen for a reason."""

    reason: Reason
    ways: tuple[Way, ...]
    most_needed: float


class RulesView(Struct, frozen=True):
    """`version` 0: nothing was changed yet."""

    version: int
    rules: Rules
    reasons: tuple[ReasonRule, ...]
    history: tuple[RulesVersion, ...]


class Outcome(Struct, frozen=True):
    """What triage makes of a turn: the reason a person takes over for, or whether one is offered."""

    reason: Reason | None
    offer: bool


class Changed(Struct, frozen=True):
    """A turn that other rules would have read otherwise. `said` ends at the customer's message `seq`."""

    conversation: UUID
    seq: int
    said: str
    before: Outcome
    after: Outcome


class Tried(Struct, frozen=True):
    """A page of conversations that were read again. `next`: where to go on; None when there are no more."""

    conversations: int
    turns: int
    changed: tuple[Changed, ...]
    next: str | None


class Settled:
    """Rules made ready to be applied at every turn."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()

    @cached_property
    def _patterns(self) -> tuple[tuple[Word, re.Pattern[str]], ...]:
        return tuple((word, _pattern(fold(word.words))) for word in self.rules.words)

    def signs(self, said: str) -> tuple[Sign, ...]:
        if not self.rules.words:
            return ()
        folded = fold(said)
        return tuple(Sign(word.reason, word.weight, word.words) for word, pattern in self._patterns if pattern.search(folded))

    def needs(self, reason: Reason) -> float:
        return self.rules.needs.get(reason, GIVEN)

    def way(self, reason: Reason) -> Way:
        return "hand_over" if reason in KEPT else self.rules.ways.get(reason, "hand_over")


def _pattern(words: str) -> re.Pattern[str]:
    """Latin words are whole words: "sue" is not in "issue"."""
    written = re.escape(words)
    return re.compile(rf"(?<![a-z0-9]){written}(?![a-z0-9])" if _ASCII.fullmatch(words) else written)


def ways_of(reason: Reason) -> tuple[Way, ...]:
    """What may follow from a reason. A customer whom answers did not help is at least offered a person: without it he would go in
    circles."""
    if reason in KEPT:
        return ("hand_over",)
    return ("hand_over", "offer") if reason == "bot_failed_repeatedly" else ("hand_over", "offer", "ignore")


def most_needed(reason: Reason) -> float:
    return GIVEN if reason in KEPT else _NEEDS[1]


REASONS = tuple(ReasonRule(reason, ways_of(reason), most_needed(reason)) for reason in PRIORITY)


def checked(rules: Rules) -> Rules:
    """Cleaned. Raises `InvalidInput` naming what goes too far."""
    if len(rules.words) > _MOST_WORDS:
        raise InvalidInput.field("words", f"0–{_MOST_WORDS}")
    words = tuple(dict.fromkeys(_checked_word(place, word) for place, word in enumerate(rules.words)))
    for reason, way in rules.ways.items():
        if way not in ways_of(reason):
            raise InvalidInput.field(f"ways.{reason}", ", ".join(ways_of(reason)))
    for reason, need in rules.needs.items():
        if not _NEEDS[0] <= need <= most_needed(reason):
            raise InvalidInput.field(f"needs.{reason}", f"{_NEEDS[0]}–{most_needed(reason)}")
    return Rules(words, dict(rules.ways), dict(rules.needs))


def _checked_word(place: int, word: Word) -> Word:
    written = " ".join(clean(word.words).split())
    if not 1 <= len(written) <= _LONGEST:
        raise InvalidInput.field(f"words.{place}.words", f"1–{_LONGEST}")
    lowest = 0.0 if word.reason in KEPT else _WEIGHTS[0]
    if not lowest <= word.weight <= _WEIGHTS[1] or word.weight == 0:
        raise InvalidInput.field(f"words.{place}.weight", f"{lowest}–{_WEIGHTS[1]}")
    return Word(written, word.reason, word.weight)
