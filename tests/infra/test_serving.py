"""`tandem serve` as whoever installs it finds it."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest


@pytest.mark.slow
def test_serve_says_where_the_desk_is_the_root_leads_there_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [str(Path(sys.executable).with_name("tandem")), "serve"], cwd=tmp_path, text=True,
        env={"PATH": "/usr/bin:/bin", "TANDEM_PORT": str(port)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = next(line for line in process.stdout if "serving" in line)

        answer = httpx.get(f"http://127.0.0.1:{port}/")

        process.send_signal(signal.SIGINT)
        assert f"http://127.0.0.1:{port}/console" in told
        assert (answer.status_code, answer.headers["location"]) == (302, "/console")
        assert process.wait(timeout=60) == 0
    assert not list((tmp_path / ".tandem").rglob("postmaster.pid"))
