"""What can be read from a customer's or an agent's own words without a model: each finding is a part of what was said."""

import re
from collections.abc import Iterable

_ORDER = re.compile(r"(?<![A-Za-z0-9])TD\d{8}(?!\d)", re.IGNORECASE)
_EXPECTS = re.compile(
    r"[^。！？!?.\n；;]*(?:希望|想[要换退改让取]|要求|最好能?|必须|麻烦(?:你们?|您)?(?:给|把|帮)|能不能[给帮换退改取]|我要(?:换|退|改|取消|重)"
    r"|[给帮]我(?:换|退|补|改|取消|催|重发|重新)|(?:I|we)(?:'d| would) like|(?:I|we) (?:want|need|expect)|please"
    r"|\b(?:can|could) (?:you|I) (?:just |please )?(?:get|have|refund|exchange|replace|cancel|change|resend|send|ship)\b)"
    r"[^。！？!?.\n；;]*",
    re.IGNORECASE,
)
# A day alone may be one that is past: "上次说周三到".
_DEADLINE = re.compile(
    r"(?:今天|明天|后天|本周|这周|下周|周[一二三四五六日天]|星期[一二三四五六日天]|\d{1,2}月\d{1,2}[日号]|\d{1,2}号)"
    r"(?:之?前|以前|之?内|(?=必须|一定要|就要|要用))"
    r"|(?:by|before|until) (?:today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the \d{1,2}\w{2})",
    re.IGNORECASE,
)
# A Chinese mobile; with the country's code; with an area code, as written at home (010-8888 6666, 07700 900142); North American.
_PHONE = re.compile(
    r"(?<![\dA-Za-z])1[3-9]\d{9}(?!\d)|(?<![\w+])\+\d{1,3}[ -]?\d{3,4}(?:[ -]?\d{3,4}){1,2}(?!\d)"
    r"|(?<![\w.+-])0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}(?![\d-])|(?<![\w.+-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])\d{3}[.-]\d{4}(?![\d-])"
)
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:省|市|区|县)[\u4e00-\u9fffA-Za-z0-9\- ]{0,24}?(?:路|街|道|巷|弄|镇|村|小区|大厦|花园)"
    r"[\u4e00-\u9fffA-Za-z0-9\-]{0,20}(?:号|室|栋|楼|单元|座)?"
    r"|\b\d{1,5} (?:[A-Z][A-Za-z]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Way|Close|Square)\b"
)
_COLOUR = re.compile(
    r"(?:深|浅|米|藏|墨|天|玫)?[红橙黄绿蓝紫黑白灰粉棕青银金]色|\b(?:black|white|gr[ae]y|red|blue|green|yellow|pink|purple|brown|silver|gold|beige|navy)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?<![A-Za-z0-9])(?:XXS|XS|[2-5]?XL|XXL|[SML])码|(?<!\d)(?:3[4-9]|4[0-8])码|\bsize (?:XXS|XS|[2-5]?XL|XXL|[SML]|\d{1,2})\b",
    re.IGNORECASE,
)
_DUE = (
    r"(?:(?:今|明|后)天|今晚|本周|这周|下周|周[一二三四五六日天])?\s*(?:上午|下午|晚上|中午)?\s*"
    r"(?:\d{1,2}(?::\d{2}|点半?)|\d{1,3} ?(?:分钟|小时|个?工作日|天))?\s*(?:之?前|以?内)"
    r"|(?:by|before|within) (?:\d{1,2}(?::\d{2})? ?(?:am|pm)?(?: today| tomorrow)?|today|tonight|tomorrow|\w+day"
    r"|(?:\d+|an?|one|two) (?:minutes?|hours?|days?|working days?))"
)
_PROMISE = re.compile(
    rf"[^。！？!?.\n；;]*(?:(?:{_DUE})[^。！？!?.\n；;]*(?:给您|为您|回复|答复|联系|安排|处理|补发|退款|到账|告诉|派送)"
    rf"|\b(?:I|we)(?:'ll| will)\b[^。！？!?.\n；;]*(?:{_DUE}))[^。！？!?.\n；;]*",
    re.IGNORECASE,
)
_DUE_ALONE = re.compile(_DUE, re.IGNORECASE)
_OUTBURST = re.compile(
    r"过分|气死|投诉|差评|垃圾|骗子|无语|受不了|忍不了|什么态度|算了|呵呵|坑人|举报|太差|服了|恶心|[我你您们真的要了太啊吧呢吗是就想个再也都]"
    r"|\b(?:outrageous|ridiculous|unacceptable|disgust\w*|fed up|sick|appalling|terrible|service|worst|jokes?|scam|furious|complain\w*)\b"
    r"|\b(?:i|you|want|to|make|file|lodge|a|an|the|this|that|it|is|are|so|absolutely|really|all|of|with|am|m|s|re|ever|and|people|guys)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9]+")
_AUTHORITY = {
    "compensation": re.compile(
        r"赔偿|补偿|赔[我付钱]|补[我偿]|差价|compensat|make (?:it|this) up to me|price difference", re.IGNORECASE
    ),
    "refund": re.compile(r"退款|退钱|全额退|refund|money back", re.IGNORECASE),
    "rush": re.compile(r"加急|优先(?:发|派|处理)|尽快(?:发|派)|expedite|rush|priority", re.IGNORECASE),
    "exception": re.compile(r"破例|通融|特殊(?:处理|申请)|例外|make an exception|just this once|waive", re.IGNORECASE),
}
_LEAST_NEED = 3  # Chinese characters, or words
_THANKS = re.compile(
    r"^(?:好的?|行|可以|明白|知道|收到|谢谢|多谢|解决了|ok|okay|great|thanks|thank you|got it|perfect|that works)", re.IGNORECASE
)


def facts_in(text: str) -> Iterable[tuple[str, str]]:
    """Key and value of what a customer says of himself and his case."""
    for number in _ORDER.findall(text):
        yield "order", number.upper()
    for when in _DEADLINE.findall(text):
        yield "deadline", when
    for key, pattern in (("phone", _PHONE), ("address", _ADDRESS), ("colour", _COLOUR), ("size", _SIZE)):
        for value in pattern.findall(text):
            yield key, value.strip()


def expectation_in(text: str) -> str | None:
    found = _EXPECTS.search(text)
    return found.group().strip() if found and len(found.group().strip()) >= 4 else None


def is_outburst(text: str) -> bool:
    """Whether nothing but anger is told: how one feels and not what one needs."""
    return len(_TELLING.findall(_OUTBURST.sub(" ", text))) < _LEAST_NEED


def promises_in(text: str) -> Iterable[tuple[str, str | None]]:
    """What was promised, and by when."""
    for found in _PROMISE.finditer(text):
        due = _DUE_ALONE.search(found.group())
        yield found.group().strip(" ，,"), due.group().strip() if due else None


def authority_in(text: str) -> Iterable[str]:
    return (what for what, pattern in _AUTHORITY.items() if pattern.search(text))


def is_content(text: str) -> bool:
    """Whether the words say that something helped."""
    return bool(_THANKS.match(text.strip()))


def nameless(text: str) -> str:
    """Without the numbers that belong to one customer: a gap that shows stands for each, to be filled for the next one."""
    return _PHONE.sub("【…】", _ORDER.sub("【…】", text))


def discreet(text: str) -> str:
    """With each phone number told only as far as one needs to recognise it."""
    return _PHONE.sub(lambda found: masked("phone", found[0]), text)


def masked(key: str, value: str) -> str:
    """A number that names a person is told only as far as one needs to recognise it."""
    if key != "phone":
        return value
    return f"{value[:3]}{'*' * max(len(value) - 7, 0)}{value[-4:]}"
