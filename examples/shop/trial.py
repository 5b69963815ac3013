"""A second shop behind the same address, for trials: whoever calls with its key may do anything there, and nothing is really done.

Tests of a customer-service system cancel orders and send goods back. Each begins with the shop as it was laid out.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

from litestar import Request, Router, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from .acts import Done
from .model import Trial
from .problems import not_signed_in
from .shop import Shop

NAMES = {
    "Paid, not sent yet": "fresh", "Packed, waiting for the carrier": "packed", "On its way": "moving", "Delayed on the way": "late",
    "Just arrived, can be returned": "arrived", "Arrived long ago, too late to return": "settled", "Seems to be lost": "lost",
}  # fmt: skip


class Worlds:
    """The shop itself, and the one for trials. With an empty `trial_key` there is none."""

    def __init__(self, shop: Shop, trial_key: str, seed: int, now: Callable[[], datetime]) -> None:
        self._shop, self._done = shop, Done()
        self._trial_key, self._seed, self._now = trial_key, seed, now
        self._trial: tuple[Shop, Done] | None = None

    def tries(self, connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
        """Whether the caller shows the key for trials."""
        shown = connection.headers.get("authorization", "").encode()
        return bool(self._trial_key) and hmac.compare_digest(shown, f"Bearer {self._trial_key}".encode())

    def shop(self, request: Request[Any, Any, Any]) -> Shop:
        return self._begun()[0] if self.tries(request) else self._shop

    def done(self, request: Request[Any, Any, Any]) -> Done:
        return self._begun()[1] if self.tries(request) else self._done

    def _begun(self) -> tuple[Shop, Done]:
        """Whichever of the two a request asks for first, it must not be given the real one's."""
        if self._trial is None:
            self._trial = Shop(self._seed, self._now(), self._now), Done()
        return self._trial

    def begin(self) -> Shop:
        """Everything in the shop for trials as it was laid out, from now on."""
        self._trial = None
        return self._begun()[0]


@post("/trial", summary="Begin a trial", operation_id="begin_trial", status_code=200)
async def begin_trial(worlds: Worlds) -> Trial:
    """Puts the shop for trials back to how it was laid out, and names orders to try with. Only with the key for trials."""
    return Trial(named(worlds.begin()))


def named(shop: Shop) -> dict[str, str]:
    """For each kind of order the first one: its number, its buyer, and the last four digits of his phone."""
    known: dict[str, str] = {}
    for shopper in shop.demo().shoppers:
        for order in shopper.orders:
            name = NAMES.get(order.story.en)
            if name and name not in known:
                known |= {name: order.number, f"{name}_digits": shopper.phone_last4, f"{name}_customer": shopper.id}
    return known | {"order": known["moving"], "digits": known["moving_digits"]}


def trial_api(worlds: Worlds) -> Router:
    # Not a method of `worlds`: routers are copied to their depths, and the whole shop with them.
    def only_tries(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        if not worlds.tries(connection):
            raise not_signed_in()

    return Router("/api", guards=[only_tries], security=[{"api_key": []}], route_handlers=[begin_trial])
