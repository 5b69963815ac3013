"""Running a macro, and keeping macros that can be run."""

from datetime import datetime, timedelta
from uuid import UUID

from tandem.access.model import User
from tandem.channels.intake import LONGEST_TEXT
from tandem.desk import store as desks
from tandem.desk.act import Desk
from tandem.desk.model import Conversation
from tandem.desk.order.act import Order
from tandem.desk.order.model import Label
from tandem.desk.writing.fill import filled, variables
from tandem.desk.writing.model import ENDS, Finish, Give, Macro, Mark, Remark, Say, SetAside, Step
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.text import clean

MOST_STEPS = 10
LONGEST_ASIDE = 365 * 24 * 3600


def checked(macro: Macro) -> Macro:
    """Raises `InvalidInput` for one that could not be run."""
    if not 1 <= len(name := clean(macro.name)) <= 60:
        raise InvalidInput.field("name", "1–60")
    if not 1 <= len(macro.steps) <= MOST_STEPS:
        raise InvalidInput.field("steps", f"1–{MOST_STEPS}")
    if any(isinstance(step, ENDS) for step in macro.steps[:-1]):
        raise InvalidInput.field("steps", "last")
    for step in macro.steps:
        if isinstance(step, Say | Remark) and not 1 <= len(step.text.strip()) <= LONGEST_TEXT:
            raise InvalidInput.field("text", f"1–{LONGEST_TEXT}")
        if isinstance(step, SetAside) and not 60 <= step.seconds <= LONGEST_ASIDE:
            raise InvalidInput.field("seconds", f"60–{LONGEST_ASIDE}")
    return Macro(macro.id, name, macro.steps)


class Macros:
    """Everything in the caller's transaction: all the steps or none."""

    def __init__(self, desk: Desk, order: Order) -> None:
        self._desk = desk
        self._order = order

    async def run(self, tx: Tx, user: User, macro: Macro, conversation: UUID, client_id: str, now: datetime) -> Conversation:
        """Pressed twice by a slow network it is said once: each entry has a `client_id` of its own. Raises what its steps do,
        and `InvalidInput` when a variable has no value here."""
        values = await variables(tx.db, conversation, user)
        for place, step in enumerate(macro.steps):
            await self._step(tx, user, step, conversation, f"{client_id}/{place}", values, now)
        row = await desks.conversation(tx.db, conversation)
        if row is None:
            raise NotFound
        return row

    async def _step(
        self, tx: Tx, user: User, step: Step, conversation: UUID, client_id: str, values: dict[str, str], now: datetime
    ) -> None:
        if isinstance(step, Say):
            await self._desk.reply(tx, user, conversation, client_id, filled(step.text, values), (), now)
        elif isinstance(step, Remark):
            await self._desk.note(tx, user, conversation, client_id, filled(step.text, values), now)
        elif isinstance(step, Mark):
            await self._order.label(tx, user, conversation, Label(step.add, step.remove), now)
        elif isinstance(step, SetAside):
            await self._order.snooze(tx, user, conversation, now + timedelta(seconds=step.seconds), "", now)
        else:
            await self._leave(tx, user, step, conversation, now)

    async def _leave(self, tx: Tx, user: User, step: Give | Finish, conversation: UUID, now: datetime) -> None:
        row = await desks.conversation(tx.db, conversation)
        if row is None:
            raise NotFound
        if isinstance(step, Give):
            await self._desk.transfer(tx, user, conversation, row.version, step.to, now)
        else:
            await self._desk.resolve(tx, user, conversation, row.version, now)
