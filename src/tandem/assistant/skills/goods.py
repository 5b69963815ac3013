"""The shapes in which a shop tells of its goods and orders. What a shop adds beyond them is ignored; times are aware."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from tandem.timeline.model import Money


class Text(Struct, frozen=True):
    """The same words in both languages."""

    zh: str
    en: str

    def to(self, lang: Literal["zh", "en"]) -> str:
        return self.zh if lang == "zh" else self.en


class Names(Struct, frozen=True):
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Variant(Struct, frozen=True):
    """What is really sold. `restock_on` is set when more are on the way."""

    sku: str
    stock: int
    price: Money
    colour: Text | None = None
    size: str | None = None
    picture: str | None = None
    restock_on: date | None = None


class Product(Struct, frozen=True):
    id: str
    title: Text
    price: Money
    variants: tuple[Variant, ...]
    description: Text = Text("", "")
    aliases: Names = Names()
    price_usd: Money | None = None
    picture: str | None = None
    url: str | None = None
    attributes: dict[str, Text] = {}


class Products(Struct, frozen=True):
    items: tuple[Product, ...]


class Delivery(Struct, frozen=True):
    """Days from dispatch for what is paid before `cut_off`. `free_from`: the order value from which delivery costs nothing."""

    city: Text
    days_low: int
    days_high: int
    cost: Money
    carrier: Text
    cut_off: str
    free_from: Money | None = None
    starts_on: date | None = None


class Item(Struct, frozen=True):
    title: Text
    quantity: int
    variant: Text | None = None
    picture: str | None = None


class Event(Struct, frozen=True):
    at: datetime
    place: Text
    text: Text


class Parcel(Struct, frozen=True):
    """Events are newest first."""

    carrier: Text
    tracking: str
    state: str
    eta: datetime | None
    delayed: bool
    events: tuple[Event, ...]


class Buyer(Struct, frozen=True):
    id: str


class Order(Struct, frozen=True):
    """`can_*`: what the shop's rules allow now; a shop that says nothing of it decides when it is asked to do it. A refund above
    `refund_limit` is for its people to grant."""

    number: str
    customer: Buyer
    state: str
    state_label: Text
    placed_at: datetime
    items: tuple[Item, ...]
    total: Money
    parcels: tuple[Parcel, ...] = ()
    can_cancel: bool = True
    can_change_address: bool = True
    can_return: bool = True
    can_refund: bool = True
    return_until: datetime | None = None
    refund_limit: Money | None = None


class Done(Struct, frozen=True):
    """What a change to an order did, in the shop's words. `refund` is what goes back to the buyer, by `refund_by` at the
    latest."""

    order: Order
    done: Text
    refund: Money | None = None
    refund_by: datetime | None = None


class Given(Struct, frozen=True):
    """What was done for an exception, in the shop's words. `reference` is what its people know it by."""

    done: Text
    reference: str = ""


class Orders(Struct, frozen=True):
    """Newest first."""

    items: tuple[Order, ...]
