"""When somebody is there: hours of the week in a time zone, with holidays. What a clock change does is decided here."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

_LOOK_AHEAD = timedelta(days=370)  # a calendar that has not opened by then never does
_DAY_MINUTES = 24 * 60


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes of a day on the wall clock, from the first up to but without the last; 1440 is midnight at its end."""

    start: int
    end: int


class Holiday(Struct, frozen=True, forbid_unknown_fields=True):
    """A date with hours of its own; none: closed all day. A working Saturday in exchange for a holiday is one too."""

    on: date
    name: str = ""
    spans: tuple[Span, ...] = ()


class Opening(Struct, frozen=True, forbid_unknown_fields=True):
    """`week` has a tuple of spans for each day, Monday first."""

    zone: str
    week: tuple[tuple[Span, ...], ...]
    holidays: tuple[Holiday, ...] = ()

    def faults(self) -> list[str]:
        """What is wrong with it, one word a fault: nothing of it may be asked before this is empty."""
        found = [] if self.zone in available_timezones() else ["zone"]
        if len(self.week) != 7:
            found.append("week")
        days = [*self.week, *(it.spans for it in self.holidays)]
        if any(not _in_order(spans) for spans in days):
            found.append("spans")
        if len({it.on for it in self.holidays}) != len(self.holidays):
            found.append("holidays")
        return found

    def is_open(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self._around(at, timedelta(days=1)))

    def changes_after(self, at: datetime) -> datetime | None:
        """The next time it opens or closes; None when it never does again."""
        for start, end in self._around(at, _LOOK_AHEAD):
            if start > at:
                return start
            if end > at:
                return end
        return None

    def _around(self, at: datetime, ahead: timedelta) -> Iterator[tuple[datetime, datetime]]:
        """Open spans in UTC from the day before `at`, in order; those that touch are one, so that midnight closes nothing."""
        joined: tuple[datetime, datetime] | None = None
        for start, end in self._spans(at, ahead):
            if joined and start <= joined[1]:
                joined = joined[0], max(joined[1], end)
                continue
            if joined:
                yield joined
            joined = start, end
        if joined:
            yield joined

    def _spans(self, at: datetime, ahead: timedelta) -> Iterator[tuple[datetime, datetime]]:
        zone = ZoneInfo(self.zone)
        special = {it.on: it.spans for it in self.holidays}
        first = at.astimezone(zone).date() - timedelta(days=1)
        for number in range(ahead.days + 3):
            day = first + timedelta(days=number)
            for span in special.get(day, self.week[day.weekday()]):
                start, end = _utc(day, span.start, zone), _utc(day, span.end, zone)
                if start < end:  # else the whole span fell into the hour that a clock change took away
                    yield start, end


def _utc(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """A wall clock's time in UTC. An hour that a clock change leaves out is taken as the one after it, of one that comes twice
    the first is meant (PEP 495, fold=0): the desk opens once and is open for all of a doubled hour."""
    midnight = day + timedelta(days=1) if minutes == _DAY_MINUTES else day
    wall = time(minutes % _DAY_MINUTES // 60, minutes % 60)
    return datetime.combine(midnight, wall, zone).astimezone(UTC)


def _in_order(spans: tuple[Span, ...]) -> bool:
    within = all(0 <= it.start < it.end <= _DAY_MINUTES for it in spans)
    return within and all(one.end <= following.start for one, following in pairwise(spans))
