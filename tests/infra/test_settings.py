"""Settings: where they come from, and one clear line when one of them cannot be used."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tandem.infra.settings import Settings, WrongSetting, ignored, installation_secret, load


def _tandem(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The real command, as an administrator types it, in a folder of its own."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TANDEM_")}
    return subprocess.run(
        [str(Path(sys.executable).with_name("tandem")), *arguments],
        cwd=folder, env=clean | settings, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def _one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("tandem: ")
    return lines[0]


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "tandem.toml").write_text("port = 9000\nhost = '0.0.0.0'\n")

    settings = load({"TANDEM_PORT": "9001"}, tmp_path / "tandem.toml")

    assert (settings.port, settings.host) == (9001, "0.0.0.0")


def test_hosts_in_a_variable_are_separated_by_commas() -> None:
    assert load({"TANDEM_OUTSIDE_ALLOWED": "a.example,b.example:9"}, Path("none")).outside_allowed == {"a.example", "b.example:9"}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("prot = 8080", "prot"),
        ("port = 'many'", "TANDEM_PORT"),
        ("port = ", "at end of document"),
        ("upload_limit = -1.5", "TANDEM_UPLOAD_LIMIT"),
        ("upload_limit = -1", "TANDEM_UPLOAD_LIMIT"),
        ("port = 99999", "TANDEM_PORT"),
        ("log_level = 'loud'", "TANDEM_LOG_LEVEL"),
        ("log_format = 'xml'", "TANDEM_LOG_FORMAT"),
        ("language = 'fr'", "TANDEM_LANGUAGE"),
        ("turn_deadline = 0", "TANDEM_TURN_DEADLINE"),
        ("llm_concurrency = 0", "TANDEM_LLM_CONCURRENCY"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "tandem.toml").write_text(content)

    with pytest.raises(WrongSetting, match=named):
        load({}, tmp_path / "tandem.toml")


def test_a_variable_that_is_no_setting_is_told_of_with_the_one_that_was_meant() -> None:
    prot, other = ignored({"TANDEM_PROT": "1", "TANDEM_SERVICE_HOST": "10.0.0.1", "TANDEM_HOST": "0.0.0.0", "PATH": "/bin"})

    assert prot == "TANDEM_PROT is no setting and has no effect; did you mean TANDEM_PORT?"
    assert other == "TANDEM_SERVICE_HOST is no setting and has no effect"


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(WrongSetting, match="32"):
        installation_secret(Settings(secret="too short"))


def test_the_installation_secret_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    first, second = installation_secret(settings), installation_secret(settings)

    assert first == second
    assert len(first) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.slow
@pytest.mark.parametrize("address", ["postgresql://nobody:hunter2@127.0.0.1:1/none", "mysql://x", "not an address"])
def test_a_wrong_database_address_ends_in_one_clear_line_without_its_password(tmp_path: Path, address: str) -> None:
    line = _one_line(_tandem(tmp_path, "serve", TANDEM_DATABASE_URL=address, TANDEM_PORT="0"))

    assert "no PostgreSQL at the configured address" in line
    assert "hunter2" not in line


@pytest.mark.slow
def test_a_port_in_use_ends_in_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = _one_line(_tandem(tmp_path, "serve", TANDEM_PORT=str(port)))

    assert f"127.0.0.1:{port}" in line
    assert "TANDEM_PORT" in line


@pytest.mark.slow
@pytest.mark.parametrize(("content", "named"), [("colour = 'red'", "colour"), ("port = 99999999", "TANDEM_PORT")])
def test_a_settings_file_that_is_wrong_ends_in_one_clear_line(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "tandem.toml").write_text(content)

    assert named in _one_line(_tandem(tmp_path, "serve"))


@pytest.mark.slow
def test_a_mistyped_variable_is_told_of_before_anything_is_done(tmp_path: Path) -> None:
    done = _tandem(tmp_path, "serve", TANDEM_DATABASE_URL="not an address", TANDEM_PROT="9001")

    assert done.stderr.splitlines()[0] == "tandem: TANDEM_PROT is no setting and has no effect; did you mean TANDEM_PORT?"


def test_help_names_every_command(tmp_path: Path) -> None:
    told = _tandem(tmp_path, "--help").stdout

    for command in ("init", "serve", "web", "worker", "migrate", "demo", "user", "doctor"):
        assert command in told
