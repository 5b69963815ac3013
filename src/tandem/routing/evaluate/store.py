"""The SQL of the log of assignments."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from tandem.infra.db import Connection, many
from tandem.routing.evaluate.log import Assignment

_PAGE = 1000
_NOBODY = UUID(int=0)


async def assignments(db: Connection, since: datetime, until: datetime, after: tuple[datetime, UUID] | None) -> list["Logged"]:
    """A page of offers that are over, oldest first. The reward is known once the work is over: 1 when whoever was chosen ended it
    himself. Who declined, missed or was overtaken earned 0. Index: offer_log."""
    at, offer = after or (since, _NOBODY)
    return await many(
        db, Logged,
        """select o.id, o.at, o.queue_id as queue, o.kind, o.waited, o.rule, o.candidates, o.agent_id as chosen, o.probability,
                  o.state as outcome,
                  case when o.state in ('declined', 'missed') then 0::float8
                       when o.state = 'accepted' then (select (k.ended = 'closed')::int::float8 from work k
                                                       where k.subject = o.subject and k.offer_id = o.id and k.until is not null)
                  end as reward
           from offer o where (o.at, o.id) > ($1, $2) and o.at < $3 and o.state <> 'open' order by o.at, o.id limit $4""",
        at, offer, until, _PAGE,
    )  # fmt: skip


async def exported(db: Connection, since: datetime, until: datetime) -> AsyncIterator[Assignment]:
    """All of them, page by page."""
    after = None
    while page := await assignments(db, since, until, after):
        for it in page:
            yield it.line()
        after = page[-1].at, page[-1].id


class Logged(Assignment, frozen=True, kw_only=True):
    """With its id, which is the place to go on from."""

    id: UUID

    def line(self) -> Assignment:
        return Assignment(
            self.at, self.queue, self.kind, self.waited, self.rule, self.candidates, self.chosen, self.probability, self.outcome,
            self.reward,
        )  # fmt: skip
