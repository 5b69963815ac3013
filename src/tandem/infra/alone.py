"""Work of which there may be only one at a time, over all processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tandem.infra.db import connect

_LOOK_AGAIN = 2.0
"""Seconds. A statement that waited for the lock itself would keep PostgreSQL from clearing away old rows of any table meanwhile."""


class Alone:
    """`number`: of a PostgreSQL advisory lock, one for each kind of work. The lock is held on a connection of its own, so it is free
    again as soon as the process that held it is gone, however that ended."""

    def __init__(self, dsn: str, number: int) -> None:
        self._dsn, self._number = dsn, number
        self._here = asyncio.Semaphore(1)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until nobody else has it. Raises `DatabaseUnreachable`."""
        async with self._here:
            connection = await connect(self._dsn)
            try:
                while not await connection.fetchval("select pg_try_advisory_lock($1)", self._number):  # noqa: ASYNC110  # another process cannot set an event here
                    await asyncio.sleep(_LOOK_AGAIN)
                yield
            finally:
                await connection.close()
