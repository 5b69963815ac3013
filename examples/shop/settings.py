"""How the shop is started: by options, or by SHOP_* variables where an option is not given."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct


class Settings(Struct, frozen=True):
    """`tandem` is the origin of the chat server as browsers see it; empty when it serves these pages itself."""

    host: str
    port: int
    api_key: str
    identity_secret: str
    tandem: str
    channel: str
    trial_key: str
    seed: int
    start: datetime | None


def aware(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def read_settings(argv: Sequence[str], env: Mapping[str, str]) -> Settings:
    """Raises SystemExit with a line for people when something needed is missing or wrong."""
    parser = argparse.ArgumentParser(prog="python -m examples.shop", description=__doc__)

    def option(name: str, default: str | None, about: str) -> None:
        variable = "SHOP_" + name.upper().replace("-", "_")
        value = env.get(variable, default)
        parser.add_argument(f"--{name}", default=value, required=value is None, help=f"{about} ({variable})")

    option("host", "127.0.0.1", "address to listen on")
    option("port", "8090", "port to listen on")
    option("api-key", None, "key that callers of the HTTP API must show")
    option("identity-secret", None, "secret shared with the chat channel, at least 32 characters")
    option("tandem", "http://127.0.0.1:8080", "origin of the chat server; empty if it serves these pages itself")
    option("channel", "demo", "name of the chat channel")
    option("trial-key", "", "key that opens a second shop, for trials; empty: there is none")
    option("seed", "2026", "the same seed makes the same shop")
    option("start", "", "the time at which orders stand as laid out, ISO 8601; now if empty")
    given = parser.parse_args(argv)
    if len(given.identity_secret) < 32:
        parser.error("--identity-secret needs at least 32 characters: a shorter one can be guessed")
    try:
        start = aware(given.start) if given.start else None
        return Settings(
            given.host, int(given.port), given.api_key, given.identity_secret, given.tandem.rstrip("/"), given.channel, given.trial_key,
            int(given.seed), start,
        )  # fmt: skip
    except ValueError as wrong:
        parser.error(str(wrong))
