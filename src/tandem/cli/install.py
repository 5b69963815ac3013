"""Making an installation: its settings file, its first people, its first channel."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import cast

import typer

from tandem.access import act as access
from tandem.access.model import Role
from tandem.app import database, opened, prepare
from tandem.channels import store as channels
from tandem.channels.model import Channel
from tandem.channels.webchat import KIND
from tandem.infra.db import Tx
from tandem.infra.settings import Settings, installation_secret
from tandem.kit.clock import SystemClock
from tandem.kit.crypto import Keys
from tandem.kit.ids import new_id

ROLES = ("agent", "supervisor", "administrator")


def write_settings(path: Path) -> None:
    """A settings file to start from; one that is there already is left as it is."""
    if path.exists():
        return
    path.write_text(
        '# See tandem.sample.toml for all settings.\nhost = "127.0.0.1"\nport = 8080\npublic_url = ""\n', encoding="utf-8"
    )
    typer.echo(f"wrote {path}")


async def install(settings: Settings, email: str, name: str) -> None:
    """The first administrator, with a password that is printed once, and a chat channel."""
    password = secrets.token_urlsafe(12)
    now = SystemClock().now()
    async with opened(settings) as db, db.write() as tx:
        await access.add_user(
            tx, email=email, name=name, role="administrator", password=password, locale="zh-CN", by=None, now=now
        )  # fmt: skip
        if await channels.by_key(tx.db, "web") is None:
            await add_chat(tx, Keys(installation_secret(settings)), "web", "Web chat", {}, now)
    typer.echo(f"\n  administrator  {email}\n  password       {password}   (shown this once)\n")
    typer.echo(f"Start with `tandem serve`, then open {settings.address}/console and put this on your pages:\n")
    typer.echo(f'  <script src="{settings.address}/widget.js" data-channel="web" async></script>\n')


async def add_chat(tx: Tx, keys: Keys, key: str, name: str, config: dict[str, object], now: datetime) -> Channel:
    """A chat channel with a secret for signed identities."""
    channel = Channel(new_id(now), KIND, key, name, True, config)
    await channels.add(tx.db, channel, keys.seal(secrets.token_urlsafe(32)), now)
    return channel


async def migrate(settings: Settings) -> None:
    async with database(settings) as dsn:
        applied = await prepare(dsn)
    typer.echo("\n".join(f"applied {name}" for name in applied) or "nothing to do")


async def add_user(settings: Settings, email: str, name: str, role: str, password: str, *, told: bool) -> None:
    """`told`: the password was made here and is printed."""
    if role not in ROLES:
        typer.secho(f"tandem: the role must be one of {', '.join(ROLES)}", fg="red", err=True)
        raise typer.Exit(1)
    now = SystemClock().now()
    async with opened(settings) as db, db.write() as tx:
        await access.add_user(
            tx, email=email, name=name, role=cast(Role, role), password=password, locale="zh-CN", by=None, now=now
        )  # fmt: skip
    typer.echo(f"added {email} as {role}" + (f", password {password} (shown this once)" if told else ""))
