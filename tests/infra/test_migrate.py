"""Migrations: each once, one process at a time, and never on a database that does not fit."""

import asyncio

import asyncpg
import pytest

from tandem.app import prepare
from tandem.infra.db import connect
from tandem.infra.migrate import Unmigratable, known, migrate


@pytest.fixture
async def empty(server_dsn: str, dsn: str) -> str:
    """A database with nothing in it."""
    name = dsn.partition("@/")[2].partition("?")[0]
    maker = await asyncpg.connect(server_dsn.replace("@/tandem?", "@/postgres?"))
    await maker.execute(f"drop database {name}")
    await maker.execute(f"create database {name}")
    await maker.close()
    return dsn


async def test_several_that_start_at_once_migrate_once(empty: str) -> None:
    applied = await asyncio.gather(*(prepare(empty) for _ in range(5)))

    assert sorted(applied, key=len) == [[], [], [], [], [it.name for it in known()]]


async def test_a_migrated_database_is_left_as_it_is(dsn: str) -> None:
    assert await prepare(dsn) == []


async def test_a_migration_that_was_altered_is_refused(dsn: str) -> None:
    db = await connect(dsn)
    await db.execute("update migration set sha256 = 'other' where number = 1")

    with pytest.raises(Unmigratable, match="migration 1 was changed"):
        await migrate(db)
    await db.close()


async def test_a_database_of_a_newer_version_is_refused(dsn: str) -> None:
    db = await connect(dsn)
    await db.execute("insert into migration (number, name, sha256) values (9999, 'future', '')")

    with pytest.raises(Unmigratable, match="9999"):
        await migrate(db)
    await db.close()


async def test_a_refused_migration_gives_its_lock_back(dsn: str) -> None:
    db = await connect(dsn)
    await db.execute("insert into migration (number, name, sha256) values (9999, 'future', '')")
    with pytest.raises(Unmigratable):
        await migrate(db)
    other = await connect(dsn)
    await other.execute("delete from migration where number = 9999")

    assert await asyncio.wait_for(migrate(other), 60) == []
    await other.close()
    await db.close()


def test_migrations_are_numbered_without_gaps() -> None:
    assert [it.number for it in known()] == list(range(1, len(known()) + 1))
