"""Work that must be done after a transaction, enqueued inside it: it is there exactly when what caused it is there.

pgqueuer keeps the queue in the same database. A job whose process dies is taken up by another; a job that fails is tried again
with growing pauses and in the end held, visible, never dropped.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

import asyncpg
import structlog
from pgqueuer.db import AsyncpgDriver, AsyncpgPoolDriver
from pgqueuer.executors import DatabaseRetryEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.models import Job
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries

from tandem.infra.db import Pool, Tx

log = structlog.get_logger()

Work = Callable[[str], Awaitable[None]]

_ATTEMPTS = 5
_ABANDONED_AFTER = timedelta(seconds=8)
_POLL = timedelta(seconds=2)


async def enqueue(tx: Tx, name: str, subject: str, delay: timedelta | None = None) -> None:
    """Have `name` run for `subject` once this transaction is stored."""
    await Queries(AsyncpgDriver(tx.db)).enqueue(name, subject.encode(), execute_after=delay)  # type: ignore[arg-type]


class Worker:
    """Runs jobs in this process. Several in several processes share the work."""

    def __init__(self, pool: Pool, concurrency: int = 64) -> None:
        self._manager = QueueManager(Queries(AsyncpgPoolDriver(pool)))
        self._concurrency = concurrency
        self._task: asyncio.Task[None] | None = None

    def on(self, name: str, work: Work) -> None:
        async def run(job: Job) -> None:
            subject = (job.payload or b"").decode()
            try:
                await work(subject)
            except Exception as error:
                log.warning("jobs.failed", job=name, subject=subject, attempt=job.attempts, exc_info=error)
                raise

        self._manager.entrypoint(name, on_failure="hold", executor_factory=_retrying)(run)

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while True:
            try:
                await self._manager.run(
                    dequeue_timeout=_POLL, batch_size=16, max_concurrent_tasks=self._concurrency,
                    heartbeat_timeout=_ABANDONED_AFTER,
                )  # fmt: skip
                return
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("jobs.disconnected", error=type(error).__name__)
                await asyncio.sleep(1)

    async def stop(self) -> None:
        """Finish what runs, take nothing new."""
        self._manager.shutdown.set()
        if self._task:
            with contextlib.suppress(asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(self._task, timeout=10)


def _retrying(parameters: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
    return DatabaseRetryEntrypointExecutor(
        parameters=parameters, max_attempts=_ATTEMPTS, initial_delay=timedelta(milliseconds=200), max_delay=timedelta(minutes=1)
    )
