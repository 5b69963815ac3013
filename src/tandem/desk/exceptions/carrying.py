"""What was granted is carried out by a business system, and what came of it is kept."""

from uuid import UUID

import structlog

from tandem.desk.exceptions import store
from tandem.desk.exceptions.model import CarryOut, Exceptional, Grant, Outcome
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.timeline.act import Timeline
from tandem.timeline.model import SYSTEM, Draft, SkillCalled
from tandem.timeline.model import Outcome as CallOutcome

log = structlog.get_logger()


class Carrying:
    """The job that follows a grant. After a crash it runs again, with the same id: the port must take both for one."""

    def __init__(self, db: Database, timeline: Timeline, bus: Bus, clock: Clock, carry_out: CarryOut) -> None:
        self._db = db
        self._timeline = timeline
        self._bus = bus
        self._clock = clock
        self._carry_out = carry_out

    async def run(self, request: UUID) -> None:
        async with self._db.read() as db:
            found = await store.exception(db, request)
            contact = await store.contact_of(db, request)
        if found is None or contact is None or found.carried != "running" or found.granted_cost is None:
            return
        started = self._clock.now()
        grant = Grant(found.id, found.conversation, contact, found.kind, found.granted_what or found.what, found.granted_cost)
        outcome = await self._asked(grant)
        await self._keep(found, outcome, int((self._clock.now() - started).total_seconds() * 1000))

    async def _asked(self, grant: Grant) -> Outcome:
        try:
            return await self._carry_out(grant)
        except Exception as error:  # whatever it was: a grant that was not carried out must be seen, not retried in silence
            log.warning("exception.not_carried_out", exception=str(grant.id), error=type(error).__name__)
            return Outcome("failed", type(error).__name__)

    async def _keep(self, found: Exceptional, outcome: Outcome, ms: int) -> None:
        now = self._clock.now()
        async with self._db.write() as tx:
            held = await self._timeline.hold(tx, found.conversation)
            await store.set_carried(tx.db, found.id, outcome.carried, outcome.detail)
            await audit.record(tx.db, None, "exception.carried", str(found.id), {"outcome": outcome.carried}, now)
            if outcome.carried != "by_hand":
                result: CallOutcome = "ok" if outcome.carried == "done" else "failed"
                called = SkillCalled(f"exception.{found.kind}", found.granted_what or found.what, {}, result, outcome.detail, ms)
                await self._timeline.append(tx, held, Draft(SYSTEM, called), at=now)
            tx.after(lambda: self._bus.tell("exception", {"exception": str(found.id)}))
