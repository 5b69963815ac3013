"""Buying one thing, with a coupon if the shopper has one. The demo takes no money: an order is paid as it is placed."""

from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from .carriers import CARRIERS, Trip, plan
from .customers import Buyer
from .model import Coupon, Money, OrderItem, Text
from .orders import Destination, OrderRecord
from .places import quote
from .problems import coupon_refused, not_allowed_now, not_found
from .shop import Shop
from .stories import item

PACKED_IN, COLLECTED_IN = timedelta(hours=4), timedelta(hours=9)


class Basket(Struct, frozen=True):
    """What one thing costs this shopper. A coupon pays for goods, not for delivery, and gives no change."""

    item: OrderItem
    fee: Money
    coupon: Coupon | None

    @property
    def discount(self) -> Money:
        return Money(min(self.coupon.amount.amount, self.item.price.amount) if self.coupon else 0, "CNY")

    @property
    def total(self) -> Money:
        return Money(self.item.price.amount + self.fee.amount - self.discount.amount, "CNY")


def basket(shop: Shop, buyer: Buyer, sku: str, code: str) -> Basket:
    """`code` empty: no coupon. Raises the problems not-found, coupon-refused."""
    if sku not in shop.stock:
        raise not_found(Text("这件商品", "product"))
    bought = item(shop.catalogue, sku, 1)
    fee = quote(buyer.place, bought.price.amount, CARRIERS).cost
    return Basket(bought, fee, usable(shop, buyer.customer.id, code) if code.strip() else None)


def usable(shop: Shop, customer: str, code: str) -> Coupon:
    """Raises the problem coupon-refused. Somebody else's coupon is refused in the words for one that is not there: a code that was
    guessed must not be confirmed."""
    found = shop.coupons.get(code.strip().upper())
    if found is None or found.customer != customer:
        raise coupon_refused(
            Text("没有这张券：请核对券码，它只能用于发给的账号。", "No such coupon on your account. Please check the code.")
        )
    if found.used_on:
        raise coupon_refused(Text(f"这张券已用于订单 {found.used_on}。", f"This coupon was used for order {found.used_on}."))
    if found.until <= shop.now():
        raise coupon_refused(Text("这张券已过有效期。", "This coupon is no longer good."))
    return found


def buy(shop: Shop, buyer: Buyer, sku: str, code: str) -> OrderRecord:
    """Takes the thing from the stock and the coupon from the shopper. Raises the problems not-found, coupon-refused, not-allowed-now."""
    chosen = basket(shop, buyer, sku, code)
    if shop.stock[sku] < 1:
        raise not_allowed_now(
            Text("刚刚卖完了，没有下单，也没有用掉优惠券。", "It has just sold out. Nothing was ordered, and no coupon was used.")
        )
    shop.stock[sku] -= 1
    to = Destination(buyer.customer.name, buyer.phone, buyer.street, buyer.place)
    order = new_order(shop, buyer.customer.id, (chosen.item,), to)
    order = replace(order, fee=chosen.fee.amount, discount=chosen.discount.amount, coupon=chosen.coupon and chosen.coupon.code)
    shop.orders[order.number] = order
    if chosen.coupon:
        shop.coupons[chosen.coupon.code] = replace(chosen.coupon, used_on=order.number)
    return order


def new_order(shop: Shop, customer: str, items: tuple[OrderItem, ...], to: Destination) -> OrderRecord:
    """Paid now and sent today; delivery costs nothing. It is not in the books yet."""
    number = f"TD{shop.random.randrange(20_000_000, 90_000_000)}"
    while number in shop.orders:
        number = f"TD{shop.random.randrange(20_000_000, 90_000_000)}"
    now, place, skus = shop.now(), to.place, tuple(it.sku for it in items)
    trip = Trip(place, place.zone.carrier, place.zone.days_high, now + PACKED_IN, now + COLLECTED_IN, skus)
    return OrderRecord(number, customer, items, 0, to, now, now, now + PACKED_IN, (plan(shop.random, trip),))
