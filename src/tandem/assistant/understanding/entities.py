"""Things named in a message: order numbers, phone digits, colours, sizes, places, and words that point ("this one",
「另一个」)."""

import re
import tomllib
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

from tandem.assistant.phrases import Lang
from tandem.assistant.skills.goods import Product, Text, Variant
from tandem.knowledge.words import fold

_NUMBER = re.compile(r"(?<![a-z0-9])td[\s#:.-]*((?:\d[\s-]?){7}\d)(?!\d)")
_BARE_NUMBER = re.compile(r"(?<![a-z0-9.])(\d{8})(?![\d.])")
_BROKEN_NUMBER = re.compile(r"(?<![a-z0-9])td[\s-]?\d{2,}(?![a-z])")
_ORDER_WORDS = re.compile(r"订单|单号|order|number|no\.?\b")
_ONLY_NUMBER = re.compile(r"^\W*(?:订单号?(?:是|为)?|单号(?:是)?|order(?: number| no\.?)?(?: is)?|its|it's)?\W*(?:td)?\W*\d{8}\W*$")

_SAID_DIGITS = re.compile(
    r"(?:尾号|后四位|后4位|末四位|末4位|手机尾数|last (?:four|4)(?: digits)?|ending(?: in| with)?|ends (?:in|with)|"
    r"digits)(?: of)?(?: my)?(?: phone)?(?: number)?"
    r"[\s::是为,-]*(?:are |is |it's )?(\d{4})(?!\d)"
)
_LONE_DIGITS = re.compile(r"(?<!\d[.,])(?<![a-z0-9_.¥$£€-])(\d{4})(?![\w.,]*\d|年|元|块)")
_ABROAD = re.compile(r"\+(?:\d[\s()-]{0,2}){6,11}(\d{4})(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?\d[\s-]?){6,11}(\d{4})(?!\d)")

_THIS = re.compile(
    r"这(?:款|个(?!订单|单|问题|月|快递|包裹)|件|台|双|条|种|把|只|盏|部|套|本|瓶|张)|该(?:款|商品|产品)|它|页面上|正在看|"
    r"this (?:one|product|item)|"
    r"\bthis\b(?! (?:order|parcel|package|is a question))"
    r"|\bit\b|the one (?:here|on)|current (?:item|product)"
)
_OTHER = re.compile(
    r"(?:另|其他|别的|上|前)(?:外)?(?:一|那)?(?:个|单|笔|张)?(?:的)?(?:订单|单)|另一个|另外那个|不是这(?:个|单)|换一个订单|"
    r"other (?:one|order)|"
    r"another order|different order|not (?:that|this) (?:one|order)|previous order|older (?:one|order)"
)
_AGAIN = re.compile(
    r"(?:几天|多久|什么时候|啥时候|哪天)(?:才)?(?:能|会|可以)?(?:到|收到|送到)|"
    r"\b(?:when|what day) (?:will|does|should|is) (?:it|this|that|they)\b|how long (?:will|until) it|"
    r"再(?:帮我)?(?:查|看)|刷新|现在呢|有(?:新)?(?:进展|更新)|(?:check|look) (?:it )?(?:up )?again|any (?:news|update)|"
    r"and now\b|refresh|"
    r"(?:怎么|为什么|为啥|咋)(?:还|一直)?(?:没|不)(?:有)?(?:发|到|动|更新|收到|送)|还没(?:发货?|到|收到|送)(?:吗|啊|呢|$)|"
    r"\bwhy (?:hasnt|hasn't|has it not|isnt|isn't|is it not)\b|\bstill not (?:here|sent|shipped|delivered|arrived)"
)
_FOLLOWS = re.compile(
    r"^(?:那么?|还有|然后|如果|要是|换成|and|what about|how about|what if|also|then|ok(?:ay)?,? and|or)\b|^(?:那|还有|换)|"
    r"呢[??!。]*$|^(?:and|or) "
)

_TO_ZH = re.compile(
    r"(?:寄到|送到|发到|发往|寄往|寄去|配送到|运到|快递到|到|寄|送|发|去|往)(?!货|哪|了|底|时|账|期|现在|位|手|家|达|处|快递|多|几)([\u4e00-\u9fff]{2,7}?)"
    r"(?=要|得|需|大概|大约|多|几|的|吗|么|呢|什|能|运|邮|快递|快|行|可以|包邮|是|怎|,|。|\?|!|\s|$)"
)
_IN_ZH = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:能送|能寄|可以送|可以寄|能发|能到|送货|配送|发货|要几天|几天能?到|多久能?到|要多久|送吗|寄吗|发吗|包邮吗)"
)
_TO_EN = re.compile(
    r"\b(?:ship|shipping|deliver|delivery|delivered|send|sending|post|postage|get|arrive|days|long|much|cost|"
    r"and|or|what about|how about)?\s*\b(?:to|in|for)\s+(?:the\s+)?(?!(?:get|come|go|arrive|reach|ship|send|deliver)\b)"
    r"([a-z][a-z .'-]{1,40}?)(?=\s*(?:[?!,.;]|$)|\s+(?:take|be|cost|and|from|if|by|please|with|take|is|would|"
    r"how|when|for|today|tomorrow)\b)"
)
_ALONE = re.compile(
    r"^(?:那么?|如果|要是|换成|还有|and|or|what about|how about|to|in|my city is|i'm in|i am in|i live in|我在|我是|我住|寄到|"
    r"送到|到|在)?[\s,:]*(.{2,40}?)(?:市)?(?:呢|吧|的|please|pls)?[\s?!.。!??]*$"
)
_NO_PLACE = re.compile(
    r"^(?:my|me|you|your|it|this|that|the|a|an|be|get|know|see|buy|order|here|home|work|them|us|our|us to|"
    r"return|have|do|go|use|pay|find|check|wash|clean|stock|store|white|black)\b|我|几|今天|明天|后天|大概|一般|通常|什么|怎么|哪|一下|家|这|那|货|手|您|你|款|里|哪|快递|底"
    r"|^(?:the )?(?:costs?|price|fee|charge|postage|shipping|delivery)\b|[运邮]费|快递费|费用|价格"
    r"|的$|能|可以|指定|周末|工作日|节假日|早上|晚上|上午|下午|免费"
)


class Entities(Struct, frozen=True):
    """What one turn names. `digits` are the last four of a phone number; they are used for one look-up and never kept.

    `points`: "this one"; `other`: "the other order"; `follows`: begins like a follow-up; `again`: asks how the matter
    stands now.
    """

    orders: tuple[str, ...] = ()
    broken_order: bool = False
    digits: str | None = None
    place: str | None = None
    colour: str | None = None
    size: str | None = None
    points: bool = False
    other: bool = False
    follows: bool = False
    again: bool = False


def entities(text: str, *, asked: str | None = None) -> Entities:
    """`asked`: the slot that the customer was last asked for; a lone number or word is then taken for it."""
    folded = fold(text).strip()
    orders = order_numbers(folded, asked=asked == "order")
    return Entities(
        orders=orders,
        broken_order=not orders and _BROKEN_NUMBER.search(folded) is not None,
        digits=_digits(folded, asked=asked == "digits", beside_order=bool(orders)),
        place=_place(folded, asked=asked == "city"),
        colour=_colour(folded),
        size=_size(folded),
        points=_THIS.search(folded) is not None,
        other=_OTHER.search(folded) is not None,
        follows=_FOLLOWS.search(folded) is not None,
        again=_AGAIN.search(folded) is not None,
    )


def order_numbers(folded: str, *, asked: bool = False) -> tuple[str, ...]:
    """Order numbers in the shop's own spelling. Eight digits without TD count when nothing else can be meant."""
    found = ["TD" + re.sub(r"\D", "", match) for match in _NUMBER.findall(folded)]
    if not found and (asked or _ORDER_WORDS.search(folded) or _ONLY_NUMBER.match(folded)):
        found = ["TD" + match for match in _BARE_NUMBER.findall(folded)]
    return tuple(dict.fromkeys(found))


def _digits(folded: str, *, asked: bool, beside_order: bool) -> str | None:
    rest = _NUMBER.sub(" ", folded)
    said = _SAID_DIGITS.search(rest)
    if said:
        return said.group(1)
    if not (asked or beside_order):
        return None
    rest = _BARE_NUMBER.sub(" ", rest) if beside_order else rest
    # A number with its country stands in groups, and one of them may be four digits too.
    found = _ABROAD.search(rest) or _LONE_DIGITS.search(rest) or _PHONE.search(rest)
    return found.group(1) if found else None


def _place(folded: str, *, asked: bool) -> str | None:
    for pattern in (_TO_ZH, _IN_ZH, _TO_EN):
        for match in pattern.finditer(folded):
            place = match.group(1).strip(" .'-")
            if place and not _NO_PLACE.search(place):
                return place
    return lone_word(folded) if asked else None


def lone_word(folded: str) -> str | None:
    """The one thing a short message names: "Shanghai?", 「上海呢」, "and London"."""
    match = _ALONE.match(folded)
    word = match.group(1).strip() if match else ""
    if not word or len(word) > 30 or len(word.split()) > 3 or re.search(r"\d", word) or _NO_PLACE.search(word):
        return None
    return word


class _Family(Struct, frozen=True):
    said: tuple[str, ...]
    named: tuple[str, ...]


@cache
def _colours() -> dict[str, _Family]:
    raw = tomllib.loads(resources.files(__package__).joinpath("colours.toml").read_text("utf-8"))
    return msgspec.convert(raw, dict[str, _Family])


@cache
def _colour_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    family_of = {word: name for name, family in _colours().items() for word in family.said}
    longest_first = sorted(family_of, key=len, reverse=True)
    latin = "|".join(word for word in longest_first if word.isascii())
    han = "|".join(word for word in longest_first if not word.isascii())
    return re.compile(rf"\b(?:{latin})\b|(?:{han})"), family_of


def colour_words() -> tuple[str, ...]:
    """Every word for a colour that customers use."""
    return tuple(word for family in _colours().values() for word in family.said)


def _colour(folded: str) -> str | None:
    pattern, family_of = _colour_pattern()
    match = pattern.search(folded)
    return family_of[match.group()] if match else None


_SIZE = re.compile(
    r"\b(xxxl|xxl|xl|xs|s|m|l|2xl|3xl)\b(?:\s?[码号])?|\b(\d{1,3}(?:\.5)?)\s?(?:码|号|英寸|寸|cm|ml|l)|"
    r"size\s+(\w{1,5})|(?<![a-z0-9])(xxxl|xxl|xl|xs|s|m|l|2xl|3xl)(?=[码号的])"
)
_SIZE_WORDS = {
    "大号": "l",
    "中号": "m",
    "小号": "s",
    "加大": "xl",
    "large": "l",
    "medium": "m",
    "small": "s",
    "extra large": "xl",
}


def _size(folded: str) -> str | None:
    match = _SIZE.search(folded.replace("i'm", "").replace("'s", ""))
    if match:
        return next(group for group in match.groups() if group)
    return next((size for word, size in _SIZE_WORDS.items() if word in folded), None)


def variants_meant(product: Product, text: str, named: Entities) -> tuple[tuple[Variant, ...], str | None]:
    """The variants a text speaks of (all of them when it names none), and the colour or size that was asked for but is not
    made."""
    folded = fold(text)
    colours = {it.colour.en for it in product.variants if it.colour and _says_colour(folded, it.colour, named.colour)}
    sizes = {it.size for it in product.variants if it.size and _says_size(folded, it.size, named.size)}
    chosen = tuple(
        it for it in product.variants
        if (not colours or (it.colour and it.colour.en in colours)) and (not sizes or it.size in sizes)
    )  # fmt: skip
    if named.colour and not colours and any(it.colour for it in product.variants):
        return chosen, named.colour
    if named.size and not sizes and any(it.size for it in product.variants):
        return chosen, named.size.upper()
    return chosen, None


def _says_colour(folded: str, colour: Text, named: str | None) -> bool:
    english = colour.en.lower()
    chinese = fold(colour.zh)
    if chinese in folded or re.search(rf"\b{re.escape(english)}\b", folded):
        return True
    return named is not None and any(word in chinese or word in english for word in _colours()[named].named)


def _says_size(folded: str, size: str, named: str | None) -> bool:
    flat = fold(size).replace(" ", "")
    spaced = r"\s?".join(re.escape(part) for part in fold(size).split())
    return flat == named or (len(flat) > 1 and re.search(rf"(?<![a-z0-9.]){spaced}(?![a-z0-9])", folded) is not None)


def wanted_in_words(wanted: str, lang: Lang) -> str:
    """A colour family in the customer's language; anything else (a size) as it is."""
    family = _colours().get(wanted)
    if family is None or lang == "en":
        return wanted
    return next((word for word in family.said if not word.isascii()), wanted)
