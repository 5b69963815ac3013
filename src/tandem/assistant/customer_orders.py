"""A customer's orders for the people who serve him."""

from tandem.assistant.flows.orders import card
from tandem.assistant.skills.shop import Shop
from tandem.kit.errors import Language, Unavailable
from tandem.timeline.model import Card

_MOST = 20


class CustomerOrders:
    """Whose orders may be seen is asked before: only those of a customer for whom the shop vouches."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def orders_of(self, external: str, language: Language) -> list[Card]:
        """Newest first, as the shop gives them. Raises `Unavailable`."""
        called = await self._shop.orders(external, language)
        if called.outcome == "not_found":
            return []
        if called.found is None:
            raise Unavailable
        return [card(order, language, self._shop) for order in called.found.items[:_MOST]]
