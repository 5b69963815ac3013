"""What a shop does when somebody with the authority granted an exception, each described as a skill."""

from msgspec import Struct

from tandem.assistant.skills.port import Parameter, Skill, Title
from tandem.timeline.model import ExceptionKind

CURRENCY = "CNY"
"""In which the shop pays."""
_ORDER = Parameter("order", Title("订单号", "Order number"), pattern=r"[A-Za-z0-9-]{3,40}")
_CUSTOMER = Parameter("customer", Title("客户", "Customer"), private=True, given_by="identity")
_AMOUNT = Parameter("amount", Title("金额（分）", "Amount (minor units)"), kind="integer", given_by="grant")


class ShopGrant(Struct, frozen=True):
    """`path` is the shop's address for it, below its API; `kind` which exceptions it carries out."""

    skill: Skill
    kind: ExceptionKind
    path: str


def _grant(name: str, title: Title, kind: ExceptionKind, path: str, *slots: Parameter) -> ShopGrant:
    skill = Skill(
        name, title, (*slots, _CUSTOMER), personal=True, writes=True, confirm=True, repeatable=True, who=("desk",), seconds=8.0
    )
    return ShopGrant(skill, kind, path)


REFUND_PART = _grant(
    "refund_part", Title("部分退款", "Part refund"), "refund", "orders/{order}/part-refund", _ORDER, _AMOUNT
)  # fmt: skip
RETURN_LATE = _grant("return_late", Title("超期退货", "Late return"), "extension", "orders/{order}/late-return", _ORDER)
SEND_AGAIN = _grant("send_again", Title("免费补发", "Send again"), "replacement", "orders/{order}/replacement", _ORDER)
GIVE_COUPON = _grant("give_coupon", Title("发放优惠券", "Coupon"), "discount", "customers/{customer}/coupons", _AMOUNT)

GRANTS = {it.skill.name: it for it in (REFUND_PART, RETURN_LATE, SEND_AGAIN, GIVE_COUPON)}
