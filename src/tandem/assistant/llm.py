"""A language model behind an OpenAI-compatible or Anthropic endpoint. Imported only where one is configured: the library costs a
second to load."""

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable
from importlib import resources
from typing import Any, Literal, TypeVar
from uuid import UUID

from anthropic import AsyncAnthropic
from msgspec import Struct
from msgspec.structs import replace
from openai import AsyncOpenAI
from pydantic import BaseModel
from pydantic_ai import Agent, PromptedOutput
from pydantic_ai.models import Model
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider

from tandem.assistant.compose import Composed, ModelSettings, Offered
from tandem.assistant.faithful import lost
from tandem.assistant.grounding import objection, repeats, shown_so_far, ungrounded
from tandem.assistant.masking import Mask, NoMask, bare, unknown_placeholder, whole
from tandem.assistant.meter import Meter
from tandem.assistant.piece import Evidence, Heard
from tandem.assistant.skills.breaker import Breaker
from tandem.assistant.skills.port import Lang
from tandem.assistant.tampering import without_orders
from tandem.assistant.triage.model import Reason
from tandem.timeline.model import Message

PROMPT = "compose.v2.md"
TRANSLATE = "translate.v1.md"
_HISTORY = 8
_LONGEST_TURN = 600
_LONGEST_SOURCE = 2000
_LONGEST_ARGUMENT = 200
_REMEMBERED, _REMEMBERED_SECONDS = 1000, 600.0

T = TypeVar("T")


class Written(BaseModel):
    """What the model returns. The text comes last, so that while it is being written it is known what it is."""

    decision: Literal["answer", "look_up", "clarify", "hand_off", "none"] = "none"
    reason: Reason | None = None
    cites: list[str] = []
    skill: str | None = None
    arguments: dict[str, str] = {}
    text: str = ""


class Rejected(Exception):
    """The model wrote something that may not be shown."""


class _Asking(Struct, frozen=True):
    """One question to the model: what it is told, what of that it may rest on (masked as it is told), the mask, and the
    colleague whom it is for, if it is not for a customer."""

    heard: Heard
    given: dict[str, Evidence]
    skills: dict[str, Offered]
    mask: Mask
    told: str
    colleague: UUID | None


class HostedModel:
    """One call a turn, streamed. Close it when done. `meter` counts tokens and holds the day's budget."""

    def __init__(self, settings: ModelSettings, meter: Meter | None = None, ticks: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._meter = meter
        self._ticks = ticks
        self._breaker = Breaker(ticks)
        self._places = asyncio.Semaphore(settings.concurrency)
        self._known: OrderedDict[str, tuple[float, Written]] = OrderedDict()
        self._translated: OrderedDict[str, str] = OrderedDict()
        self._instructions = resources.files("tandem.assistant.prompts").joinpath(PROMPT).read_text("utf-8")
        self._client, model = _client(settings)
        self._agent = Agent(
            model, output_type=PromptedOutput(Written), instructions=self._instructions, retries=0, model_settings={"temperature": 0.0}
        )  # fmt: skip

        wanted = resources.files("tandem.assistant.prompts").joinpath(TRANSLATE).read_text("utf-8")
        self._translator = Agent(model, instructions=wanted, retries=0, model_settings={"temperature": 0.0})

    async def close(self) -> None:
        await self._client.close()

    def forget(self) -> None:
        """What was asked before is asked anew."""
        self._known.clear()

    async def translate(self, text: str, into: Lang, customer: str, colleague: UUID) -> str | None:
        """`customer`: the name of whoever said it or will read it; `colleague`: who asks. None when nothing faithful came of it: an error,
        a time-out, the day's budget or his share of it, a number that got lost. Never raises."""
        mask = Mask((customer,)) if self._settings.mask else NoMask()
        told = json.dumps({"into": into, "text": mask.hide(text)}, ensure_ascii=False)
        found = self._translated.get(told)
        if found is None:
            if (self._meter and self._meter.exhausted(colleague)) or not self._breaker.may_try():
                return None
            try:
                found = await self._counted(lambda: self._rendered(told, colleague))
            except Exception:  # a model may fail in any way; the original is there all the same
                return None
        translated = mask.restore(found.strip())
        if lost(text, translated) or unknown_placeholder(translated):
            return None
        self._translated[told] = found
        if len(self._translated) > _REMEMBERED:
            self._translated.popitem(last=False)
        return translated

    async def _rendered(self, told: str, colleague: UUID) -> str:
        async with self._translator.run_stream(told) as run:
            try:
                return await run.get_output()
            finally:
                self._note(input_tokens=run.usage.input_tokens, output_tokens=run.usage.output_tokens, colleague=colleague)

    async def compose(
        self, heard: Heard, evidence: tuple[Evidence, ...], on_draft: Callable[[str], None],
        skills: tuple[Offered, ...] = (), colleague: UUID | None = None,
    ) -> Composed:  # fmt: skip
        """Never raises: whatever goes wrong is a `Composed` of "none", and a draft that was shown is taken back."""
        asking = self._asking(heard, evidence, skills, colleague)
        trace: dict[str, object] = {"model": self._settings.model, "prompt": PROMPT, "given": asking.told}
        try:
            written = await self._answer(asking, on_draft, trace)
            trace["written"] = written.model_dump()
            return self._checked(written, asking, trace)
        except Exception as error:  # a model may fail in any way; the customer is answered all the same
            on_draft("")
            return Composed("none", trace=trace | {"error": f"{type(error).__name__}: {str(error)[:200]}"})

    def _asking(self, heard: Heard, evidence: tuple[Evidence, ...], skills: tuple[Offered, ...], colleague: UUID | None) -> _Asking:
        mask = Mask((heard.context.customer.name,)) if self._settings.mask else NoMask()
        given = {
            f"s{place}": replace(it, text=mask.hide(without_orders(it.text[:_LONGEST_SOURCE])))
            for place, it in enumerate(evidence, start=1)
        }
        offered = {it.name: it for it in skills}
        return _Asking(heard, given, offered, mask, _told(heard, given, offered, mask), colleague)

    async def _answer(self, asking: _Asking, on_draft: Callable[[str], None], trace: dict[str, object]) -> Written:
        key = hashlib.sha256(f"{self._settings.model}\n{PROMPT}\n{asking.told}".encode()).hexdigest()
        known = self._known.get(key)
        if known and self._ticks() - known[0] < _REMEMBERED_SECONDS:
            trace["cached"] = True
            self._note(cached=True)
            return known[1]
        if self._meter and self._meter.exhausted(asking.colleague):
            raise Rejected("the day's budget is used up")
        if not self._breaker.may_try():
            raise Rejected("not asked: the model has been failing")
        written = await self._metered(asking, on_draft, trace)
        self._known[key] = (self._ticks(), written)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return written

    async def _metered(self, asking: _Asking, on_draft: Callable[[str], None], trace: dict[str, object]) -> Written:
        return await self._counted(lambda: self._write(asking, on_draft, trace))

    async def _counted(self, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """One call among so many at once, within its time, of a model that may be down. It begins when there is room for it."""
        try:
            async with asyncio.timeout(self._settings.seconds), self._places:
                done = await call()
        except Rejected:
            self._breaker.succeeded()  # it answers; that what it says is not used is another matter
            raise
        except BaseException:
            self._breaker.failed()
            self._note(failed=True)
            raise
        self._breaker.succeeded()
        return done

    async def _write(self, asking: _Asking, on_draft: Callable[[str], None], trace: dict[str, object]) -> Written:
        """Shows an answer as it grows. Raises `Rejected` at the first thing in it that no source holds."""
        written, shown = Written(), ""
        known = _text_of(asking.given.values())
        async with self._agent.run_stream(asking.told) as run:
            try:
                async for written in run.stream_output(debounce_by=None):
                    draft = whole(shown_so_far(written.text)) if written.decision == "answer" else ""
                    if not draft or draft == shown:
                        continue
                    wrong = ungrounded(bare(draft), known) or ("the instructions" if repeats(draft, self._instructions) else None)
                    if wrong:
                        raise Rejected(wrong)
                    shown = draft
                    on_draft(asking.mask.restore(draft))
            finally:
                used = run.usage
                trace["tokens"] = {"input": used.input_tokens, "output": used.output_tokens}
                self._note(input_tokens=used.input_tokens, output_tokens=used.output_tokens, colleague=asking.colleague)
        return written

    def _note(
        self,
        *,
        input_tokens: int = 0,
        output_tokens: int = 0,
        failed: bool = False,
        cached: bool = False,
        colleague: UUID | None = None,
    ) -> None:
        if self._meter:
            self._meter.note(
                self._settings.model, input_tokens=input_tokens, output_tokens=output_tokens, failed=failed, cached=cached,
                colleague=colleague,
            )  # fmt: skip

    def _checked(self, written: Written, asking: _Asking, trace: dict[str, object]) -> Composed:
        """Raises `Rejected`."""
        if written.decision == "hand_off":
            return Composed("hand_off", reason=written.reason, trace=trace)
        if written.decision == "none":
            return Composed("none", trace=trace)
        if written.decision == "look_up":
            return _look_up(written, asking, trace)
        cited = [asking.given[id] for id in dict.fromkeys(written.cites) if id in asking.given]
        if len(cited) != len(set(written.cites)):
            raise Rejected("cites what was not given")
        if written.decision == "answer" and not cited:
            raise Rejected("cites nothing")
        wrong = objection(bare(written.text), _text_of(cited or asking.given.values()), asking.heard.lang)
        if wrong or repeats(written.text, self._instructions):
            raise Rejected(wrong or "repeats the instructions")
        text = asking.mask.restore(written.text.strip())
        if unknown_placeholder(text):
            raise Rejected("a placeholder that was not given")
        return Composed(written.decision, text, sources=tuple(dict.fromkeys(it.source for it in cited)), trace=trace)


def _client(settings: ModelSettings) -> tuple[AsyncOpenAI | AsyncAnthropic, Model]:
    key = settings.key or "none"
    if settings.api == "anthropic":
        theirs = AsyncAnthropic(
            base_url=settings.url, api_key=key, max_retries=0, timeout=settings.seconds, default_headers={"X-Api-Key": key}
        )  # fmt: skip
        return theirs, AnthropicModel(settings.model, provider=AnthropicProvider(anthropic_client=theirs))
    client = AsyncOpenAI(base_url=settings.url, api_key=key, max_retries=0, timeout=settings.seconds)
    return client, OpenAIChatModel(settings.model, provider=OpenAIProvider(openai_client=client))


def _told(heard: Heard, given: dict[str, Evidence], skills: dict[str, Offered], mask: Mask) -> str:
    """All that the model is told of this turn, as JSON: a customer's or an article's words can't pass for instructions."""
    said = [(entry.by.kind, entry.body.text) for entry in heard.context.history if isinstance(entry.body, Message)]
    told: dict[str, object] = {
        "language": heard.lang,
        "question": mask.hide(heard.text[:2000]),
        "history": [{"who": who, "said": mask.hide(text[:_LONGEST_TURN])} for who, text in said[-_HISTORY:]],
        "sources": [{"id": id, "title": it.source.title, "text": it.text} for id, it in given.items()],
    }
    if skills:
        told["skills"] = [_described(it, heard) for it in skills.values()]
    return json.dumps(told, ensure_ascii=False)


def _described(offered: Offered, heard: Heard) -> dict[str, object]:
    skill = offered.skill
    return {
        "name": offered.name,
        "does": f"{skill.title.to(heard.lang)}. {skill.description}".strip(),
        "arguments": {
            it.name: {"what": it.title.to(heard.lang), "kind": it.kind}
            | ({"one_of": [o.value for o in it.options]} if it.options else {})
            for it in skill.slots
            if it.given_by == "customer"
        },
    }


def _look_up(written: Written, asking: _Asking, trace: dict[str, object]) -> Composed:
    """Raises `Rejected`."""
    if written.skill not in asking.skills:
        raise Rejected("a skill that was not offered")
    asked = {it.name for it in asking.skills[written.skill].skill.slots if it.given_by == "customer"}
    restored = {name: asking.mask.restore(value)[:_LONGEST_ARGUMENT] for name, value in written.arguments.items() if name in asked}
    arguments = {name: value for name, value in restored.items() if not unknown_placeholder(value)}
    return Composed("look_up", skill=written.skill, arguments=arguments, trace=trace)


def _text_of(evidence: Iterable[Evidence]) -> str:
    return "\n".join(f"{it.source.title}\n{it.text}" for it in evidence)
