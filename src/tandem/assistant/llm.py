"""A language model behind any OpenAI-compatible endpoint. Imported only where one is configured: the library costs a second
to load."""

import asyncio
import json
from collections.abc import Callable, Iterable
from importlib import resources
from typing import Literal

from msgspec import Struct
from openai import AsyncOpenAI
from pydantic import BaseModel
from pydantic_ai import Agent, PromptedOutput
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from tandem.assistant.compose import Composed
from tandem.assistant.grounding import objection, shown_so_far, ungrounded
from tandem.assistant.piece import Evidence, Heard
from tandem.assistant.triage.model import Reason
from tandem.timeline.model import Message

PROMPT = "compose.v1.md"
_HISTORY = 8
_LONGEST_TURN = 600
_LONGEST_SOURCE = 2000


class ModelSettings(Struct, frozen=True):
    """`seconds` is for a whole answer, waiting for a free place included; past it the ready-made words are used."""

    url: str
    key: str
    model: str
    seconds: float = 20.0
    concurrency: int = 16


class Written(BaseModel):
    """What the model returns. The text comes last, so that while it is being written it is known what it is."""

    decision: Literal["answer", "clarify", "hand_off", "none"] = "none"
    reason: Reason | None = None
    cites: list[str] = []
    text: str = ""


class Rejected(Exception):
    """The model wrote something that may not be shown."""


class OpenAICompatible:
    """One call a turn, streamed. Close it when done."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._places = asyncio.Semaphore(settings.concurrency)
        self._client = AsyncOpenAI(base_url=settings.url, api_key=settings.key or "none", max_retries=0, timeout=settings.seconds)
        model = OpenAIChatModel(settings.model, provider=OpenAIProvider(openai_client=self._client))
        instructions = resources.files("tandem.assistant.prompts").joinpath(PROMPT).read_text("utf-8")
        self._agent = Agent(
            model,
            output_type=PromptedOutput(Written),
            instructions=instructions,
            retries=0,
            model_settings={"temperature": 0.0},
        )

    async def close(self) -> None:
        await self._client.close()

    async def compose(self, heard: Heard, evidence: tuple[Evidence, ...], on_draft: Callable[[str], None]) -> Composed:
        """Never raises: whatever goes wrong is a `Composed` of "none", and a draft that was shown is taken back."""
        given = {f"s{place}": it for place, it in enumerate(evidence, start=1)}
        asked = _asked(heard, given)
        trace: dict[str, object] = {"model": self._settings.model, "prompt": PROMPT, "given": asked}
        try:
            async with asyncio.timeout(self._settings.seconds), self._places:
                written = await self._write(asked, given, on_draft)
            trace["written"] = written.model_dump()
            return _checked(written, given, heard, trace)
        except Exception as error:  # a model may fail in any way; the customer is answered all the same
            on_draft("")
            return Composed("none", trace=trace | {"error": f"{type(error).__name__}: {str(error)[:200]}"})

    async def _write(self, asked: str, given: dict[str, Evidence], on_draft: Callable[[str], None]) -> Written:
        """Shows an answer as it grows. Raises `Rejected` at the first thing in it that no source holds."""
        written, shown = Written(), ""
        known = _text_of(given.values())
        async with self._agent.run_stream(asked) as run:
            async for written in run.stream_output(debounce_by=None):
                draft = shown_so_far(written.text) if written.decision == "answer" else ""
                if not draft or draft == shown:
                    continue
                wrong = ungrounded(draft, known)
                if wrong:
                    raise Rejected(wrong)
                shown = draft
                on_draft(draft)
        return written


def _asked(heard: Heard, given: dict[str, Evidence]) -> str:
    """All that the model is told of this turn, as JSON: a customer's or an article's words can't pass for instructions."""
    said = [(entry.by.kind, entry.body.text) for entry in heard.context.history if isinstance(entry.body, Message)]
    return json.dumps(
        {
            "language": heard.lang,
            "question": heard.text[:2000],
            "history": [{"who": who, "said": text[:_LONGEST_TURN]} for who, text in said[-_HISTORY:]],
            "sources": [{"id": id, "title": it.source.title, "text": it.text[:_LONGEST_SOURCE]} for id, it in given.items()],
        },
        ensure_ascii=False,
    )


def _checked(written: Written, given: dict[str, Evidence], heard: Heard, trace: dict[str, object]) -> Composed:
    """Raises `Rejected`."""
    if written.decision == "hand_off":
        return Composed("hand_off", reason=written.reason, trace=trace)
    if written.decision == "none":
        return Composed("none", trace=trace)
    cited = [given[id] for id in dict.fromkeys(written.cites) if id in given]
    if len(cited) != len(set(written.cites)):
        raise Rejected("cites what was not given")
    if written.decision == "answer" and not cited:
        raise Rejected("cites nothing")
    wrong = objection(written.text, _text_of(cited or given.values()), heard.lang)
    if wrong:
        raise Rejected(wrong)
    return Composed(written.decision, written.text.strip(), sources=tuple(dict.fromkeys(it.source for it in cited)), trace=trace)


def _text_of(evidence: Iterable[Evidence]) -> str:
    return "\n".join(f"{it.source.title}\n{it.text}" for it in evidence)
