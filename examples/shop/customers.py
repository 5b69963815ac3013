"""The shop's buyers. Names are made up; phone numbers come from ranges that no one can be called on.

100 is no Chinese mobile prefix; 555-01xx (North America) and 07700 900xxx (United Kingdom) are kept for fiction.
"""

from random import Random

from msgspec import Struct

from .model import Customer, Lang, Text
from .places import Place, spelling
from .tables import rows

TIERS = {"silver": Text("银卡会员", "Silver"), "gold": Text("金卡会员", "Gold"), "black": Text("黑金会员", "Black")}
AT_HOME = (
    "上海", "北京", "广州", "深圳", "杭州", "成都", "武汉", "西安",
    "南京", "苏州", "重庆", "长沙", "青岛", "郑州", "厦门", "昆明",
    "沈阳", "天津", "合肥", "宁波", "哈尔滨", "乌鲁木齐", "海口", "兰州",
)  # fmt: skip
ABROAD = (
    "London", "Manchester", "New York", "Los Angeles", "Chicago", "Toronto", "Berlin", "Munich",
    "Paris", "Amsterdam", "Tokyo", "Singapore", "Sydney", "Dublin", "Madrid",
)  # fmt: skip
STREETS_ZH = ("中山路", "人民路", "和平街", "学府路", "滨江大道", "文昌街", "花园路", "建设路")
STREETS_EN = ("Mill Lane", "Orchard Road", "Station Street", "Park Avenue", "High Street")


class Buyer(Struct, frozen=True):
    """A customer with what never leaves the shop whole: phone number and street."""

    customer: Customer
    phone: str
    street: str
    place: Place


class DemoPerson(Struct, frozen=True):
    """A shopper that the sign-in page offers; his orders are laid out by hand in `stories.py`."""

    name: str
    locale: Lang
    tier: str | None
    phone: str
    city: str
    street: str


DEMO_PEOPLE = (
    DemoPerson("林晚秋", "zh", "black", "100 0000 8866", "上海", "静安区愚园路 218 弄 6 号 302"),
    DemoPerson("周子昂", "zh", "silver", "100 0000 3721", "成都", "武侯区玉林南路 45 号"),
    DemoPerson("赵一鸣", "zh", None, "100 0000 5190", "乌鲁木齐", "天山区新华北路 12 号"),
    DemoPerson("Emma Clarke", "en", "gold", "07700 900142", "London", "14 Juniper Row"),
    DemoPerson("Daniel Reyes", "en", None, "202 555 0173", "Chicago", "820 Larkspur Avenue"),
)


def buyer(number: int, name: str, locale: Lang, *, tier: str | None, phone: str, street: str, place: Place) -> Buyer:
    customer = Customer(f"C{number}", name, locale, TIERS[tier] if tier else None, phone[-4:], place.name)
    return Buyer(customer, phone, street, place)


def draw_phone(random: Random, locale: Lang, country: str) -> str:
    if locale == "zh":
        return f"100 0000 {random.randint(0, 9999):04d}"
    if country in ("United States", "Canada"):
        return f"202 555 01{random.randint(0, 99):02d}"
    return f"07700 900{random.randint(0, 999):03d}"


def draw_tier(random: Random) -> str | None:
    return random.choices((None, "silver", "gold", "black"), weights=(60, 25, 11, 4))[0]


def draw_buyer(random: Random, number: int, name: str, locale: Lang, places: dict[str, Place]) -> Buyer:
    place = places[spelling(random.choice(AT_HOME if locale == "zh" else ABROAD))]
    phone = draw_phone(random, locale, place.country.en)
    street = (
        f"{random.choice(STREETS_ZH)} {random.randint(2, 688)} 号"
        if locale == "zh"
        else f"{random.randint(2, 240)} {random.choice(STREETS_EN)}"
    )
    return buyer(number, name, locale, tier=draw_tier(random), phone=phone, street=street, place=place)


def draw_names(random: Random, locale: Lang, count: int) -> list[str]:
    """Different full names, as many as asked for."""
    table = rows("names")
    if locale == "zh":
        full = [row["zh_family"] + other["zh_given"] for row in table for other in table]
    else:
        full = [f"{row['en_given']} {other['en_family']}" for row in table for other in table]
    return random.sample(full, count)


def make_buyers(random: Random, places: dict[str, Place], at_home: int = 115, abroad: int = 50) -> dict[str, Buyer]:
    """Demo shoppers first, then the crowd, by customer id."""
    demo = [
        buyer(1001 + at, it.name, it.locale, tier=it.tier, phone=it.phone, street=it.street, place=places[spelling(it.city)])
        for at, it in enumerate(DEMO_PEOPLE)
    ]
    names: list[tuple[str, Lang]] = [(name, "zh") for name in draw_names(random, "zh", at_home)]
    names += [(name, "en") for name in draw_names(random, "en", abroad)]
    crowd = [draw_buyer(random, 1101 + at, name, locale, places) for at, (name, locale) in enumerate(names)]
    return {it.customer.id: it for it in (*demo, *crowd)}
