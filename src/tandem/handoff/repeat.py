"""Whether an agent is about to ask what the customer has said already.

Two things must meet in one sentence: a way of asking, and a word for a fact that the packet holds. To name the known value
("TD20261101, is that right?") is to show that one knows it, and is no repetition; neither is to ask *which* of several, for one
more, or what is to become of it ("which size would you like instead?").
"""

import re
import tomllib
import unicodedata
from importlib.resources import files

from msgspec import Struct

from tandem.handoff.model import Packet
from tandem.handoff.phrases import LABELS
from tandem.kit.errors import Language

_SENTENCE = re.compile(r"[^。！!？?\n；;]+[。！!？?\n；;]?")


def _ways() -> dict[str, re.Pattern[str]]:
    told: dict[str, list[str]] = tomllib.loads((files("tandem.handoff") / "asked.toml").read_text("utf-8"))
    return {key: re.compile("|".join(ways), re.IGNORECASE) for key, ways in told.items()}


_WORDS = _ways()
_ASKS, _KNOWS, _ANEW, _TO_BE = (_WORDS.pop(key) for key in ("asks", "knows", "anew", "to_be"))
# What may become another: of these one asks in order to change them.
_MAY_CHANGE = ("colour", "size", "address", "phone", "product", "deadline")
_PART = re.compile(r"[，,]|\b(?:so|but|and)\b", re.IGNORECASE)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}(?:路|街|道|巷|弄|小区|大厦|花园)|\d+ [a-z]+", re.IGNORECASE)
_WHICH = re.compile(r"哪|which", re.IGNORECASE)


class Repeat(Struct, frozen=True):
    """A question whose answer is known: the fact, and the entries it was said in."""

    key: str
    label: str
    value: str
    seqs: tuple[int, ...]


def repeats(text: str, packet: Packet, language: Language = "zh") -> list[Repeat]:
    """What of `text` asks for something that the packet holds, each once, in the order of the facts."""
    known = _known(packet, language)
    found: dict[str, Repeat] = {}
    for sentence in _SENTENCE.findall(unicodedata.normalize("NFKC", text)):
        asking = "，".join(part for part in _PART.split(sentence) if not _KNOWS.search(part))
        if not _ASKS.search(asking) or _ANEW.search(asking):
            continue
        for key, answers in known.items():
            if key not in found and _asks_for(key, asking, answers):
                found[key] = answers[0]
    return [found[key] for key in known if key in found]


def _asks_for(key: str, sentence: str, answers: list[Repeat]) -> bool:
    pattern = _WORDS.get(key)
    if pattern is None or not pattern.search(sentence) or (key in _MAY_CHANGE and _TO_BE.search(sentence)):
        return False
    if any(_says(sentence, it.value) for it in answers):
        return False
    return len({it.value for it in answers}) == 1 or not _WHICH.search(sentence)


def _says(sentence: str, value: str) -> bool:
    """Names the value, or the last four of a longer number."""
    plain, said = value.casefold(), sentence.casefold()
    if plain in said or (len(plain) > 6 and plain[-4:].isdigit() and plain[-4:] in said):
        return True
    return any(part[-4:] in said for part in _PLACE.findall(plain) if len(part) >= 3)


def _known(packet: Packet, language: Language) -> dict[str, list[Repeat]]:
    labels = LABELS[language]
    known: dict[str, list[Repeat]] = {}
    for fact in packet.facts:
        known.setdefault(fact.key, []).append(Repeat(fact.key, labels.get(fact.key, fact.label), fact.value, fact.seqs))
    for key, cited in (("goal", packet.goal), ("expectation", packet.expectation)):
        if cited:
            known[key] = [Repeat(key, labels[key], cited.text, cited.seqs)]
    if packet.attempts:
        known["tried"] = [Repeat("tried", labels["tried"], it.what, it.seqs) for it in packet.attempts[:1]]
    return known
