"""Composing and translating by a language model: what the assistant needs of one, whichever it is."""

from collections.abc import Callable
from typing import Literal, Protocol

from msgspec import Struct

from tandem.assistant.piece import Evidence, Heard
from tandem.assistant.skills.port import Lang, Skill
from tandem.assistant.triage.model import Reason
from tandem.timeline.model import Source

UNNAMED: Reason = "special_request"
"""The reason of a model that calls a person and names none."""


class Offered(Struct, frozen=True):
    """A skill that the model may choose, by the name it is told."""

    name: str
    skill: Skill


class Composed(Struct, frozen=True):
    """What came of asking a model. "none": nothing usable (an error, a time-out, nonsense), so the ready-made words stand.

    "look_up": `skill` is one that was offered, `arguments` what the model took for its parameters, unchecked.
    """

    decision: Literal["answer", "clarify", "look_up", "hand_off", "none"]
    text: str = ""
    reason: Reason | None = None
    sources: tuple[Source, ...] = ()
    skill: str = ""
    arguments: dict[str, str] = {}
    trace: dict[str, object] = {}


class LanguageModel(Protocol):
    async def compose(
        self, heard: Heard, evidence: tuple[Evidence, ...], on_draft: Callable[[str], None], skills: tuple[Offered, ...] = ()
    ) -> Composed:
        """Never raises: whatever goes wrong is a `Composed` of "none" with the cause in its trace."""
        ...

    async def translate(self, text: str, into: Lang, customer: str) -> str | None:
        """`customer`: the name of whoever said it or will read it. None when nothing faithful could be had. Never raises."""
        ...
