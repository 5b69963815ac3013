"""Whether an agent is about to ask what the customer has said already.

Two things must meet in one sentence: a way of asking, and a word for a fact that the packet holds. To name the known value
("TD20261101, is that right?") is to show that one knows it, and is no repetition; neither is to ask *which* of several.
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
_ASKS = _WORDS.pop("asks")
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
        if not _ASKS.search(sentence):
            continue
        for key, answers in known.items():
            if key not in found and _asks_for(key, sentence, answers):
                found[key] = answers[0]
    return [found[key] for key in known if key in found]


def _asks_for(key: str, sentence: str, answers: list[Repeat]) -> bool:
    pattern = _WORDS.get(key)
    if pattern is None or not pattern.search(sentence):
        return False
    if any(_says(sentence, it.value) for it in answers):
        return False
    return len({it.value for it in answers}) == 1 or not _WHICH.search(sentence)


def _says(sentence: str, value: str) -> bool:
    """Names the value, or the last four of a longer number."""
    plain, said = value.casefold(), sentence.casefold()
    return plain in said or (len(plain) > 6 and plain[-4:].isdigit() and plain[-4:] in said)


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
