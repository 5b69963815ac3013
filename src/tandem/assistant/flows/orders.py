"""Where an order is. Told only to its buyer: signed in through the host page, or by order number and phone digits."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tandem.assistant.model import Frame, Memory
from tandem.assistant.phrases import Lang, say
from tandem.assistant.phrases.values import day, moment
from tandem.assistant.piece import Evidence, Heard, Piece, person_choice, silent
from tandem.assistant.skills.goods import Order, Parcel
from tandem.assistant.skills.port import Called
from tandem.assistant.skills.shop import ORDER_LIST, ORDER_STATUS, Shop
from tandem.timeline.model import Body, Choice, OrderCard, OrderItem, OrderStep, Source, Verified

INTENT = "order_status"
CHOICE = "order:"
TRIES = 5
"""Wrong phone digits in a conversation before a person takes over. Ten thousand guesses would open any order."""
_OVER = ("delivered", "refunded", "cancelled")
_LISTED = 4
_STEPS = 8


class OrderFlow:
    """`zone` is the zone in which times are shown."""

    def __init__(self, shop: Shop, zone: ZoneInfo) -> None:
        self._shop = shop
        self._zone = zone

    async def answer(self, heard: Heard) -> Piece:
        number = self._number(heard)
        customer = heard.context.customer.external
        if customer and (number is None or heard.named.other):
            return await self._from_list(heard, customer, number)
        if number is None:
            return Piece("clarify", say(heard.lang, "ask_order"), _asking(heard.memory, None, "order"))
        if customer:
            return await self._of_signed_in(heard, number, customer)
        if number in heard.memory.proven:
            return await self._proven_before(heard, number)
        if heard.named.digits is None:
            return Piece("clarify", say(heard.lang, "ask_digits", order=number), _asking(heard.memory, number, "digits"))
        return await self._with_digits(heard, number, heard.named.digits)

    def _number(self, heard: Heard) -> str | None:
        if heard.choice and heard.choice.startswith(CHOICE):
            return heard.choice.removeprefix(CHOICE)
        if heard.named.orders:
            return heard.named.orders[0]
        if heard.named.other and not heard.context.customer.external:
            return None
        frame = heard.memory.frame
        return frame.order if frame and frame.intent == INTENT else None

    async def _of_signed_in(self, heard: Heard, number: str, customer: str) -> Piece:
        """Another customer's order is refused in the very words for an order that does not exist."""
        called = await self._shop.order(number, heard.lang, customer=customer)
        if called.found:
            return self._told(heard, called.found, (called.entry,), heard.memory)
        if called.outcome == "failed":
            return silent(heard, "shop_silent_order", _asking(heard.memory, number, None), (called.entry,))
        text = say(heard.lang, "not_shown", order=number)
        return Piece("look_up", text, _asking(heard.memory, None, "order"), (called.entry,), choices=(person_choice(heard.lang),))

    async def _proven_before(self, heard: Heard, number: str) -> Piece:
        called = await self._shop.order(number, heard.lang, customer=heard.memory.proven[number])
        if called.found:
            return self._told(heard, called.found, (called.entry,), heard.memory)
        return silent(heard, "shop_silent_order", _asking(heard.memory, number, None), (called.entry,))

    async def _with_digits(self, heard: Heard, number: str, digits: str) -> Piece:
        if heard.memory.digit_tries >= TRIES:
            return _too_many_tries(heard, heard.memory, ())
        called = await self._shop.order(number, heard.lang, phone=digits)
        if called.outcome == "failed":
            return silent(heard, "shop_silent_order", _asking(heard.memory, number, "digits"), (called.entry,))
        if called.found is None:
            return self._wrong_digits(heard, number, called)
        proven = heard.memory.proven | {number: called.found.customer.id}
        verified = Verified("order_phone", number)
        return self._told(heard, called.found, (called.entry, verified), replace(heard.memory, proven=proven))

    def _wrong_digits(self, heard: Heard, number: str, called: Called[Order]) -> Piece:
        """The same words whether the order does not exist or the digits are wrong: else the answer itself would tell."""
        memory = replace(_asking(heard.memory, number, "digits"), digit_tries=heard.memory.digit_tries + 1)
        if memory.digit_tries >= TRIES:
            return _too_many_tries(heard, memory, (called.entry,))
        choices = (person_choice(heard.lang),)
        return Piece("look_up", say(heard.lang, "digits_wrong"), memory, (called.entry,), choices=choices)

    async def _from_list(self, heard: Heard, customer: str, current: str | None) -> Piece:
        called = await self._shop.orders(customer, heard.lang)
        if called.found is None:
            return silent(heard, "shop_silent_order", _asking(heard.memory, None, "order"), (called.entry,))
        orders = called.found.items
        memory = replace(heard.memory, orders=tuple(it.number for it in orders[:20]))
        source = (Source("skill", ORDER_LIST.name, ORDER_LIST.title.to(heard.lang)),)
        if heard.named.other:
            orders = tuple(it for it in orders if it.number != current)
        if not orders:
            key = "no_other_order" if heard.named.other else "no_orders"
            return Piece("look_up", say(heard.lang, key), memory, (called.entry,), sources=source)
        under_way = [it for it in orders if it.state not in _OVER]
        if len(orders) == 1 or (len(under_way) == 1 and not heard.named.other):
            return self._told(heard, (under_way or orders)[0], (called.entry,), memory)
        shown = (under_way or orders)[:_LISTED]
        choices = tuple(
            Choice(say(heard.lang, "order_choice", number=it.number, state=it.state_label.to(heard.lang)), CHOICE + it.number)
            for it in shown
        )
        memory = _asking(memory, current, "order")
        return Piece("clarify", say(heard.lang, "which_order"), memory, (called.entry,), choices=choices, sources=source)

    def _told(self, heard: Heard, order: Order, before: tuple[Body, ...], memory: Memory) -> Piece:
        text = in_words(order, heard.lang, self._zone)
        known = memory.orders if order.number in memory.orders else (*memory.orders, order.number)[-20:]
        memory = replace(memory, orders=known, frame=Frame(INTENT, order=order.number))
        source = Source("skill", ORDER_STATUS.name, ORDER_STATUS.title.to(heard.lang))
        cards = (card(order, heard.lang, self._shop),)
        return Piece("look_up", text, memory, before, cards, sources=(source,), evidence=(Evidence(source, text),))


def _asking(memory: Memory, order: str | None, slot: str | None) -> Memory:
    return replace(memory, frame=Frame(INTENT, order=order, asked=slot))  # type: ignore[arg-type]


def _too_many_tries(heard: Heard, memory: Memory, before: tuple[Body, ...]) -> Piece:
    return Piece("hand_off", say(heard.lang, "hand_off_digits"), memory, before, reason="fraud_or_security")


def in_words(order: Order, lang: Lang, zone: ZoneInfo) -> str:
    """The order's state and, for each parcel under way, the carrier's newest word."""
    lines = [say(lang, "order_state", number=order.number, state=order.state_label.to(lang))]
    lines += [_parcel_line(it, lang, zone) for it in order.parcels]
    if not order.parcels and order.state not in _OVER:
        lines.append(say(lang, "order_no_parcel"))
    return "\n".join(lines)


def _parcel_line(parcel: Parcel, lang: Lang, zone: ZoneInfo) -> str:
    label = {"carrier": parcel.carrier.to(lang), "tracking": parcel.tracking}
    if not parcel.events:
        return say(lang, "order_parcel_silent", **label)
    newest = parcel.events[0]
    place = newest.place.to(lang)
    told = {"at": moment(newest.at, lang, zone), "place": place, "text": newest.text.to(lang).rstrip("。.")}
    line = say(lang, "order_parcel" if place else "order_parcel_no_place", **label, **told)
    if parcel.eta is None or parcel.state == "delivered":
        return line + ("。" if lang == "zh" else "")
    ends = say(lang, "order_delayed" if parcel.delayed else "order_eta", day=day(parcel.eta, lang, zone))
    return f"{line}。{ends}" if lang == "zh" else f"{line} {ends}"


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
