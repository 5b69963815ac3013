"""What a buyer may have done to an order, each described as a skill."""

from collections.abc import Callable

from msgspec import Struct

from tandem.assistant.skills.goods import Order
from tandem.assistant.skills.port import Option, Parameter, Skill, Title

ADDRESS = Parameter(
    "line", Title("收货地址", "Address"), private=True, shortest=5, longest=120,
    ask=Title(
        "请发一下新的收货地址：城市、街道和门牌号，例如「上海市静安区南京西路 100 号」。",
        "What's the new address? Street, house number and city, for example “12 High Street, Leeds”.",
    ),
    find=(
        r"(?:地址|门牌号?|街道)[^,，。]{0,8}?(?:改成|改为|改到|换成|换到|应该是|是|:|：)\s*(.{5,120})",
        r"(?:改成|改为|改到|改寄到?|换成|换到|寄到|送到)\s*([^,，。\n]{2,}?[省市区县州路街道巷弄号村镇][^\n]{2,110})",
        r"(?i)(?:address|street)(?: of (?:my|the) order)?(?: \S+){0,3}? (?:to|is|should be)[: ]+(.{5,120})",
        r"(?i)\b(?:send|ship|deliver) (?:it|them|this|that)(?: instead)? to[: ]+(.{5,120})",
    ),
)  # fmt: skip
CITY = Parameter(
    "city", Title("城市", "City"), longest=80,
    ask=Title("新地址在哪个城市（或国家）？", "Which city (or country) is the new address in?"),
    find=(r"城市(?:改成|改为|应该是|是)\s*([^,，。\s]{2,20})", r"(?i)\bcity (?:is|to|should be) ([\w' -]{2,40})"),
)  # fmt: skip
SAME_RECIPIENT = "="
RECIPIENT = Parameter(
    "recipient", Title("收件人", "Recipient"), private=True, longest=60, options=(Option(SAME_RECIPIENT, Title("收件人不变", "Same recipient")),),
    ask=Title("收件人要换吗？换的话请发新收件人的姓名。", "Should it still go to the same person? If not, what's the new name?"),
    find=(r"收(?:件|货)人(?:改成|改为|换成|应该是|是|:|：)\s*([^,，。\n]{1,30})", r"(?i)\brecipient(?:'s name)? (?:is|to|should be) ([^,.\n]{1,40})"),
)  # fmt: skip
REASON = Parameter(
    "reason", Title("退货原因", "Reason"), longest=200,
    options=(
        Option("不想要了", Title("不想要了", "Changed my mind")),
        Option("尺寸不合适", Title("尺寸不合适", "Wrong size")),
        Option("有质量问题", Title("有质量问题", "It's faulty")),
        Option("发错货", Title("发错货", "Wrong item sent")),
    ),
    ask=Title("退货的原因是什么？可以直接选，也可以自己写。", "Why are you sending it back? Pick one, or say it in your own words."),
    find=(r"退货?原因(?:改成|应该是|是|:|：)\s*([^。\n]{2,100})", r"(?i)\breason (?:is|should be) ([^.\n]{2,100})"),
)  # fmt: skip
_ORDER = Parameter("order", Title("订单号", "Order number"))
_CUSTOMER = Parameter("customer", Title("客户", "Customer"), private=True, given_by="identity")


class Act(Struct, frozen=True):
    """`verb` is the last segment of the shop's address for it; `allowed` whether the shop's rules let it be done to an order;
    `slots` what else must be known."""

    skill: Skill
    verb: str
    allowed: Callable[[Order], bool]
    slots: tuple[Parameter, ...] = ()


def _act(name: str, title: Title, verb: str, allowed: Callable[[Order], bool], *slots: Parameter) -> Act:
    skill = Skill(name, title, (_ORDER, _CUSTOMER, *slots), personal=True, writes=True, confirm=True, repeatable=True, seconds=5.0)
    return Act(skill, verb, allowed, slots)


CANCEL = _act("cancel_order", Title("取消订单", "Cancel the order"), "cancel", lambda it: it.can_cancel)
CHANGE_ADDRESS = _act(
    "change_address", Title("修改收货地址", "Change the address"), "address", lambda it: it.can_change_address,
    ADDRESS, CITY, RECIPIENT,
)  # fmt: skip
RETURN = _act("return_order", Title("申请退货", "Return the order"), "return", lambda it: it.can_return, REASON)
REFUND = _act("refund_order", Title("申请退款", "Refund the order"), "refund", lambda it: it.can_refund)

ACTS = {act.skill.name: act for act in (CANCEL, CHANGE_ADDRESS, RETURN, REFUND)}
