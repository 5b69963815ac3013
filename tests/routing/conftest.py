from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from routing.floor import Floor, floor_on
from tandem.infra.db import Database


@pytest.fixture
async def floor(db: Database, dsn: str, now: datetime) -> AsyncIterator[Floor]:
    async with floor_on(db, dsn, now) as opened:
        yield opened
