"""Transactions."""

import asyncio

import asyncpg
import pytest

from tandem.infra.db import Database
from world.waiting import eventually


async def test_a_transaction_of_one_statement_refuses_a_second(db: Database) -> None:
    await db.pool.execute("create table put_once (n int)")

    async with db.write_once() as tx:
        await tx.db.execute("insert into put_once values (1)")
        with pytest.raises(RuntimeError):
            await tx.db.execute("insert into put_once values (2)")

    assert await db.pool.fetchval("select max(n) from put_once") == 1
    await db.pool.execute("drop table put_once")


async def test_what_comes_after_a_transaction_of_one_statement_waits_until_it_is_stored(db: Database) -> None:
    told: list[str] = []

    async with db.write_once() as tx:
        tx.after(lambda: told.append("stored"))
        assert told == []

    assert told == ["stored"]


async def test_a_process_that_freezes_in_a_transaction_gives_up_its_locks_and_the_pool_goes_on(db: Database) -> None:
    await db.pool.execute("create table frozen (n int primary key); insert into frozen values (1)")

    async with db.read() as connection:
        assert await connection.fetchval("show idle_in_transaction_session_timeout") == "30s"

    async def is_free() -> bool:
        return bool(await db.pool.fetch("select n from frozen for update skip locked"))

    async def freezes() -> None:
        async with db.write() as tx:
            # The same, for as long as a test can wait.
            await tx.db.execute("set local idle_in_transaction_session_timeout = '20ms'")
            await tx.db.execute("select n from frozen for update")
            await eventually(is_free)
            await tx.db.execute("select 1")

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await freezes()

    assert await db.pool.fetchval("select 1") == 1
    await db.pool.execute("drop table frozen")


async def test_under_load_who_asked_first_gets_a_connection_first(db: Database) -> None:
    asked: list[int] = []
    overtaken: list[int] = []

    async def uses(number: int) -> None:
        asked.append(number)
        async with db.read() as connection:
            overtaken.append(asked.index(number))
            asked.remove(number)
            await connection.fetchval("select 1")

    async def keeps_asking(start: int) -> None:
        for turn in range(20):
            await uses(start + turn)

    await asyncio.gather(*(keeps_asking(100 * n) for n in range(40)))

    # As many as there are connections may be given out in the same moment.
    assert max(overtaken) < db.pool.get_max_size()
