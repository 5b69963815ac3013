"""What triage says about a turn."""

from typing import Literal

from msgspec import Struct

Language = Literal["zh", "en", "other"]
Emotion = Literal["neutral", "happy", "confused", "anxious", "disappointed", "angry", "sad"]
Reason = Literal[
    "safety",
    "distress",
    "fraud_or_security",
    "legal_medical_finance_advice",
    "complaint",
    "vip_or_high_value",
    "bot_failed_repeatedly",
    "complex_multi_issue",
    "special_request",
    "asks_human",
    "anger",
]

PRIORITY: tuple[Reason, ...] = Reason.__args__  # type: ignore[attr-defined]
"""When several reasons hold, the first of these is the one that is told."""


class Sign(Struct, frozen=True):
    """Words of the customer that pointed to something, and how strongly; a negative weight speaks against it."""

    points_to: str
    weight: float
    words: str


class Triage(Struct, frozen=True):
    """A turn as read without a model. `language` is the customer's; None when a message has no words ("TD20260001", "👍").

    `reason` is set when a person must take over, whatever else could be said. `wish` tells whether a person was asked for
    in so many words, even when a weightier reason comes first. `urgency`: 0 nothing pending, 1 an ordinary open matter, 2 a
    deadline within days or money or work stuck, 3 harm or loss under way. `about` is false for words that carry no need of
    their own: a greeting, thanks, a bare wish for a person. `intent` is a guess at what is wanted. `offer`: not sure enough to
    hand over, but a person is to be offered beside the answer.
    """

    language: Language | None
    mixed: bool = False
    reason: Reason | None = None
    wish: bool = False
    offer: bool = False
    emotion: Emotion = "neutral"
    urgency: int = 1
    risk: tuple[str, ...] = ()
    failures: int = 0
    solved: bool = False
    about: bool = True
    intent: str | None = None
    signs: tuple[Sign, ...] = ()
    scores: dict[str, float] = {}
