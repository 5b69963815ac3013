"""Building a packet from the timeline, without a model: only what was said or looked up, and where."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem import __version__
from tandem.handoff.answered import Found, entities, from_cards, lookups
from tandem.handoff.consent import consents
from tandem.handoff.model import (
    Attempt,
    Authority,
    Cited,
    EmotionPath,
    Fact,
    Feeling,
    Intent,
    Lookup,
    Outcome,
    Packet,
    PacketCustomer,
    Promise,
    Reading,
    RecommendedQueue,
    Transcript,
)
from tandem.handoff.phrases import LABELS, VERIFIED
from tandem.handoff.render import in_language
from tandem.handoff.words import authority_in, discreet, expectation_in, facts_in, is_content, is_outburst, masked, promises_in
from tandem.kit.errors import Language
from tandem.kit.text import shortened
from tandem.timeline.model import (
    Corrected,
    Entry,
    Helped,
    Message,
    Reopened,
    Verified,
)

_BAD = {"angry": 3, "sad": 2, "disappointed": 2, "anxious": 1}
_GOAL_LENGTH = 160
_FACT_LENGTH = 120
_ATTEMPT_LENGTH = 120
_MOST_PROMISES = 10
# Reasons for which a customer wants more than an answer: then it must be known what would settle it.
_WANTS_MORE = ("complaint", "anger", "special_request", "bot_failed_repeatedly")
_NEXT = {
    "safety": "safety", "distress": "comfort", "fraud_or_security": "secure", "legal_medical_finance_advice": "expert",
    "complaint": "settle", "anger": "settle", "special_request": "decide", "bot_failed_repeatedly": "other_way",
}  # fmt: skip


class About(Struct, frozen=True):
    """What a packet says of the conversation beside its timeline. `page`: what the customer was looking at; `locale`: his
    language."""

    page: str | None = None
    customer: PacketCustomer | None = None
    channel: UUID | None = None
    locale: str = ""
    queue: RecommendedQueue | None = None


def episode_of(entries: Sequence[Entry]) -> list[Entry]:
    """The entries since the conversation was last opened."""
    start = max((place for place, it in enumerate(entries) if isinstance(it.body, Reopened)), default=-1)
    return list(entries[start + 1 :])


def build(
    packet: UUID, conversation: UUID, version: int, entries: Sequence[Entry], readings: Sequence[Reading], *,
    reason: str, language: Language, page: str | None, at: datetime, about: About | None = None,
) -> Packet:  # fmt: skip
    """`entries`: the conversation's timeline, in order. `language`: that of the people who will read it."""
    about = about or About(page)
    now = episode_of(entries)
    said = [it for it in now if it.by.kind == "customer" and isinstance(it.body, Message)]
    told = _told(said, readings, _taken_out(now, "goal"))
    goal, expectation = _goal(told, now), _expectation(told, now)
    facts = facts_of(now, said, page, language)
    looked_up = lookups(now)
    keys = {fact.key for fact in facts}
    customer = about.customer and msgspec.structs.replace(about.customer, verified_by=_verified(now), consent=consents(now))
    made = Packet(
        id=packet, conversation=conversation, version=version, at=at, language=language, reason=reason,
        evidence=tuple(it.seq for it in said[-1:]), goal=goal, expectation=expectation, facts=tuple(facts),
        lookups=tuple(looked_up), attempts=tuple(_attempts(now, readings)), emotion=_emotion(readings, said),
        urgency=max((it.urgency for it in readings), default=0), risk=_risks(readings), open_questions=(), summary="",
        made_by=f"tandem {__version__}", customer=customer, channel=about.channel, intents=tuple(_intents(now, told, readings)),
        entities=tuple(entities(now)), promises=tuple(_promises(now)), authority=tuple(_authority(told)),
        asks=tuple(_open(goal, expectation, keys, looked_up, reason)), next_step=_next_step(reason, keys),
        masked=tuple(sorted(keys & {"phone"})), locale=about.locale, queue=about.queue, transcript=_transcript(conversation, now),
    )  # fmt: skip
    return in_language(made, language)


def _told_as(text: str, limit: int) -> str:
    """Somebody's words as a packet tells them."""
    return shortened(discreet(text), limit)


def _text(entry: Entry) -> str:
    return entry.body.text if isinstance(entry.body, Message) else ""


def _told(said: Sequence[Entry], readings: Sequence[Reading], withdrawn: set[str]) -> list[Entry]:
    """What the customer said that carries a need: not greetings, thanks, a bare wish for a person, or what he took back."""
    bare = {seq for it in readings if not it.about for seq in range(it.from_seq, it.through_seq + 1)}
    return [it for it in said if it.seq not in bare and _text(it) and _told_as(_text(it), _GOAL_LENGTH) not in withdrawn]


def _corrections(now: Sequence[Entry], key: str) -> list[tuple[Corrected, int]]:
    return [(it.body, it.seq) for it in now if isinstance(it.body, Corrected) and it.body.key == key]


def _taken_out(now: Sequence[Entry], key: str) -> set[str]:
    return {body.was for body, _ in _corrections(now, key)}


def _goal(told: Sequence[Entry], now: Sequence[Entry]) -> Cited | None:
    """The longest of the last few things asked: the last word is often only 'well?', or anger alone. What the customer put right
    himself counts before all."""
    corrected = [Cited(body.now, (seq,)) for body, seq in _corrections(now, "goal") if body.now]
    if corrected:
        return corrected[-1]
    if not told:
        return None
    needs = [it for it in told[-4:] if not is_outburst(_text(it))] or told[-4:]
    chosen = max(needs, key=lambda it: (len(_text(it)) >= 8, it.seq if len(_text(it)) >= 8 else len(_text(it))))
    return Cited(_told_as(_text(chosen), _GOAL_LENGTH), (chosen.seq,))


def _expectation(told: Sequence[Entry], now: Sequence[Entry]) -> Cited | None:
    corrected = [Cited(body.now, (seq,)) for body, seq in _corrections(now, "expectation") if body.now]
    if corrected:
        return corrected[-1]
    withdrawn = _taken_out(now, "expectation")
    for entry in reversed(told):
        found = expectation_in(_text(entry))
        if found and _told_as(found, _GOAL_LENGTH) not in withdrawn:
            return Cited(_told_as(found, _GOAL_LENGTH), (entry.seq,))
    return None


def facts_of(now: Sequence[Entry], said: Sequence[Entry], page: str | None, language: Language) -> list[Fact]:
    """One fact a key and value; said again, it only gains a citation, and what a system says of it too is verified by that; corrected
    or taken back by the customer, it is as he says."""
    found: dict[tuple[str, str], Fact] = {}
    for it in [*_from_host(now, language), *_from_words(said), *from_cards(now)]:
        shown = shortened(masked(it.key, it.value), _FACT_LENGTH)
        known = found.get((it.key, shown))
        seqs = (*known.seqs, it.seq) if known else (it.seq,)
        said_by, verified_by = (known.said_by, known.verified_by or it.skill) if known else (it.said_by, it.skill)
        found[it.key, shown] = Fact(it.key, LABELS[language][it.key], shown, said_by, tuple(dict.fromkeys(seqs)), verified_by)
    if page and said:
        found["page", page] = Fact("page", LABELS[language]["page"], _told_as(page, _FACT_LENGTH), "host", (said[0].seq,), None)
    for entry in now:
        if isinstance(entry.body, Corrected):
            _correct(found, entry.body, entry.seq, language)
    return list(found.values())


def _correct(found: dict[tuple[str, str], Fact], body: Corrected, seq: int, language: Language) -> None:
    known = found.pop((body.key, body.was), None)
    if known and body.now:
        found[body.key, body.now] = Fact(body.key, LABELS[language][body.key], masked(body.key, body.now), "customer", (seq,), None)


def _from_host(now: Sequence[Entry], language: Language) -> Iterable[Found]:
    for it in now:
        if isinstance(it.body, Verified):
            yield Found("verified", VERIFIED[language][it.body.how], "host" if it.body.how == "host" else "skill", it.seq)


def _verified(now: Sequence[Entry]) -> str | None:
    return next((it.body.how for it in reversed(now) if isinstance(it.body, Verified)), None)


def _from_words(said: Sequence[Entry]) -> Iterable[Found]:
    for it in said:
        for key, value in facts_in(_text(it)):
            yield Found(key, value, "customer", it.seq)


def _attempts(now: Sequence[Entry], readings: Sequence[Reading]) -> Iterable[Attempt]:
    """What the assistant answered from a source and what people answered, what the customer said of it, and his next words."""
    helped = {it.body.answer: it.body.yes for it in now if isinstance(it.body, Helped)}
    for place, it in enumerate(now):
        if not isinstance(it.body, Message) or not (it.by.kind == "agent" or (it.by.kind == "assistant" and it.body.sources)):
            continue
        after = next((later for later in now[place + 1 :] if later.by.kind == "customer" and _text(later)), None)
        source = it.body.sources[0] if it.body.sources else None
        yield Attempt(
            source.title if source else _told_as(it.body.text, _ATTEMPT_LENGTH), source,
            _told_as(_text(after), 80) if after else None, (it.seq, after.seq) if after else (it.seq,),
            "agent" if it.by.kind == "agent" else "assistant", _outcome(helped.get(it.seq), after, readings),
        )  # fmt: skip


def _outcome(helped: bool | None, after: Entry | None, readings: Sequence[Reading]) -> Outcome:
    if helped is not None:
        return "helped" if helped else "failed"
    if after is None:
        return "open"
    if is_content(_text(after)):
        return "helped"
    mood = next((it.emotion for it in readings if it.from_seq <= after.seq <= it.through_seq), None)
    return "failed" if mood in _BAD else "unclear"


def _transcript(conversation: UUID, now: Sequence[Entry]) -> Transcript | None:
    if not now:
        return None
    path = f"/api/conversations/{conversation}/timeline?since={now[0].seq - 1}"
    return Transcript(path, now[0].seq, now[-1].seq)


def _intents(now: Sequence[Entry], told: Sequence[Entry], readings: Sequence[Reading]) -> list[Intent]:
    """Each need with what met it: the first source that answered before the next need was told."""
    found: dict[str, Intent] = {}
    for place, need in enumerate(told):
        until = told[place + 1].seq if place + 1 < len(told) else 2**31
        answers = [it for it in now if need.seq < it.seq < until and isinstance(it.body, Message) and it.body.sources]
        source = answers[0].body.sources[0] if answers and isinstance(answers[0].body, Message) else None
        name = f"{source.kind}:{source.id}" if source else "unknown"
        last = until == 2**31
        known = found.get(name)
        seqs = (*known.seqs, need.seq) if known else (need.seq,)
        sure = _sure(name, need.seq, readings)
        before = known.confidence if known and isinstance(known.confidence, float) else None
        found[name] = Intent(name, "open" if last or source is None else "met", seqs, before if sure is None else sure)
    return list(found.values())


def _sure(name: str, seq: int, readings: Sequence[Reading]) -> float | None:
    """How sure the assistant was of what it answered with, or, having answered with nothing, of what came nearest."""
    read = next((it for it in readings if it.from_seq <= seq <= it.through_seq), None)
    return read.sure if read and name in ("unknown", f"knowledge:{read.article}") else None


def _emotion(readings: Sequence[Reading], said: Sequence[Entry]) -> EmotionPath:
    if not readings:
        return EmotionPath("neutral")
    path: list[Feeling] = []
    for it in readings:
        if not path or path[-1].emotion != it.emotion:
            path.append(Feeling(it.emotion, it.through_seq))
    worst = max(readings, key=lambda it: _BAD.get(it.emotion, 0))
    if worst.emotion not in _BAD:
        return EmotionPath(readings[-1].emotion, tuple(path))
    words = next((it for it in said if it.seq == worst.through_seq), None)
    cause = Cited(_told_as(_text(words), _ATTEMPT_LENGTH), (words.seq,)) if words and _text(words) else None
    return EmotionPath(readings[-1].emotion, tuple(path), worst.through_seq, cause)


def _risks(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(risk for it in readings for risk in it.risk))


def _promises(now: Sequence[Entry]) -> list[Promise]:
    made = [
        Promise(_told_as(text, _ATTEMPT_LENGTH), due, it.by.name, (it.seq,))
        for it in now
        if it.by.kind == "agent" and isinstance(it.body, Message)
        for text, due in promises_in(it.body.text)
    ]
    return made[-_MOST_PROMISES:]


def _authority(told: Sequence[Entry]) -> list[Authority]:
    found: dict[str, tuple[int, ...]] = {}
    for it in told:
        for what in authority_in(_text(it)):
            found[what] = (*found.get(what, ()), it.seq)
    return [Authority(what, seqs) for what, seqs in found.items()]


def _open(goal: Cited | None, expectation: Cited | None, keys: set[str], lookups: Sequence[Lookup], reason: str) -> Iterable[str]:
    """All that a person may still have to ask; whatever a fact answers is not among it."""
    if goal is None:
        yield "need"
    if "order" not in keys and any(it.skill.startswith("order") for it in lookups):
        yield "order"
    if "verified" not in keys and "order" in keys:
        yield "identity"
    if expectation is None and reason in _WANTS_MORE:
        yield "expectation"


def _next_step(reason: str, keys: set[str]) -> str:
    if reason in _NEXT:
        return _NEXT[reason]
    return "verify" if "order" in keys and "verified" not in keys else "answer"
