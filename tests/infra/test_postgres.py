"""The embedded PostgreSQL: it starts, is shared, survives the death of anybody, and leaves with its last user."""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

import tandem
from tandem.infra import postgres
from tandem.infra.db import Connection
from world.waiting import eventually

pytestmark = pytest.mark.slow

# Another process: uses the server of the folder it is told, says so, and leaves when its input ends.
_NEIGHBOUR = """
import asyncio, sys
from pathlib import Path
from tandem.infra import postgres

async def main():
    async with postgres.running(Path(sys.argv[1])):
        print("in", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


class Neighbour:
    """A process of its own that uses the server."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def is_in(self) -> None:
        assert self.process.stdout is not None
        assert await asyncio.wait_for(self.process.stdout.readline(), 120) == b"in\n"

    async def leaves(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert await asyncio.wait_for(self.process.wait(), 120) == 0

    async def is_killed(self) -> None:
        self.process.kill()
        await self.process.wait()


async def _neighbour(data: Path, python: str = sys.executable, user: str | None = None) -> Neighbour:
    packages = [str(Path(tandem.__file__).parent.parent), str(Path(asyncpg.__file__).parent.parent)]
    process = await asyncio.create_subprocess_exec(
        python, "-c", _NEIGHBOUR, str(data), stdin=subprocess.PIPE, stdout=subprocess.PIPE, user=user, cwd=data.parent,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(packages)},
    )  # fmt: skip
    return Neighbour(process)


def _postmaster(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def _stopped(data: Path) -> bool:
    return not (data / "postgres" / "postmaster.pid").exists()


@asynccontextmanager
async def _asked(dsn: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        with contextlib.suppress(OSError):  # a server that was killed meanwhile hears no good-bye
            await connection.close(timeout=2)


async def _store(dsn: str, count: int) -> None:
    async with _asked(dsn) as connection:
        await connection.execute("create table if not exists kept (n int)")
        for n in range(count):
            await connection.execute("insert into kept values ($1)", n)


async def _kept(dsn: str) -> int:
    async with _asked(dsn) as connection:
        return int(await connection.fetchval("select count(*) from kept"))


@pytest.fixture(scope="module")
async def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made once and copied for each test: making one takes longer than most of what is tested."""
    data = tmp_path_factory.mktemp("fresh") / "data"
    async with postgres.running(data) as dsn:
        await _store(dsn, 100)
    return data


@pytest.fixture
def data(fresh: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(fresh, copy, symlinks=True, ignore=shutil.ignore_patterns("run"))
    for path in (copy / "postgres").rglob("*"):
        # A server that runs as another user must find its files as they were: a copy belongs to who copied.
        original = fresh / path.relative_to(copy)
        os.chown(path, original.stat().st_uid, original.stat().st_gid)
    return copy


async def test_a_server_that_was_stopped_starts_again_with_all_that_was_stored(data: Path) -> None:
    async with postgres.running(data) as dsn:
        assert await _kept(dsn) == 100
    assert _stopped(data)


async def test_the_server_stays_until_its_last_user_has_left(data: Path) -> None:
    async with postgres.running(data) as dsn:
        neighbour = await _neighbour(data)
        await neighbour.is_in()
        first = _postmaster(data)
    assert await _kept(dsn) == 100
    assert _postmaster(data) == first

    await neighbour.leaves()

    assert _stopped(data)


async def test_two_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first, second = await asyncio.gather(_neighbour(data), _neighbour(data))
    await asyncio.gather(first.is_in(), second.is_in())
    postmaster = _postmaster(data)

    await first.leaves()
    assert _postmaster(data) == postmaster
    await second.leaves()

    assert _stopped(data)


async def test_a_server_whose_users_were_killed_is_adopted_and_stopped_by_the_next(data: Path) -> None:
    neighbour = await _neighbour(data)
    await neighbour.is_in()
    orphan = _postmaster(data)
    await neighbour.is_killed()

    async with postgres.running(data) as dsn:
        assert _postmaster(data) == orphan
        assert await _kept(dsn) == 100

    assert _stopped(data)


async def test_nothing_that_was_committed_is_lost_when_the_server_is_killed(data: Path) -> None:
    async with postgres.running(data) as dsn:
        await _store(dsn, 50)
        os.kill(_postmaster(data), signal.SIGKILL)

    async with postgres.running(data) as dsn:
        assert await _kept(dsn) == 150


async def test_nothing_is_lost_when_server_and_user_are_killed_together(data: Path) -> None:
    neighbour = await _neighbour(data)
    await neighbour.is_in()
    async with _asked(f"postgresql://tandem@/tandem?host={_sockets(data)}") as connection:
        await connection.execute("insert into kept values (-1)")
        os.kill(_postmaster(data), signal.SIGKILL)
    await neighbour.is_killed()

    async with postgres.running(data) as dsn:
        assert await _kept(dsn) == 101


async def test_a_server_that_dies_under_its_users_is_started_again(data: Path) -> None:
    async with postgres.running(data) as dsn:
        first = _postmaster(data)
        os.kill(first, signal.SIGKILL)

        async def another_answers() -> bool:
            with contextlib.suppress(OSError, asyncpg.PostgresError):
                return await _kept(dsn) == 100 and _postmaster(data) != first
            return False

        assert await eventually(another_answers)
    assert _stopped(data)


def _sockets(data: Path) -> str:
    return (data / "postgres" / "postmaster.pid").read_text().splitlines()[4]


async def test_a_server_that_is_still_starting_is_waited_for_and_adopted(data: Path) -> None:
    """Whoever started it was killed at once: its server holds the folder and does not answer yet."""
    neighbour = await _neighbour(data)

    async def started() -> bool:
        return not _stopped(data)

    await eventually(started)
    await neighbour.is_killed()

    async with postgres.running(data) as dsn:
        assert await _kept(dsn) == 100

    assert _stopped(data)


@pytest.mark.parametrize("pid", [os.getpid(), 1, 4_000_000], ids=["ours", "the first", "nobody"])
async def test_a_process_id_left_behind_that_is_somebody_elses_by_now_stops_nobody(data: Path, pid: int) -> None:
    async with postgres.running(data):
        pidfile = (data / "postgres" / "postmaster.pid").read_text()
    lines = [str(pid), *pidfile.splitlines()[1:]]
    (data / "postgres" / "postmaster.pid").write_text("\n".join(lines) + "\n")

    async with postgres.running(data) as dsn:
        assert await _kept(dsn) == 100


async def test_a_path_that_is_too_long_for_a_socket_is_no_hindrance(tmp_path: Path) -> None:
    data = tmp_path / ("a-folder-with-a-very-long-name-" * 4) / "data"
    async with postgres.running(data) as dsn:
        await _store(dsn, 1)
        assert await _kept(dsn) == 1
        sockets = _sockets(data)
    assert len(os.fsencode(sockets)) < 100
    os.rmdir(sockets)


async def test_a_start_that_was_cut_off_half_way_leaves_nothing_that_looks_finished(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "postgres.new").mkdir(parents=True)
    (data / "postgres.new" / "PG_VERSION").write_text("18\n")

    async with postgres.running(data) as dsn:
        await _store(dsn, 1)
        assert await _kept(dsn) == 1


def _python_for_everybody() -> str | None:
    """This interpreter, or the system's of the same version, if the user nobody may run it."""
    for python in (sys.executable, "/usr/bin/python3"):
        same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
        try:
            if subprocess.run([python, "-c", same], user="nobody", capture_output=True, check=False).returncode == 0:
                return python
        except OSError:
            continue
    return None


@pytest.mark.skipif(os.getuid() != 0, reason="the other tests run as a normal user already")
async def test_a_normal_user_needs_nothing_else(tmp_path_factory: pytest.TempPathFactory) -> None:
    python = _python_for_everybody()
    if python is None:
        pytest.skip("no Python that the user nobody may run")
    home = Path("/tmp") / f"tandem-test-{os.getpid()}"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    try:
        neighbour = await _neighbour(home / "data", python, user="nobody")
        await neighbour.is_in()
        assert (home / "data" / "postgres").stat().st_uid == pwd.getpwnam("nobody").pw_uid
        await neighbour.leaves()
        assert _stopped(home / "data")
    finally:
        shutil.rmtree(home)
