"""What waits, for whom, and what it costs those who take it."""

from typing import Literal

from msgspec import Struct

Kind = Literal["chat", "ticket", "call"]
Way = Literal["message", "callback"]


class QueuePlace(Struct, frozen=True):
    """`place` 1 is next. The wait lies between `low` and `high` seconds in four cases of five; `high` 0: no honest estimate.

    `kind`: a `chat` waits on the page; a `ticket` left a message and a `call` will be called back, and neither has to stay.
    `open` is false while nobody works this queue. `ways`: what the customer may choose instead; `proposed`: what he should be asked.
    """

    place: int
    low: int
    high: int
    kind: Kind = "chat"
    open: bool = True
    ways: tuple[Way, ...] = ("message", "callback")
    proposed: Way | None = None
