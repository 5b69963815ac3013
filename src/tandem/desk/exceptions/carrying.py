"""What was granted is carried out by a business system; what it cannot do goes back to the colleague who asked, with what to do next."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from msgspec import Struct

from tandem.assistant.model import memory_from
from tandem.desk.exceptions import store, words
from tandem.desk.exceptions.model import CarryOut, Exceptional, Grant, Outcome, StepKind
from tandem.desk.exceptions.remedies import Remedies
from tandem.desk.exceptions.store import Parties
from tandem.desk.writing import store as writing
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Database, Tx
from tandem.kit.clock import Clock
from tandem.kit.errors import language_of
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Draft, Entry, ExceptionMoved, Money, Note

log = structlog.get_logger()
_CARRIED_WITHIN = timedelta(minutes=10)  # longer than any skill may take, and than the tries of a job
_AT_ONCE = 100
_STEPS: dict[str, StepKind] = {"done": "carried_out", "failed": "not_carried_out", "by_hand": "left_to_people"}


class Entitled(Struct, frozen=True):
    """Which customers of a business system this one was proven to be: by the channel, or by the digits of single orders."""

    vouched: str | None
    proven: dict[str, str]

    def for_order(self, order: str) -> str | None:
        return self.vouched or self.proven.get(order.upper())


def entitled(vouched: str | None, memory: dict[str, Any] | None) -> Entitled:
    kept = memory_from(memory).proven if memory else {}
    return Entitled(vouched, {order.upper(): customer for order, customer in kept.items()})


class Carrying:
    """The job that follows a grant. After a crash it runs again, with the same id: the port must take both for one."""

    def __init__(self, db: Database, timeline: Timeline, bus: Bus, clock: Clock, remedies: Remedies, carry_out: CarryOut) -> None:
        self._db = db
        self._timeline = timeline
        self._bus = bus
        self._clock = clock
        self._remedies = remedies
        self._carry_out = carry_out

    async def run(self, request: UUID) -> None:
        async with self._db.read() as db:
            found = await store.exception(db, request)
            parties = await store.parties(db, found.conversation, found.by) if found else None
        if found is None or parties is None or found.carried != "running" or found.granted_cost is None:
            return
        outcome = await self._asked(_grant(found, found.granted_cost, parties))
        await self._keep(found, parties, outcome)

    async def give_up_stuck(self) -> None:
        """What was granted and never came to an end, because its job failed too often or was lost, goes to people: a customer who was
        promised something must not wait for a job that nobody sees."""
        async with self._db.read() as db:
            stuck = await store.stuck(db, self._clock.now() - _CARRIED_WITHIN, _AT_ONCE)
        for request in stuck:
            async with self._db.read() as db:
                found = await store.exception(db, request)
                parties = await store.parties(db, found.conversation, found.by) if found else None
            if found and parties:
                await self._keep(found, parties, Outcome("failed", "", "unclear") if found.skill else Outcome("by_hand"))

    async def _asked(self, grant: Grant) -> Outcome:
        try:
            return await self._carry_out(grant)
        except Exception as error:  # whatever it was: a grant that was not carried out must be seen, not retried in silence
            log.warning("exception.not_carried_out", exception=str(grant.id), error=type(error).__name__)
            return Outcome("failed", type(error).__name__, "unclear")

    async def _keep(self, found: Exceptional, parties: Parties, outcome: Outcome) -> None:
        now = self._clock.now()
        async with self._db.write() as tx:
            held = await self._timeline.hold(tx, found.conversation)
            if not await store.set_carried(tx.db, found.id, outcome.carried, outcome.detail, outcome.why):
                return
            step = _STEPS[outcome.carried]
            await store.add_step(tx.db, found.id, step, None, None, found.level, outcome.detail, now)
            detail = {"outcome": outcome.carried, "skill": found.skill, "why": outcome.why or ""}
            await audit.record(tx.db, None, f"exception.{step}", str(found.id), detail, now)
            entries = await self._timeline.append(tx, held, *self._drafts(found, parties, outcome), at=now)
            if outcome.carried != "done":
                await self._call_back(tx, entries[-1], [found.by, *([parties.agent] if parties.agent else [])])
            tx.after(lambda: self._bus.tell("exception", {"exception": str(found.id)}))

    def _drafts(self, found: Exceptional, parties: Parties, outcome: Outcome) -> list[Draft]:
        drafts = [Draft(SYSTEM, outcome.entry)] if outcome.entry else []
        if outcome.carried == "done":
            said = outcome.said or words.done(found.kind, language_of(parties.spoken))
            return [*drafts, Draft(SYSTEM, told_done(found, said))]
        read = language_of(parties.read)
        skill, _ = self._remedies.lines(found.skill, found.given, read)
        note = words.left_to_people(found, skill, outcome.why, outcome.detail, read)
        return [*drafts, Draft(SYSTEM, Note(note, (found.by,)))]

    async def _call_back(self, tx: Tx, note: Entry, users: Sequence[UUID]) -> None:
        """Whoever asked, and whoever has the customer by now."""
        called = await writing.call_to(tx.db, list(dict.fromkeys(users)), note.conversation, note.seq, note.at)
        news = {"users": [str(it) for it in called], "conversation": str(note.conversation), "by": "", "whisper": False}
        tx.after(lambda: self._bus.tell("mentioned", news))


def told_done(found: Exceptional, said: str) -> ExceptionMoved:
    """What the customer sees. What a replacement costs the house is not his to know."""
    amount = found.granted_cost if found.kind in ("refund", "discount") else None
    return ExceptionMoved(found.id, found.kind, "done", amount, said)


def _grant(found: Exceptional, amount: Money, parties: Parties) -> Grant:
    customer = entitled(parties.vouched, parties.memory).for_order(found.given.get("order", ""))
    return Grant(
        found.id, found.kind, found.granted_what or found.what, amount, found.skill, found.given, customer,
        language_of(parties.spoken), language_of(parties.read),
    )  # fmt: skip
