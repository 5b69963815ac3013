"""Triage: one reading of a turn. The cue tables are the hard triggers; the statistical reader adds what they have no words for.
No language model, no I/O."""

from typing import get_args

from tandem.assistant.model import Context
from tandem.assistant.rules.model import GIVEN, Settled
from tandem.assistant.tampering import without_orders
from tandem.assistant.triage.language import language_of
from tandem.assistant.triage.model import PRIORITY, Emotion, Reason, Sign, Triage
from tandem.assistant.triage.reader import ANSWERS_THAT_MAY_MISS, ENOUGH, Reading, read, reader
from tandem.assistant.triage.stakes import stakes
from tandem.assistant.triage.table import signs, total
from tandem.assistant.triage.talk import Turn, failures, turns
from tandem.knowledge.words import fold

_UNSETTLED = Settled()
LASTING: tuple[Reason, ...] = (
    "safety",
    "fraud_or_security",
    "vip_or_high_value",
    "complex_multi_issue",
    "special_request",
    "distress",
)
"""What was said earlier still counts for these: a gold member does not say so in every message."""
LASTS = 0.5
STILL_MEANT = 0.3
"""...but only while the new message is about it too."""
WORTH_MORE_ATTENTION = ("platinum", "diamond", "vip", "svip", "black", "黑金", "钻石", "铂金", "白金")


def triage(context: Context, settled: Settled = _UNSETTLED) -> Triage:
    """Read what was just heard, in the light of what was said before. `settled`: what administrators changed."""
    talk = turns(context.history, context.heard)
    said = talk[-1].said
    language, mixed = language_of(said)
    own = settled.signs(said)
    found = (*signs(said), *stakes(said), *_shouting(said), *_from_tier(context, said), *own)
    missed = failures(talk)
    scores = _scores(found, talk, missed)
    given = {reason for reason in PRIORITY if scores.get(reason, 0.0) >= settled.needs(reason)}
    reading = read(talk) if language else None
    if reading and reading.sure and without_orders(said) and not _spoken_against(reading.reason, own, found):
        given.add(reading.reason)
    reasons = tuple(reason for reason in PRIORITY if reason in given and settled.way(reason) == "hand_over")
    offered = any(settled.way(reason) == "offer" for reason in given)
    return Triage(
        language=language,
        mixed=mixed,
        reason=reasons[0] if reasons else None,
        wish=scores.get("asks_human", 0.0) >= settled.needs("asks_human"),
        offer=not reasons and (offered or _perhaps(reading, given, settled)),
        emotion=_emotion(said, scores, reading),
        urgency=_urgency(said, reasons),
        risk=tuple(reason for reason in reasons if reason != "asks_human"),
        failures=missed,
        solved=total(signs(said, "feedback"), "solved") >= GIVEN and not reasons,
        signs=(*found, *(reading.signs if reading and reading.needed >= reader().offer else ())),
        scores=scores | ({"needed": round(reading.needed, 3)} if reading else {}),
    )


def _perhaps(reading: Reading | None, given: set[Reason], settled: Settled) -> bool:
    """Not sure enough to hand over, but a person is to be offered; not for what administrators chose to leave aside."""
    if reading is None or reading.needed < reader().offer:
        return False
    return settled.way(reading.reason) != "ignore" and not any(settled.way(reason) == "ignore" for reason in given)


def _spoken_against(reason: Reason, own: tuple[Sign, ...], found: tuple[Sign, ...]) -> bool:
    """By the words of the house, or, where nobody may come to harm, by all that was found."""
    return total(own, reason) < 0 or (reason not in ENOUGH and total(found, reason) < 0)


def _scores(found: tuple[Sign, ...], talk: list[Turn], missed: int) -> dict[str, float]:
    scores: dict[str, float] = {reason: total(found, reason) for reason in PRIORITY}
    for reason in LASTING:
        if scores[reason] >= STILL_MEANT:
            scores[reason] += LASTS * max((min(GIVEN, total(signs(turn.said), reason)) for turn in talk[:-1]), default=0.0)
    scores["safety"] += total(found, "self_harm")
    scores["bot_failed_repeatedly"] = missed / ANSWERS_THAT_MAY_MISS
    scores["anger"] += _cold(scores["anger"], missed)
    return {reason: round(score, 2) for reason, score in scores.items() if score}


def _cold(anger: float, missed: int) -> float:
    """Contempt is quiet; after an answer that missed, a little of it says as much as shouting."""
    return 0.4 if anger >= 0.5 and missed else 0.0


def _shouting(said: str) -> tuple[Sign, ...]:
    letters = [c for c in said if c.isascii() and c.isalpha()]
    loud = len(letters) >= 15 and sum(c.isupper() for c in letters) / len(letters) > 0.7
    return (Sign("anger", 0.6, "capitals"),) if loud else ()


def _from_tier(context: Context, said: str) -> tuple[Sign, ...]:
    """A customer of the top tier with an open problem is worth a person sooner."""
    tier = fold(context.customer.tier or "")
    valued = any(word in tier for word in WORTH_MORE_ATTENTION)
    troubled = total(signs(said), "anger") >= 0.5 or total(signs(said, "emotion"), "disappointed") >= GIVEN
    return (Sign("vip_or_high_value", 1.0, tier),) if valued and troubled else ()


def _emotion(said: str, scores: dict[str, float], reading: Reading | None) -> Emotion:
    """The reader's, which weighs the cues of a mood too; words that it does not read, such as a lone emoji, by the cues."""
    if scores.get("anger", 0.0) >= GIVEN:
        return "angry"
    if reading:
        return reading.emotion
    found = signs(said, "emotion")
    felt = {name: total(found, name) for name in get_args(Emotion)}
    felt["angry"] += scores.get("anger", 0.0)  # too little to hand over for, enough to be seen
    felt["sad"] += scores.get("distress", 0.0) / 2
    felt["anxious"] += max(scores.get("safety", 0.0), scores.get("fraud_or_security", 0.0)) / 2
    strongest: Emotion = max(get_args(Emotion), key=lambda name: felt[name])
    return strongest if felt[strongest] >= 0.5 else "neutral"


def _urgency(said: str, reasons: tuple[Reason, ...]) -> int:
    found = signs(said, "urgency")
    if {"safety", "fraud_or_security"} & set(reasons) or total(found, "now") >= GIVEN:
        return 3
    if "distress" in reasons or total(found, "soon") >= GIVEN:
        return 2
    return 0 if not reasons and total(signs(said, "feedback"), "solved") >= GIVEN else 1
