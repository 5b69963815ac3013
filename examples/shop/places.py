"""Where the shop delivers, how long it takes and what it costs."""

import unicodedata

from msgspec import Struct

from .model import Delivery, Money, Text
from .tables import parts, rows

CUT_OFF = "18:00"
HOME = Text("嘉兴", "Jiaxing")
CHINA = Text("中国", "China")


class Zone(Struct, frozen=True):
    days_low: int
    days_high: int
    cost: int
    free_from: int
    carrier: str


ZONES = {
    "1": Zone(1, 2, 800, 9900, "sf"),
    "2": Zone(2, 3, 800, 9900, "jd"),
    "3": Zone(3, 4, 800, 9900, "zto"),
    "4": Zone(4, 7, 1500, 9900, "ems"),
    "5": Zone(3, 6, 3000, 39900, "sf"),
}
ABROAD_FREE_FROM = 99900


class Place(Struct, frozen=True):
    """A city or country as a parcel sees it. `gateway` is where it enters the country; None at home."""

    name: Text
    province: Text
    country: Text
    zone: Zone
    gateway: Text | None


def spelling(name: str) -> str:
    """How names are compared: no case, accents, spaces or punctuation, and no 市/省 at the end."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in plain if char.isalnum())
    return plain[:-1] if len(plain) > 2 and plain[-1] in "市省" else plain


def read_places() -> dict[str, Place]:
    """Every name by which a place can be asked for. A province answers for its capital's distance."""
    known: dict[str, Place] = {}
    for row in rows("countries"):
        zone = Zone(int(row["days_low"]), int(row["days_high"]), int(row["cost"]) * 100, ABROAD_FREE_FROM, row["carrier"])
        country, gateway = Text(row["zh"], row["en"]), Text(row["gateway_zh"], row["gateway_en"])
        for name in (row["zh"], row["en"], *parts(row["alias"])):
            known[spelling(name)] = Place(country, country, country, zone, gateway)
        for city in parts(row["cities"]):
            zh, en = city.split("=")
            known[spelling(zh)] = known[spelling(en)] = Place(Text(zh, en), country, country, zone, gateway)
    for row in rows("cities"):
        name_of, province = Text(row["zh"], row["en"]), Text(row["province_zh"], row["province_en"])
        place = Place(name_of, province, CHINA, ZONES[row["zone"]], None)
        for name in (row["zh"], row["en"]):
            known[spelling(name)] = place
        for name in parts(row["alias"]):
            is_province = name.casefold() in (province.zh, province.en.casefold())
            known[spelling(name)] = Place(province, province, CHINA, place.zone, None) if is_province else place
    return known


def fee(place: Place, value: int) -> int:
    """The delivery fee in minor units for goods worth `value`."""
    return 0 if value >= place.zone.free_from else place.zone.cost


def quote(place: Place, value: int, carriers: dict[str, Text]) -> Delivery:
    zone = place.zone
    return Delivery(
        city=place.name,
        days_low=zone.days_low,
        days_high=zone.days_high,
        cost=Money(fee(place, value), "CNY"),
        free_from=Money(zone.free_from, "CNY"),
        carrier=carriers[zone.carrier],
        cut_off=CUT_OFF,
        starts_on=None,
    )
