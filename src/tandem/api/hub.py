"""Who follows what in this process, and getting them the news.

News from the bus only say *that* something changed. The hub reads *what* from the database, once for all followers, so that
a follower ends with exactly the timeline however many pieces of news were lost, doubled or merged on the way.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from tandem.access import store as access
from tandem.access.model import User
from tandem.api.socket import Socket, encoded
from tandem.chat.act import state_of, states_of
from tandem.chat.model import ChatState
from tandem.desk import store as desk
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database
from tandem.infra.numbers import Numbers
from tandem.kit.clock import Clock
from tandem.routing.agents import hand
from tandem.timeline import store as timelines
from tandem.timeline.act import Stored, for_customer
from tandem.timeline.model import Entry, Message, Note, SkillCalled

log = structlog.get_logger()

_PAGE = 200
_SWEEP_SECONDS = 2.0
_ESTIMATE_SECONDS = 15.0
_SIGNED_OUT = 4401


class Followed:
    """A conversation that somebody here follows: up to where its followers were told, and its state as last told."""

    __slots__ = ("customers", "desks", "fanned", "owner", "state")

    def __init__(self, fanned: int) -> None:
        self.fanned = fanned
        self.customers: set[Socket] = set()
        self.desks: set[Socket] = set()
        self.state = ""
        self.owner = ""


class Hub:
    """One a process."""

    def __init__(self, db: Database, bus: Bus, clock: Clock, numbers: Numbers) -> None:
        self._db = db
        self._bus = bus
        self._clock = clock
        self._numbers = numbers
        self._followed: dict[UUID, Followed] = {}
        self._desks: set[Socket] = set()
        self._changed: set[UUID] = set()  # to be read anew
        self._listed: set[UUID] = set()  # told already, but not yet to the lists of the desks
        self._restate: set[UUID] = set()
        self._worked: set[UUID] = set()
        self._signed_out = False
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._swept = clock.now()
        bus.hear(self._hear)

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(it) for it in (self._keep_telling(), self._keep_sweeping(), self._keep_estimates())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        sockets = self._desks | {socket for it in self._followed.values() for socket in it.customers | it.desks}
        await asyncio.gather(*(socket.close(1012) for socket in sockets), return_exceptions=True)

    # Joining and leaving ------------------------------------------------------------------------------------------

    def join_desk(self, socket: Socket) -> None:
        self._desks.add(socket)

    async def follow(self, socket: Socket, conversation: UUID, since: int) -> None:
        """From now on the socket hears of the conversation; what came after `since` is sent at once."""
        async with self._db.read() as db:
            held = await timelines.look(db, conversation)
            if held is None:
                return
            followed = self._followed.setdefault(conversation, Followed(held.last_seq))
            came = socket.visitor is not None and not followed.customers
            (followed.customers if socket.visitor else followed.desks).add(socket)
            socket.followed.add(conversation)
            await self._catch_up(db, socket, conversation, since)
            if socket.visitor:
                state = await state_of(db, conversation, self._clock.now())
                followed.owner = state.owner
                socket.push(_state_frame(conversation, state))
        if came:
            self._tell_customer(conversation, online=True)
        if socket.user:
            socket.push(encoded({"type": "customer", "conversation": conversation, "online": bool(followed.customers)}))
            self._tell_viewing(conversation, socket.user, on=True, asks=True)

    async def _catch_up(self, db: Connection, socket: Socket, conversation: UUID, since: int) -> None:
        """A page at most: who is further behind asks for pages by HTTP, at his own pace."""
        entries = await timelines.entries_after(db, conversation, since, _PAGE)
        # Also when there is nothing new: the answer to a follow is how a client knows that the line is alive.
        socket.push(_entries_frame(conversation, since, entries, for_customers=socket.visitor is not None))
        if len(entries) == _PAGE:
            socket.push(encoded({"type": "again", "conversation": conversation}))

    def unfollow(self, socket: Socket, conversation: UUID) -> None:
        followed = self._followed.get(conversation)
        socket.followed.discard(conversation)
        if followed is None:
            return
        followed.customers.discard(socket)
        followed.desks.discard(socket)
        if not followed.customers and not followed.desks:
            del self._followed[conversation]
        if socket.visitor and not followed.customers:
            self._tell_customer(conversation, online=False)
        elif socket.user and socket.user.id not in {it.user.id for it in followed.desks if it.user}:
            self._tell_viewing(conversation, socket.user, on=False)

    def _tell_customer(self, conversation: UUID, *, online: bool) -> None:
        self._bus.tell("customer", {"conversation": str(conversation), "online": online})

    def _tell_viewing(self, conversation: UUID, user: User, *, on: bool, asks: bool = False) -> None:
        """Who looks at a conversation is known only to the process his socket is in: who `asks` is answered by each of them."""
        by = {"id": str(user.id), "name": user.name}
        self._bus.tell("viewing", {"conversation": str(conversation), "by": by, "on": on, "asks": asks})

    def leave(self, socket: Socket) -> None:
        for conversation in list(socket.followed):
            self.unfollow(socket, conversation)
        self._desks.discard(socket)
        self._numbers.overflows.inc(socket.overflowed)

    def customer_online(self, conversation: UUID) -> bool:
        followed = self._followed.get(conversation)
        return followed is not None and bool(followed.customers)

    # News -----------------------------------------------------------------------------------------------------------

    def _hear(self, topic: str, news: Any) -> None:
        if isinstance(news, Stored):
            self._hear_stored(news)
        elif topic == "timeline":
            self._touch(UUID(news["conversation"]))
        elif topic == "queue":
            self._restate |= {it for it, followed in self._followed.items() if followed.owner == "queue"}
            self._wake.set()
        elif topic == "signed-out":
            self._signed_out = True
            self._wake.set()
        elif topic == "colleague":
            self._push(self._desks, {"type": "colleague", "colleague": news})
        elif topic == "work":
            self._worked.add(UUID(news["agent"]))
            self._wake.set()
        elif topic in ("read", "typing", "draft"):
            self._pass_on(topic, news)
        elif topic == "mentioned":
            called = {socket for socket in self._desks if socket.user and str(socket.user.id) in news["users"]}
            self._push(called, {"type": topic, "conversation": news["conversation"], "by": news["by"]})
        elif topic in ("customer", "viewing"):
            self._pass_to_desks(topic, news)

    def _hear_stored(self, stored: Stored) -> None:
        """Words alone change nothing but the timeline: those that follow on what was told are told as they are. All else is read."""
        followed = self._followed.get(stored.conversation)
        words = all(isinstance(it.body, Message | Note | SkillCalled) for it in stored.entries)
        if followed and (not words or followed.fanned != stored.entries[0].seq - 1):
            self._touch(stored.conversation)
            return
        if followed:
            self._fan_entries(stored.conversation, stored.entries)
        if self._desks:
            self._listed.add(stored.conversation)
            self._wake.set()

    def _pass_on(self, topic: str, news: dict[str, Any]) -> None:
        """Fleeting things go out as they came: they are not stored, and nobody asks for them again."""
        followed = self._followed.get(UUID(news["conversation"]))
        if followed is None:
            return
        by_customer = topic == "typing" and news["by"]["kind"] == "customer"
        self._push(followed.desks if by_customer else followed.customers | followed.desks, {"type": topic, **news})

    def _pass_to_desks(self, topic: str, news: dict[str, Any]) -> None:
        conversation = UUID(news["conversation"])
        followed = self._followed.get(conversation)
        if followed is None or not followed.desks:
            return
        asks = news.pop("asks", False)
        self._push(followed.desks, {"type": topic, **news})
        for user in {it.user.id: it.user for it in followed.desks if it.user}.values() if asks else ():
            self._tell_viewing(conversation, user, on=True)

    def _touch(self, conversation: UUID) -> None:
        if self._desks or conversation in self._followed:
            self._changed.add(conversation)
            self._wake.set()

    def _push(self, sockets: Iterable[Socket], frame: dict[str, object]) -> None:
        text = encoded(frame)
        count = 0
        for socket in sockets:
            socket.push(text)
            count += 1
        self._numbers.frames.inc(count)

    async def _keep_telling(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, set()
            listed, self._listed = self._listed, set()
            restate, self._restate = self._restate, set()
            worked, self._worked = self._worked, set()
            signed_out, self._signed_out = self._signed_out, False
            try:
                if signed_out:
                    await self._note_desks()
                await self._tell(changed, restate - changed, listed | changed)
                await self._tell_work(worked)
            except Exception as error:  # whatever it was: a hub that stops telling leaves all screens standing still
                log.warning("hub.not_told", count=len(changed), error=type(error).__name__)
                self._changed |= changed
                self._listed |= listed
                self._restate |= restate
                self._worked |= worked
                self._signed_out |= signed_out
                await asyncio.sleep(0.5)
                self._wake.set()

    async def _tell(self, changed: set[UUID], restate: set[UUID], listed: set[UUID]) -> None:
        async with self._db.read() as db:
            await self._tell_entries(db, [it for it in changed if it in self._followed])
            await self._tell_states(db, [it for it in changed | restate if it in self._followed and self._followed[it].customers])
            if self._desks and listed:
                for row in await desk.by_ids(db, list(listed)):
                    self._push(self._desks, {"type": "inbox", "conversation": row})

    async def _tell_work(self, agents: set[UUID]) -> None:
        """What agents have in hand and are offered, to themselves alone."""
        here = [socket for socket in self._desks if socket.user and socket.user.id in agents]
        if not here:
            return
        async with self._db.read() as db:
            for agent in {socket.user.id for socket in here if socket.user}:
                frame = {"type": "mine", "mine": await hand.mine_of(db, agent, self._clock.now())}
                self._push([it for it in here if it.user and it.user.id == agent], frame)

    async def _tell_entries(self, db: Connection, conversations: list[UUID]) -> None:
        """All conversations with one question to the database: under load, many have changed since the last time."""
        while conversations:
            cursors = {it: self._followed[it].fanned for it in conversations if it in self._followed}
            found: dict[UUID, list[Entry]] = {}
            for entry in await timelines.news(db, cursors, _PAGE):
                found.setdefault(entry.conversation, []).append(entry)
            for conversation, entries in found.items():
                self._fan_entries(conversation, entries)
            conversations = [it for it, entries in found.items() if len(entries) == _PAGE]

    def _fan_entries(self, conversation: UUID, entries: list[Entry]) -> None:
        followed = self._followed.get(conversation)
        if followed is None or followed.fanned >= entries[-1].seq:
            return  # its last follower left while we were reading, and perhaps came back
        entries = [it for it in entries if it.seq > followed.fanned]  # some may have been told as they were stored
        after, followed.fanned = followed.fanned, entries[-1].seq
        if followed.customers:
            self._fan(followed.customers, _entries_frame(conversation, after, entries, for_customers=True))
        if followed.desks:
            self._fan(followed.desks, _entries_frame(conversation, after, entries, for_customers=False))

    def _fan(self, sockets: set[Socket], frame: str) -> None:
        for socket in sockets:
            socket.push(frame)
        self._numbers.frames.inc(len(sockets))

    async def _tell_states(self, db: Connection, conversations: list[UUID]) -> None:
        if not conversations:
            return
        for conversation, state in (await states_of(db, conversations, self._clock.now())).items():
            followed = self._followed.get(conversation)
            if followed is None:
                continue
            frame, told, followed.owner = _state_frame(conversation, state), followed.state, state.owner
            followed.state = frame
            if frame != told:
                self._fan(followed.customers, frame)

    # What holds even if news are lost ---------------------------------------------------------------------------------

    async def resync(self) -> None:
        """News may have been missed: look at everything that is followed here."""
        self._changed |= set(self._followed)
        self._wake.set()

    async def _keep_sweeping(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            with _going_on():
                await self._sweep(self._clock.now())

    async def _sweep(self, now: datetime) -> None:
        """Whatever changed lately without being told. A little overlap, for transactions that took their time."""
        since, self._swept = self._swept - timedelta(seconds=2 * _SWEEP_SECONDS), now
        if not self._followed:
            return
        async with self._db.read() as db:
            recent = await timelines.changed_since(db, since, limit=5000)
        for it in recent:
            followed = self._followed.get(it.id)
            if followed is not None and followed.fanned < it.last_seq:
                self._touch(it.id)

    async def _keep_estimates(self) -> None:
        while True:
            await asyncio.sleep(_ESTIMATE_SECONDS)
            self._hear("queue", None)
            with _going_on():
                await self._note_desks()

    async def _note_desks(self) -> None:
        """Whose console is open is there; a session that ended, or a user who was deactivated, hears nothing more."""
        if not self._desks:
            return
        async with self._db.read() as db:
            live = await access.live_sessions(db, [socket.session_key for socket in self._desks], self._clock.now())
            await access.seen(db, [it.user.id for it in self._desks if it.user and it.session_key in live], self._clock.now())
        for socket in [it for it in self._desks if it.session_key not in live]:
            await socket.close(_SIGNED_OUT)


def _entries_frame(conversation: UUID, after: int, entries: list[Entry], *, for_customers: bool) -> str:
    shown = for_customer(entries) if for_customers else entries
    through = entries[-1].seq if entries else after
    return encoded({"type": "entries", "conversation": conversation, "entries": shown, "after": after, "through": through})


def _state_frame(conversation: UUID, state: ChatState) -> str:
    return encoded({"type": "state", "conversation": conversation, "state": state})


@contextlib.contextmanager
def _going_on() -> Iterator[None]:
    """One bad round must not end all later ones."""
    try:
        yield
    except Exception as error:
        log.warning("hub.round_failed", error=type(error).__name__)
