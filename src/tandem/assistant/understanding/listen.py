"""Taking in a turn: the customer's words in one text, the button pressed, the language to answer in, and the questions in
it."""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from tandem.assistant.model import Context, Frame
from tandem.assistant.phrases import Lang
from tandem.assistant.piece import HUMAN, Heard
from tandem.assistant.rules.model import Settled
from tandem.assistant.skills.connected import INTENT
from tandem.assistant.triage.language import says_little
from tandem.assistant.triage.model import Triage
from tandem.assistant.triage.read import triage
from tandem.assistant.triage.table import signs, total
from tandem.assistant.understanding.entities import Entities, entities
from tandem.knowledge.model import ARTICLE
from tandem.knowledge.words import fold, terms
from tandem.timeline.model import Entry, Message

SMALL_TALK = ("greeting", "thanks", "acknowledged", "goodbye", "who_are_you")
ACTS = ("cancel_order", "change_address", "return_order", "refund_order")
"""What may be done to an order."""
SKILLS = ("order_status", "product_stock", "product_price", "product_info", "delivery_estimate", *ACTS)
MOST_QUESTIONS = 3
"""Answered at once. More would make a wall of text; the rest are named and asked for again."""
_BETWEEN = re.compile(
    r"(?<=[?？。！!;；\n])|(?=另外|还有一?个?问题|顺便问|对了[,，])|(?<=[,，、])(?=还有|顺便|以及|再问)|"
    r"(?:[,.] |\s)(?=also,? |another question|one more (?:thing|"
    r"question)|and also |and (?:do|can|is|are|how|what|when|where|will|does|could) )|(?:^|(?<=\s))[1-9][.、)]\s?"
)
_JOINT = re.compile(
    r"^(?:另外|还有|顺便(?:问)?(?:一下)?|以及|再问(?:一下)?|对了|(?:and )?also\b|and (?=how|what|when|where))[,， ]*", re.IGNORECASE
)
_PLACES = tuple(
    re.compile(rf"(?:选|要|就)?第?[{han}{digit}](?:个|条|款|单)?|(?:the )?{word}(?: one)?|option {digit}|#{digit}")
    for digit, (han, word) in enumerate((("一", "first"), ("二", "second"), ("三", "third"), ("四", "fourth")), start=1)
)
_YES = re.compile(r"(?:是的?|对的?|没错|嗯+|就是(?:这个)?|yes|yep|yeah|that'?s it|that one)(?:[ ,，]*(?:谢谢|please|thanks))?")
_SHORTEST_QUESTION = 3
_SHORT_WISH = 14


def listen(context: Context, settled: Settled | None = None) -> Heard:
    """The turn as one text. What was said by pressing a button is not read for feelings: the words on it are ours."""
    messages = [entry.body for entry in context.heard if isinstance(entry.body, Message)]
    typed = tuple(entry for entry in context.heard if isinstance(entry.body, Message) and entry.body.choice is None)
    choice = (messages[-1].choice or named_choice(context, messages[-1].text)) if messages else None
    seen = triage(replace(context, heard=typed), settled or Settled()) if typed else Triage(language=None)
    if choice == HUMAN or any(message.choice == HUMAN for message in messages):
        seen = replace(seen, reason=seen.reason or "asks_human", wish=True)
    text = "\n".join(_texts(typed))
    lang = language_to_answer(context, seen, text)
    frame = context.memory.frame
    named = entities(text, asked=frame.asked if frame else None)
    if seen.reason == "bot_failed_repeatedly" and frame and _gives(named, frame):
        seen = replace(seen, reason=None, risk=())
    wants = intents(text)
    seen = replace(seen, language=seen.language or lang, about=_about(seen, text, wants), intent=_guess(wants))
    return Heard(context, text, lang, seen, named, context.memory, choice)


def named_choice(context: Context, said: str) -> str | None:
    """The button that somebody types instead of pressing it: by its label, by its place (「第二个」, "the first one"), or with a yes to
    the one article that was asked about."""
    last = next((it.body for it in reversed(context.history) if isinstance(it.body, Message) and it.by.kind == "assistant"), None)
    if last is None or not last.choices:
        return None
    typed = fold(said).strip(" .!?\u3002")
    place = next((place for place, pattern in enumerate(_PLACES) if pattern.fullmatch(typed)), None)
    if place is not None and place < len(last.choices):
        return last.choices[place].value
    articles = [it.value for it in last.choices if it.value.startswith(ARTICLE)]
    if len(articles) == 1 and last.choices[-1].value == HUMAN and not last.sources and _YES.fullmatch(typed):
        return articles[0]
    return next((it.value for it in last.choices if fold(it.label).strip(" .!?\u3002") == typed), None)


def language_to_answer(context: Context, seen: Triage, text: str) -> Lang:
    """The asker's own; for words in none of ours, and for bare numbers, the one he used before, else his locale's."""
    if seen.language == "en" and context.memory.language == "zh" and says_little(text):
        return "zh"
    if seen.language in ("zh", "en"):
        return seen.language
    return context.memory.language or ("zh" if context.customer.locale.lower().startswith("zh") else "en")


def only_files(context: Context) -> bool:
    """Whether files came without a word."""
    messages = [entry.body for entry in context.heard if isinstance(entry.body, Message)]
    return any(message.attachments for message in messages) and not any(
        message.text.strip() or message.choice for message in messages
    )


def has_files(context: Context) -> bool:
    return any(isinstance(entry.body, Message) and entry.body.attachments for entry in context.heard)


def intents(text: str) -> dict[str, float]:
    """How strongly a text points to each skill and to each kind of small talk; below 0 where it points away."""
    found = signs(text.strip(), "intents")
    return {name: score for name in sorted({sign.points_to for sign in found}) if (score := round(total(found, name), 2))}


def questions(heard: Heard) -> list[str]:
    """The parts of a message that may each be a question of its own."""
    parts = [part.strip() for part in _BETWEEN.split(heard.text) if part]
    if len(parts) > 1:
        parts = [_JOINT.sub("", part) for part in parts]
    return [part for part in parts if len([t for t in terms(part) if not t.startswith("§")]) >= _SHORTEST_QUESTION]


def part_of(heard: Heard, text: str) -> Heard:
    """One of the questions, to be answered by itself."""
    frame = heard.memory.frame
    return replace(heard, text=text, named=entities(text, asked=frame.asked if frame else None), choice=None)


def _gives(named: Entities, frame: Frame) -> bool:
    """Whether the customer gives what he was asked for: being asked for it again is then no answer that failed."""
    if (frame.intent in ACTS or frame.intent.startswith(INTENT)) and frame.asked not in (None, "order", "digits"):
        return True
    return bool({"order": named.orders, "digits": named.digits or named.orders, "city": named.place}.get(frame.asked or ""))


def _texts(entries: Iterable[Entry]) -> list[str]:
    return [entry.body.text for entry in entries if isinstance(entry.body, Message) and entry.body.text.strip()]


def _about(seen: Triage, text: str, wants: dict[str, float]) -> bool:
    """False for words that carry no need of their own."""
    if not text.strip() or any(wants.get(name, 0) >= 1.0 for name in SMALL_TALK):
        return False
    return not (seen.reason == "asks_human" and len(terms(text)) <= _SHORT_WISH)


def _guess(wants: dict[str, float]) -> str | None:
    best = max(wants, key=lambda name: wants[name], default=None)
    return best if best and wants[best] > 0 else None
