"""Work of which there may be only one at a time: whoever comes second waits, and nobody waits for the dead."""

import asyncio

import pytest

from tandem.infra import alone
from tandem.infra.alone import Alone
from tandem.infra.db import Database
from world.waiting import eventually

NUMBER = 4711


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "_LOOK_AGAIN", 0.01)


async def _asked(db: Database) -> int:
    async with db.read() as connection:
        return int(
            await connection.fetchval(
                "select count(*) from pg_stat_activity where datname = current_database() and query like '%try_advisory_lock%'"
                " and pid <> pg_backend_pid()"
            )
        )


async def test_another_process_waits_for_its_turn(dsn: str, db: Database) -> None:
    said: list[str] = []

    async def comes(name: str, process: Alone) -> None:
        async with process.turn():
            said.append(f"{name} begins")
            if name == "first":
                second = asyncio.create_task(comes("second", Alone(dsn, NUMBER)))

                async def both_asked() -> bool:
                    return await _asked(db) == 2

                await eventually(both_asked)
                said.append("first ends")
        if name == "first":
            await second

    await comes("first", Alone(dsn, NUMBER))

    assert said == ["first begins", "first ends", "second begins"]


async def test_the_turn_of_a_process_that_died_is_free(dsn: str, db: Database) -> None:
    async with Alone(dsn, NUMBER).turn():
        async with db.read() as connection:
            await connection.fetch(
                "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = $1", NUMBER
            )
        async with Alone(dsn, NUMBER).turn():
            assert await _asked(db) == 1


async def test_different_work_does_not_wait(dsn: str) -> None:
    async with Alone(dsn, NUMBER).turn(), Alone(dsn, NUMBER + 1).turn():
        pass
