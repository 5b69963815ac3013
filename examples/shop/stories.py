"""Lays out orders so that, at the start time, each stands where its story says. From there the clock takes over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct

from .carriers import Journey, Trip, plan
from .catalogue import Catalogue, find_variant, variant_name
from .customers import Buyer
from .model import OrderItem, Text
from .orders import Destination, OrderRecord
from .places import Place, fee

Basket = tuple[OrderItem, ...]
HOME_CARRIERS = ("sf", "zto", "yto", "jd", "ems")


class Told(Struct, frozen=True):
    """What a story says of an order; the rest (number, buyer, goods) is the same for all."""

    placed_at: datetime
    paid_at: datetime | None = None
    packed_at: datetime | None = None
    journeys: tuple[Journey, ...] = ()
    cancelled_at: datetime | None = None
    return_asked_at: datetime | None = None
    refunded_at: datetime | None = None


class Scene(Struct, frozen=True):
    random: Random
    start: datetime
    place: Place
    skus: tuple[str, ...]

    def ago(self, hours: float) -> datetime:
        return self.start - timedelta(seconds=round(hours * 3600))

    def carrier(self) -> str:
        return self.place.zone.carrier if self.place.gateway else self.random.choice(HOME_CARRIERS)

    def days(self) -> float:
        return self.random.uniform(self.place.zone.days_low, self.place.zone.days_high)


def sent(
    scene: Scene, days: float, picked_up_at: datetime, skus: tuple[str, ...], *, late_days: float = 0, daytime: bool = True
) -> Journey:
    labelled_at = picked_up_at - timedelta(hours=5)
    trip = Trip(scene.place, scene.carrier(), days, labelled_at, picked_up_at, skus, late_days, daytime)
    return plan(scene.random, trip)


def told(scene: Scene, picked_up_at: datetime, journeys: tuple[Journey, ...]) -> Told:
    """The times before a pick-up: packed six hours earlier, paid half a day earlier, placed minutes before that."""
    paid_at = picked_up_at - timedelta(minutes=scene.random.randint(660, 1200))
    placed_at = paid_at - timedelta(minutes=scene.random.randint(1, 25))
    return Told(placed_at, paid_at, picked_up_at - timedelta(hours=6), journeys)


def on_the_way(scene: Scene, hours_ago: float, days: float, late_days: float = 0, daytime: bool = True) -> Told:
    picked_up_at = scene.ago(hours_ago)
    return told(scene, picked_up_at, (sent(scene, days, picked_up_at, scene.skus, late_days=late_days, daytime=daytime),))


def unpaid(scene: Scene) -> Told:
    return Told(scene.ago(scene.random.uniform(0.3, 6)))


def fresh(scene: Scene) -> Told:
    """Paid, to be packed this evening and collected tomorrow."""
    return on_the_way(scene, -scene.random.uniform(8.5, 10.5), scene.days())


def packed(scene: Scene) -> Told:
    return on_the_way(scene, -scene.random.uniform(2, 4.5), scene.days())


def moving(scene: Scene) -> Told:
    days = scene.days()
    return on_the_way(scene, days * 24 * scene.random.uniform(0.25, 0.7), days)


def arriving(scene: Scene) -> Told:
    """With the courier now. Night or day: someone who starts the shop in the evening should see it too."""
    days = scene.days()
    return on_the_way(scene, days * 24 - 5, days, daytime=False)


def arrived(scene: Scene) -> Told:
    days = scene.days()
    return on_the_way(scene, days * 24 + 24 * scene.random.uniform(1.2, 4), days)


def settled(scene: Scene) -> Told:
    days = scene.days()
    return on_the_way(scene, days * 24 + 24 * scene.random.uniform(9, 50), days)


def late(scene: Scene) -> Told:
    days = scene.days()
    return on_the_way(scene, days * 24 * 0.85, days, late_days=scene.random.uniform(2, 3))


def lost(scene: Scene) -> Told:
    days = scene.days()
    return on_the_way(scene, days * 24 + 24 * 9, days, late_days=21)


def split(scene: Scene) -> Told:
    """Two parcels, sent half a day apart: the first has arrived, the second has not."""
    days = scene.days()
    first_at, second_at = scene.ago(days * 24 + 12), scene.ago(days * 24 * 0.5)
    half = (len(scene.skus) + 1) // 2
    first = sent(scene, days, first_at, scene.skus[:half])
    second = sent(scene, days, second_at, scene.skus[half:])
    return told(scene, first_at, (first, second))


def returning(scene: Scene) -> Told:
    days = scene.days()
    base = on_the_way(scene, (days + 5) * 24, days)
    return Told(
        base.placed_at, base.paid_at, base.packed_at, base.journeys,
        return_asked_at=scene.ago(20), refunded_at=scene.ago(-24 * 4),
    )  # fmt: skip


def refunded(scene: Scene) -> Told:
    days = scene.days()
    base = on_the_way(scene, (days + 14) * 24, days)
    return Told(
        base.placed_at, base.paid_at, base.packed_at, base.journeys,
        return_asked_at=scene.ago(24 * 9), refunded_at=scene.ago(24 * 4),
    )  # fmt: skip


def cancelled(scene: Scene) -> Told:
    placed_at = scene.ago(24 * scene.random.uniform(2, 30))
    return Told(placed_at, placed_at + timedelta(minutes=4), cancelled_at=placed_at + timedelta(hours=3))


STORIES: dict[str, tuple[Callable[[Scene], Told], Text, int]] = {
    "unpaid": (unpaid, Text("还没付款", "Not paid yet"), 3),
    "fresh": (fresh, Text("已付款，还没发货", "Paid, not sent yet"), 6),
    "packed": (packed, Text("已打包，快递还没来取", "Packed, waiting for the carrier"), 4),
    "moving": (moving, Text("在路上", "On its way"), 16),
    "arriving": (arriving, Text("正在派送", "With the courier today"), 6),
    "arrived": (arrived, Text("刚签收，可以退货", "Just arrived, can be returned"), 13),
    "settled": (settled, Text("早已签收，过了退货期", "Arrived long ago, too late to return"), 36),
    "late": (late, Text("路上延误了", "Delayed on the way"), 4),
    "lost": (lost, Text("疑似丢件", "Seems to be lost"), 1),
    "split": (split, Text("分两个包裹发出", "Sent in two parcels"), 4),
    "returning": (returning, Text("正在退货", "Being returned"), 3),
    "refunded": (refunded, Text("已退款", "Refunded"), 2),
    "cancelled": (cancelled, Text("已取消", "Cancelled"), 2),
}

# What each demo shopper has ordered: a story, and the goods by sku.
DEMO_ORDERS: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = (
    (
        ("moving", ("BREEZE-3-WHI", "FILTER-B3-WHI")),
        ("late", ("CREMA-E5-SIL", "GRIND-G1-BLA")),
        ("arrived", ("SHELL-W-ROS-M",)),
        ("split", ("HUSH-OVER-SAN", "PAD-TRIO-WHI", "CABLE-C-WHI-2M")),
        ("settled", ("ROVER-X2-WHI", "BAG-X2-GRE")),
    ),
    (
        ("fresh", ("RUN-ONE-MIS-42", "SOCK-M-NAV-L")),
        ("arriving", ("BANK-20-BLA",)),
        ("returning", ("COURT-W-WHI-41",)),
    ),
    (
        ("packed", ("ARC-L1-WHI",)),
        ("lost", ("TRAIL-40-RUS",)),
        ("unpaid", ("PET-FOUNTAIN-WHI", "PET-BED-SAN-M")),
    ),
    (
        ("moving", ("BREEZE-3-MINI-ROS",)),
        ("arrived", ("TRAIL-20-SAG", "FLASK-500-SAG-500ML")),
        ("refunded", ("BOOT-CHELSEA-WAL-38",)),
    ),
    (
        ("late", ("HUSH-BUDS-PRO-WHI", "VOLT-TRAVEL-WHI")),
        ("fresh", ("CITY-BRIEF-WAL",)),
        ("cancelled", ("TOAST-T2-SAG",)),
    ),
)


def item(catalogue: Catalogue, sku: str, quantity: int) -> OrderItem:
    """Raises KeyError when there is no such sku."""
    product = catalogue.products[catalogue.product_of[sku]]
    variant = find_variant(product, sku)
    if variant is None:
        raise KeyError(sku)
    return OrderItem(sku, product.id, product.title, variant_name(variant), quantity, variant.price, variant.picture)


def draw_basket(random: Random, catalogue: Catalogue, least: int) -> Basket:
    count = max(least, random.choices((1, 2, 3, 4), weights=(58, 27, 11, 4))[0])
    skus = random.sample(sorted(catalogue.product_of), count)
    return tuple(item(catalogue, sku, random.choices((1, 2, 3), weights=(86, 11, 3))[0]) for sku in skus)


def tell(scene: Scene, number: str, buyer: Buyer, story: str, basket: Basket) -> OrderRecord:
    it = STORIES[story][0](scene)
    value = sum(line.price.amount * line.quantity for line in basket)
    to = Destination(buyer.customer.name, buyer.phone, buyer.street, buyer.place)
    return OrderRecord(
        number, buyer.customer.id, basket, fee(buyer.place, value), to, it.placed_at, it.paid_at, it.packed_at,
        it.journeys, it.cancelled_at, it.return_asked_at, it.refunded_at,
    )  # fmt: skip


class Laid(Struct, frozen=True):
    """All orders by number, and the story of each demo shopper's order."""

    records: dict[str, OrderRecord]
    demo: dict[str, str]


def lay_out(random: Random, catalogue: Catalogue, buyers: dict[str, Buyer], start: datetime, crowd: int = 540) -> Laid:
    people = list(buyers.values())
    script = [
        (people[at], story, tuple(item(catalogue, sku, 1) for sku in skus))
        for at, orders in enumerate(DEMO_ORDERS)
        for story, skus in orders
    ]
    names, weights = list(STORIES), [weight for _, _, weight in STORIES.values()]
    others = people[len(DEMO_ORDERS) :]
    for at in range(crowd):
        story = random.choices(names, weights)[0]
        basket = draw_basket(random, catalogue, least=2 if story == "split" else 1)
        script.append((others[at % len(others)], story, basket))
    numbers = [f"TD{digits}" for digits in random.sample(range(20_000_000, 90_000_000), len(script))]
    records = {}
    for number, (buyer, story, basket) in zip(numbers, script, strict=True):
        scene = Scene(random, start, buyer.place, tuple(it.sku for it in basket))
        records[number] = tell(scene, number, buyer, story, basket)
    demo = {number: script[at][1] for at, number in enumerate(numbers) if at < sum(map(len, DEMO_ORDERS))}
    return Laid(records, demo)
