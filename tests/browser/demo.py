"""The demo as `make run` starts it, in a process of its own that can be stopped, killed and started again."""

import asyncio
import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from world.waiting import eventually

_ORDER = re.compile(r"(TD\d{8})\s+(\d{4})\s+(\S+)\s+(.+)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def demo_in(folder: Path, shared: Path, *, furnished: bool = False) -> "Demo":
    """A demo that runs in `folder`, from a copy of one that was made in `shared` by whoever needed it first: making one takes
    half as long again as starting it."""
    made = shared / ("furnished" if furnished else "empty")
    with made.with_suffix(".lock").open("a") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        if not made.exists():
            first = Demo(shared / f"{made.name}.making", furnished=furnished)
            first.folder.mkdir()
            await first.start()
            await first.stop()
            first.folder.rename(made)
    # Not by Python: it would not keep whose the files are.
    await asyncio.to_thread(subprocess.run, ["cp", "-a", f"{made}/.", str(folder)], check=True)
    demo = Demo(folder, furnished=furnished)
    await demo.start()
    return demo


class Demo:
    """`orders`: number, phone digits, state and name of shoppers, as the demo prints them. Nothing has happened in it, unless it is
    `furnished` as everybody else finds it: who waits there would decide whom a test's agents are offered."""

    def __init__(self, folder: Path, *, furnished: bool = False, **settings: str) -> None:
        self.folder = folder
        self._furnished = furnished
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = settings
        self._process: subprocess.Popen[str] | None = None
        self.orders: list[tuple[str, str, str, str]] = []

    async def start(self) -> None:
        environment = os.environ | {"TANDEM_DATA_DIR": str(self.folder), "TANDEM_PORT": str(self.port)} | self._settings
        command = [sys.executable, "-u", "-m", "tandem.cli", "demo", *([] if self._furnished else ["--empty"])]
        with (self.folder / "demo.log").open("w") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, text=True)  # noqa: ASYNC220
        async with httpx.AsyncClient(base_url=self.url, trust_env=False) as client:
            await eventually(lambda: self._is_up(client), seconds=300)
        await eventually(self._printed_orders)

    async def _is_up(self, client: httpx.AsyncClient) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise AssertionError((self.folder / "demo.log").read_text()[-2000:])
        try:
            return (await client.get("/health")).status_code == 200
        except httpx.TransportError:
            return False

    async def _printed_orders(self) -> bool:
        self.orders = [(*it.groups(),) for it in _ORDER.finditer((self.folder / "demo.log").read_text())]  # type: ignore[misc]
        return bool(self.orders)

    async def stop(self) -> None:
        await self._end(signal.SIGINT)

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            await asyncio.to_thread(self._process.wait, 120)

    def sign_in(self, email: str) -> dict[str, Any]:
        people: list[dict[str, Any]] = json.loads((self.folder / "demo-sign-ins.json").read_text())
        return next(it for it in people if it["email"] == email)
