"""What is personal in a text is replaced by a placeholder before it leaves the house, and put back into the answer."""

import re
from collections.abc import Iterable, Iterator

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_PLACEHOLDER = re.compile(r"\[\[[a-z]+-\d+\]\]")
_UNFINISHED = re.compile(r"\[(?:\[[a-z]*-?\d*\]?)?$")

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_ID_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_CARD = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){12,18}(?![\dA-Za-z])")
_PHONE = re.compile(
    r"(?<![\dA-Za-z])(?:(?:\+|00)86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<![\dA-Za-z])0\d{2,3}-\d{7,8}(?!\d)|"
    r"(?<![\dA-Za-z])\+\d{1,3}(?:[ -]?\d{2,4}){2,4}(?!\d)"
)
_ADDRESS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?市)?(?:[\u4e00-\u9fff]{1,8}?[区县])?(?:[\u4e00-\u9fff]{1,10}?(?:镇|街道|乡))?"
    r"[\u4e00-\u9fff]{1,12}?(?:路|街|大道|巷|弄|村|胡同)\s?\d{1,5}\s?(?:号|弄)(?:[\u4e00-\u9fffA-Za-z]{0,10}?\d{1,4}\s?(?:号楼|幢|栋|座|单元|楼|层|室|号))*|"
    r"(?<![\d.])\d{1,5}[A-Za-z]?,? (?:[A-Z][a-z'-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Way|Court|Place|Square|Boulevard|Blvd)\b"
    r"(?:, ?(?:(?:Flat|Apt|Unit) ?\w{1,5}|[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){0,2}))*|"
    # A road without its number, named down from its city; a housing estate with its building; a box; a British postcode.
    r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?[\u4e00-\u9fff]{2,8}?市[\u4e00-\u9fff]{1,8}?[区县][\u4e00-\u9fff]{2,12}?(?:路|街|大道|巷|弄|村|小区|花园|公寓|大厦)|"
    r"[\u4e00-\u9fff]{2,8}?(?:小区|花园|公寓|大厦|家园|新村|苑)\s?\d{1,4}\s?(?:号楼|幢|栋|座|单元|号)(?:\s?\d{1,4}\s?(?:单元|楼|层|室|号)?)*|"
    r"\bP\.? ?O\.? Box \d{1,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|慕容|令狐|夏侯|"
    "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤滕罗毕郝安常于傅"
    "卞齐康伍余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房丁邓洪包左石崔龚程裴陆翁段侯宁"
    "刘景龙叶白温翟乔谭廖曾关查简涂])"
)
_NAME = re.compile(
    rf"(?:我叫|我是|名字(?:叫|是)|姓名(?:是|[:：])?|(?:收[件货]|联系|寄件)人(?:是|叫|改成|换成|[:：])?)\s*({_SURNAME}[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])|"
    rf"({_SURNAME}[\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐|太太))|"
    r"(?:[Mm]y name is|[Mm]y name's|\bI am|\bI'm|[Tt]his is|[Nn]ame:|[Rr]ecipient(?: is|:)?|[Aa]ddressed to) ([A-Z][a-z'-]+(?: [A-Z][a-z'-]+){0,2})|"
    r"\b((?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z'-]+(?: [A-Z][a-z'-]+)?)"
)


class Mask:
    """One turn's placeholders: the same value has the same one wherever it stands, in the question as in a source. What it hides is
    kept here and nowhere else. `names`: those that are known to be of people."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = sorted({it for name in names for it in _parts(name)}, key=len, reverse=True)
        self._shown: dict[str, str] = {}
        self._hidden: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """Phone numbers, e-mail addresses, Chinese ID numbers, bank cards, street addresses, and names (those known, and those that
        somebody gives as a name) become placeholders."""
        for kind, value in (*_personal(text), *(("name", it) for it in self._names if it in text)):
            shown = self._placeholder(kind, value)
            text = _without_name(text, value, shown) if kind == "name" else text.replace(value, shown)
        return text

    def restore(self, text: str) -> str:
        """The values back in their places. A placeholder that was never given stays: it is then seen and refused."""
        return _PLACEHOLDER.sub(lambda match: self._hidden.get(match.group(), match.group()), text)

    def _placeholder(self, kind: str, value: str) -> str:
        if value not in self._shown:
            name = f"[[{kind}-{1 + sum(it.startswith(f'[[{kind}-') for it in self._hidden)}]]"
            self._shown[value], self._hidden[name] = name, value
        return self._shown[value]


class NoMask(Mask):
    """Leaves everything as it is, where the setting says so."""

    def hide(self, text: str) -> str:
        return text


def whole(text: str) -> str:
    """A text that is still being written, without a placeholder that has only begun."""
    return _UNFINISHED.sub("", text)


def bare(text: str) -> str:
    """A text without its placeholders: the numbers in them are ours."""
    return _PLACEHOLDER.sub(" ", text)


def unknown_placeholder(text: str) -> bool:
    return _PLACEHOLDER.search(text) is not None


def _personal(text: str) -> Iterator[tuple[str, str]]:
    """Longest kinds first: an ID number must not be taken for a card, nor a card for a phone number."""
    for value in dict.fromkeys(_EMAIL.findall(text)):
        yield "email", value
    rest = _EMAIL.sub(" ", text)
    for value in dict.fromkeys(it for it in _ID_NUMBER.findall(rest) if _is_id_number(it)):
        yield "id", value
        rest = rest.replace(value, " ")
    for value in dict.fromkeys(match.group() for match in _CARD.finditer(rest) if _is_card(match.group())):
        yield "card", value
        rest = rest.replace(value, " ")
    for value in dict.fromkeys(match.group().strip() for match in _PHONE.finditer(rest)):
        yield "phone", value
        rest = rest.replace(value, " ")
    for value in dict.fromkeys(match.group() for match in _ADDRESS.finditer(rest)):
        yield "address", value

    for match in _NAME.finditer(rest):
        yield "name", next(it for it in match.groups() if it)


def _without_name(text: str, name: str, placeholder: str) -> str:
    """Of Latin letters only whole words: "Ann" is no part of "Annual". A Chinese character beside it is another word."""
    if not name.isascii():
        return text.replace(name, placeholder)
    return re.sub(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", placeholder, text)


def _parts(name: str) -> Iterator[str]:
    """The name as a whole; of one in Latin letters each part too. What is shorter than two characters is in too many other words."""
    whole = " ".join(name.split())
    parts = whole.split() if whole.isascii() else []
    yield from (it for it in (whole, *parts) if len(it) >= (3 if it.isascii() else 2))


def _is_id_number(value: str) -> bool:
    """Check digit as in GB 11643-1999 (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(value, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == value[-1].upper()


def _is_card(value: str) -> bool:
    """Check digit as in ISO/IEC 7812-1 (the Luhn formula)."""
    digits = [int(it) for it in value if it.isdigit()]
    doubled = [sum(divmod(digit * 2, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0
