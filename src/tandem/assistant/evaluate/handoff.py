"""How well triage tells when a person must take over, judged on labelled talks by the very triage that serves customers."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated, Literal, get_args
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from tandem.assistant.compose import UNNAMED, LanguageModel
from tandem.assistant.evaluate.modelled import JudgedModel
from tandem.assistant.evaluate.report import Mistake, Progress, Report, reported, unwatched
from tandem.assistant.evaluate.unreadable import Unreadable
from tandem.assistant.model import Context, Customer, Memory
from tandem.assistant.triage.model import Emotion, Reason, Triage
from tandem.assistant.triage.read import triage
from tandem.assistant.understanding.listen import listen
from tandem.timeline.model import Author, Entry, Message

CRITICAL: tuple[Reason, ...] = ("safety", "distress", "fraud_or_security", "legal_medical_finance_advice")
_NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
_NOBODY = UUID(int=0)


class Said(Struct, frozen=True):
    who: Literal["customer", "bot"]
    text: str


class Dialogue(Struct, frozen=True):
    """A labelled talk. `handoff` is judged after the last turn, which is the customer's, on the whole talk; `explicit` tells
    whether a person was asked for in so many words. `emotion` may be left out."""

    turns: Annotated[list[Said], Meta(min_length=1)]
    handoff: bool
    explicit: bool
    reason: Reason | None = None
    emotion: Emotion | None = None
    lang: str = "zh"

    def __post_init__(self) -> None:
        if self.turns[-1].who != "customer":
            raise ValueError("the last turn must be the customer's")
        if (self.reason is not None) != self.handoff:
            raise ValueError("`reason` must be given exactly when `handoff` is true")
        if self.explicit and not self.handoff:
            raise ValueError("an explicit wish for a person is always a hand-over")


class Measures(Struct, frozen=True):
    """Shares are 0 to 1, None where nothing could be counted. `false_handoff_rate`: of the talks that need nobody, those
    handed over. `offered_rate`: of all talks, those in which a person was offered by a button, not imposed.
    `reason_accuracy`: of the talks rightly handed over. `emotion_macro_f1`: over the emotions that occur in the labels.
    `ms_p50`: median time of a turn in milliseconds."""

    dialogues: int
    precision: float | None
    recall: float | None
    explicit_recall: float | None
    critical_recall: float | None
    false_handoff_rate: float | None
    offered_rate: float | None
    reason_accuracy: float | None
    emotion_macro_f1: float | None
    ms_p50: float | None


def read_dialogues(path: Path) -> list[Dialogue]:
    """One JSON object a line; empty lines are skipped. Raises `Unreadable`."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise Unreadable(path, 1, error.strerror or "cannot be opened") from None
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Dialogue))
            except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
                raise Unreadable(path, number, str(wrong)) from None
    if not found:
        raise Unreadable(path, 1, "there is no dialogue")
    return found


def judge(dialogues: Sequence[Dialogue]) -> Measures:
    """Read every talk and compare with what its labels say."""
    return _measured(_read(dialogues, unwatched))


async def judge_with(model: LanguageModel, dialogues: Sequence[Dialogue]) -> Measures:
    """The same with a language model. As in service it is asked only where triage found no reason, so it can add one and veto none; it
    is told the talk and, there being no knowledge here, no article. A call that fails adds nothing. `ms_p50` stays that of triage."""
    read = _read(dialogues, unwatched)
    return _measured(await asyncio.gather(*(_asked_too(model, *it) for it in read)))


async def report_with(model: JudgedModel, dialogues: Sequence[Dialogue], progress: Progress) -> Report:
    """As `report`, with the language model as in `judge_with`."""
    read = await asyncio.gather(*(_asked_too(model, *it) for it in _read(dialogues, progress)))
    return reported(msgspec.to_builtins(_measured(read)) | model.figures(), _mistakes(read), model.used())


async def _asked_too(model: LanguageModel, dialogue: Dialogue, found: Triage, ms: float) -> tuple[Dialogue, Triage, float]:
    if found.reason:
        return dialogue, found, ms
    composed = await model.compose(listen(context_of(dialogue)), (), lambda _: None)
    if composed.decision != "hand_off":
        return dialogue, found, ms
    return dialogue, replace(found, reason=composed.reason or UNNAMED, offer=False), ms


def report(dialogues: Sequence[Dialogue], progress: Progress) -> Report:
    """The same, with the talks that were taken otherwise than their labels say."""
    read = _read(dialogues, progress)
    return reported(msgspec.to_builtins(_measured(read)), _mistakes(read))


def _read(dialogues: Sequence[Dialogue], progress: Progress) -> list[tuple[Dialogue, Triage, float]]:
    read: list[tuple[Dialogue, Triage, float]] = []
    for place, dialogue in enumerate(dialogues):
        progress(place, len(dialogues))
        read.append((dialogue, *_timed(dialogue)))
    return read


def _mistakes(read: Sequence[tuple[Dialogue, Triage, float]]) -> Iterator[Mistake]:
    """A talk that was handed over, or not, against its label, or for another reason."""
    for place, (dialogue, found, _) in enumerate(read, start=1):
        if dialogue.reason != found.reason:
            yield Mistake(
                str(place), dialogue.turns[-1].text, dialogue.reason or "", found.reason or ("offer" if found.offer else "")
            )


def _measured(read: Sequence[tuple[Dialogue, Triage, float]]) -> Measures:
    seen = [(dialogue, found) for dialogue, found, _ in read]
    needed = [(dialogue, found) for dialogue, found in seen if dialogue.handoff]
    caught = [(dialogue, found) for dialogue, found in needed if found.reason]
    felt = [(dialogue.emotion, found.emotion) for dialogue, found in seen if dialogue.emotion]
    times = sorted(ms for _, _, ms in read)
    return Measures(
        len(read),
        _share(dialogue.handoff for dialogue, found in seen if found.reason),
        _share(found.reason is not None for _, found in needed),
        _share(found.wish for dialogue, found in seen if dialogue.explicit),
        _share(found.reason is not None for dialogue, found in needed if dialogue.reason in CRITICAL),
        _share(found.reason is not None for dialogue, found in seen if not dialogue.handoff),
        _share(found.offer for _, found in seen),
        _share(found.reason == dialogue.reason for dialogue, found in caught),
        _macro_f1(felt),
        round(times[len(times) // 2], 3) if times else None,
    )


def context_of(dialogue: Dialogue) -> Context:
    """The turn to be read: the customer's last messages as what was heard, all before as history."""
    entries = [_entry(seq, said) for seq, said in enumerate(dialogue.turns, start=1)]
    start = len(entries)
    while start and dialogue.turns[start - 1].who == "customer":
        start -= 1
    customer = Customer(_NOBODY, "", "zh-CN" if dialogue.lang == "zh" else "en")
    return Context(_NOBODY, customer, None, tuple(entries[:start]), tuple(entries[start:]), Memory(), _NOW)


def _entry(seq: int, said: Said) -> Entry:
    author = Author("customer" if said.who == "customer" else "assistant")
    return Entry(_NOBODY, seq, _NOBODY, _NOW, author, False, None, Message(said.text))


def _timed(dialogue: Dialogue) -> tuple[Triage, float]:
    context = context_of(dialogue)
    started = perf_counter()
    found = triage(context)
    return found, (perf_counter() - started) * 1000


def _share(held: Iterable[bool]) -> float | None:
    counted = list(held)
    return round(sum(counted) / len(counted), 4) if counted else None


def _macro_f1(pairs: list[tuple[Emotion, Emotion]]) -> float | None:
    occurring = [emotion for emotion in get_args(Emotion) if any(wanted == emotion for wanted, _ in pairs)]
    return round(sum(_f1(pairs, emotion) for emotion in occurring) / len(occurring), 4) if occurring else None


def _f1(pairs: list[tuple[Emotion, Emotion]], emotion: Emotion) -> float:
    right = sum(wanted == found == emotion for wanted, found in pairs)
    named = sum((wanted == emotion) + (found == emotion) for wanted, found in pairs)
    return 2 * right / named
