"""Building a packet from the timeline, without a model: only what was said or looked up, and where."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from tandem.handoff.model import Attempt, Cited, EmotionPath, Fact, Feeling, Lookup, Packet, Reading, SaidBy
from tandem.handoff.phrases import EMOTIONS, LABELS, QUESTIONS, REASONS, VERIFIED
from tandem.kit.errors import Language
from tandem.kit.text import shortened
from tandem.timeline.model import Entry, Message, OrderCard, ProductCard, Reopened, SkillCalled, Verified

_ORDER = re.compile(r"(?<![A-Za-z0-9])TD\d{8}(?!\d)", re.IGNORECASE)
_EXPECTS = re.compile(
    r"[^。！？!?.\n；;]*(?:希望|想要|要求|最好能?|必须|麻烦(?:你们?|您)?(?:给|把|帮)|能不能给|(?:I|we)(?:'d| would) like|(?:I|we) (?:want|need|expect)|please)"
    r"[^。！？!?.\n；;]*",
    re.IGNORECASE,
)
# A day alone may be one that is past: "上次说周三到".
_DEADLINE = re.compile(
    r"(?:今天|明天|后天|本周|这周|下周|周[一二三四五六日天]|星期[一二三四五六日天]|\d{1,2}月\d{1,2}[日号]|\d{1,2}号)"
    r"(?:之?前|以前|之?内|(?=必须|一定要|就要|要用))"
    r"|(?:by|before|until) (?:today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the \d{1,2}\w{2})",
    re.IGNORECASE,
)
_BAD = {"angry": 3, "sad": 2, "disappointed": 2, "anxious": 1}
_GOAL_LENGTH = 160
_Found = tuple[str, str, SaidBy, int]  # key, value, who said it, seq
_FACT_LENGTH = 120


def episode_of(entries: Sequence[Entry]) -> list[Entry]:
    """The entries since the conversation was last opened."""
    start = max((place for place, it in enumerate(entries) if isinstance(it.body, Reopened)), default=-1)
    return list(entries[start + 1 :])


def build(
    packet: UUID, conversation: UUID, version: int, entries: Sequence[Entry], readings: Sequence[Reading], *,
    reason: str, language: Language, page: str | None, at: datetime,
) -> Packet:  # fmt: skip
    """`entries`: the conversation's timeline, in order. `language`: that of the people who will read it."""
    now = episode_of(entries)
    said = [it for it in now if it.by.kind == "customer" and isinstance(it.body, Message)]
    told = _told(said, readings)
    goal, expectation = _goal(told), _expectation(told)
    facts = _facts(now, said, page, language)
    lookups = [_lookup(it, it.body) for it in now if isinstance(it.body, SkillCalled)]
    emotion = _emotion(readings)
    return Packet(
        id=packet, conversation=conversation, version=version, at=at, language=language, reason=reason,
        evidence=tuple(it.seq for it in said[-1:]), goal=goal, expectation=expectation, facts=tuple(facts),
        lookups=tuple(lookups), attempts=tuple(_attempts(now)), emotion=emotion,
        urgency=max((it.urgency for it in readings), default=0), risk=_risks(readings),
        open_questions=tuple(_open(goal, expectation, facts, lookups, reason, language)),
        summary=_summary(goal, facts, lookups, emotion, reason, language),
    )  # fmt: skip


def _text(entry: Entry) -> str:
    return entry.body.text if isinstance(entry.body, Message) else ""


def _told(said: Sequence[Entry], readings: Sequence[Reading]) -> list[Entry]:
    """What the customer said that carries a need: not greetings, thanks or a bare wish for a person."""
    bare = {seq for it in readings if not it.about for seq in range(it.from_seq, it.through_seq + 1)}
    return [it for it in said if it.seq not in bare and _text(it)]


def _goal(told: Sequence[Entry]) -> Cited | None:
    """The longest of the last few things asked: the last word is often only 'well?'."""
    if not told:
        return None
    chosen = max(told[-4:], key=lambda it: (len(_text(it)) >= 8, it.seq if len(_text(it)) >= 8 else len(_text(it))))
    return Cited(shortened(_text(chosen), _GOAL_LENGTH), (chosen.seq,))


def _expectation(told: Sequence[Entry]) -> Cited | None:
    for entry in reversed(told):
        found = _EXPECTS.search(_text(entry))
        if found and len(found.group().strip()) >= 4:
            return Cited(shortened(found.group(), _GOAL_LENGTH), (entry.seq,))
    return None


def _facts(now: Sequence[Entry], said: Sequence[Entry], page: str | None, language: Language) -> list[Fact]:
    """One fact a key and value; said again, it only gains a citation."""
    found: dict[tuple[str, str], Fact] = {}
    for key, value, said_by, seq in [*_from_host(now, language), *_from_words(said), *_from_cards(now)]:
        known = found.get((key, value))
        seqs = (*known.seqs, seq) if known else (seq,)
        found[key, value] = Fact(
            key, LABELS[language][key], shortened(value, _FACT_LENGTH), known.said_by if known else said_by, seqs
        )
    if page and said:
        found["page", page] = Fact("page", LABELS[language]["page"], shortened(page, _FACT_LENGTH), "host", (said[0].seq,))
    return list(found.values())


def _from_host(now: Sequence[Entry], language: Language) -> Iterable[_Found]:
    for it in now:
        if isinstance(it.body, Verified):
            yield "verified", VERIFIED[language][it.body.how], "host" if it.body.how == "host" else "skill", it.seq


def _from_words(said: Sequence[Entry]) -> Iterable[_Found]:
    for it in said:
        for number in _ORDER.findall(_text(it)):
            yield "order", number.upper(), "customer", it.seq
        for when in _DEADLINE.findall(_text(it)):
            yield "deadline", when, "customer", it.seq


def _from_cards(now: Sequence[Entry]) -> Iterable[_Found]:
    for it in now:
        for card in it.body.cards if isinstance(it.body, Message) else ():
            yield from _of_order(card, it.seq) if isinstance(card, OrderCard) else _of_product(card, it.seq)


def _of_order(card: OrderCard, seq: int) -> Iterable[_Found]:
    yield "order", card.number, "skill", seq
    yield "order_state", card.state_label, "skill", seq
    if card.carrier:
        yield "carrier", card.carrier, "skill", seq
    if card.tracking:
        yield "tracking", card.tracking, "skill", seq
    if card.eta:
        yield "eta", card.eta.date().isoformat(), "skill", seq


def _of_product(card: ProductCard, seq: int) -> Iterable[_Found]:
    yield "product", f"{card.title} {card.variant or ''}".strip(), "skill", seq


def _lookup(entry: Entry, call: SkillCalled) -> Lookup:
    return Lookup(call.skill, call.title, call.arguments, call.outcome, call.summary, entry.seq, entry.at)


def _attempts(now: Sequence[Entry]) -> Iterable[Attempt]:
    """What the assistant answered from a source, and the customer's next words."""
    for place, it in enumerate(now):
        if it.by.kind != "assistant" or not isinstance(it.body, Message) or not it.body.sources:
            continue
        after = next((later for later in now[place + 1 :] if later.by.kind == "customer" and _text(later)), None)
        source = it.body.sources[0]
        seqs = (it.seq, after.seq) if after else (it.seq,)
        yield Attempt(source.title, source, shortened(_text(after), 80) if after else None, seqs)


def _emotion(readings: Sequence[Reading]) -> EmotionPath:
    if not readings:
        return EmotionPath("neutral")
    path: list[Feeling] = []
    for it in readings:
        if not path or path[-1].emotion != it.emotion:
            path.append(Feeling(it.emotion, it.through_seq))
    worst = max(readings, key=lambda it: _BAD.get(it.emotion, 0))
    return EmotionPath(readings[-1].emotion, tuple(path), worst.through_seq if worst.emotion in _BAD else None)


def _risks(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(risk for it in readings for risk in it.risk))


def _open(
    goal: Cited | None, expectation: Cited | None, facts: Sequence[Fact], lookups: Sequence[Lookup], reason: str, language: Language
) -> Iterable[str]:
    """All that a person may still have to ask; whatever a fact answers is not among it."""
    keys = {fact.key for fact in facts}
    ask = QUESTIONS[language]
    if goal is None:
        yield ask["need"]
    if "order" not in keys and any(it.skill.startswith("order") for it in lookups):
        yield ask["order"]
    if "verified" not in keys and "order" in keys:
        yield ask["identity"]
    if expectation is None and reason in ("complaint", "anger", "special_request", "bot_failed_repeatedly"):
        yield ask["expectation"]


def _summary(
    goal: Cited | None, facts: Sequence[Fact], lookups: Sequence[Lookup], emotion: EmotionPath, reason: str, language: Language
) -> str:
    orders = [fact.value for fact in facts if fact.key == "order"]
    because = REASONS[language].get(reason, reason)
    mood = EMOTIONS[language].get(emotion.now, emotion.now)
    want = shortened(goal.text, 40 if language == "zh" else 90) if goal else ""
    checked = lookups[-1].summary if lookups else ""
    if language == "zh":
        parts = [
            f"诉求：{want}" if want else "",
            f"订单 {orders[0]}" if orders else "",
            f"已查：{shortened(checked, 30)}" if checked else "",
        ]
        return "；".join([it for it in parts if it] + [f"情绪{mood}", f"转人工：{because}"]) + "。"
    parts = [
        f"Wants: {want}" if want else "",
        f"order {orders[0]}" if orders else "",
        f"checked: {shortened(checked, 70)}" if checked else "",
    ]
    return "; ".join([it for it in parts if it] + [f"mood {mood}", f"handed over: {because}"]) + "."
