"""What a supervisor may do in the conversations of others. Each is in the audit, and in the timeline where staff should see it.

Taking over and moving a conversation is `Desk.transfer`, which asks for the right to assign.
"""

from datetime import datetime
from uuid import UUID

from tandem.access import act as presence
from tandem.access import store as access
from tandem.access.model import Colleague, User
from tandem.desk.act import Desk, author
from tandem.desk.supervision import store
from tandem.desk.supervision.model import SetPresenceOf
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.errors import ConversationClosed, InvalidInput, NotFound
from tandem.kit.text import clean
from tandem.timeline.act import Timeline
from tandem.timeline.model import Draft, Entry, Held, Moved, SteppedIn

_LONGEST_REASON = 60  # as long as a colleague may give for his own break


class Supervision:
    """Every act runs in the caller's transaction."""

    def __init__(self, timeline: Timeline, desk: Desk, bus: Bus) -> None:
        self._timeline = timeline
        self._desk = desk
        self._bus = bus

    async def watch(self, tx: Tx, user: User, conversation: UUID, now: datetime) -> None:
        """He looks on; nobody is told, but the audit knows. Raises `NotFound`."""
        await self._timeline.hold(tx, conversation)
        await audit.record(tx.db, user.id, "conversation.watched", str(conversation), {}, now)

    async def whisper(self, tx: Tx, user: User, conversation: UUID, client_id: str, text: str, now: datetime) -> Entry:
        """Said to whoever serves the customer, unheard by the customer. Raises `NotFound`, `InvalidInput`."""
        held = await self._timeline.hold(tx, conversation)
        if held.owner != "agent" or held.agent is None:
            raise InvalidInput.field("conversation", "nobody serves this customer now")
        entry = await self._desk.note(tx, user, conversation, client_id, text, now, [held.agent], whisper=True)
        await audit.record(tx.db, user.id, "conversation.whispered", str(conversation), {"to": str(held.agent)}, now)
        return entry

    async def step_in(self, tx: Tx, user: User, conversation: UUID, now: datetime) -> list[UUID]:
        """From here on he speaks with the customer too, by his name; the owner stays. Raises `NotFound`, `ConversationClosed`,
        `InvalidInput`."""
        held = await self._timeline.hold(tx, conversation)
        if held.owner == "closed":
            raise ConversationClosed
        if held.owner != "agent" or held.agent == user.id:
            raise InvalidInput.field("conversation", "no colleague serves this customer now")
        if await store.step_in(tx.db, conversation, user.id, now):
            await self._seen(tx, user, held, SteppedIn(), "conversation.joined", now)
        return await store.voices(tx.db, conversation)

    async def step_out(self, tx: Tx, user: User, conversation: UUID, now: datetime) -> list[UUID]:
        """Raises `NotFound`."""
        held = await self._timeline.hold(tx, conversation)
        if await store.step_out(tx.db, conversation, user.id):
            await self._seen(tx, user, held, SteppedIn(left=True), "conversation.left", now)
        return await store.voices(tx.db, conversation)

    async def forget_on_move(self, tx: Tx, happened: Moved) -> None:
        """Reaction: a second voice is there beside a colleague, or not at all; and whoever became the owner is the first."""
        if happened.before.owner == "agent":
            await store.all_step_out(tx.db, happened.now.id)

    async def set_presence(self, tx: Tx, user: User, colleague: UUID, wanted: SetPresenceOf, now: datetime) -> Colleague:
        """For a colleague. Nobody can be made to be there: customers would be promised an empty chair. Raises `NotFound`,
        `InvalidInput`."""
        reason = clean(wanted.reason)
        if not 1 <= len(reason) <= _LONGEST_REASON:
            raise InvalidInput.field("reason", f"1–{_LONGEST_REASON}")
        known = await access.colleague(tx.db, colleague, now)
        if known is None:
            raise NotFound
        if known.state == "offline" and wanted.state != "offline":
            raise InvalidInput.field("state", "his console is not connected")
        detail = {"from": known.state, "to": wanted.state, "reason": reason}
        await audit.record(tx.db, user.id, "presence.set_for", str(colleague), detail, now)
        return await presence.set_presence(tx, self._bus, colleague, wanted.state, now, reason)

    async def _seen(self, tx: Tx, user: User, held: Held, body: SteppedIn, action: str, now: datetime) -> None:
        await self._timeline.append(tx, held, Draft(author(user), body), at=now)
        await audit.record(tx.db, user.id, action, str(held.id), {}, now)
