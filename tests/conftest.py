"""One embedded PostgreSQL for the whole run, a fresh copy of a migrated database for each test, a real server on a real port."""

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from tandem.app import prepare
from tandem.infra import postgres
from tandem.infra.db import Database, open_pool
from tandem.infra.logs import configure
from tandem.infra.settings import Settings
from world import hashing
from world.server import Server, running

configure("warning", "text")
hashing.make_quick()
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
async def server_dsn(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A migrated database that is only ever copied."""
    async with postgres.running(tmp_path_factory.mktemp("data")) as dsn:
        await prepare(dsn)
        maker = await asyncpg.connect(dsn)
        await maker.execute("alter system set fsync = off")  # a power cut in the middle of a test may lose the test
        await maker.execute("select pg_reload_conf()")
        await maker.close()
        yield dsn


@pytest.fixture
async def dsn(server_dsn: str) -> AsyncIterator[str]:
    """A database of this test's own."""
    name = f"test_{next(_numbers)}"
    other = server_dsn.replace("@/tandem?", "@/postgres?")
    maker = await asyncpg.connect(other)
    await maker.execute(f"create database {name} template tandem")
    yield server_dsn.replace("@/tandem?", f"@/{name}?")
    await maker.execute(f"drop database {name} with (force)")
    await maker.close()


@pytest.fixture
async def db(dsn: str) -> AsyncIterator[Database]:
    database = Database(await open_pool(dsn, size=8))
    yield database
    await database.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, secret="a secret for tests that is long enough", turn_deadline=20)


@pytest.fixture(scope="session")
async def open_all_day(server_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """One Tandem for all tests that look only at what they did themselves."""
    maker = await asyncpg.connect(server_dsn.replace("@/tandem?", "@/postgres?"))
    await maker.execute("create database all_day template tandem")
    settings = Settings(data_dir=tmp_path_factory.mktemp("all_day"), secret="a secret for tests that is long enough")
    async with running(settings, server_dsn.replace("@/tandem?", "@/all_day?")) as server:
        yield server
    await maker.execute("drop database all_day with (force)")
    await maker.close()


@pytest.fixture
async def tandem(settings: Settings, dsn: str) -> AsyncIterator[Server]:
    """A whole Tandem, reached over HTTP and sockets like any other."""
    async with running(settings, dsn) as server:
        yield server


@pytest.fixture
async def idle(settings: Settings, dsn: str) -> AsyncIterator[Server]:
    """A whole Tandem in which no job runs by itself: the assistant speaks only when a test runs its turn."""
    async with running(settings, dsn, works=False) as server:
        yield server
