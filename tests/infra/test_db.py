"""Transactions."""

import pytest

from tandem.infra.db import Database


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
