"""Where an order is. Told only to its buyer."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tandem.assistant.flows.order_proof import OrderProof, Proven
from tandem.assistant.model import Frame
from tandem.assistant.phrases import Lang, say
from tandem.assistant.phrases.values import day, moment
from tandem.assistant.piece import Evidence, Heard, Piece
from tandem.assistant.skills.goods import Order, Parcel
from tandem.assistant.skills.shop import ORDER_STATUS, Shop
from tandem.timeline.model import OrderCard, OrderItem, OrderStep, Source

INTENT = "order_status"
_OVER = ("delivered", "refunded", "cancelled")
_STEPS = 8


class OrderFlow:
    """`zone` is the zone in which times are shown."""

    def __init__(self, shop: Shop, proof: OrderProof, zone: ZoneInfo) -> None:
        self._shop = shop
        self._proof = proof
        self._zone = zone

    async def answer(self, heard: Heard) -> Piece:
        found = await self._proof.order(heard, INTENT)
        return self._told(heard, found) if isinstance(found, Proven) else found

    def _told(self, heard: Heard, found: Proven) -> Piece:
        due = due_in_words(found.order, heard.lang, self._zone) if heard.named.again else None
        text = due or in_words(found.order, heard.lang, self._zone)
        memory = replace(found.memory, frame=Frame(INTENT, order=found.order.number))
        source = Source("skill", ORDER_STATUS.name, ORDER_STATUS.title.to(heard.lang))
        cards = (card(found.order, heard.lang, self._shop),)
        return Piece("look_up", text, memory, found.before, cards, sources=(source,), evidence=(Evidence(source, text),))


def in_words(order: Order, lang: Lang, zone: ZoneInfo) -> str:
    """The order's state and, for each parcel under way, the carrier's newest word."""
    lines = [say(lang, "order_state", number=order.number, state=order.state_label.to(lang))]
    lines += [_parcel_line(it, lang, zone) for it in order.parcels]
    if not order.parcels and order.state not in _OVER:
        lines.append(say(lang, "order_no_parcel"))
    return "\n".join(lines)


def due_in_words(order: Order, lang: Lang, zone: ZoneInfo) -> str | None:
    """To whom asks when: the day first, then how far it has come. None while no day is known, or several are."""
    due = [it for it in order.parcels if it.eta is not None and it.state != "delivered"]
    if len(due) != 1 or due[0].eta is None:
        return None
    said = say(lang, "order_due_late" if due[0].delayed else "order_due", number=order.number, day=day(due[0].eta, lang, zone))
    return f"{said}\n{_newest_line(due[0], lang, zone)}"


def _parcel_line(parcel: Parcel, lang: Lang, zone: ZoneInfo) -> str:
    line = _newest_line(parcel, lang, zone)
    if not parcel.events or parcel.eta is None or parcel.state == "delivered":
        return line
    ends = say(lang, "order_delayed" if parcel.delayed else "order_eta", day=day(parcel.eta, lang, zone))
    return f"{line}{ends}" if lang == "zh" else f"{line} {ends}"


def _newest_line(parcel: Parcel, lang: Lang, zone: ZoneInfo) -> str:
    label = {"carrier": parcel.carrier.to(lang), "tracking": parcel.tracking}
    if not parcel.events:
        return say(lang, "order_parcel_silent", **label)
    newest = parcel.events[0]
    place = newest.place.to(lang)
    told = {"at": moment(newest.at, lang, zone), "place": place, "text": newest.text.to(lang).rstrip("。.")}
    line = say(lang, "order_parcel" if place else "order_parcel_no_place", **label, **told)
    return line + ("。" if lang == "zh" else "")


def card(order: Order, lang: Lang, shop: Shop) -> OrderCard:
    parcel = order.parcels[0] if order.parcels else None
    items = tuple(
        OrderItem(
            f"{it.title.to(lang)} {it.variant.to(lang)}" if it.variant else it.title.to(lang),
            it.quantity,
            shop.link(it.picture),
        )
        for it in order.items
    )
    steps = tuple(OrderStep(it.at, it.text.to(lang), it.place.to(lang) or None) for it in parcel.events[:_STEPS]) if parcel else ()
    return OrderCard(
        order.number, order.state, order.state_label.to(lang), order.placed_at, order.total, items,
        parcel.carrier.to(lang) if parcel else None, parcel.tracking if parcel else None, parcel.eta if parcel else None, steps,
    )  # fmt: skip
