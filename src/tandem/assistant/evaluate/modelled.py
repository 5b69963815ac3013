"""The language model in a judging: asked as at work, and what came of it counted."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from tandem.assistant.compose import Composed, Offered
from tandem.assistant.evaluate.report import ModelCalls
from tandem.assistant.evaluate.searching import Minds
from tandem.assistant.meter import Meter
from tandem.assistant.piece import Evidence, Heard
from tandem.assistant.skills.port import Lang
from tandem.kit.clock import SystemClock

_ASKED, _FAILED = "model_asked", "model_failed"


class JudgedModel:
    """`asked`: how often; `failed`: how often nothing usable came of it, so that the assistant went on without; tokens of all calls."""

    def __init__(self, minds: Minds) -> None:
        """With a model set."""
        assert minds.model
        from tandem.assistant.llm import HostedModel  # noqa: PLC0415  # a second to load, for those who use it

        self._model = HostedModel(minds.model, Meter(SystemClock(), minds.prices))
        self._places = asyncio.Semaphore(minds.model.concurrency)  # waiting for a place is not the model's time
        self.asked = self.failed = self.input_tokens = self.output_tokens = 0

    async def compose(
        self, heard: Heard, evidence: tuple[Evidence, ...], on_draft: Callable[[str], None],
        skills: tuple[Offered, ...] = (), colleague: UUID | None = None,
    ) -> Composed:  # fmt: skip
        async with self._places:
            composed = await self._model.compose(heard, evidence, on_draft, skills, colleague)
        self.asked += 1
        self.failed += "error" in composed.trace
        tokens = composed.trace.get("tokens")
        if isinstance(tokens, dict):
            self.input_tokens += tokens["input"]
            self.output_tokens += tokens["output"]
        return composed

    async def translate(self, text: str, into: Lang, customer: str, colleague: UUID) -> str | None:
        return await self._model.translate(text, into, customer, colleague)

    def begin(self) -> None:
        """A new run asks anew: an answer that is remembered is no second try."""
        self._model.forget()

    def figures(self) -> dict[str, float | None]:
        return {_ASKED: self.asked, _FAILED: self.failed}

    def used(self) -> ModelCalls:
        return ModelCalls(self.asked, self.failed, self.input_tokens, self.output_tokens)

    async def close(self) -> None:
        await self._model.close()


@asynccontextmanager
async def judged_model(minds: Minds) -> AsyncIterator[JudgedModel | None]:
    """None where none is set."""
    model = JudgedModel(minds) if minds.model else None
    try:
        yield model
    finally:
        if model:
            await model.close()
