"""What somebody has in hand, as he sees it himself."""

from datetime import datetime
from uuid import UUID

from tandem.infra.db import Connection
from tandem.routing.agents import store
from tandem.routing.agents.model import Mine
from tandem.routing.engine.terms import Terms
from tandem.routing.queues import store as queues


async def mine_of(db: Connection, agent: UUID, now: datetime) -> Mine:
    return await store.mine(db, agent, Terms(now, (await queues.rule(db)).rule).weights)
