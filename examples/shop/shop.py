"""The running shop: its goods, buyers and orders in memory, and who may see an order."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from msgspec.structs import replace

from .carriers import CARRIERS, SHOP_TIME
from .catalogue import find_variant, read_catalogue, with_stock
from .customers import Buyer, make_buyers
from .model import Coupon, Delivery, Demo, DemoOrder, DemoShopper, Order, Product, Text
from .orders import OrderRecord, state_at, view
from .places import Place, quote, read_places, spelling
from .problems import not_found, not_yours, too_many_guesses
from .search import ProductSearch
from .stories import DEMO_ORDERS, STORIES, lay_out

BRAND = Text("屿物", "Islet")
WRONG_DIGITS_ALLOWED = 10
WRONG_DIGITS_WINDOW = timedelta(hours=1)


class Shop:
    """`now` is where the shop takes its time from; `start` is when its orders stand as their stories say."""

    def __init__(self, seed: int, start: datetime, now: Callable[[], datetime]) -> None:
        self.now = now
        self.catalogue = read_catalogue(Random(f"{seed}:catalogue"), start.astimezone(SHOP_TIME).date())
        self.stock = {it.sku: it.stock for product in self.catalogue.products.values() for it in product.variants}
        self.places = read_places()
        self.buyers = make_buyers(Random(f"{seed}:buyers"), self.places)
        laid = lay_out(Random(f"{seed}:orders"), self.catalogue, self.buyers, start)
        self.orders = laid.records
        self.coupons: dict[str, Coupon] = {}
        self.random = Random(f"{seed}:later")
        self._demo = laid.demo
        self._search = ProductSearch(self.catalogue)
        self._wrong: dict[str, list[datetime]] = {}

    def find_products(self, query: str) -> list[Product]:
        return [self.product(id) for id in self._search.find(query)]

    def product(self, id: str) -> Product:
        if id not in self.catalogue.products:
            raise not_found(Text("这件商品", "product"))
        return with_stock(self.catalogue.products[id], self.stock)

    def place(self, name: str) -> Place:
        place = self.places.get(spelling(name))
        if place is None:
            raise not_found(Text("这个城市或国家", "city or country we deliver to"))
        return place

    def delivery(self, city: str, sku: str | None) -> Delivery:
        """Without a sku the fee is that of a small order."""
        place = self.place(city)
        if sku is None:
            return quote(place, 0, CARRIERS)
        product = self.product(self.catalogue.product_of.get(sku.upper(), sku))
        variant = find_variant(product, sku.upper()) or product.variants[0]
        told = quote(place, variant.price.amount, CARRIERS)
        return told if variant.stock else replace(told, starts_on=variant.restock_on)

    def buyer(self, id: str) -> Buyer:
        if id not in self.buyers:
            raise not_found(Text("这位客户", "customer"))
        return self.buyers[id]

    def orders_of(self, customer: str) -> tuple[Order, ...]:
        """Newest first."""
        self.buyer(customer)
        mine = sorted((it for it in self.orders.values() if it.customer == customer), key=lambda it: it.placed_at)
        return tuple(self.view(it) for it in reversed(mine))

    def coupons_of(self, customer: str) -> list[Coupon]:
        """Those that are good now, the first to end first."""
        mine = [it for it in self.coupons.values() if it.customer == customer and it.until > self.now() and not it.used_on]
        return sorted(mine, key=lambda it: it.until)

    def view(self, record: OrderRecord) -> Order:
        return view(record, self.buyers[record.customer], self.now())

    def access_order(self, number: str, customer: str | None, phone: str | None) -> OrderRecord:
        """The order, once shown to be the caller's. Raises the problems not-found, not-yours, too-many.

        Four digits are soon tried out: without the limit anyone could open any order whose number he has seen.
        """
        record = self.orders.get(number.strip().upper())
        if record is None:
            raise not_found(Text("这个订单号", "order"))
        if customer is not None and hmac.compare_digest(customer.encode(), record.customer.encode()):
            return record
        if phone is None:
            raise not_yours()
        self._check_guesses(record.number)
        if hmac.compare_digest(phone.encode(), record.to.phone[-4:].encode()):
            return record
        self._wrong.setdefault(record.number, []).append(self.now())
        raise not_yours()

    def _check_guesses(self, number: str) -> None:
        now = self.now()
        recent = [at for at in self._wrong.get(number, ()) if now - at < WRONG_DIGITS_WINDOW]
        if len(recent) >= WRONG_DIGITS_ALLOWED:
            raise too_many_guesses(int((recent[0] + WRONG_DIGITS_WINDOW - now).total_seconds()) + 1)
        if recent:
            self._wrong[number] = recent
        else:
            self._wrong.pop(number, None)

    def demo_buyers(self) -> list[Buyer]:
        return list(self.buyers.values())[: len(DEMO_ORDERS)]

    def demo(self) -> Demo:
        return Demo(BRAND, tuple(self._demo_shopper(it) for it in self.demo_buyers()))

    def _demo_shopper(self, buyer: Buyer) -> DemoShopper:
        it = buyer.customer
        mine = [number for number in self._demo if self.orders[number].customer == it.id]
        orders = tuple(
            DemoOrder(number, state_at(self.orders[number], self.now()), STORIES[self._demo[number]][1]) for number in mine
        )
        return DemoShopper(it.id, it.name, it.locale, it.tier, it.phone_last4, orders)
