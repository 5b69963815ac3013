"""What the parts of the assistant hand to each other: the turn as heard, and a piece of a reply."""

from msgspec import Struct

from tandem.assistant.model import Context, Decision, Memory
from tandem.assistant.phrases import Lang, say
from tandem.assistant.triage.model import Triage
from tandem.assistant.understanding.entities import Entities
from tandem.timeline.model import Attachment, Body, Card, Choice, Source

HUMAN = "human"
REPHRASE = "rephrase"


class Heard(Struct, frozen=True):
    """What the customer said in this turn, or one of several questions in it. `choice` is the value of a button pressed."""

    context: Context
    text: str
    lang: Lang
    triage: Triage
    named: Entities
    memory: Memory
    choice: str | None = None


class Evidence(Struct, frozen=True):
    """A text that an answer may rest on, and what the customer is shown as its source."""

    source: Source
    text: str


class Piece(Struct, frozen=True):
    """One answer within a reply. `memory` is what to remember after it. `missed`: it did not give what was wanted.

    `before` are the entries that come before the message. A language model may word the piece anew only if it has `evidence`.
    """

    decision: Decision
    text: str
    memory: Memory
    before: tuple[Body, ...] = ()
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missed: bool = False
    reason: str | None = None
    attachments: tuple[Attachment, ...] = ()


def person_choice(lang: Lang, key: str = "person") -> Choice:
    """The button that asks for a person."""
    return Choice(say(lang, key), HUMAN)


def ways_on(lang: Lang) -> tuple[Choice, ...]:
    """What is offered when there is no answer."""
    return Choice(say(lang, "rephrase"), REPHRASE), person_choice(lang)


def silent(heard: Heard, key: str, memory: Memory, before: tuple[Body, ...]) -> Piece:
    """The business system did not answer: said plainly, with a person as a way on. It is nobody's failed answer."""
    return Piece("look_up", say(heard.lang, key), memory, before, choices=(person_choice(heard.lang),))
