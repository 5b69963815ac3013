"""What business systems answered: which facts follow from it, and how things stood then."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from tandem.handoff.model import Entity, Lookup, SaidBy
from tandem.timeline.model import Card, Entry, Message, OrderCard, ProductCard, SkillCalled

_MOST_ITEMS = 4


class Found(Struct, frozen=True):
    """`skill`: the one that answered so, None for what people or the host page said."""

    key: str
    value: str
    said_by: SaidBy
    seq: int
    skill: str | None = None


def lookups(now: Sequence[Entry]) -> list[Lookup]:
    return [_lookup(it, it.body) for it in now if isinstance(it.body, SkillCalled)]


def _lookup(entry: Entry, call: SkillCalled) -> Lookup:
    digest = _digest([call.outcome, call.summary])
    return Lookup(call.skill, call.title, call.arguments, call.outcome, call.summary, entry.seq, entry.at, digest)


def _digest(answer: object) -> str:
    return sha256(msgspec.json.encode(answer)).hexdigest()


def _cards(now: Sequence[Entry]) -> Iterator[tuple[Card, Entry, str | None]]:
    """Each with the skill that was asked last before it was shown."""
    skill: str | None = None
    for it in now:
        if isinstance(it.body, SkillCalled):
            skill = it.body.skill
        for card in it.body.cards if isinstance(it.body, Message) else ():
            yield card, it, skill


def from_cards(now: Sequence[Entry]) -> Iterable[Found]:
    for card, it, skill in _cards(now):
        for key, value in _of_order(card) if isinstance(card, OrderCard) else _of_product(card):
            yield Found(key, value, "skill", it.seq, skill)


def _of_order(card: OrderCard) -> Iterable[tuple[str, str]]:
    yield "order", card.number
    yield "order_state", card.state_label
    for item in card.items[:_MOST_ITEMS]:
        yield "product", item.title
    if card.carrier:
        yield "carrier", card.carrier
    if card.tracking:
        yield "tracking", card.tracking
    if card.eta:
        yield "eta", card.eta.date().isoformat()


def _of_product(card: ProductCard) -> Iterable[tuple[str, str]]:
    yield "product", f"{card.title} {card.variant or ''}".strip()


def entities(now: Sequence[Entry]) -> list[Entity]:
    """As last seen; the citations are of all the times it was."""
    found: dict[tuple[str, str], Entity] = {}
    for card, it, _ in _cards(now):
        for entity in _entities_of(card, it):
            known = found.get((entity.kind, entity.id))
            seqs = (*known.seqs, it.seq) if known else entity.seqs
            found[entity.kind, entity.id] = msgspec.structs.replace(entity, seqs=seqs)
    return list(found.values())


def _entities_of(card: Card, it: Entry) -> Iterable[Entity]:
    if isinstance(card, ProductCard):
        yield Entity("product", card.id, card.title, _digest(card), it.at, (it.seq,))
        return
    yield Entity("order", card.number, card.state_label, _digest(card), it.at, (it.seq,))
    if card.tracking:
        last = max(card.steps, key=lambda step: step.at).text if card.steps else card.state_label
        yield Entity("parcel", card.tracking, last, _digest([card.carrier, card.tracking, card.steps]), it.at, (it.seq,))
