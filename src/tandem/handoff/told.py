"""What a customer is known to have told: he may see it, put it right, and take it out of what people are given."""

from collections.abc import Sequence

from msgspec import Struct

from tandem.handoff.model import Fact, Packet
from tandem.handoff.phrases import LABELS
from tandem.kit.errors import InvalidInput, Language
from tandem.kit.text import clean
from tandem.timeline.model import Corrected

LONGEST = 160


class Told(Struct, frozen=True):
    """`facts`: only what the customer said himself; what systems answered is not his to change. `handed`: a person has been
    given it."""

    facts: list[Fact]
    handed: bool


def told(packet: Packet, language: Language, *, handed: bool) -> Told:
    cited = [(key, it) for key, it in (("goal", packet.goal), ("expectation", packet.expectation)) if it]
    words = [Fact(key, LABELS[language][key], it.text, "customer", it.seqs) for key, it in cited]
    return Told([*words, *(it for it in packet.facts if it.said_by == "customer")], handed)


def correction(known: Sequence[Fact], key: str, was: str, now: str | None) -> Corrected:
    """Raises `InvalidInput` for what he is not known to have said."""
    if not any((it.key, it.value) == (key, was) for it in known):
        raise InvalidInput.field("was", "unknown")
    if now is None:
        return Corrected(key, was)
    now = clean(now)
    if not 1 <= len(now) <= LONGEST:
        raise InvalidInput.field("now", f"1–{LONGEST}")
    return Corrected(key, was, now)
