"""What is said when a person takes over."""

from tandem.assistant.model import Memory
from tandem.assistant.phrases import say
from tandem.assistant.piece import Heard, Piece
from tandem.timeline.model import Message, SkillCalled


def hand_over(heard: Heard, reason: str, memory: Memory) -> Piece:
    """The customer is told that a person comes and what was passed on. No times: nobody here knows them."""
    key = "hand_off_self_harm" if reason == "safety" and _means_himself(heard) else f"hand_off_{reason}"
    found = say(heard.lang, "found") if _looked_up(heard) else ""
    text = say(heard.lang, key)
    if _told_something(heard):
        text += ("" if heard.lang == "zh" else " ") + say(heard.lang, "passed_on", found=found)
    return Piece("hand_off", text, memory, reason=reason)


def _means_himself(heard: Heard) -> bool:
    return any(sign.points_to == "self_harm" for sign in heard.triage.signs)


def _looked_up(heard: Heard) -> bool:
    return any(isinstance(entry.body, SkillCalled) and entry.body.outcome == "ok" for entry in heard.context.history)


def _told_something(heard: Heard) -> bool:
    """Whether there is anything to pass on beyond the wish itself."""
    said = any(entry.by.kind == "customer" and isinstance(entry.body, Message) for entry in heard.context.history)
    return said or heard.triage.about
