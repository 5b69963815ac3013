"""Golden conversations: what a customer says, turn by turn, and what must come of it. Played through the assistant that serves
customers, each several times, since what may go wrong once in three is not good enough (pass^k of Yao and others, "tau-bench", 2024).

A file is one conversation in JSON, see `Golden`. "{order}" and "{digits}" in what is said stand for an order of the shop that is
played against, when the caller knows one.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from tandem.assistant.evaluate.unreadable import Unreadable
from tandem.assistant.model import Context, Customer, Decision, Memory, Page, Reply, memory_from
from tandem.assistant.respond import Assistant
from tandem.assistant.triage.model import Reason
from tandem.knowledge.words import fold
from tandem.timeline.model import Author, AuthorKind, Body, Entry, Message, SkillCalled, Verified

_NOBODY = UUID(int=0)
_BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out is not judged. `says`: all of these stand in the answer, `never`: none of them. `skills`: those called in this
    turn with a good outcome, in any order; an empty list says that none was called. `sources`: titles of what the answer cites."""

    decision: Decision | None = None
    reason: Reason | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    skills: tuple[str, ...] | None = None
    sources: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """Either words or a button pressed, named by a part of its label."""

    says: str = ""
    presses: str = ""
    expect: Expected = Expected()

    def __post_init__(self) -> None:
        if bool(self.says) == bool(self.presses):
            raise ValueError("a step either `says` or `presses` something")


class End(Struct, frozen=True, forbid_unknown_fields=True):
    """How it stands in the end: who has the conversation, and whether the customer proved who he is."""

    owner: Literal["assistant", "queue"] | None = None
    verified: bool | None = None


class Golden(Struct, frozen=True, forbid_unknown_fields=True):
    """`customer`: the shop's id of one whom the page vouches for; `product`: the shop's id of what he looks at."""

    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    name: str = ""
    locale: Literal["zh-CN", "en"] = "zh-CN"
    customer: str | None = None
    product: str | None = None
    end: End = End()


class Failure(Struct, frozen=True):
    """`step` counts from 1; 0 is the end state."""

    dialogue: str
    run: int
    step: int
    why: str


class Judged(Struct, frozen=True):
    """`passed`: share of all runs without a fault; `passed_every_time`: share of the conversations without one in any run."""

    dialogues: int
    repeats: int
    passed: float
    passed_every_time: float
    failures: tuple[Failure, ...]


def read_goldens(folder: Path) -> list[Golden]:
    """All `*.json` in a folder, by name. Raises `Unreadable`."""
    found = []
    for path in sorted(folder.glob("*.json")):
        text = path.read_bytes()
        try:
            golden = msgspec.json.decode(text, type=Golden)
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise Unreadable(path, _line(text, str(wrong)), str(wrong)) from None
        found.append(msgspec.structs.replace(golden, name=golden.name or path.stem))
    if not found:
        raise Unreadable(folder, 1, "there is no golden conversation (*.json)")
    return found


async def judge(goldens: Sequence[Golden], assistant: Callable[[], Assistant], repeats: int, known: Mapping[str, str]) -> Judged:
    """Play each `repeats` times. `known`: what "{order}" and the like stand for."""
    failures: list[Failure] = []
    for golden in goldens:
        for run in range(1, repeats + 1):
            played = _Played(golden, assistant(), known)
            failures += [Failure(golden.name, run, step, why) for step, why in await played.faults()]
    bad_runs = {(it.dialogue, it.run) for it in failures}
    bad = {it.dialogue for it in failures}
    runs = len(goldens) * repeats
    return Judged(len(goldens), repeats, round(1 - len(bad_runs) / runs, 4), round(1 - len(bad) / len(goldens), 4), tuple(failures))


class _Played:
    """One run of a conversation: keeps the timeline and the memory between turns, as the desk would."""

    def __init__(self, golden: Golden, assistant: Assistant, known: Mapping[str, str]) -> None:
        self._golden, self._assistant, self._known = golden, assistant, known
        self._entries: list[Entry] = []
        self._memory = Memory()
        self._now = _BEGIN
        self._owner: Literal["assistant", "queue"] = "assistant"

    async def faults(self) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for place, step in enumerate(self._golden.steps, start=1):
            said = self._said(step)
            if said is None:
                return [*found, (place, f"there is no button {step.presses!r} to press")]
            reply = await self._turn(said)
            found += [(place, why) for why in _faults(self._expected(step), reply)]
        return found + [(0, why) for why in self._faults_at_the_end()]

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
        customer = Customer(_NOBODY, "", golden.locale, None, golden.customer)
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

    def _faults_at_the_end(self) -> list[str]:
        end, found = self._golden.end, []
        if end.owner and end.owner != self._owner:
            found.append(f"ends with {self._owner}, not {end.owner}")
        verified = bool(self._golden.customer) or any(isinstance(it.body, Verified) for it in self._entries)
        if end.verified is not None and end.verified != verified:
            found.append("the customer was not proven" if end.verified else "the customer counts as proven")
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


def _line(text: bytes, wrong: str) -> int:
    """Where a JSON file stops being readable, if the message says so (it ends in "(byte N)")."""
    _, _, place = wrong.rpartition("byte ")
    digits = place.rstrip(")")
    return text[: int(digits)].count(b"\n") + 1 if digits.isdigit() else 1
