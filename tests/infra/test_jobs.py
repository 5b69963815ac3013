"""Jobs: there exactly when what caused them is there, tried again, and never silently dropped."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from tandem.infra import jobs
from tandem.infra.db import Database, Pool, connect
from tandem.infra.jobs import Work, Worker, enqueue
from world.waiting import eventually


@asynccontextmanager
async def _worker(pool: Pool, work: Work) -> AsyncIterator[Worker]:
    worker = Worker(pool)
    worker.on("deed", work)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def _waiting(db: Database) -> list[Any]:
    async with db.read() as connection:
        return list(await connection.fetch("select status::text, attempts from pgqueuer order by id"))


async def test_a_job_is_there_when_its_transaction_is_stored(db: Database) -> None:
    done: list[str] = []

    async def work(subject: str) -> None:
        async with db.read() as connection:
            assert await connection.fetchval("select count(*) from audit where subject = $1", subject) == 1
        done.append(subject)

    async with _worker(db.pool, work):
        async with db.write() as tx:
            await enqueue(tx, "deed", "one")
            await tx.db.execute("insert into audit (at, action, subject) values (now(), 'x', 'one')")

        async def ran() -> bool:
            return done == ["one"]

        await eventually(ran)


async def test_a_job_is_not_there_when_its_transaction_failed(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the transaction is what must fail
        async with db.write() as tx:
            await enqueue(tx, "deed", "never")
            raise ZeroDivisionError

    assert await _waiting(db) == []


async def test_a_job_that_fails_is_tried_again(db: Database) -> None:
    tries: list[str] = []

    async def work(subject: str) -> None:
        tries.append(subject)
        if len(tries) < 3:
            raise RuntimeError("not yet")

    async with _worker(db.pool, work):
        async with db.write() as tx:
            await enqueue(tx, "deed", "one")

        async def ended() -> bool:
            return len(tries) == 3 and await _waiting(db) == []

        await eventually(ended)


async def test_a_job_that_fails_again_and_again_is_held_for_people_to_see(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_ATTEMPTS", 2)
    tries: list[str] = []

    async def work(subject: str) -> None:
        tries.append(subject)
        raise RuntimeError("never")

    async with _worker(db.pool, work):
        async with db.write() as tx:
            await enqueue(tx, "deed", "one")

        async def held() -> bool:
            return [row["status"] for row in await _waiting(db)] == ["failed"]

        await eventually(held)
    assert len(tries) >= 2


async def test_a_job_is_not_given_up_because_the_database_was_away(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_ATTEMPTS", 1)
    monkeypatch.setattr(jobs, "_AWAY_PAUSE", 0.01)
    tries: list[str] = []

    async def work(subject: str) -> None:
        tries.append(subject)
        if len(tries) < 20:
            raise ConnectionRefusedError

    async with _worker(db.pool, work):
        async with db.write() as tx:
            await enqueue(tx, "deed", "one")

        async def ended() -> bool:
            return await _waiting(db) == []

        await eventually(ended)
    assert len(tries) == 20


async def test_a_job_may_wait_for_its_time(db: Database) -> None:
    done: list[str] = []

    async def work(subject: str) -> None:
        done.append(subject)

    async with _worker(db.pool, work):
        async with db.write() as tx:
            await enqueue(tx, "deed", "later", delay=timedelta(hours=1))
            await enqueue(tx, "deed", "now")

        async def ran() -> bool:
            return bool(done)

        await eventually(ran)
    assert done == ["now"]
    assert len(await _waiting(db)) == 1


async def test_a_worker_that_is_woken_does_not_wait_for_its_next_look(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_POLL", timedelta(hours=1))
    done: list[str] = []

    async def work(subject: str) -> None:
        done.append(subject)

    async def ran() -> bool:
        return done == ["one"]

    async with _worker(db.pool, work) as worker:
        async with db.write() as tx:
            await enqueue(tx, "deed", "one")
        worker.wake()
        await eventually(ran)


async def test_a_transaction_that_enqueues_notifies_nobody(db: Database, dsn: str) -> None:
    """A notification inside it would make all commits of the database wait in line."""
    heard: list[object] = []
    listening = await connect(dsn)
    await listening.add_listener("ch_pgqueuer", lambda *news: heard.append(news[-1]))

    async with db.write() as tx:
        await enqueue(tx, "deed", "one")
    async with db.read() as connection:
        await connection.execute("select pg_notify('ch_pgqueuer', 'the end')")

    async def ended() -> bool:
        return "the end" in heard

    await eventually(ended)
    await listening.close()
    assert heard == ["the end"]


# Another process: takes a job and never ends it.
_DYING = """
import asyncio, sys
from tandem.infra.db import open_pool
from tandem.infra.jobs import Worker

async def never_ends(subject):
    print("took", subject, flush=True)
    await asyncio.Event().wait()

async def main():
    worker = Worker(await open_pool(sys.argv[1], size=4))
    worker.on("deed", never_ends)
    await worker.start()
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.slow
async def test_a_job_whose_worker_was_killed_is_taken_up_by_another(
    db: Database, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_ABANDONED_AFTER", timedelta(seconds=1))
    done: list[str] = []

    async def work(subject: str) -> None:
        done.append(subject)

    async with db.write() as tx:
        await enqueue(tx, "deed", "one")
    dying = await asyncio.create_subprocess_exec(sys.executable, "-c", _DYING, dsn, stdout=asyncio.subprocess.PIPE)
    assert dying.stdout is not None
    assert await asyncio.wait_for(dying.stdout.readline(), 120) == b"took one\n"
    dying.kill()
    await dying.wait()

    async with _worker(db.pool, work):

        async def ran() -> bool:
            return done == ["one"]

        await eventually(ran)
