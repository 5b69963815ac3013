"""Finding the order that is meant, and having it proven that it is the customer's: signed in through the host page, or by order
number and phone digits."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant.model import Frame, Memory
from tandem.assistant.phrases import say
from tandem.assistant.piece import Heard, Piece, person_choice, silent
from tandem.assistant.skills.goods import Order
from tandem.assistant.skills.port import Called
from tandem.assistant.skills.shop import ORDER_LIST, Shop
from tandem.timeline.model import Body, Choice, Source, Verified

CHOICE = "order:"
TRIES = 5
"""Wrong phone digits in a conversation before a person takes over. Ten thousand guesses would open any order."""
_OVER = ("delivered", "refunded", "cancelled")
_LISTED = 4

Fits = Callable[[Order], bool]


class Proven(Struct, frozen=True):
    """An order that the customer may be told of. `before` are the entries of what was looked up for it."""

    order: Order
    before: tuple[Body, ...]
    memory: Memory


def under_way(order: Order) -> bool:
    return order.state not in _OVER


class OrderProof:
    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def order(self, heard: Heard, intent: str, fits: Fits = under_way, which: str = "which_order") -> Proven | Piece:
        """The order, or what has to be said to get to it. Of several, those that `fit` are offered in the words of `which`."""
        number = self._number(heard)
        customer = heard.context.customer.external
        if customer and (number is None or (heard.named.other and not heard.named.orders)):
            return await self._from_list(heard, intent, customer, number, fits, which)
        if number is None:
            return Piece("clarify", say(heard.lang, "ask_order"), asking(heard.memory, intent, None, "order"))
        if customer:
            return await self._of_signed_in(heard, intent, number, customer)
        if number in heard.memory.proven:
            return await self._proven_before(heard, intent, number)
        if heard.named.digits is None:
            return Piece("clarify", say(heard.lang, "ask_digits", order=number), asking(heard.memory, intent, number, "digits"))
        return await self._with_digits(heard, intent, number, heard.named.digits)

    def _number(self, heard: Heard) -> str | None:
        if heard.choice and heard.choice.startswith(CHOICE):
            return heard.choice.removeprefix(CHOICE)
        if heard.named.orders:
            return heard.named.orders[0]
        if heard.named.other and not heard.context.customer.external:
            return None
        return heard.memory.frame.order if heard.memory.frame else None

    async def _of_signed_in(self, heard: Heard, intent: str, number: str, customer: str) -> Proven | Piece:
        """Another customer's order is refused in the very words for an order that does not exist."""
        called = await self._shop.order(number, heard.lang, customer=customer)
        if called.found:
            return _proven(called.found, (called.entry,), heard.memory)
        if called.outcome == "failed":
            return silent(heard, "shop_silent_order", asking(heard.memory, intent, number, None), (called.entry,))
        text = say(heard.lang, "not_shown", order=number)
        memory = asking(heard.memory, intent, None, "order")
        return Piece("look_up", text, memory, (called.entry,), choices=(person_choice(heard.lang),))

    async def _proven_before(self, heard: Heard, intent: str, number: str) -> Proven | Piece:
        called = await self._shop.order(number, heard.lang, customer=heard.memory.proven[number])
        if called.found:
            return _proven(called.found, (called.entry,), heard.memory)
        return silent(heard, "shop_silent_order", asking(heard.memory, intent, number, None), (called.entry,))

    async def _with_digits(self, heard: Heard, intent: str, number: str, digits: str) -> Proven | Piece:
        if heard.memory.digit_tries >= TRIES:
            return _too_many_tries(heard, heard.memory, ())
        called = await self._shop.order(number, heard.lang, phone=digits)
        if called.outcome == "failed":
            return silent(heard, "shop_silent_order", asking(heard.memory, intent, number, "digits"), (called.entry,))
        if called.found is None:
            return self._wrong_digits(heard, intent, number, called)
        memory = replace(heard.memory, proven=heard.memory.proven | {number: called.found.customer.id})
        return _proven(called.found, (called.entry, Verified("order_phone", number)), memory)

    def _wrong_digits(self, heard: Heard, intent: str, number: str, called: Called[Order]) -> Piece:
        """The same words whether the order does not exist or the digits are wrong: else the answer itself would tell."""
        memory = replace(asking(heard.memory, intent, number, "digits"), digit_tries=heard.memory.digit_tries + 1)
        if memory.digit_tries >= TRIES:
            return _too_many_tries(heard, memory, (called.entry,))
        choices = (person_choice(heard.lang),)
        return Piece("look_up", say(heard.lang, "digits_wrong"), memory, (called.entry,), choices=choices)

    async def _from_list(
        self, heard: Heard, intent: str, customer: str, current: str | None, fits: Fits, which: str
    ) -> Proven | Piece:
        called = await self._shop.orders(customer, heard.lang)
        if called.found is None:
            return silent(heard, "shop_silent_order", asking(heard.memory, intent, None, "order"), (called.entry,))
        orders = called.found.items
        memory = replace(heard.memory, orders=tuple(it.number for it in orders[:20]))
        if heard.named.other:
            orders = tuple(it for it in orders if it.number != current)
        fitting = tuple(it for it in orders if fits(it))
        source = (Source("skill", ORDER_LIST.name, ORDER_LIST.title.to(heard.lang)),)
        if not orders:
            key = "no_other_order" if heard.named.other else "no_orders"
            return Piece("look_up", say(heard.lang, key), memory, (called.entry,), sources=source)
        if len(orders) == 1 or (len(fitting) == 1 and not heard.named.other):
            return _proven((fitting or orders)[0], (called.entry,), memory)
        choices = tuple(
            Choice(say(heard.lang, "order_choice", number=it.number, state=it.state_label.to(heard.lang)), CHOICE + it.number)
            for it in (fitting or orders)[:_LISTED]
        )
        memory = asking(memory, intent, current, "order")
        return Piece("clarify", say(heard.lang, which), memory, (called.entry,), choices=choices, sources=source)


def asking(memory: Memory, intent: str, order: str | None, slot: str | None) -> Memory:
    """What was already given for the same matter is kept; the details that were read back no longer stand."""
    before = memory.frame
    given = before.given if before and before.intent == intent else {}
    return replace(memory, frame=Frame(intent, order=order, asked=slot, given=given))


def _proven(order: Order, before: tuple[Body, ...], memory: Memory) -> Proven:
    known = memory.orders if order.number in memory.orders else (*memory.orders, order.number)[-20:]
    return Proven(order, before, replace(memory, orders=known))


def _too_many_tries(heard: Heard, memory: Memory, before: tuple[Body, ...]) -> Piece:
    return Piece("hand_off", say(heard.lang, "hand_off_digits"), memory, before, reason="fraud_or_security")
