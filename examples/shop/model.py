"""The shapes that the shop's HTTP API speaks. Times are UTC, money is in minor units, texts are in Chinese and English."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

Lang = Literal["zh", "en"]
OrderState = Literal["placed", "paid", "packed", "shipped", "out_for_delivery", "delivered", "returning", "refunded", "cancelled"]
ParcelState = Literal["preparing", "in_transit", "out_for_delivery", "delivered"]


class Text(Struct, frozen=True):
    """The same words in both languages of the shop."""

    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class Words(Struct, frozen=True):
    """Other names that people use for a thing, by language."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Money(Struct, frozen=True):
    """An amount in minor units: 129900 CNY is ¥1,299.00."""

    amount: int
    currency: str


class Variant(Struct, frozen=True):
    """What is really sold. `stock` counts pieces in the warehouse now; `restock_on` is set when more are on the way."""

    sku: str
    colour: Text | None
    size: str | None
    stock: int
    price: Money
    picture: str
    restock_on: date | None


class Product(Struct, frozen=True):
    """`url` and `picture` are paths on the shop's own site."""

    id: str
    title: Text
    category: Text
    description: Text
    aliases: Words
    price: Money
    price_usd: Money
    picture: str
    url: str
    attributes: dict[str, Text]
    variants: tuple[Variant, ...]


class ProductList(Struct, frozen=True):
    """Best match first. `total` counts all matches, also those beyond `limit`."""

    items: tuple[Product, ...]
    total: int


class ProductStock(Struct, frozen=True):
    product: str
    title: Text
    total: int
    variants: tuple[Variant, ...]


class Delivery(Struct, frozen=True):
    """Days are calendar days from dispatch, for orders paid before `cut_off` (shop time, UTC+8).

    `free_from` is the order value from which delivery costs nothing. `starts_on` is set when the variant asked for
    has to come in first.
    """

    city: Text
    days_low: int
    days_high: int
    cost: Money
    free_from: Money
    carrier: Text
    cut_off: str
    starts_on: date | None


class Customer(Struct, frozen=True):
    """`phone_last4` is all of the phone number that leaves the shop. `tier` is None for an ordinary member."""

    id: str
    name: str
    locale: Lang
    tier: Text | None
    phone_last4: str
    city: Text


class OrderCustomer(Struct, frozen=True):
    id: str
    name: str
    phone_last4: str


class OrderItem(Struct, frozen=True):
    sku: str
    product: str
    title: Text
    variant: Text | None
    quantity: int
    price: Money
    picture: str


class Address(Struct, frozen=True):
    """`line` is masked: street and number are not told, only the district."""

    recipient: str
    city: Text
    country: Text
    line: str


class ParcelEvent(Struct, frozen=True):
    at: datetime
    place: Text
    text: Text
    code: str


class Parcel(Struct, frozen=True):
    """Events are newest first. `eta` moves when the carrier reports a delay, and is the arrival once delivered."""

    carrier: Text
    tracking: str
    state: ParcelState
    eta: datetime
    delayed: bool
    events: tuple[ParcelEvent, ...]


class Order(Struct, frozen=True):
    """An order as it stands now. `total` is what is paid, without the `discount` that a coupon gave. `return_until` is None until
    everything has arrived. A refund above `refund_limit` needs the shop's people.
    """

    number: str
    customer: OrderCustomer
    state: OrderState
    state_label: Text
    placed_at: datetime
    items: tuple[OrderItem, ...]
    total: Money
    address: Address
    parcels: tuple[Parcel, ...]
    can_cancel: bool
    can_change_address: bool
    can_return: bool
    can_refund: bool
    return_until: datetime | None
    refund_limit: Money
    discount: Money


class OrderList(Struct, frozen=True):
    """Newest first."""

    items: tuple[Order, ...]


class ActDone(Struct, frozen=True):
    """What a change to an order did. `refund` is what goes back to the payment method, by `refund_by` at the latest."""

    order: Order
    done: Text
    refund: Money | None = None
    refund_by: datetime | None = None


class Coupon(Struct, frozen=True):
    """For one order of this customer; `used_on` is its number. An order that is called off or sent back gives it back."""

    code: str
    customer: str
    amount: Money
    until: datetime
    used_on: str | None = None


class Granted(Struct, frozen=True):
    """What was given beyond the rules, in words for the buyer. `reference` is what the shop's people know it by; `refund` goes back
    to the payment method, by `refund_by` at the latest."""

    reference: str
    done: Text
    refund: Money | None = None
    refund_by: datetime | None = None


Digits4 = Annotated[str, Meta(pattern="^[0-9]{4}$", description="Last four digits of the phone number on the order")]
CustomerRef = Annotated[str, Meta(min_length=1, max_length=32, description="The shop's id of the customer")]
Reason = Annotated[str, Meta(max_length=500, description="Why, in the customer's words")]
Line = Annotated[str, Meta(min_length=1, max_length=120)]


class OrderAct(Struct, frozen=True, forbid_unknown_fields=True):
    """One of `customer` and `phone` proves that the order is the caller's."""

    customer: CustomerRef | None = None
    phone: Digits4 | None = None
    reason: Reason = ""


class NewAddress(Struct, frozen=True, forbid_unknown_fields=True):
    """`city` is a city or country that the shop delivers to, in Chinese or English. Without `recipient` it stays as it is."""

    city: Line
    line: Line
    recipient: Line | None = None
    customer: CustomerRef | None = None
    phone: Digits4 | None = None


Minor = Annotated[int, Meta(gt=0, le=10_000_000, description="CNY in minor units: 3500 is ¥35.00")]


class PartRefund(Struct, frozen=True, forbid_unknown_fields=True):
    """`customer` is the order's buyer."""

    amount: Minor
    customer: CustomerRef


class LateReturn(Struct, frozen=True, forbid_unknown_fields=True):
    """`customer` is the order's buyer."""

    customer: CustomerRef


class Replacement(Struct, frozen=True, forbid_unknown_fields=True):
    """`customer` is the order's buyer."""

    customer: CustomerRef


class NewCoupon(Struct, frozen=True, forbid_unknown_fields=True):
    amount: Minor


class DemoOrder(Struct, frozen=True):
    number: str
    state: OrderState
    story: Text


class DemoShopper(Struct, frozen=True):
    id: str
    name: str
    locale: Lang
    tier: Text | None
    phone_last4: str
    orders: tuple[DemoOrder, ...]


class Trial(Struct, frozen=True):
    """`known`: orders to try with, by kind, such as "fresh", "fresh_digits", "fresh_customer"."""

    known: dict[str, str]


class Demo(Struct, frozen=True):
    brand: Text
    shoppers: tuple[DemoShopper, ...]
