"""What a buyer may do to an order: cancel it, move it, send it back, have it paid back."""

from collections import OrderedDict
from datetime import timedelta
from typing import TypeVar

from msgspec.structs import replace

from .carriers import Trip, plan
from .model import ActDone, Money, NewAddress, OrderAct, Text
from .orders import REFUND_LIMIT, Destination, OrderRecord, can_cancel, can_refund, can_return, state_at
from .problems import key_reused, needs_approval, not_allowed_now
from .shop import Shop

T = TypeVar("T")
REFUND_WITHIN = timedelta(days=3)
RETURN_TAKES = timedelta(days=5)
KEYS_KEPT = 10_000


class Done:
    """Results by Idempotency-Key. The oldest is forgotten past KEYS_KEPT, so that keys can't fill the memory."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[object, object]] = OrderedDict()

    def of(self, key: str, request: object, kind: type[T]) -> T | None:
        """What this request gave before, or None. Raises the problem idempotency-key-reused."""
        if key not in self._kept:
            return None
        before, done = self._kept[key]
        if before != request or not isinstance(done, kind):
            raise key_reused()
        return done

    def keep(self, key: str, request: object, done: T) -> T:
        self._kept[key] = (request, done)
        if len(self._kept) > KEYS_KEPT:
            self._kept.popitem(last=False)
        return done


def put_back(shop: Shop, record: OrderRecord) -> None:
    """What was not sent goes back onto the shelf."""
    for it in record.items:
        shop.stock[it.sku] += it.quantity


def free_coupon(shop: Shop, record: OrderRecord) -> None:
    """Of an order that is called off or goes back whole. It is good as long as it would have been."""
    if record.coupon:
        shop.coupons[record.coupon] = replace(shop.coupons[record.coupon], used_on=None)


def cancel(shop: Shop, record: OrderRecord, act: OrderAct) -> ActDone:
    """Only before the carrier has it. What was paid goes back."""
    del act
    now = shop.now()
    state = state_at(record, now)
    if not can_cancel(state):
        raise not_allowed_now(
            Text(
                "包裹已发出或订单已结束，不能取消；收到后可以申请退货。",
                "It's on its way or already closed. You can send it back once it arrives.",
            )
        )
    shop.orders[record.number] = replace(record, cancelled_at=now)
    put_back(shop, record)
    free_coupon(shop, record)
    if state == "placed":
        return ActDone(shop.view(shop.orders[record.number]), Text("订单已取消。", "The order is cancelled."))
    return ActDone(
        shop.view(shop.orders[record.number]),
        Text("订单已取消，货款 3 天内原路退回。", "The order is cancelled. The money goes back to how you paid within 3 days."),
        record.kept,
        now + REFUND_WITHIN,
    )


def change_address(shop: Shop, record: OrderRecord, act: NewAddress) -> ActDone:
    """Only before the carrier has it. The journeys are planned anew to the new place; the fee stays as paid."""
    now = shop.now()
    if not can_cancel(state_at(record, now)):
        raise not_allowed_now(
            Text(
                "包裹已发出或订单已结束，不能再改地址。",
                "It's on its way or already closed, so the address can't change any more.",
            )
        )
    place = shop.place(act.city)
    if place.country != record.to.place.country:
        raise not_allowed_now(Text("改寄到其他国家请取消后重新下单。", "For another country, please cancel and order again."))
    to = Destination(act.recipient or record.to.recipient, record.to.phone, act.line, place)
    journeys = tuple(
        plan(
            shop.random,
            Trip(place, place.zone.carrier, place.zone.days_high, it.events[0].at, it.events[1].at, it.skus),
        )
        for it in record.journeys
    )
    shop.orders[record.number] = replace(record, to=to, journeys=journeys)
    return ActDone(shop.view(shop.orders[record.number]), Text("收货地址已修改。", "The address is changed."))


def send_back(shop: Shop, record: OrderRecord, act: OrderAct) -> ActDone:
    """Within seven days of arrival. The money follows once the goods are back and looked at."""
    del act
    now = shop.now()
    if not can_return(record, now):
        raise not_allowed_now(
            Text(
                "只有签收后 7 天内的订单可以申请退货。",
                "Orders can be returned within 7 days of arriving, and not before they arrive.",
            )
        )
    shop.orders[record.number] = replace(record, return_asked_at=now, refunded_at=now + RETURN_TAKES)
    free_coupon(shop, record)
    goods = Money(max(0, record.kept.amount - record.fee), "CNY")
    return ActDone(
        shop.view(shop.orders[record.number]),
        Text(
            "退货申请已通过，快递员会上门取件；仓库验收后退款。",
            "The return is accepted. A courier collects it, and the refund follows once it's checked in.",
        ),
        goods,
        now + RETURN_TAKES,
    )


def refund(shop: Shop, record: OrderRecord, act: OrderAct) -> ActDone:
    """Money back with nothing to send back: before dispatch, or when a parcel is lost."""
    del act
    now = shop.now()
    if not can_refund(record, now):
        raise not_allowed_now(
            Text(
                "未发货或确认丢件的订单才能直接退款；已签收的请走退货退款。",
                "A refund alone is for orders not yet sent or lost on the way. If it arrived, please return it.",
            )
        )
    if record.total.amount > REFUND_LIMIT.amount:
        raise needs_approval(REFUND_LIMIT.amount)
    if can_cancel(state_at(record, now)):
        put_back(shop, record)
    shop.orders[record.number] = replace(record, refunded_at=now)
    free_coupon(shop, record)
    return ActDone(
        shop.view(shop.orders[record.number]),
        Text("已退款，3 天内原路到账。", "Refunded. The money reaches you within 3 days, the way you paid."),
        record.kept,
        now + REFUND_WITHIN,
    )
