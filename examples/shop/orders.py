"""What is kept of an order, and what of it can be seen at a time.

No state is stored that the clock can tell: an order is paid, shipped or delivered because its times have come.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from .carriers import Journey, seen
from .customers import Buyer
from .model import Address, Money, Order, OrderCustomer, OrderItem, OrderState, Parcel, Text
from .places import Place

PAY_WITHIN = timedelta(hours=24)
RETURN_WITHIN = timedelta(days=7)
LOST_AFTER = timedelta(days=7)
REFUND_LIMIT = Money(200000, "CNY")
"""Above this a refund without a return is granted by a person, not by a call."""

LABELS: dict[OrderState, Text] = {
    "placed": Text("待付款", "Awaiting payment"),
    "paid": Text("待发货", "Paid, being prepared"),
    "packed": Text("已打包，待揽收", "Packed, awaiting collection"),
    "shipped": Text("运输中", "On its way"),
    "out_for_delivery": Text("派送中", "Out for delivery"),
    "delivered": Text("已签收", "Delivered"),
    "returning": Text("退货中", "Being returned"),
    "refunded": Text("已退款", "Refunded"),
    "cancelled": Text("已取消", "Cancelled"),
}


class Destination(Struct, frozen=True):
    recipient: str
    phone: str
    line: str
    place: Place


class OrderRecord(Struct, frozen=True):
    """An order with all its times, past and to come. None: that will not happen by itself."""

    number: str
    customer: str
    items: tuple[OrderItem, ...]
    fee: int
    to: Destination
    placed_at: datetime
    paid_at: datetime | None = None
    packed_at: datetime | None = None
    journeys: tuple[Journey, ...] = ()
    cancelled_at: datetime | None = None
    return_asked_at: datetime | None = None
    refunded_at: datetime | None = None
    given_back: int = 0
    """Paid back beyond the rules, in minor units."""
    replaced_by: str | None = None
    """The order in which the same goods were sent again."""
    discount: int = 0
    """What the coupon paid of the goods, in minor units."""
    coupon: str | None = None

    @property
    def total(self) -> Money:
        return Money(sum(item.price.amount * item.quantity for item in self.items) + self.fee - self.discount, "CNY")

    @property
    def kept(self) -> Money:
        """Of what was paid, what was not given back beyond the rules."""
        return Money(max(0, self.total.amount - self.given_back), "CNY")


def come(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


def parcels_at(record: OrderRecord, now: datetime) -> tuple[Parcel, ...]:
    """A parcel exists for the buyer from its first event on, unless the order was called off before."""
    if come(record.cancelled_at, now):
        return ()
    return tuple(parcel for parcel in (seen(journey, now) for journey in record.journeys) if parcel.events)


def state_at(record: OrderRecord, now: datetime) -> OrderState:
    if come(record.refunded_at, now):
        return "refunded"
    if come(record.cancelled_at, now):
        return "cancelled"
    if come(record.return_asked_at, now):
        return "returning"
    if not come(record.paid_at, now):
        return "cancelled" if now > record.placed_at + PAY_WITHIN else "placed"
    return shipping_state(record, parcels_at(record, now), now)


def shipping_state(record: OrderRecord, parcels: tuple[Parcel, ...], now: datetime) -> OrderState:
    states = [parcel.state for parcel in parcels]
    if len(states) == len(record.journeys) and states and all(state == "delivered" for state in states):
        return "delivered"
    if "out_for_delivery" in states:
        return "out_for_delivery"
    if "in_transit" in states or "delivered" in states:
        return "shipped"
    return "packed" if come(record.packed_at, now) else "paid"


def delivered_at(record: OrderRecord) -> datetime | None:
    """When the last parcel arrives, which may be still to come."""
    return max((journey.arrives for journey in record.journeys), default=None)


def return_until(record: OrderRecord, now: datetime) -> datetime | None:
    last = delivered_at(record)
    return last + RETURN_WITHIN if last and last <= now else None


def is_lost(record: OrderRecord, now: datetime) -> bool:
    """A parcel that is a week past its promised day counts as lost."""
    return any(now > journey.promised + LOST_AFTER and now < journey.arrives for journey in record.journeys)


def can_cancel(state: OrderState) -> bool:
    return state in ("placed", "paid", "packed")


def can_return(record: OrderRecord, now: datetime) -> bool:
    until = return_until(record, now)
    return state_at(record, now) == "delivered" and until is not None and now <= until


def can_refund(record: OrderRecord, now: datetime) -> bool:
    """Money back with nothing to send back: before dispatch, or when a parcel is lost."""
    state = state_at(record, now)
    return state in ("paid", "packed") or (state == "shipped" and is_lost(record, now))


def masked_name(name: str) -> str:
    """林** or E*** C***: enough for the buyer to know it, too little for anyone else."""
    if name.isascii():
        return " ".join(word[0] + "***" for word in name.split())
    return name[:1] + "**"


def masked_line(line: str) -> str:
    """The street without its numbers; of a Chinese line only the district where one is told."""
    district = line.find("区")
    if district > 0:
        return line[: district + 1] + "****"
    return "".join("*" if char.isdigit() else char for char in line)


def view(record: OrderRecord, buyer: Buyer, now: datetime) -> Order:
    state = state_at(record, now)
    to = record.to
    return Order(
        number=record.number,
        customer=OrderCustomer(buyer.customer.id, buyer.customer.name, buyer.customer.phone_last4),
        state=state,
        state_label=LABELS[state],
        placed_at=record.placed_at,
        items=record.items,
        total=record.total,
        address=Address(masked_name(to.recipient), to.place.name, to.place.country, masked_line(to.line)),
        parcels=parcels_at(record, now),
        can_cancel=can_cancel(state),
        can_change_address=can_cancel(state),
        can_return=can_return(record, now),
        can_refund=can_refund(record, now),
        return_until=return_until(record, now),
        refund_limit=REFUND_LIMIT,
        discount=Money(record.discount, "CNY"),
    )
