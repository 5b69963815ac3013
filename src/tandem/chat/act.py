"""What a customer may do: be known again, ask for a person, go back to the assistant, say what helped, rate."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tandem.access import store as access
from tandem.assistant import store as assistants
from tandem.assistant.turn import Turns
from tandem.channels import store as channels
from tandem.channels.model import Channel
from tandem.channels.webchat import KIND, Visitor
from tandem.chat import store
from tandem.chat.model import ChatState
from tandem.handoff.act import Handoff
from tandem.handoff.render import in_language
from tandem.handoff.told import Told, correction, told
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database, Tx
from tandem.infra.remembered import Remembered
from tandem.kit.errors import InvalidInput, Language, NotFound
from tandem.kit.text import clean
from tandem.people import act as people
from tandem.people import store as contacts
from tandem.routing.waits.place import place_of
from tandem.timeline import store as timelines
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Author, Draft, Held, Helped, Message, Rated, Reopened, Returned, Verified

_LONGEST_COMMENT = 1000


class Chat:
    """Every act runs in the caller's transaction; what is asked for with every message is remembered for a moment."""

    def __init__(self, db: Database, timeline: Timeline, handoff: Handoff, turns: Turns, bus: Bus) -> None:
        self._db = db
        self._turns = turns
        self._timeline = timeline
        self._handoff = handoff
        self._channels: Remembered[str, Channel] = Remembered(bus, "channel", 5)
        self._online: Remembered[None, bool] = Remembered(bus, "colleague", 1)

    async def channel(self, key: str, now: datetime) -> Channel:
        """Raises `NotFound`."""

        async def load() -> Channel:
            async with self._db.read() as db:
                return await open_channel(db, key)

        return await self._channels.get(key, now, load)

    async def state_with(self, held: Held, now: datetime) -> ChatState:
        """How things stand in a conversation that was just held: where the assistant leads, all of it is known already."""
        if held.owner != "assistant":
            async with self._db.read() as db:
                return await state_of(db, held.id, now)
        online = await self._online.get(None, now, lambda: self._any_online(now))
        return ChatState(held.id, held.owner, None, None, held.read_by_agent, False, online)

    async def _any_online(self, now: datetime) -> bool:
        async with self._db.read() as db:
            return await _any_online(db, now)

    async def recognise(self, tx: Tx, channel: Channel, guest: Visitor, customer: Visitor, now: datetime) -> None:
        """A guest has signed in at the shop: what he said as a guest is his. Without this he would have to say it again.

        Only the first who signs in: on a machine that several people use, the next one must not become the same person.
        """
        known = await contacts.known(tx.db, channel.id, guest.external)
        if known is None or await contacts.known(tx.db, channel.id, customer.external):
            return
        if await contacts.vouched_id(tx.db, known.contact):
            return
        await contacts.add_identity(tx.db, channel.id, customer.external, known.contact, True)
        await people.meet(tx, channel.id, customer.introduction(), now)
        if await store.rethread(tx.db, channel.id, guest.thread, customer.thread):
            held = await self._timeline.open(tx, channel.id, known.contact, customer.thread, now)
            await self._timeline.append(tx, held, Draft(SYSTEM, Verified("host", customer.name)), at=now)

    async def ask_for_person(self, tx: Tx, channel: Channel, visitor: Visitor, now: datetime) -> UUID:
        """The resident button. It works from the first moment on and as often as it is pressed."""
        known = await people.meet(tx, channel.id, visitor.introduction(), now)
        held = await self._timeline.open(tx, channel.id, known.contact, visitor.thread, now)
        if held.owner in ("queue", "agent"):
            return held.id
        if held.owner == "assistant":
            held = await self._turns.read_unanswered(tx, held)
        # What was read of an episode that is over tells nothing of this one.
        readings = [] if held.owner == "closed" else await assistants.readings(tx.db, held.id)
        by = Author("customer", known.contact, known.name)
        first = [Draft(SYSTEM, Reopened())] if held.owner == "closed" else []
        if held.last_seq == 0 and visitor.verified:
            first.append(Draft(SYSTEM, Verified("host", known.name)))
        await self._handoff.hand_off(tx, held, "asks_human", readings, at=now, by=by, first=first)
        return held.id

    async def return_to_assistant(self, tx: Tx, conversation: UUID, now: datetime) -> None:
        """The customer no longer wants to wait. What he said while waiting was said to a person, not to the assistant."""
        held = await self._timeline.hold(tx, conversation)
        if held.owner != "queue":
            return
        await self._timeline.append(tx, held, Draft(Author("customer", held.contact), Returned()), at=now)
        await timelines.set_heard(tx.db, conversation)
        await self._timeline.move(tx, held, "assistant", at=now)

    async def told(self, tx: Tx, conversation: UUID, language: Language, now: datetime) -> Told:
        """What he is known to have told in this episode, as a person would be given it now."""
        held = await self._timeline.hold(tx, conversation)
        packet = await self._handoff.draft(tx, held, await assistants.readings(tx.db, held.id), now)
        return told(in_language(packet, language), language, handed=held.owner in ("queue", "agent"))

    async def correct(
        self, tx: Tx, conversation: UUID, key: str, was: str, now_: str | None, language: Language, now: datetime
    ) -> Told:
        """Put right or take out what he told; whoever has the conversation is given it at once. Raises `InvalidInput`."""
        known = await self.told(tx, conversation, language, now)
        held = await self._timeline.hold(tx, conversation)
        body = correction(known.facts, key, was, now_)
        await self._timeline.append(tx, held, Draft(Author("customer", held.contact), body), at=now)
        if held.owner in ("queue", "agent"):
            await self._handoff.renew(tx, held, await assistants.readings(tx.db, held.id), now, reason="asks_human")
        return await self.told(tx, conversation, language, now)

    async def helped(self, tx: Tx, conversation: UUID, answer: int, yes: bool, now: datetime) -> None:
        """Of an answer that the assistant gave from a source; saying the same again changes nothing. Raises `NotFound`."""
        held = await self._timeline.hold(tx, conversation)
        said = await timelines.entry_at(tx.db, conversation, answer)
        if said is None or said.by.kind != "assistant" or not isinstance(said.body, Message) or not said.body.sources:
            raise NotFound
        if await timelines.said_helped(tx.db, conversation, answer) is not yes:
            await self._timeline.append(tx, held, Draft(Author("customer", held.contact), Helped(answer, yes)), at=now)

    async def rate(self, tx: Tx, conversation: UUID, score: int, comment: str, now: datetime) -> None:
        """Once an episode; words may follow the tap, once. Anything beyond changes nothing. Raises `InvalidInput`."""
        comment = clean(comment)
        if not 1 <= score <= 5:
            raise InvalidInput.field("score", "1–5")
        if len(comment) > _LONGEST_COMMENT:
            raise InvalidInput.field("comment", f"0–{_LONGEST_COMMENT}")
        held = await self._timeline.hold(tx, conversation)
        if held.owner != "closed":
            return
        if held.rated_episode >= held.episode and (
            not comment or await timelines.has_rating_words(tx.db, conversation, held.last_seq)
        ):
            return
        await timelines.set_rated(tx.db, conversation, held.episode)
        await self._timeline.append(tx, held, Draft(Author("customer", held.contact), Rated(score, comment)), at=now)


async def open_channel(db: Connection, key: str) -> Channel:
    """Raises `NotFound`."""
    channel = await channels.by_key(db, key)
    if channel is None or channel.kind != KIND or not channel.active:
        raise NotFound
    return channel


async def state_of(db: Connection, conversation: UUID | None, now: datetime) -> ChatState:
    """How things stand, as the customer may know it."""
    if conversation is None:
        return ChatState(None, "assistant", None, None, 0, False, await _any_online(db, now))
    return (await states_of(db, [conversation], now))[conversation]


async def states_of(db: Connection, conversations: Sequence[UUID], now: datetime) -> dict[UUID, ChatState]:
    """The same for many at once; what does not exist is left out."""
    online = await _any_online(db, now)
    return {it.id: await _state(db, it, online, now) for it in await store.standings(db, conversations)}


async def _any_online(db: Connection, now: datetime) -> bool:
    return await access.people_online(db, now) > 0


async def _state(db: Connection, standing: store.Standing, online: bool, now: datetime) -> ChatState:
    queue = await place_of(db, standing.id, now) if standing.owner == "queue" else None
    can_rate = standing.owner == "closed" and standing.rated_episode < standing.episode
    return ChatState(
        standing.id, standing.owner, standing.agent_name if standing.owner == "agent" else None, queue,
        standing.read_by_agent, can_rate, online,
    )  # fmt: skip
