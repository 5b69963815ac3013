"""What an agent may do with a conversation. Who must answer changes only by compare-and-set on the version he saw."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs

from tandem.access import store as access
from tandem.access.model import User
from tandem.assistant import store as assistants
from tandem.assistant.model import memory_from
from tandem.channels.intake import LONGEST_TEXT, MOST_ATTACHMENTS
from tandem.desk import store
from tandem.desk.model import Conversation
from tandem.desk.supervision import store as supervision
from tandem.desk.writing import store as writing
from tandem.handoff import store as packets
from tandem.handoff.act import Handoff
from tandem.handoff.model import Packet
from tandem.handoff.repeat import repeats
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.errors import ConversationClosed, ConversationMoved, InvalidInput, NotAllowed, NotFound, NotYours, TooLong
from tandem.kit.text import clean
from tandem.routing.teams.store import freest
from tandem.routing.waits.chosen import chosen, put_into
from tandem.timeline import store as timelines
from tandem.timeline.act import Stale, Timeline
from tandem.timeline.model import (
    Accepted,
    Attachment,
    Author,
    Draft,
    Entry,
    HandedBack,
    Held,
    Message,
    Note,
    Owner,
    Resolved,
    Transferred,
)

MOST_MENTIONED = 20


def author(user: User) -> Author:
    return Author("agent", user.id, user.name)


class Desk:
    """Every act runs in the caller's transaction."""

    def __init__(self, timeline: Timeline, handoff: Handoff, bus: Bus) -> None:
        self._timeline = timeline
        self._handoff = handoff
        self._bus = bus

    async def accept(self, tx: Tx, user: User, conversation: UUID, version: int, now: datetime) -> Conversation:
        """From the queue, or out of the assistant's hands. Raises `ConversationMoved`, `ConversationClosed`, `NotFound`."""
        held = await self._at(tx, conversation, version)
        if held.owner == "closed":
            raise ConversationClosed
        if held.owner == "agent":
            raise await self._moved(tx, conversation)
        packet = await self._taken_over(tx, held, now)
        await self._timeline.append(tx, held, Draft(author(user), Accepted(packet.id if packet else None)), at=now)
        await self._timeline.move(tx, held, "agent", user.id, at=now)
        await self._given(tx, conversation, user.id, now)
        return await self._now(tx, conversation)

    async def reply(
        self, tx: Tx, user: User, conversation: UUID, client_id: str, text: str, attachments: tuple[Attachment, ...], now: datetime,
        original: str = "",
    ) -> Entry:  # fmt: skip
        """Said to the customer; stored once for each `client_id`. `original`: what the agent wrote, if `text` is its translation;
        kept for colleagues. Raises `NotYours`, `ConversationClosed`, `InvalidInput`."""
        held = await self._timeline.hold(tx, conversation)
        known = await timelines.by_client_id(tx.db, conversation, "agent", client_id)
        if known:
            return known
        if not await self._second_voice(tx, user, held):
            self._must_own(user, held)
        if len(attachments) > MOST_ATTACHMENTS:
            raise InvalidInput.field("attachments", f"0–{MOST_ATTACHMENTS}")
        body = Message(_checked(text, may_be_empty=bool(attachments)), attachments)
        entries = await self._timeline.append(tx, held, Draft(author(user), body, client_id), at=now)
        await self._timeline.read(tx, conversation, author(user), entries[-1].seq)
        await self._note_repeats(tx, user, entries[-1], now)
        if original:
            note = Note(_checked(original, may_be_empty=False), original_of=entries[-1].seq)
            await self._timeline.append(tx, held, Draft(author(user), note), at=now)
        return entries[-1]

    async def note(
        self, tx: Tx, user: User, conversation: UUID, client_id: str, text: str, now: datetime, mentions: Sequence[UUID] = (), *,
        whisper: bool = False,
    ) -> Entry:  # fmt: skip
        """Said among colleagues, and those who are mentioned are called to it; possible whoever owns the conversation.
        Raises `NotFound`, `InvalidInput`."""
        held = await self._timeline.hold(tx, conversation)
        known = await timelines.by_client_id(tx.db, conversation, "agent", client_id)
        if known:
            return known
        if len(mentions) > MOST_MENTIONED:
            raise InvalidInput.field("mentions", f"0–{MOST_MENTIONED}")
        body = Note(_checked(text, may_be_empty=False), tuple(mentions), whisper)
        entry = (await self._timeline.append(tx, held, Draft(author(user), body, client_id), at=now))[-1]
        if mentions:
            called = await writing.call_to(tx.db, [it for it in mentions if it != user.id], conversation, entry.seq, now)
            news = {"users": [str(it) for it in called], "conversation": str(conversation), "by": user.name, "whisper": whisper}
            tx.after(lambda: self._bus.tell("mentioned", news))
        return entry

    async def transfer(
        self, tx: Tx, user: User, conversation: UUID, version: int, to: UUID | None, now: datetime, queue: UUID | None = None
    ) -> Conversation:
        """To a colleague, or into a queue: the one given, else the one whose conditions fit. Who owns it may; others need the right
        to assign. Raises `NotAllowed`, `ConversationClosed`, `ConversationMoved`, `InvalidInput`."""
        held = await self._at(tx, conversation, version)
        if held.owner == "closed":
            raise ConversationClosed
        if held.agent != user.id and not user.may("conversation:assign"):
            raise NotAllowed
        colleague = await access.user(tx.db, to) if to else None
        if to and (colleague is None or not colleague.active):
            raise InvalidInput.field("to", "unknown colleague")
        into = await chosen(tx.db, queue) if queue and not to else None
        packet = await self._packet(tx, held, "transferred", now)
        body = Transferred(to, colleague.name if colleague else into.name if into else "", packet.id)
        await self._timeline.append(tx, held, Draft(author(user), body), at=now)
        await self._timeline.move(tx, held, "agent" if to else "queue", to, at=now)
        if into:
            await put_into(tx, self._bus, conversation, into, now)
        if to:
            await self._given(tx, conversation, to, now)
        await audit.record(tx.db, user.id, "conversation.transferred", str(conversation), {"to": str(to or queue or "queue")}, now)
        return await self._now(tx, conversation)

    async def free_in(self, tx: Tx, conversation: UUID, team: UUID, now: datetime) -> UUID:
        """Who of a team would get this conversation. Raises `NotFound`, and `InvalidInput` when nobody is free."""
        held = await self._timeline.hold(tx, conversation)
        found = await freest(tx.db, team, held.agent, now)
        if found is None:
            raise InvalidInput.field("team", "nobody of it is free")
        return found

    async def hand_back(self, tx: Tx, user: User, conversation: UUID, version: int, now: datetime) -> Conversation:
        """The assistant goes on, told what the person did: what the case is about, and that earlier misses no longer count."""
        held = await self._at(tx, conversation, version)
        self._must_own(user, held)
        readings = await assistants.readings(tx.db, held.id)
        packet = await self._handoff.renew(tx, held, readings, now, reason="handed_back", audience="assistant")
        await self._tell_assistant(tx, packet)
        return await self._give(tx, held, "assistant", Draft(author(user), HandedBack(packet.id)), now)

    async def _tell_assistant(self, tx: Tx, packet: Packet) -> None:
        memory = memory_from(await assistants.memory(tx.db, packet.conversation) or {})
        orders = [fact.value for fact in packet.facts if fact.key == "order"]
        told = structs.replace(memory, misses=0, frame=None, article=None, orders=tuple(dict.fromkeys([*memory.orders, *orders])))
        await assistants.put_memory(tx.db, packet.conversation, told)

    async def _packet(self, tx: Tx, held: Held, reason: str, now: datetime) -> Packet:
        return await self._handoff.renew(tx, held, await assistants.readings(tx.db, held.id), now, reason=reason)

    async def _taken_over(self, tx: Tx, held: Held, now: datetime) -> Packet | None:
        """Made anew, unless the one he was handed over with still holds all that was said: who waits goes on writing, and who comes
        back into the queue from a colleague who has gone brings along what that one did and promised."""
        if held.owner == "queue" and not await packets.is_outdated(tx.db, held.id):
            return None
        return await self._packet(tx, held, "taken_over", now)

    async def _given(self, tx: Tx, conversation: UUID, agent: UUID, now: datetime) -> None:
        """From now on he is the one who must not ask again."""
        packet = await packets.newest(tx.db, conversation)
        if packet:
            await packets.take_over(tx.db, packet, agent, now)

    async def _note_repeats(self, tx: Tx, user: User, said: Entry, now: datetime) -> None:
        packet = await packets.newest(tx.db, said.conversation)
        asked = repeats(said.body.text, packet) if packet and isinstance(said.body, Message) else []
        if packet and asked:
            await packets.add_repeat(tx.db, packet.id, user.id, said.seq, [it.key for it in asked], now)

    async def resolve(self, tx: Tx, user: User, conversation: UUID, version: int, now: datetime) -> Conversation:
        held = await self._at(tx, conversation, version)
        self._must_own(user, held)
        return await self._give(tx, held, "closed", Draft(author(user), Resolved()), now)

    async def _give(self, tx: Tx, held: Held, owner: Owner, said: Draft, now: datetime) -> Conversation:
        await self._timeline.append(tx, held, said, at=now)
        await self._timeline.move(tx, held, owner, at=now)
        return await self._now(tx, held.id)

    async def _second_voice(self, tx: Tx, user: User, held: Held) -> bool:
        """Whether he stepped in beside the colleague who owns it."""
        return held.owner == "agent" and held.agent != user.id and user.id in await supervision.voices(tx.db, held.id)

    def _must_own(self, user: User, held: Held) -> None:
        if held.owner == "closed":
            raise ConversationClosed
        if held.owner != "agent" or held.agent != user.id:
            raise NotYours

    async def _at(self, tx: Tx, conversation: UUID, version: int) -> Held:
        try:
            return await self._timeline.hold(tx, conversation, version=version)
        except Stale:
            raise await self._moved(tx, conversation) from None

    async def _moved(self, tx: Tx, conversation: UUID) -> ConversationMoved:
        return ConversationMoved(conversation=await self._now(tx, conversation))

    async def _now(self, tx: Tx, conversation: UUID) -> Conversation:
        found = await store.conversation(tx.db, conversation)
        if found is None:
            raise NotFound
        return found


def _checked(text: str, *, may_be_empty: bool) -> str:
    text = clean(text)
    if len(text) > LONGEST_TEXT:
        raise TooLong(size=f"{len(text):,}", limit=f"{LONGEST_TEXT:,}")
    if not text and not may_be_empty:
        raise InvalidInput.field("text", f"1–{LONGEST_TEXT}")
    return text
