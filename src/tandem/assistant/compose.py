"""Composing and translating by a language model: what the assistant needs of one, whichever it is."""

from collections.abc import Callable
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from tandem.assistant.piece import Evidence, Heard
from tandem.assistant.skills.port import Lang, Skill
from tandem.assistant.triage.model import Reason
from tandem.infra.settings import Settings
from tandem.timeline.model import Source

Api = Literal["openai", "anthropic"]

UNNAMED: Reason = "special_request"
"""The reason of a model that calls a person and names none."""


class ModelSettings(Struct, frozen=True):
    """`seconds` is for a whole answer, waiting for a free place included; past it the ready-made words are used. `mask`: what is
    personal is replaced before it leaves."""

    url: str
    key: str
    model: str
    seconds: float = 20.0
    concurrency: int = 16
    api: Api = "openai"
    mask: bool = False


def model_settings(settings: Settings) -> ModelSettings | None:
    """None where no language model is set."""
    if not settings.llm_url:
        return None
    return ModelSettings(
        settings.llm_url, settings.llm_key, settings.llm_model, settings.llm_timeout, settings.llm_concurrency,
        settings.llm_api, settings.llm_mask,
    )  # fmt: skip


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
        self, heard: Heard, evidence: tuple[Evidence, ...], on_draft: Callable[[str], None],
        skills: tuple[Offered, ...] = (), colleague: UUID | None = None,
    ) -> Composed:  # fmt: skip
        """`colleague`: who asks for it, if it is not for a customer. Never raises: whatever goes wrong is a `Composed` of "none" with the
        cause in its trace."""
        ...

    async def translate(self, text: str, into: Lang, customer: str, colleague: UUID) -> str | None:
        """`customer`: the name of whoever said it or will read it; `colleague`: who asks for it. None when nothing faithful could be had. Never raises."""
        ...
