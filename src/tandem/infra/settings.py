"""Settings: `TANDEM_*` variables over `tandem.toml` over what stands here. `tandem.sample.toml` explains each."""

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Size = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(gt=0)]
Price = Annotated[float, Meta(ge=0)]


class WrongSetting(Exception):
    """A setting that cannot be used. The message names it and says what would do."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that an installation may set. Times are in seconds, sizes in bytes."""

    data_dir: Path = Path(".tandem")
    database_url: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8080
    public_url: str = ""
    secret: str = ""
    language: Literal["zh-CN", "en"] = "zh-CN"
    outside_allowed: frozenset[str] = frozenset()
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    metrics_token: str = ""
    upload_limit: Size = 20 * 1024 * 1024
    storage_reserve: Size = 200 * 1024 * 1024
    turn_deadline: Seconds = 20.0
    shop_url: str = ""
    shop_key: str = ""
    shop_site: str = ""
    trial_shop_url: str = ""
    trial_shop_key: str = ""
    llm_url: str = ""
    llm_key: str = ""
    llm_model: str = ""
    llm_timeout: Seconds = 20.0
    llm_concurrency: Annotated[int, Meta(ge=1)] = 16
    llm_api: Literal["openai", "anthropic"] = "openai"
    llm_mask: bool = False
    llm_input_price: Price = 0.0
    llm_output_price: Price = 0.0
    llm_daily_tokens: Size = 0
    llm_daily_cost: Price = 0.0
    embeddings_url: str = ""
    embeddings_key: str = ""
    embeddings_model: str = ""
    embeddings_timeout: Seconds = 1.5

    @property
    def address(self) -> str:
        """Where people reach this installation, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        return self.address.startswith("https://")


def load(environment: Mapping[str, str] = os.environ, file: Path = Path("tandem.toml")) -> Settings:
    """Raises `WrongSetting`."""
    values: dict[str, Any] = {}
    if file.is_file():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise WrongSetting(f"{file}: {error}") from None
    names = set(Settings.__struct_fields__)
    for key, value in environment.items():
        name = key.removeprefix("TANDEM_").lower()
        if key.startswith("TANDEM_") and name in names:
            values[name] = value.split(",") if name == "outside_allowed" else value
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise WrongSetting(f"a setting in TANDEM_* or {file} cannot be used: {_named(str(error))}") from None


def ignored(environment: Mapping[str, str] = os.environ) -> list[str]:
    """A line for each `TANDEM_*` variable that is no setting. Not an error: Kubernetes makes such variables for a service of this name."""
    names = {f"TANDEM_{name.upper()}" for name in Settings.__struct_fields__}
    return [_without_effect(key, names) for key in sorted(environment) if key.startswith("TANDEM_") and key not in names]


def _without_effect(key: str, names: set[str]) -> str:
    meant = get_close_matches(key, names, n=1, cutoff=0.8)
    return f"{key} is no setting and has no effect" + (f"; did you mean {meant[0]}?" if meant else "")


def _named(error: str) -> str:
    """With the setting's own name, as the environment spells it: `$.port` is TANDEM_PORT."""
    return re.sub(r" - at `\$\.(\w+)[^`]*`", lambda place: f" (TANDEM_{place[1].upper()})", error)


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError(f"{value!r} is not a {kind.__name__}")


def installation_secret(settings: Settings) -> bytes:
    """The secret all keys come from: set, or made once and kept in the data folder, readable by its owner alone."""
    if settings.secret:
        if len(settings.secret) < 32:
            raise WrongSetting("TANDEM_SECRET must have at least 32 characters")
        return settings.secret.encode()
    path = settings.data_dir / "secret"
    try:
        # Only one of several processes that start at once may make it; the others read what it wrote.
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        made = secrets.token_urlsafe(48).encode()
        file.write(made)
    return made
