"""Golden conversations: what a customer says, turn by turn, and what must come of it. Played through the assistant that serves
customers, each several times, since what may go wrong once in three is not good enough (pass^k of Yao and others, "tau-bench", 2024).
How they are written down stands in `golden.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.assistant.evaluate.golden import Expected, Golden, Step
from tandem.assistant.evaluate.report import NOT_ASKED, Mistake, Progress, Report, reported, unwatched
from tandem.assistant.evaluate.stage import Stage
from tandem.assistant.model import Context, Customer, Memory, Page, Reply, memory_from
from tandem.knowledge.words import fold
from tandem.timeline.model import Author, AuthorKind, Body, Entry, Message, SkillCalled, Verified

_NOBODY = UUID(int=0)
_BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Failure(Struct, frozen=True):
    """`step` counts from 1; 0 is the end state."""

    dialogue: str
    run: int
    step: int
    said: str
    why: str


class Judged(Struct, frozen=True):
    """`passed`: share of all runs without a fault; `passed_every_time`: share of the conversations without one in any run. Of the language
    model, where one is set: how often it was asked, and how often nothing usable came of it."""

    dialogues: int
    repeats: int
    passed: float
    passed_every_time: float
    failures: tuple[Failure, ...]
    model_asked: int | None = None
    model_failed: int | None = None


async def judge(goldens: Sequence[Golden], stage: Stage, repeats: int, progress: Progress = unwatched) -> Judged:
    """Play each `repeats` times, each time from the beginning. Raises `StageFailed`."""
    failures: list[Failure] = []
    runs = len(goldens) * repeats
    for place, golden in enumerate(goldens):
        for run in range(1, repeats + 1):
            progress(place * repeats + run - 1, runs)
            played = _Played(golden, stage, await stage.begin())
            failures += [Failure(golden.name, run, step, said, why) for step, said, why in await played.faults()]
    bad_runs = {(it.dialogue, it.run) for it in failures}
    bad = {it.dialogue for it in failures}
    asked = (stage.model.asked, stage.model.failed) if stage.model else (None, None)
    passed, every_time = round(1 - len(bad_runs) / runs, 4), round(1 - len(bad) / len(goldens), 4)
    return Judged(len(goldens), repeats, passed, every_time, tuple(failures), *asked)


async def report(goldens: Sequence[Golden], stage: Stage, repeats: int, progress: Progress) -> Report:
    """The same as figures, with the faults as mistakes. Raises `StageFailed`."""
    judged = await judge(goldens, stage, repeats, progress)
    figures: dict[str, float | None] = {
        "dialogues": judged.dialogues,
        "repeats": repeats,
        "passed": judged.passed,
        "passed_every_time": judged.passed_every_time,
    }
    if stage.model:
        figures |= stage.model.figures()
    faults = (Mistake(f"{it.dialogue} · {it.step} · {it.run}/{repeats}", it.said, "", it.why) for it in judged.failures)
    return reported(figures, faults, stage.model.used() if stage.model else NOT_ASKED)


class _Played:
    """One run of a conversation: keeps the timeline and the memory between turns, as the desk would."""

    def __init__(self, golden: Golden, stage: Stage, known: Mapping[str, str]) -> None:
        self._golden, self._stage, self._assistant = golden, stage, stage.assistant()
        self._known = {**known, **golden.given}
        self._entries: list[Entry] = []
        self._memory = Memory()
        self._now = _BEGIN
        self._owner: Literal["assistant", "queue"] = "assistant"

    async def faults(self) -> list[tuple[int, str, str]]:
        """The step, what was said in it, and what is wrong."""
        found: list[tuple[int, str, str]] = []
        for place, step in enumerate(self._golden.steps, start=1):
            said = self._said(step)
            if said is None:
                return [*found, (place, "", f"there is no button {self._filled(step.presses)!r} to press")]
            reply = await self._turn(said)
            found += [(place, said.text, why) for why in _faults(self._expected(step), reply)]
        return found + [(0, "", why) for why in await self._faults_at_the_end()]

    def _said(self, step: Step) -> Message | None:
        if step.says:
            return Message(self._filled(step.says))
        last = next((it.body for it in reversed(self._entries) if isinstance(it.body, Message) and it.by.kind == "assistant"), None)
        choice = next((it for it in last.choices if self._filled(step.presses) in it.label), None) if last else None
        return Message(choice.label, choice=choice.value) if choice else None

    async def _turn(self, said: Message) -> Reply:
        history = tuple(self._entries)
        heard = (self._append("customer", said),)
        golden = self._golden
        customer = Customer(_NOBODY, "", golden.locale, None, self._filled(golden.customer) if golden.customer else None)
        page = Page("", "", golden.product) if golden.product else None
        reply = await self._assistant.respond(Context(_NOBODY, customer, page, history, heard, self._memory, self._now))
        for body in reply.entries:
            self._append("assistant", body)
        self._memory = memory_from(msgspec.to_builtins(reply.memory))
        self._owner = "queue" if reply.decision == "hand_off" else self._owner
        return reply

    def _append(self, who: AuthorKind, body: Body) -> Entry:
        self._now += timedelta(seconds=5)
        seq = len(self._entries) + 1
        entry = Entry(_NOBODY, seq, UUID(int=seq), self._now, Author(who), isinstance(body, SkillCalled), None, body)
        self._entries.append(entry)
        return entry

    def _expected(self, step: Step) -> Expected:
        it = step.expect
        return msgspec.structs.replace(
            it, says=tuple(self._filled(text) for text in it.says), never=tuple(self._filled(text) for text in it.never)
        )

    def _filled(self, text: str) -> str:
        for name, value in self._known.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    async def _faults_at_the_end(self) -> list[str]:
        end, found = self._golden.end, []
        if end.owner and end.owner != self._owner:
            found.append(f"ends with {self._owner}, not {end.owner}")
        verified = bool(self._golden.customer) or any(isinstance(it.body, Verified) for it in self._entries)
        if end.verified is not None and end.verified != verified:
            found.append("the customer was not proven" if end.verified else "the customer counts as proven")
        called = sorted(it.body.skill for it in self._entries if isinstance(it.body, SkillCalled) and it.body.outcome == "ok")
        if end.skills is not None and called != sorted(end.skills):
            found.append(f"called {called} in all, not {sorted(end.skills)}")
        for it in end.orders:
            state = await self._stage.state(self._filled(it.order), self._filled(it.digits))
            if state != it.state:
                found.append(f"the order {self._filled(it.order)} is {state or 'not to be seen'}, not {it.state}")
        return found


def _faults(expected: Expected, reply: Reply) -> list[str]:
    message = next(it for it in reversed(reply.entries) if isinstance(it, Message))
    text = fold(message.text)
    called = sorted({it.skill for it in reply.entries if isinstance(it, SkillCalled) and it.outcome == "ok"})
    found = []
    if expected.decision and reply.decision != expected.decision:
        found.append(f"decides to {reply.decision}, not {expected.decision}: {message.text!r}")
    if expected.reason and reply.reason != expected.reason:
        found.append(f"reason {reply.reason}, not {expected.reason}")
    if expected.skills is not None and called != sorted(expected.skills):
        found.append(f"called {called}, not {sorted(expected.skills)}")
    found += [f"does not say {it!r}: {message.text!r}" for it in expected.says if fold(it) not in text]
    found += [f"says {it!r}: {message.text!r}" for it in expected.never if fold(it) in text]
    cited = [source.title for source in message.sources]
    found += [f"does not cite {it!r} but {cited}" for it in expected.sources if it not in cited]
    labels = [choice.label for choice in message.choices]
    return found + [f"does not offer {it!r} but {labels}" for it in expected.offers if not any(it in label for label in labels)]
