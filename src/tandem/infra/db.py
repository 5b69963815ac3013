"""Talking to PostgreSQL: a pool, rows as structs, and transactions that know what to tell once they are stored."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import asyncpg
import msgspec

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool

Record = asyncpg.Record
T = TypeVar("T")


class DatabaseUnreachable(Exception):
    """No PostgreSQL answers at the given address. The message is for the administrator and holds no password."""


# The database has gone, is coming up again, or ended a connection while it lay idle (which asyncpg takes for a fault of its own).
AWAY = (
    DatabaseUnreachable, ConnectionError, FileNotFoundError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError, asyncpg.InternalClientError,
)  # fmt: skip

_NO_ANSWER = (OSError, ValueError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


def _unreachable(error: Exception) -> DatabaseUnreachable:
    return DatabaseUnreachable(f"no PostgreSQL at the configured address: {type(error).__name__}: {error}")


def _encoded(value: object) -> str:
    # The job queue shares our connections and hands over JSON that is text already.
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


async def _speak_json(connection: Connection) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_encoded, decoder=msgspec.json.decode)


# Nearly all statements find rows by key: one plan each is right for all values. Left alone, PostgreSQL plans those with arrays
# anew at every execution, which costs more than executing them.
_SETTINGS = {
    "jit": "off", "plan_cache_mode": "force_generic_plan",
    # A process that freezes in the middle of a transaction keeps its locks, and the customer's conversation waits for it: not for ever.
    "idle_in_transaction_session_timeout": "30s",
}  # fmt: skip


async def _nothing_to_reset(connection: Connection) -> None:
    """Sessions hold no state of ours: no listening, no settings, no locks beyond a transaction. Asking the server to forget
    it all, as the driver does, would cost a round trip for every use of the pool."""


async def open_pool(dsn: str, size: int = 16, *, waits_for_disk: bool = True) -> Pool:
    """`waits_for_disk` False: a commit returns before it is safe from a crash; for what may be lost alone.
    Raises `DatabaseUnreachable`."""
    try:
        return await asyncpg.create_pool(
            dsn, min_size=2, max_size=size, init=_speak_json, reset=_nothing_to_reset, command_timeout=30,
            server_settings=_SETTINGS | {"synchronous_commit": "on" if waits_for_disk else "off"},
        )  # fmt: skip
    except _NO_ANSWER as error:
        raise _unreachable(error) from None


async def connect(dsn: str) -> Connection:
    """A connection of one's own, for what must not be shared: listening, locks held for long. Raises `DatabaseUnreachable`."""
    try:
        connection = await asyncpg.connect(dsn)
    except _NO_ANSWER as error:
        raise _unreachable(error) from None
    await _speak_json(connection)
    return connection


async def many(db: Connection, kind: type[T], statement: str, *arguments: object) -> list[T]:
    """Rows as structs; column names are field names."""
    return [msgspec.convert(dict(row), kind) for row in await db.fetch(statement, *arguments)]


async def one(db: Connection, kind: type[T], statement: str, *arguments: object) -> T | None:
    """The first row as a struct, or None."""
    row = await db.fetchrow(statement, *arguments)
    return None if row is None else msgspec.convert(dict(row), kind)


async def sure(db: Connection, kind: type[T], statement: str, *arguments: object) -> T:
    """The one row that a statement is bound to give, such as `insert … returning`."""
    row = await db.fetchrow(statement, *arguments)
    if row is None:
        raise LookupError(f"no row from: {statement}")
    return msgspec.convert(dict(row), kind)


Reaction = Callable[["Tx", Any], Awaitable[None]]


class Tx:
    """One transaction. `db` is its connection. What `happened` is answered by reactions inside it, so that what must follow
    is stored with its cause; what is told through `after` goes out only once all of it is stored."""

    def __init__(self, db: Connection, reactions: dict[type, list[Reaction]]) -> None:
        self._db = db
        self._reactions = reactions
        self._after: list[Callable[[], None]] = []

    @property
    def db(self) -> Connection:
        return self._db

    async def happened(self, event: object) -> None:
        for react in self._reactions.get(type(event), ()):
            await react(self, event)

    def after(self, act: Callable[[], None]) -> None:
        self._after.append(act)

    def stored(self) -> None:
        for act in self._after:
            act()


class Single(Tx):
    """A transaction of one statement: PostgreSQL needs no BEGIN and no COMMIT for it, which are two round trips less. A second
    statement would not be stored together with the first; whoever tries gets a `RuntimeError`."""

    def __init__(self, db: Connection, reactions: dict[type, list[Reaction]]) -> None:
        super().__init__(db, reactions)
        self._used = False

    @property
    def db(self) -> Connection:
        if self._used:
            raise RuntimeError("a transaction of one statement was given a second one")
        self._used = True
        return self._db


class Database:
    """The pool, and the ways to use it: `read` for a look, `write` for a transaction, `write_once` for one of a single statement."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        # The pool itself lets whoever asks just now go before those who were told that a connection is free and have not run yet:
        # under load some would wait many times as long as others.
        self._turn = asyncio.Semaphore(pool.get_max_size())
        self._reactions: dict[type, list[Reaction]] = {}

    def on(self, event: type[T], react: Callable[[Tx, T], Awaitable[None]]) -> None:
        """Have `react` run in every transaction in which an `event` happens."""
        self._reactions.setdefault(event, []).append(react)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        async with self._turn, self.pool.acquire() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        async with self._turn, self.pool.acquire() as connection:
            tx = Tx(connection, self._reactions)
            async with connection.transaction():
                yield tx
        tx.stored()

    @asynccontextmanager
    async def write_once(self) -> AsyncIterator[Tx]:
        async with self._turn, self.pool.acquire() as connection:
            tx = Single(connection, self._reactions)
            yield tx
        tx.stored()

    async def close(self) -> None:
        await self.pool.close()
