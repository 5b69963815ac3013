"""A circuit breaker: a system that keeps failing is left alone for a while, so that customers are told at once instead of
after a wait."""

from collections.abc import Callable

FAILURES = 5
REST_SECONDS = 15.0


class Breaker:
    """Opens after FAILURES in a row; after REST_SECONDS one call may try, and what comes of it decides."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._failures = 0
        self._resting_until = 0.0

    def may_try(self) -> bool:
        if self._failures < FAILURES:
            return True
        if self._ticks() < self._resting_until:
            return False
        self._resting_until = self._ticks() + REST_SECONDS
        return True

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        self._resting_until = self._ticks() + REST_SECONDS
