"""Bringing the database to the shape this version needs: numbered SQL files, each applied once, one process at a time."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files

import asyncpg

from tandem.infra import jobs
from tandem.infra.db import Connection

_LOCK = 7266636  # any number that nobody else locks in this database


class Unmigratable(Exception):
    """The database does not fit this version. The message says what to do."""


@dataclass(frozen=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def known() -> list[Migration]:
    """The migrations of this version, in order."""
    folder = files("tandem.infra") / "migrations"
    found = [
        Migration(int(file.name[:4]), file.name[5:-4], file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    ]
    return sorted(found, key=lambda migration: migration.number)


async def migrate(db: Connection) -> list[str]:
    """Apply what is missing and return its names. Raises `Unmigratable` when the database is newer or was altered.

    The lock is held on the connection, not a transaction: several processes that start at once wait for the first.
    """
    await db.execute("select pg_advisory_lock($1)", _LOCK)
    try:
        await db.execute(
            """create table if not exists migration (
                   number int primary key, name text not null, sha256 text not null, at timestamptz not null default now())"""
        )
        applied = {row["number"]: row["sha256"] for row in await db.fetch("select number, sha256 from migration")}
        wanted = known()
        _check(applied, wanted)
        fresh = [migration for migration in wanted if migration.number not in applied]
        for migration in fresh:
            await _apply(db, migration)
        await jobs.install(db)
        return [migration.name for migration in fresh]
    finally:
        await db.execute("select pg_advisory_unlock($1)", _LOCK)


def _check(applied: dict[int, str], wanted: list[Migration]) -> None:
    ours = {migration.number: migration for migration in wanted}
    for number, sha256 in applied.items():
        if number not in ours:
            raise Unmigratable(f"the database has migration {number}, which this version does not know: use a newer version")
        if ours[number].sha256 != sha256:
            raise Unmigratable(f"migration {number} was changed after it was applied: restore the file as it was released")


async def _apply(db: Connection, migration: Migration) -> None:
    try:
        async with db.transaction():
            await db.execute(migration.sql)
            await db.execute(
                "insert into migration (number, name, sha256) values ($1, $2, $3)",
                migration.number, migration.name, migration.sha256,
            )  # fmt: skip
    except asyncpg.PostgresError as error:
        raise Unmigratable(f"migration {migration.number} ({migration.name}) failed: {error}") from error
