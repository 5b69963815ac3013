"""What holds for every question of one look: the time, and the rule in the form that statements take."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from tandem.access.store import UNSEEN_AFTER
from tandem.infra.db import Connection
from tandem.kit.opening import Opening
from tandem.routing.queues import store
from tandem.routing.queues.model import CRITERIA, QueueConfig, Rule


class Terms(Struct, frozen=True):
    now: datetime
    rule: Rule

    @property
    def seen(self) -> datetime:
        """Whose console was there after this is there."""
        return self.now - UNSEEN_AFTER

    @property
    def passed(self) -> datetime:
        """Who let a customer pass after this is not asked again for him yet."""
        return self.now - timedelta(seconds=self.rule.again_after)

    @property
    def weights(self) -> tuple[int, int, int]:
        return self.rule.weights.get("chat", 0), self.rule.weights.get("ticket", 0), self.rule.weights.get("call", 0)

    @property
    def order(self) -> list[int]:
        """Places of the criteria among all there are, from 1; 0 fills up."""
        places = [CRITERIA.index(it) + 1 for it in self.rule.order]
        return [*places, *[0] * (len(CRITERIA) - len(places))]


class Place(Struct, frozen=True):
    """A queue as it is now."""

    config: QueueConfig
    opening: Opening | None

    def open(self, now: datetime) -> bool:
        return self.opening is None or self.opening.is_open(now)


async def terms_for(db: Connection, queue: UUID, now: datetime) -> tuple[Terms, Place]:
    rule, config, opening = await store.setting(db, queue)
    return Terms(now, rule), Place(config, opening)
