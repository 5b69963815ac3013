"""Work that must be done after a transaction, enqueued inside it: it is there exactly when what caused it is there.

pgqueuer keeps the queue in the same database. A job whose process dies is taken up by another; a job that fails is tried again
with growing pauses and in the end held, visible, never dropped.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from pgqueuer.db import AsyncpgDriver, AsyncpgPoolDriver
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.executors import DatabaseRetryEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.models import Job, TableChangedEvent
from pgqueuer.ports.driver import NotifyCallback
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries

from tandem.infra.db import AWAY, Connection, Pool, Tx

log = structlog.get_logger()

Work = Callable[[str], Awaitable[None]]

_ATTEMPTS = 5
_ABANDONED_AFTER = timedelta(seconds=8)
_POLL = timedelta(seconds=2)
_AWAY_TRIES, _AWAY_PAUSE = 120, 0.5  # seconds
_LOG_KEPT = timedelta(hours=1)

# The record of what ran when is not worth writing twice; what is still to run is.
_SETTINGS = DBSettings(durability=Durability.balanced)


class Enqueued:
    """Happened: there is a job. Whoever hears of it once it is stored can wake the workers."""


async def install(db: Connection) -> None:
    """Bring pgqueuer's tables to the shape that its version needs."""
    queue = Queries(AsyncpgDriver(db), QueryBuilderEnvironment(_SETTINGS))  # type: ignore[arg-type]
    if await queue.schema_is_installed():
        await queue.upgrade()
    else:
        await queue.install()
    await _silence(db)


async def _silence(db: Connection) -> None:
    """pgqueuer's trigger notifies inside the transaction that enqueues, and a transaction that notifies takes a lock of the
    whole database until it is on disk: all others would commit one by one. Workers are woken after the commit instead."""
    loud = await db.fetchval(
        "select true from pg_trigger where tgrelid = to_regclass($1) and tgname = $2 and tgenabled <> 'D'",
        _SETTINGS.queue_table, _SETTINGS.trigger,
    )  # fmt: skip
    if loud:
        await db.execute(f"alter table {_SETTINGS.queue_table} disable trigger {_SETTINGS.trigger}")


async def enqueue(tx: Tx, name: str, subject: str, delay: timedelta | None = None) -> None:
    """Have `name` run for `subject` once this transaction is stored."""
    await Queries(AsyncpgDriver(tx.db)).enqueue(name, subject.encode(), execute_after=delay)  # type: ignore[arg-type]
    await tx.happened(Enqueued())


async def enqueue_all(tx: Tx, name: str, subjects: Sequence[str]) -> None:
    """The same for many at once."""
    queue = Queries(AsyncpgDriver(tx.db))  # type: ignore[arg-type]
    await queue.enqueue([name] * len(subjects), [it.encode() for it in subjects], [0] * len(subjects))
    await tx.happened(Enqueued())


async def forget_old(db: Connection, now: datetime) -> None:
    """Each job leaves three lines in the record; without this they would outgrow all else."""
    await db.execute(f"delete from {_SETTINGS.queue_table_log} where created < $1", now - _LOG_KEPT)


class Worker:
    """Runs jobs in this process. Several in several processes share the work.

    `pool` is its own. It need not wait for the disk: a claim or a completion that is lost makes a job run again, and
    running again changes nothing.
    """

    def __init__(self, pool: Pool, concurrency: int = 64) -> None:
        self._driver = _Driver(pool)
        self._manager = QueueManager(Queries(self._driver))
        self._concurrency = concurrency
        self._task: asyncio.Task[None] | None = None

    def on(self, name: str, work: Work) -> None:
        async def run(job: Job) -> None:
            subject = (job.payload or b"").decode()
            try:
                await _with_database(lambda: work(subject))
            except Exception as error:
                log.warning("jobs.failed", job=name, subject=subject, attempt=job.attempts, exc_info=error)
                raise

        self._manager.entrypoint(name, on_failure="hold", executor_factory=_retrying)(run)

    def wake(self) -> None:
        """There is a job. Not needed for it to run, only for it to run at once."""
        self._driver.wake()

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
            except Exception as error:  # whatever it was: with no worker, customers wait for ever
                log.warning("jobs.interrupted", error=type(error).__name__)
                await asyncio.sleep(1)

    async def stop(self) -> None:
        """Finish what runs, take nothing new."""
        self._manager.shutdown.set()
        if self._task:
            with contextlib.suppress(asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(self._task, timeout=10)


async def _with_database(work: Callable[[], Awaitable[None]]) -> None:
    """While the database is away nothing can be done, and nothing can be said against the job: if each try counted, jobs would
    be held as hopeless because of a restart."""
    for _ in range(_AWAY_TRIES):
        try:
            return await work()
        except AWAY as error:
            log.warning("jobs.database_away", error=type(error).__name__)
            await asyncio.sleep(_AWAY_PAUSE)
    return await work()


class _Driver(AsyncpgPoolDriver):
    """pgqueuer's driver, hearing of jobs from us and not from notifications of the database."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self._callback: NotifyCallback | None = None
        self._awake = False

    def wake(self) -> None:
        """All jobs that come before the manager looks again are one reason to look."""
        if self._callback and not self._awake:
            self._awake = True
            self._callback(_NEWS)

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        self._awake = False
        return await super().fetch(query, *args)

    async def notify(self, channel: str, payload: str) -> None:  # noqa: ARG002  # the library's signature
        if self._callback:
            self._callback(payload)

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:  # noqa: ARG002
        self._callback = callback

    async def remove_listener(self, channel: str, callback: NotifyCallback) -> None:  # noqa: ARG002
        self._callback = None


_NEWS = TableChangedEvent(
    channel=_SETTINGS.channel, sent_at=datetime.fromtimestamp(0, UTC), type="table_changed_event", operation="insert",
    table=_SETTINGS.queue_table,
).model_dump_json(exclude={"received_at"})  # fmt: skip


def _retrying(parameters: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
    return DatabaseRetryEntrypointExecutor(
        parameters=parameters, max_attempts=_ATTEMPTS, initial_delay=timedelta(milliseconds=200), max_delay=timedelta(minutes=1)
    )
