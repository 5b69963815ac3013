"""The shop's skills as a language model may choose them: begun like those that a customer asks for in plain words, by the same
flows, so with the same proof of who he is, the same reading back, and nothing done before his own yes."""

from contextlib import suppress

from msgspec.structs import replace

from tandem.assistant.compose import Offered
from tandem.assistant.flows import delivery, orders, products
from tandem.assistant.flows.acts import ActFlow
from tandem.assistant.flows.delivery import DeliveryFlow
from tandem.assistant.flows.orders import OrderFlow
from tandem.assistant.flows.products import ProductFlow
from tandem.assistant.piece import Heard, Piece
from tandem.assistant.skills.port import Parameter, Skill, Title
from tandem.assistant.skills.shop_acts import ACTS, Act
from tandem.assistant.skills.values import NotAValue, value_of
from tandem.assistant.understanding.entities import order_numbers
from tandem.knowledge.words import fold

_ORDER = Parameter("order", Title("订单号", "Order number"), required=False)
_PRODUCT = Parameter("product", Title("商品名称", "Name of the product"), required=False)
_CITY = Parameter("city", Title("城市或国家", "City or country"))

_LOOK_UPS = (
    Skill(
        orders.INTENT,
        Title("查订单和物流", "Where an order is"),
        (_ORDER,),
        "State, parcels and expected day of the customer's order.",
    ),
    Skill(
        products.STOCK,
        Title("查库存", "Whether a product is in stock"),
        (_PRODUCT,),
        "Without a product: the one he is looking at.",
    ),
    Skill(products.PRICE, Title("查价格", "What a product costs"), (_PRODUCT,), "Without a product: the one he is looking at."),
    Skill(products.INFO, Title("查商品参数", "Details of a product"), (_PRODUCT,), "Without a product: the one he is looking at."),
    Skill(
        delivery.INTENT,
        Title("查运费和时效", "Days and cost of delivery to a place"),
        (_CITY,),
        "Of a new order, not of one on its way.",
    ),
)
_DONE_AFTER_A_YES = "It is read back first and done only after the customer's own yes."


def _offered(act: Act) -> Offered:
    """Without an order number he is asked for it; who he is never comes from here."""
    return Offered(act.skill.name, replace(act.skill, slots=(_ORDER, *act.slots), description=_DONE_AFTER_A_YES))


OFFERED = (*(Offered(it.name, it) for it in _LOOK_UPS), *(_offered(it) for it in ACTS.values()))
_NAMES = frozenset(it.name for it in OFFERED)


class BuiltInFlow:
    def __init__(self, order: OrderFlow, product: ProductFlow, deliver: DeliveryFlow, act: ActFlow) -> None:
        self._order, self._product, self._deliver, self._act = order, product, deliver, act

    def owns(self, name: str) -> bool:
        return name in _NAMES

    async def answer(self, heard: Heard, name: str, arguments: dict[str, str]) -> Piece:
        """Begin what a model chose. `arguments` are what it took for the customer's words: read as those are, trusted no more."""
        heard = _named(heard, arguments)
        if name in ACTS:
            return await self._act.answer(heard, name, _fitting(ACTS[name], arguments))
        if name == orders.INTENT:
            return await self._order.answer(heard)
        if name == delivery.INTENT:
            return await self._deliver.answer(heard)
        return await self._product.answer(replace(heard, text=arguments.get("product", "")), name)


def _named(heard: Heard, arguments: dict[str, str]) -> Heard:
    """What the customer named himself in this turn comes before what a model says he named."""
    named = heard.named
    told = order_numbers(fold(arguments.get("order", "")), asked=True)[:1]
    return replace(heard, named=replace(named, orders=named.orders or told, place=named.place or arguments.get("city") or None))


def _fitting(act: Act, arguments: dict[str, str]) -> dict[str, str]:
    """Of what was taken for values, those that can be such; the rest is asked for."""
    values: dict[str, str] = {}
    for slot in act.slots:
        if slot.name in arguments:
            with suppress(NotAValue):
                values[slot.name] = value_of(slot, arguments[slot.name])
    return values
