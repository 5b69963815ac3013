"""One turn: read what the customer said, have it answered, and store the answer only if nobody took over meanwhile."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from uuid import UUID

import msgspec
import structlog
from msgspec import structs

from tandem.assistant import store
from tandem.assistant.model import Context, Customer, Memory, Page, Reply, memory_from
from tandem.assistant.respond import Assistant
from tandem.assistant.running import Running
from tandem.assistant.triage.model import Triage
from tandem.channels.webchat import shop_customer
from tandem.handoff.act import Handoff
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database, Tx
from tandem.infra.jobs import enqueue, enqueue_all
from tandem.infra.numbers import Numbers
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound
from tandem.kit.ids import new_id
from tandem.timeline import store as timelines
from tandem.timeline.act import Stale, Timeline, recent
from tandem.timeline.lately import REACH, Lately
from tandem.timeline.model import ASSISTANT, Appended, Draft, Entry, Held, Message, Moved, SkillCalled, Understood

log = structlog.get_logger()

JOB = "turn"
_UNAVAILABLE = "assistant_unavailable"


class Turns:
    """Runs turns. A turn never waits for another one of the same conversation: the first to store wins, the rest look again.
    `here`: this process answers what it takes in. `nothing_to_send`: whether what is said in a channel is sure to be fetched by
    the customer's client."""

    def __init__(
        self, db: Database, timeline: Timeline, lately: Lately, handoff: Handoff, assistant: Assistant, bus: Bus, clock: Clock,
        numbers: Numbers, *, here: bool, nothing_to_send: Callable[[UUID], bool],
    ) -> None:  # fmt: skip
        self._db = db
        self._timeline = timeline
        self._lately = lately
        self._handoff = handoff
        self._assistant = assistant
        self._nothing_to_send = nothing_to_send
        self._bus = bus
        self._clock = clock
        self._numbers = numbers
        self._here = Running(self.run, self._ask_for) if here else None

    async def stop(self) -> None:
        if self._here:
            await self._here.stop()

    async def answer_customer(self, tx: Tx, happened: Appended) -> None:
        """Reaction: a customer who writes while the assistant has the conversation is answered."""
        if happened.before.owner == "assistant" and any(
            it.by.kind == "customer" and isinstance(it.body, Message) for it in happened.entries
        ):
            await self._soon(tx, happened.before.id)

    async def answer_what_waits(self, tx: Tx, happened: Moved) -> None:
        """Reaction: whoever gives a conversation to the assistant gives it the unanswered words too."""
        if happened.now.owner == "assistant" and happened.now.customer_seq > happened.now.heard_seq:
            await self._soon(tx, happened.now.id)

    async def read_who_waits(self, tx: Tx, happened: Appended) -> None:
        """Reaction: nobody answers who waits for a person, but what he says may make him more urgent, or somebody else's."""
        held = happened.before
        said = tuple(it for it in happened.entries if it.by.kind == "customer" and isinstance(it.body, Message))
        asked = await store.asked(tx.db, held.id) if held.owner == "queue" and said else None
        if asked is None:
            return
        # Not the entries that are kept: they are of all that is stored, and this is not yet.
        earlier = [it for it in await recent(tx.db, held.id, REACH) if it.seq < said[0].seq]
        triage = await self._keep_reading(tx, self._said(held, asked[1], earlier, said))
        if triage:
            was = await timelines.set_understood(
                tx.db, held.id, language=triage.language, emotion=triage.emotion, reason=triage.reason, urgency=triage.urgency
            )
            await tx.happened(Understood(held.id, *was, said[-1].at))

    async def _soon(self, tx: Tx, conversation: UUID) -> None:
        """A process that works answers what it took in itself, without the way through the queue of jobs."""
        if here := self._here:
            tx.after(lambda: here.begin(conversation))
        else:
            await enqueue(tx, JOB, str(conversation))

    async def _ask_for(self, *conversations: UUID) -> None:
        if conversations:
            async with self._db.write() as tx:
                await enqueue_all(tx, JOB, [str(it) for it in conversations])

    async def run(self, conversation: UUID) -> None:
        """Answer what has not been answered. Called again after a failure: whatever was stored is not done twice."""
        async with self._db.read() as db:
            asked = await store.asked(db, conversation)
            if asked is None or asked[0].owner != "assistant" or asked[0].customer_seq <= asked[0].heard_seq:
                return
            held, about = asked
            context = await self._context(db, held, about)
        if context is None:
            return
        started = time.perf_counter()
        reply = await self._assistant.respond(context, self._drafting(conversation))
        await self._commit(held, context, reply, started)

    async def _context(self, db: Connection, held: Held, about: store.About) -> Context | None:
        entries = await self._lately.of(db, held)
        heard = tuple(it for it in entries if it.seq > held.heard_seq and it.by.kind == "customer" and isinstance(it.body, Message))
        return self._said(held, about, [it for it in entries if it.seq < heard[0].seq], heard) if heard else None

    def _said(self, held: Held, about: store.About, earlier: Sequence[Entry], heard: tuple[Entry, ...]) -> Context:
        return Context(
            conversation=held.id,
            customer=Customer(
                about.contact, about.name, about.locale, about.tier,
                shop_customer(about.vouched, True) if about.vouched else None,
            ),
            page=msgspec.convert(about.page, Page) if about.page else None,
            history=tuple(earlier),
            heard=heard,
            memory=memory_from(about.memory) if about.memory else Memory(),
            now=self._clock.now(),
            channel=held.channel,
        )  # fmt: skip

    def _drafting(self, conversation: UUID) -> Callable[[str], None]:
        """Shows the customer what is being composed. It is only shown: what counts is what gets stored."""
        turn = str(new_id(self._clock.now()))

        def show(text: str) -> None:
            self._bus.tell("draft", {"conversation": str(conversation), "turn": turn, "text": text})

        return show

    async def _commit(self, seen: Held, context: Context, reply: Reply, started: float) -> None:
        heard = context.heard
        try:
            if reply.decision == "hand_off":
                await self._hand_off(seen, reply, heard, started)
            else:
                await self._say(seen, reply, heard, started)
        except Stale as stale:
            await self._keep_what_was_done(seen.id, reply)
            self._silenced(stale.now, context)
            return
        self._numbers.turns.labels(reply.decision).inc()
        self._numbers.turn_seconds.observe((self._clock.now() - heard[0].at).total_seconds())

    async def _say(self, seen: Held, reply: Reply, heard: tuple[Entry, ...], started: float) -> None:
        drafts = [Draft(ASSISTANT, body) for body in reply.entries]
        turn = self._turn(reply, heard, started)
        async with self._storing(seen.channel) as tx:
            spoken = await self._timeline.answer(
                tx, seen, lambda db: store.answer(db, seen, drafts, _heard(reply, heard), turn, reply.memory)
            )
        if spoken is None:
            raise Stale(await self._look(seen.id))
        if spoken > heard[-1].seq:
            async with self._db.write() as tx:
                await self._soon(tx, seen.id)

    def _storing(self, channel: UUID) -> AbstractAsyncContextManager[Tx]:
        """Where the customer's client fetches what is said, nothing has to be sent, and an answer is all there is to store."""
        return self._db.write_once() if self._nothing_to_send(channel) else self._db.write()

    async def _look(self, conversation: UUID) -> Held:
        async with self._db.read() as db:
            now = await timelines.look(db, conversation)
        if now is None:
            raise NotFound
        return now

    async def _hand_off(self, seen: Held, reply: Reply, heard: tuple[Entry, ...], started: float) -> None:
        async with self._db.write() as tx:
            held = await self._timeline.hold(tx, seen.id, version=seen.version)
            if held.heard_seq != seen.heard_seq:
                raise Stale(held)
            await store.keep(tx.db, self._turn(reply, heard, started), reply.memory)
            drafts = [Draft(ASSISTANT, body) for body in reply.entries]
            readings = await store.readings(tx.db, held.id)
            await self._handoff.hand_off(
                tx, held, reply.reason or "asks_human", readings, at=self._clock.now(), by=ASSISTANT, first=drafts
            )

    async def read_unanswered(self, tx: Tx, held: Held) -> Held:
        """A person gets the conversation before the last words were answered: they are read all the same, so that he knows how
        they were meant, and whose language they are in decides who he is."""
        asked = await store.asked(tx.db, held.id)
        context = await self._context(tx.db, held, asked[1]) if asked else None
        triage = await self._keep_reading(tx, context) if context else None
        return structs.replace(held, language=triage.language) if triage and triage.language else held

    async def _keep_reading(self, tx: Tx, context: Context) -> Triage | None:
        """How words are meant that the assistant does not answer. None when they cannot be read: that must not keep a customer
        from a person, nor his words from the timeline."""
        started = time.perf_counter()
        try:
            triage = self._assistant.read(context)
        except Exception:
            log.exception("turn.unread", conversation=str(context.conversation))
            return None
        reply = Reply("hand_off", triage.reason or "asks_human", triage, (), context.memory, {})
        await store.keep(tx.db, self._turn(reply, context.heard, started), reply.memory)
        return triage

    def _turn(self, reply: Reply, heard: tuple[Entry, ...], started: float) -> store.Turn:
        now = self._clock.now()
        return store.Turn(
            new_id(now), heard[0].conversation, heard[0].seq, heard[-1].seq, now, round((time.perf_counter() - started) * 1000),
            reply.decision, reply.reason, reply.triage.about, reply.triage, reply.trace,
        )  # fmt: skip

    def _silenced(self, now: Held, context: Context) -> None:
        """A person took over, or another turn was faster: this reply is never seen."""
        self._bus.tell("draft", {"conversation": str(now.id), "turn": "", "text": ""})
        self._numbers.silenced.inc()
        log.info("turn.silenced", conversation=str(now.id), owner=now.owner, version=now.version, through=context.heard[-1].seq)

    async def _keep_what_was_done(self, conversation: UUID, reply: Reply) -> None:
        """The answer is dropped, but what was changed in a business system stays changed: whoever answers now must see it."""
        done = [Draft(ASSISTANT, it) for it in reply.entries if isinstance(it, SkillCalled) and it.writes]
        if done:
            async with self._db.write() as tx:
                held = await self._timeline.hold(tx, conversation)
                await self._timeline.append(tx, held, *done, at=self._clock.now())

    async def resume(self) -> None:
        """When a process starts: what another one was answering when it died is answered now, not only when it is overdue."""
        async with self._db.read() as db:
            owed = await timelines.unheard(db, self._clock.now(), limit=5000)
        await self._ask_for(*(it.id for it in owed))

    async def rescue(self, deadline: timedelta) -> None:
        """Nobody is left hanging: a turn that did not happen in time is asked for again, and past twice the time a person gets it."""
        now = self._clock.now()
        async with self._db.read() as db:
            overdue = await timelines.unheard(db, now - deadline, limit=500)
        for found in overdue:
            self._numbers.rescued.inc()
            log.warning("turn.overdue", conversation=str(found.id))
            if found.customer_at < now - 2 * deadline:
                await self._give_to_people(found.id)
        await self._ask_for(*(it.id for it in overdue if it.customer_at >= now - 2 * deadline))

    async def _give_to_people(self, conversation: UUID) -> None:
        async with self._db.write() as tx:
            held = await self._timeline.hold(tx, conversation)
            if held.owner == "assistant" and held.customer_seq > held.heard_seq:
                held = await self.read_unanswered(tx, held)
                readings = await store.readings(tx.db, conversation)
                await self._handoff.hand_off(tx, held, _UNAVAILABLE, readings, at=self._clock.now())


def _heard(reply: Reply, heard: tuple[Entry, ...]) -> timelines.Heard:
    triage = reply.triage
    return timelines.Heard(triage.language or "", triage.emotion, triage.urgency, heard[-1].seq)
