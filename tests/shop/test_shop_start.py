"""How the shop is started, and what it says when it can't be."""

import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from examples.shop.app import create_app
from examples.shop.settings import read_settings
from examples.shop.shop import Shop

from shop.conftest import API_KEY, SECRET, START

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        port: int = it.getsockname()[1]
        return port


def test_options_win_over_variables_and_variables_over_defaults() -> None:
    env = {"SHOP_API_KEY": API_KEY, "SHOP_IDENTITY_SECRET": SECRET, "SHOP_PORT": "9001", "SHOP_TANDEM": "http://chat.example/"}

    settings = read_settings(["--port", "9002", "--start", "2026-03-10T06:00"], env)

    assert (settings.port, settings.tandem, settings.channel) == (9002, "http://chat.example", "demo")
    assert settings.start == datetime(2026, 3, 10, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "--api-key"),
        (["--api-key", "k", "--identity-secret", "short"], "at least 32 characters"),
        (["--api-key", "k", "--identity-secret", SECRET, "--port", "http"], "http"),
        (["--api-key", "k", "--identity-secret", SECRET, "--start", "tomorrow"], "tomorrow"),
    ],
)
def test_a_wrong_setting_is_named(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(argv, {})

    assert said in capsys.readouterr().err


def test_the_command_serves_a_shop() -> None:
    port = free_port()
    command = [sys.executable, "-m", "examples.shop", "--port", str(port), "--api-key", API_KEY, "--identity-secret", SECRET]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert str(port) in process.stdout.readline()
            transport = httpx.HTTPTransport(retries=8)  # said before it listens; each retry waits a little longer
            with httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{port}") as client:
                demo = client.get("/api/demo", headers={"Authorization": f"Bearer {API_KEY}"}).json()
                page = client.get("/").text
        finally:
            process.terminate()

    assert len(demo["shoppers"]) == 5
    assert 'src="http://127.0.0.1:8080/widget.js"' in page


class _WouldBeCopied(Exception):
    """Orders of a shop with ten thousand of them, and a second of everybody's start."""


def test_putting_the_shop_together_does_not_copy_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def copied(*_: object) -> None:
        raise _WouldBeCopied

    monkeypatch.setattr(Shop, "__deepcopy__", copied, raising=False)

    create_app(Shop(7, START, lambda: START), API_KEY, SECRET, "", "demo", "key-for-trials")
