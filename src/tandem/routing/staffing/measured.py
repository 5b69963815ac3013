"""What tomorrow is to be planned with, as it was measured here: how many come, and what the assistant and the people made of them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from tandem.infra.db import Connection
from tandem.routing.staffing import store
from tandem.routing.staffing.store import Came

WEEKS = 4
_HOURS = 24
_LONGEST_CHAT = 3600.0  # seconds; what stands open for longer was forgotten


class Measured(Struct, frozen=True):
    """`contacts`: for each hour of `tomorrow`, the mean of the `like` days: those of the same weekday, or all where there was none
    yet. `contained`: the part that never came to people. Seconds and `at_once` are None where nothing was seen."""

    tomorrow: date
    zone: str
    days: int
    like: int
    contacts: tuple[float, ...]
    contained: float
    handling: float | None
    patience: float | None
    at_once: int | None


async def measured(db: Connection, zone: str, now: datetime) -> Measured | None:
    """Over whole days of the last weeks. None when nobody came. Raises `KeyError` for a zone that there is not."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    until = datetime.combine(today, time(), here)
    since = datetime.combine(today - timedelta(weeks=WEEKS), time(), here)
    came = await store.came(db, since, until, zone)
    if not came:
        return None
    pace = await store.pace(db, since, until, _LONGEST_CHAT)
    tomorrow, days = today + timedelta(days=1), (today - came[0].day).days
    like = _like(came[0].day, today, tomorrow)
    contacts = sum(it.contacts for it in came)
    return Measured(
        tomorrow, zone, days, len(like), _by_hour(came, like), 1 - sum(it.to_people for it in came) / contacts,
        pace.handling, pace.patience, pace.at_once,
    )  # fmt: skip


def _like(first: date, today: date, tomorrow: date) -> set[date]:
    """Also the days on which nobody came: they are none the less days."""
    seen = [first + timedelta(days=n) for n in range((today - first).days)]
    return {it for it in seen if it.weekday() == tomorrow.weekday()} or set(seen)


def _by_hour(came: Sequence[Came], like: set[date]) -> tuple[float, ...]:
    hours = [0.0] * _HOURS
    for it in came:
        if it.day in like:
            hours[it.hour] += it.contacts / len(like)
    return tuple(hours)
