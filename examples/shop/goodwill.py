"""What the shop's people grant beyond the rules: money back, a coupon, a return after its time, goods sent again. Whoever calls has the
leave already."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from .acts import REFUND_WITHIN, RETURN_TAKES, free_coupon
from .checkout import new_order
from .model import Coupon, Granted, LateReturn, Money, PartRefund, Replacement, Text
from .orders import OrderRecord, is_lost, state_at
from .problems import not_allowed_now
from .shop import Shop
from .words import day

COUPON_LASTS = timedelta(days=90)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for others when read aloud."""


def refund_part(shop: Shop, record: OrderRecord, asked: PartRefund) -> Granted:
    """Never more than was paid and has not gone back yet."""
    now = shop.now()
    left = _paid_and_kept(record, now)
    if left == 0:
        raise not_allowed_now(Text("这个订单没有可退的款项。", "Nothing was paid for this order that could still be paid back."))
    if asked.amount > left:
        raise not_allowed_now(Text(f"最多还能退 {_yuan(left)}。", f"At most {_yuan(left)} can still be paid back."))
    shop.orders[record.number] = replace(record, given_back=record.given_back + asked.amount)
    money = _yuan(asked.amount)
    return Granted(
        _reference("R", shop),
        Text(f"已退款 {money}，3 天内原路到账。", f"{money} has been refunded. It reaches you within 3 days, the way you paid."),
        Money(asked.amount, "CNY"),
        now + REFUND_WITHIN,
    )


def return_late(shop: Shop, record: OrderRecord, asked: LateReturn) -> Granted:
    """What has arrived, whenever that was."""
    del asked
    now = shop.now()
    if state_at(record, now) != "delivered":
        raise not_allowed_now(Text("只有已签收的订单可以退货。", "Only what has arrived can be sent back."))
    shop.orders[record.number] = replace(record, return_asked_at=now, refunded_at=now + RETURN_TAKES)
    free_coupon(shop, record)
    goods = max(0, record.kept.amount - record.fee)
    return Granted(
        _reference("T", shop),
        Text(
            "退货已受理，快递员会上门取件；仓库验收后退款。",
            "The return is accepted. A courier collects it, and the refund follows once it's checked in.",
        ),
        Money(goods, "CNY"),
        now + RETURN_TAKES,
    )


def send_again(shop: Shop, record: OrderRecord, asked: Replacement) -> Granted:
    """The same goods to the same place for nothing: of what has arrived or is lost, while there are any, once for an order."""
    del asked
    now = shop.now()
    if record.replaced_by:
        raise not_allowed_now(
            Text(f"已经补发过，订单号 {record.replaced_by}。", f"It was sent again already: order {record.replaced_by}.")
        )
    if state_at(record, now) != "delivered" and not is_lost(record, now):
        raise not_allowed_now(Text("只有已签收或丢件的订单可以补发。", "Only what has arrived, or is lost, can be sent again."))
    if any(shop.stock[it.sku] < it.quantity for it in record.items):
        raise not_allowed_now(Text("商品缺货，暂时不能补发。", "It's out of stock and can't be sent again for now."))
    for it in record.items:
        shop.stock[it.sku] -= it.quantity
    new = _again(shop, record)
    shop.orders[new.number] = new
    shop.orders[record.number] = replace(record, replaced_by=new.number)
    until = new.journeys[0].promised
    return Granted(
        new.number,
        Text(
            f"已免费补发，新订单号 {new.number}，预计 {day(until, 'zh')}送达。",
            f"It's being sent again at no charge: order {new.number}, expected {day(until, 'en')}.",
        ),
    )


def _again(shop: Shop, record: OrderRecord) -> OrderRecord:
    """A price of nothing, so that nothing can be paid back for it."""
    items = tuple(replace(it, price=Money(0, "CNY")) for it in record.items)
    return new_order(shop, record.customer, items, record.to)


def give_coupon(shop: Shop, customer: str, amount: int) -> Granted:
    until = shop.now() + COUPON_LASTS
    code = _reference("YW", shop)
    shop.coupons[code] = Coupon(code, customer, Money(amount, "CNY"), until)
    money = _yuan(amount)
    return Granted(
        code,
        Text(
            f"已发放 {money} 优惠券，券码 {code}，90 天内有效。登录后在商品页点“立即购买”，结账时选用。",
            f"Here is a coupon for {money}: {code}. It's good for 90 days: choose Buy now on a product and use it at checkout.",
        ),
    )


def _paid_and_kept(record: OrderRecord, now: datetime) -> int:
    if state_at(record, now) in ("placed", "cancelled", "returning", "refunded"):
        return 0
    return record.kept.amount


def _reference(kind: str, shop: Shop) -> str:
    return f"{kind}-{''.join(shop.random.choices(_LETTERS, k=8))}"


def _yuan(amount: int) -> str:
    return f"¥{amount / 100:,.2f}"
