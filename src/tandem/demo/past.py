"""What has happened at the demo's desk before anybody looks: some customers of the last days, and a few who wait now.

It is lived, not written into tables: customers' words are answered by the assistant that serves the demo, packets are made,
agents act through the desk's own acts, each at its own time. What stands there is therefore what the product does.
"""

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.access import store as access
from tandem.access.model import User
from tandem.api.services import Services
from tandem.app import Application
from tandem.assistant.turn import Turns
from tandem.channels import store as channels
from tandem.channels.webchat import Visitor
from tandem.demo.seed import CHANNEL
from tandem.desk.copilot.cases import keep_case
from tandem.desk.exceptions import store as exceptions
from tandem.desk.exceptions.model import Decide, Propose, Verdict
from tandem.desk.order import store as order
from tandem.handoff import store as packets
from tandem.infra.db import Database, Tx
from tandem.kit.clock import SetClock
from tandem.kit.ids import new_id
from tandem.people import act as people
from tandem.routing.waits.act import wait_otherwise
from tandem.timeline.lately import Lately
from tandem.timeline.model import Author, Draft, ExceptionKind, Held, Message, Moved, Verified

_READS = timedelta(seconds=2)  # from a customer's words to the answer


class Says(Struct, frozen=True, tag="says"):
    """The customer. `{number}` and `{digits}` stand for an order of the demo shop."""

    text: str
    after: int = 40


class Does(Struct, frozen=True, tag="does"):
    """An agent, `after` so many seconds: takes the customer, replies, notes, labels, puts aside or ends."""

    by: str
    what: Literal["accept", "reply", "note", "tag", "snooze", "resolve"]
    text: str = ""
    after: int = 30


class Asks(Struct, frozen=True, tag="asks"):
    """For an exception; `cost` in minor units."""

    by: str
    kind: ExceptionKind
    what: str
    why: str
    cost: int
    currency: str = "CNY"
    after: int = 30


class Decides(Struct, frozen=True, tag="decides"):
    by: str
    verdict: Verdict
    reason: str
    what: str | None = None
    cost: int | None = None
    after: int = 240


class Judges(Struct, frozen=True, tag="judges"):
    """A supervisor says whether the answer before was right."""

    right: bool = True


class Rates(Struct, frozen=True, tag="rates"):
    score: int
    comment: str = ""
    after: int = 20


class Leaves(Struct, frozen=True, tag="leaves"):
    """Waits no longer on the page: a message is left."""


Step = Says | Does | Asks | Decides | Judges | Rates | Leaves


class Story(Struct, frozen=True):
    """A customer who came `ago` minutes ago. `tier`: the shop vouches for who he is."""

    name: str
    locale: str
    ago: int
    steps: list[Step]
    tier: str | None = None


async def live_through(app: Application, now: datetime, order_known: tuple[str, str]) -> None:
    """All stories, the oldest first. `order_known`: number and phone digits of an order that somebody may ask for."""
    stories = msgspec.json.decode((files("tandem.demo") / "stories.json").read_bytes(), type=list[Story])
    for number, story in enumerate(sorted(stories, key=lambda it: -it.ago)):
        await _Life(app, now - timedelta(minutes=story.ago), story, number, order_known).run()


class _Life:
    """One story as it happens. Steps are one transaction up to the customer's next words to the assistant."""

    def __init__(self, app: Application, begins: datetime, story: Story, number: int, known: tuple[str, str]) -> None:
        services: Services = app.services
        self._all, self._story, self._known = services, story, known
        self._visitor = Visitor(CHANNEL, f"past:{number}", story.tier is not None, story.name, story.locale, story.tier)
        self._clock = SetClock(begins)
        self._db = Database(services.db.pool)
        self._db.on(Moved, services.book.moved)
        self._db.on(Moved, keep_case)
        self._db.on(Moved, services.exceptions.close_with_case)
        self._turns = Turns(
            self._db, services.timeline, Lately(), services.handoff, app.assistant, services.bus, self._clock, services.numbers,
            here=False, nothing_to_send=lambda _: False,
        )  # fmt: skip
        self._request: UUID | None = None

    async def run(self) -> None:
        steps = list(self._story.steps)
        while steps:
            async with self._db.write() as tx:
                held = await self._held(tx)
                users = {it.email.partition("@")[0]: it for it in await access.users(tx.db)}
                while steps:
                    step = steps.pop(0)
                    self._clock.move(timedelta(seconds=getattr(step, "after", 0)))
                    await self._live(tx, held.id, users, step)
                    held = await self._held(tx)
                    if isinstance(step, Says) and held.owner == "assistant":
                        break
            self._clock.move(_READS)
            await self._turns.run(held.id)

    async def _held(self, tx: Tx) -> Held:
        now = self._clock.now()
        channel = await channels.by_key(tx.db, CHANNEL)
        if channel is None:
            raise LookupError(CHANNEL)
        known = await people.meet(tx, channel.id, self._visitor.introduction(), now)
        held = await self._all.timeline.open(tx, channel.id, known.contact, self._visitor.thread, now)
        if held.last_seq == 0 and self._visitor.verified:
            await self._all.timeline.append(tx, held, Draft(Author("system"), Verified("host", self._story.name)), at=now)
        return await self._all.timeline.hold(tx, held.id)

    async def _live(self, tx: Tx, conversation: UUID, users: dict[str, User], step: Step) -> None:
        now, all_ = self._clock.now(), self._all
        match step:
            case Says(text):
                held = await all_.timeline.hold(tx, conversation)
                said = text.format(number=self._known[0], digits=self._known[1])
                await all_.timeline.append(
                    tx, held, Draft(Author("customer", held.contact, self._story.name), Message(said)), at=now
                )
            case Does():
                await self._does(tx, conversation, users[step.by], step)
            case Asks():
                proposal = Propose(step.kind, step.what, step.why, step.cost, step.currency)
                self._request = await all_.exceptions.propose(tx, users[step.by], conversation, proposal, now)
            case Decides() if self._request:
                found = await exceptions.exception(tx.db, self._request)
                decision = Decide(found.version if found else 0, step.verdict, step.reason, step.what, step.cost)
                await all_.exceptions.decide(tx, users[step.by], self._request, decision, now)
            case Judges(right):
                last = (await all_.timeline.hold(tx, conversation)).last_seq
                await all_.promises.judge_message(tx, users["chen"], conversation, last, right, now)
            case Rates(score, comment):
                await all_.chat.rate(tx, conversation, score, comment, now)
            case Leaves():
                await wait_otherwise(tx, all_.timeline, all_.bus, conversation, "message", None, now)

    async def _does(self, tx: Tx, conversation: UUID, who: User, step: Does) -> None:
        now, desk = self._clock.now(), self._all.desk
        version = (await self._all.timeline.hold(tx, conversation)).version
        match step.what:
            case "accept":
                await desk.accept(tx, who, conversation, version, now)
                if packet := await packets.newest(tx.db, conversation):
                    await packets.mark_read(tx.db, packet.id, who.id, now)
            case "reply":
                await desk.reply(tx, who, conversation, str(new_id(now)), step.text, (), now)
            case "note":
                await desk.note(tx, who, conversation, str(new_id(now)), step.text, now)
            case "tag":
                wanted = [it.id for it in await order.tags(tx.db) if it.name.startswith(step.text)]
                await order.label(tx.db, conversation, wanted, who.id, now)
            case "snooze":
                until = now + timedelta(hours=float(step.text))
                await self._all.order.snooze(tx, who, conversation, until, "", now)
            case "resolve":
                await desk.resolve(tx, who, conversation, version, now)
