"""Carriers, their tracking numbers, and the journey of a parcel.

A journey is planned whole when a parcel is made; what can be seen of it depends on the clock alone, which is how
parcels move.
"""

from datetime import UTC, datetime, timedelta, timezone
from random import Random

from msgspec import Struct

from .model import Parcel, ParcelEvent, ParcelState, Text
from .places import HOME, Place
from .tables import rows

SHOP_TIME = timezone(timedelta(hours=8))
COURIERS = ("小陈", "小吴", "王师傅", "李师傅", "小何", "赵师傅", "小郑", "老周")
COURIERS_EN = ("Chen", "Wu", "Wang", "Li", "He", "Zhao", "Zheng", "Zhou")


class Journey(Struct, frozen=True):
    """A parcel's whole way. `promised` is the arrival that was first announced."""

    carrier: str
    tracking: str
    promised: datetime
    skus: tuple[str, ...]
    events: tuple[ParcelEvent, ...]

    @property
    def arrives(self) -> datetime:
        return self.events[-1].at


class Step(Struct, frozen=True):
    hours: float
    code: str
    place: Text
    next: Text = Text("", "")


def read_carriers() -> dict[str, Text]:
    return {row["code"]: Text(row["zh"], row["en"]) for row in rows("carriers")}


def read_wording() -> dict[tuple[str, str], Text]:
    return {(row["carrier"], row["code"]): Text(row["zh"], row["en"]) for row in rows("carrier_events")}


CARRIERS = read_carriers()
WORDING = read_wording()


def digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def ups_check(body: str) -> int:
    """The check digit of a 1Z number: letters count as (code - 63) mod 10, every second place doubled."""
    values = [int(char) if char.isdigit() else (ord(char) - 63) % 10 for char in body]
    return -sum(value * (2 if at % 2 else 1) for at, value in enumerate(values)) % 10


def s10_check(serial: str) -> int:
    """The check digit of a postal item (UPU standard S10)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def tracking_number(random: Random, carrier: str) -> str:
    if carrier == "ups":
        body = "".join(random.choice("ABCDEFGHJKLMNPRSTUVWXY0123456789") for _ in range(6)) + digits(random, 9)
        return f"1Z{body}{ups_check(body)}"
    if carrier == "ems":
        serial = digits(random, 8)
        return f"EA{serial}{s10_check(serial)}CN"
    if carrier == "dhl":
        body = str(random.randint(100_000_000, 999_999_999))
        return f"{body}{int(body) % 7}"
    prefix, length = {"sf": ("SF1", 12), "zto": ("78", 12), "yto": ("YT", 13), "jd": ("JDVA", 11)}[carrier]
    return prefix + digits(random, length)


def hub(place: Text) -> Text:
    return Text(f"{place.zh}转运中心", f"{place.en} hub")


def station(place: Text) -> Text:
    return Text(f"{place.zh}营业点", f"{place.en} delivery station")


def steps_at_home(place: Place, hours: float) -> list[Step]:
    start, far, near = hub(HOME), hub(place.name), station(place.name)
    return [
        Step(0, "picked_up", station(HOME)),
        Step(min(3, hours * 0.1), "departed", start, far),
        Step(hours * 0.55, "arrived", far),
        Step(hours * 0.65, "departed", far, near),
        Step(hours * 0.75, "arrived", near),
        Step(hours - 6, "out_for_delivery", near),
        Step(hours, "delivered", near),
    ]


def steps_abroad(place: Place, hours: float) -> list[Step]:
    port, gateway = Text("上海浦东", "Shanghai Pudong"), place.gateway or place.name
    return [
        Step(0, "picked_up", HOME),
        Step(hours * 0.08, "departed", HOME, port),
        Step(hours * 0.14, "arrived", port),
        Step(hours * 0.22, "export", port),
        Step(hours * 0.3, "departed", port, gateway),
        Step(hours * 0.5, "arrived", gateway),
        Step(hours * 0.55, "customs", gateway),
        Step(hours * 0.68, "cleared", gateway),
        Step(hours * 0.84, "arrived", place.name),
        Step(hours - 7, "out_for_delivery", place.name),
        Step(hours, "delivered", place.name),
    ]


def delay(steps: list[Step], extra: float) -> list[Step]:
    """The carrier reports a hold-up half-way; all that follows comes `extra` hours later."""
    half = next(at for at, step in enumerate(steps) if step.code in ("arrived", "customs") and step.hours > steps[-1].hours / 2)
    held = Step(steps[half].hours + 2, "delayed", steps[half].place)
    later = [Step(step.hours + extra, step.code, step.place, step.next) for step in steps[half + 1 :]]
    return [*steps[: half + 1], held, *later]


def in_daytime(at: datetime) -> datetime:
    """Couriers ring between nine and seven: a step that falls into the night is moved to the next morning."""
    local = at.astimezone(SHOP_TIME)
    if 9 <= local.hour < 19:
        return at
    day = local if local.hour < 9 else local + timedelta(days=1)
    return day.replace(hour=9 + local.hour % 3, minute=local.minute).astimezone(UTC)


def event(step: Step, carrier: str, at: datetime, courier: int) -> ParcelEvent:
    wording = WORDING[("*" if step.code == "label_created" else carrier, step.code)]
    zh = wording.zh.format(place=step.place.zh, next=step.next.zh, courier=COURIERS[courier])
    en = wording.en.format(place=step.place.en, next=step.next.en, courier=COURIERS_EN[courier])
    return ParcelEvent(at.replace(microsecond=0), step.place, Text(zh, en), step.code)


class Trip(Struct, frozen=True):
    """What a journey is planned from. Without `daytime` the last steps fall exactly `days` after the pick-up."""

    place: Place
    carrier: str
    days: float
    labelled_at: datetime
    picked_up_at: datetime
    skus: tuple[str, ...] = ()
    late_days: float = 0
    daytime: bool = True


def plan(random: Random, trip: Trip) -> Journey:
    steps = (steps_abroad if trip.place.gateway else steps_at_home)(trip.place, trip.days * 24)
    promised = trip.picked_up_at + timedelta(days=trip.days)
    if trip.daytime:
        promised = in_daytime(promised)
    if trip.late_days:
        steps = delay(steps, trip.late_days * 24)
    courier = random.randrange(len(COURIERS))
    events = [event(Step(0, "label_created", HOME), trip.carrier, trip.labelled_at, courier)]
    for step in steps:
        at = trip.picked_up_at + timedelta(hours=step.hours, minutes=0 if step.hours == 0 else random.randint(0, 9))
        if trip.daytime and step.code == "delivered":
            at = max(in_daytime(at), events[-1].at + timedelta(hours=1, minutes=random.randint(5, 50)))
        elif trip.daytime and step.code == "out_for_delivery":
            at = in_daytime(at)
        events.append(event(step, trip.carrier, max(at, events[-1].at + timedelta(minutes=4)), courier))
    return Journey(trip.carrier, tracking_number(random, trip.carrier), promised, trip.skus, tuple(events))


def seen(journey: Journey, now: datetime) -> Parcel:
    """The parcel as far as its events have come by `now`, newest first."""
    past = [it for it in journey.events if it.at <= now]
    codes = {it.code for it in past}
    state: ParcelState = "preparing"
    if "delivered" in codes:
        state = "delivered"
    elif "out_for_delivery" in codes:
        state = "out_for_delivery"
    elif "picked_up" in codes:
        state = "in_transit"
    late = "delayed" in codes or (state != "delivered" and now > journey.promised + timedelta(days=1))
    eta = journey.arrives if late or state in ("delivered", "out_for_delivery") else journey.promised
    return Parcel(CARRIERS[journey.carrier], journey.tracking, state, eta, late, tuple(reversed(past)))
