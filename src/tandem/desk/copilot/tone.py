"""The way to say it: by the emotion that was seen, in the customer's language."""

from tandem.desk.copilot.model import Tone
from tandem.kit.errors import Language

_BY_EMOTION: dict[str, Tone] = {
    "angry": "apologetic", "disappointed": "apologetic", "anxious": "calming", "sad": "warm", "confused": "step_by_step",
}  # fmt: skip
# An apology never stands alone: what is done about it follows in the same message.
_OPENERS: dict[Language, dict[Tone, str]] = {
    "zh": {
        "plain": "", "apologetic": "让您遇到这样的事，是我们没做好，我现在就为您处理。", "calming": "我明白您着急，直接说结果。",
        "warm": "辛苦您了，接下来交给我。", "step_by_step": "我一步一步说，您照着做就行。",
    },
    "en": {
        "plain": "", "apologetic": "I'm sorry this happened. I'm on it now, and here's what we can do.",
        "calming": "I know this is urgent, so straight to the point.", "warm": "I'm sorry you've had this on top of everything. I'll take it from here.",
        "step_by_step": "Let me go through it step by step.",
    },
}  # fmt: skip


def tone_for(emotion: str | None) -> Tone:
    return _BY_EMOTION.get(emotion or "", "plain")


def in_tone(text: str, tone: Tone, language: Language) -> str:
    opener = _OPENERS[language][tone]
    return f"{opener}\n{text}" if opener else text
