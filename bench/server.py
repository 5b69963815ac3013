"""A Tandem of its own for a measurement: fresh data, the demo's knowledge, a real process that can be killed."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from bench.calls import Calls, Unanswered
from bench.machine import cpu_seconds, cpu_seconds_with_children, on_core, resident_kib
from tandem.app import database, prepare
from tandem.demo.seed import SignIn, seed
from tandem.infra.db import Database, open_pool
from tandem.infra.settings import Settings, installation_secret
from tandem.kit.clock import SystemClock
from tandem.kit.crypto import Keys

_START_SECONDS = 60.0  # also under all the load that waited while it was away


class DidNotStart(Exception):
    """The server under measurement did not answer in time. The message ends with what it last logged."""


class TandemProcess:
    """`tandem serve` on 127.0.0.1 with a data folder of its own; on one core with its PostgreSQL, or on any."""

    def __init__(self, data: Path, core: int | None) -> None:
        self.data = data
        self.port = free_port()
        self._core = core
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        """Reaches the embedded PostgreSQL past the server, to compare what is stored with what was told."""
        return f"postgresql://tandem@/tandem?host={self.data / 'run'}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def postmaster(self) -> int:
        return int((self.data / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    async def start(self) -> None:
        """Raises `DidNotStart`."""
        self.spawn()
        await self.answering()

    def spawn(self) -> None:
        """Start without waiting for it."""
        settings = {
            "TANDEM_DATA_DIR": str(self.data), "TANDEM_HOST": "127.0.0.1", "TANDEM_PORT": str(self.port),
            "TANDEM_LOG_LEVEL": "warning",
        }  # fmt: skip
        clean = {key: value for key, value in os.environ.items() if not key.startswith("TANDEM_")}
        with on_core(self._core), self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [Path(sys.executable).parent / "tandem", "serve"], cwd=self.data, env=clean | settings, stdout=log, stderr=log
            )

    async def answering(self) -> None:
        """Returns once it serves; its port is open long before. Raises `DidNotStart`."""
        calls, loop = Calls(self.port), asyncio.get_running_loop()
        deadline = loop.time() + _START_SECONDS
        while loop.time() < deadline and self.running:
            try:
                status, _ = await calls.get("/health", within=_START_SECONDS)
            except Unanswered:
                status = 0
            if status == 200:
                calls.close()
                return
            await asyncio.sleep(0.02)
        raise DidNotStart(self.log.read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        """As a crash would: no warning, nothing is finished."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def kill_database(self) -> None:
        """The postmaster alone; its children notice and go."""
        os.kill(self.postmaster, signal.SIGKILL)

    def stop(self) -> None:
        if self._process is not None and self.running:
            self._process.terminate()
            self._process.wait(timeout=60)

    def cpu(self) -> tuple[float, float]:
        """Seconds of CPU so far: of the server, of PostgreSQL with all its processes."""
        return cpu_seconds(self.pid), cpu_seconds_with_children(self.postmaster)

    def memory(self) -> int:
        """KiB."""
        return resident_kib(self.pid)

    def sign_ins(self) -> list[SignIn]:
        """The people who work here."""
        return msgspec.json.decode((self.data / "demo-sign-ins.json").read_bytes(), type=list[SignIn])


@asynccontextmanager
async def tandem(core: int | None) -> AsyncIterator[TandemProcess]:
    """Made with the demo's people and knowledge, started, and in the end stopped and thrown away."""
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        server = TandemProcess(Path(folder), core)
        await _furnish(Settings(data_dir=server.data))
        try:
            await server.start()
            yield server
        finally:
            server.stop()


async def _furnish(settings: Settings) -> None:
    async with database(settings) as dsn:
        await prepare(dsn)
        db = Database(await open_pool(dsn, size=2))
        keys = Keys(installation_secret(settings))
        await seed(db, keys, SystemClock(), settings.data_dir / "demo-sign-ins.json")
        await db.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
