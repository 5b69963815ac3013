"""Waiting."""

from msgspec import Struct


class QueuePlace(Struct, frozen=True):
    """`place` 1 is next. The wait lies between `low` and `high` seconds in four cases of five; `high` 0: no honest estimate."""

    place: int
    low: int
    high: int
