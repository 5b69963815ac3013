"""A packet in the language of whoever reads it: the labels, the open questions, the next step and the summary. What people
said and what systems told stays as it was."""

from msgspec import structs

from tandem.handoff.model import Fact, Packet
from tandem.handoff.phrases import EMOTIONS, LABELS, QUESTIONS, REASONS, VERIFIED
from tandem.kit.errors import Language
from tandem.kit.text import shortened

LONGEST_SUMMARY = {"zh": 80, "en": 240}
_VERIFIED = {words: how for known in VERIFIED.values() for how, words in known.items()}


def in_language(packet: Packet, language: Language) -> Packet:
    return structs.replace(
        packet, language=language, facts=tuple(_fact(it, language) for it in packet.facts),
        open_questions=tuple(QUESTIONS[language][it] for it in packet.asks), summary=_summary(packet, language),
    )  # fmt: skip


def _fact(fact: Fact, language: Language) -> Fact:
    value = VERIFIED[language][_VERIFIED[fact.value]] if fact.key == "verified" and fact.value in _VERIFIED else fact.value
    return structs.replace(fact, label=LABELS[language].get(fact.key, fact.label), value=value)


def _summary(packet: Packet, language: Language) -> str:
    """Each statement with the entry it is from. What does not fit is left out whole, the least telling first."""
    because = REASONS[language].get(packet.reason, packet.reason)
    mood = EMOTIONS[language].get(packet.emotion.now, packet.emotion.now)
    want, looked, order = packet.goal, packet.lookups[-1:], next((it for it in packet.facts if it.key == "order"), None)
    if language == "zh":
        last = f"转人工：{because}。"
        parts = [
            f"诉求：{shortened(want.text, 28)}[{want.seqs[0]}]" if want else "",
            f"订单 {order.value}[{order.seqs[0]}]" if order else "",
            f"情绪{mood}",
            *(f"已查：{shortened(it.summary, 18)}[{it.seq}]" for it in looked),
        ]
        return _fitted(parts, last, "；", LONGEST_SUMMARY["zh"])
    last = f"handed over: {because}."
    parts = [
        f"Wants: {shortened(want.text, 90)}[{want.seqs[0]}]" if want else "",
        f"order {order.value}[{order.seqs[0]}]" if order else "",
        f"mood {mood}",
        *(f"checked: {shortened(it.summary, 60)}[{it.seq}]" for it in looked),
    ]
    return _fitted(parts, last, "; ", LONGEST_SUMMARY["en"])


def _fitted(parts: list[str], last: str, between: str, limit: int) -> str:
    kept = [it for it in parts if it]
    while kept and len(between.join([*kept, last])) > limit:
        kept.pop()
    return between.join([*kept, last])
