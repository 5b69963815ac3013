"""What a customer may do about his wait: stay, leave a message, or be called back and keep his place."""

import re
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput
from tandem.routing.engine import store
from tandem.routing.engine.asked import due
from tandem.routing.engine.model import Waiting
from tandem.routing.engine.terms import Place, Terms, terms_for
from tandem.routing.looks.act import look_at
from tandem.routing.model import Kind
from tandem.routing.offers import act as offers
from tandem.timeline.act import Timeline
from tandem.timeline.model import Author, Draft, Waits

How = Literal["chat", "message", "callback"]
_KINDS: dict[How, Kind] = {"chat": "chat", "message": "ticket", "callback": "call"}
_PHONE = re.compile(r"\+?\d[\d \-()]{3,22}\d")


async def wait_otherwise(
    tx: Tx, timeline: Timeline, bus: Bus, conversation: UUID, how: How, phone: str | None, now: datetime
) -> None:
    """Changes nothing for who does not wait, or waits so already. Raises `InvalidInput` for a callback without a telephone number."""
    number = _checked(phone) if how == "callback" else None
    held = await timeline.hold(tx, conversation)
    wait = await store.hold(tx.db, conversation)
    if wait is None or (wait.kind == _KINDS[how] and wait.phone == number):
        return
    if wait.offer_id:
        await offers.end(tx, bus, wait.offer_id, "withdrawn", now)
    terms, place = await terms_for(tx.db, wait.queue_id, now)
    await store.set_kind(tx.db, conversation, _KINDS[how], _due(wait, how, terms, place), number)
    await timeline.append(tx, held, Draft(Author("customer", held.contact), Waits(how)), at=now)
    await look_at(tx, bus, (conversation, "wait", now))
    tx.after(lambda: bus.tell("queue", None))


def _due(wait: Waiting, how: How, terms: Terms, place: Place) -> datetime:
    """A message is answered within its own time. Who is called back keeps his place, and so does who comes back to the page."""
    if how == "message":
        return wait.entered_at + timedelta(seconds=terms.rule.message_target)
    if wait.kind == "ticket":
        return due(place.config, terms.rule.head_start, wait.entered_at, None, None, 0)
    return wait.due_at


def _checked(phone: str | None) -> str:
    number = (phone or "").strip()
    if not _PHONE.fullmatch(number):
        raise InvalidInput.field("phone", "+86 138 0000 0000")
    return number
