"""`tandem doctor`: what works, what does not, and what to do about it."""

import shutil
from collections.abc import Awaitable, Callable

import asyncpg
import httpx
import typer

from tandem.app import database
from tandem.infra.blobs import megabytes
from tandem.infra.db import connect
from tandem.infra.migrate import known
from tandem.infra.settings import Settings

_SHOP_SECONDS = 5.0
_OLDEST_POSTGRES = 150000


class Ill(Exception):
    """Something that must be mended; the message says how."""


async def examine(settings: Settings) -> None:
    """Ends with exit status 1 when something is ill."""
    healthy = True
    for name, check in _CHECKS.items():
        try:
            found = await check(settings)
            typer.echo(f"  ok    {name:<16} {found}")
        except Exception as error:  # every other finding is still worth telling
            healthy = False
            typer.secho(f"  ill   {name:<16} {error}", fg="red")
    if not healthy:
        raise typer.Exit(1)


async def _database(settings: Settings) -> str:
    async with database(settings) as dsn:
        db = await connect(dsn)
        try:
            number: int = await db.fetchval("select current_setting('server_version_num')::int")
            if number < _OLDEST_POSTGRES:
                raise Ill(f"PostgreSQL {number // 10000} is too old: 15 or newer is needed")
            applied = await _applied(db.fetchval)
        finally:
            await db.close()
    missing = len(known()) - applied
    where = "at TANDEM_DATABASE_URL" if settings.database_url else "embedded"
    return f"PostgreSQL {number // 10000} ({where})" + (f", {missing} migrations to apply: run `tandem migrate`" if missing else "")


async def _applied(fetchval: Callable[[str], Awaitable[int]]) -> int:
    try:
        return await fetchval("select count(*) from migration")
    except asyncpg.UndefinedTableError:
        return 0


async def _storage(settings: Settings) -> str:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free
    if free < settings.storage_reserve:
        raise Ill(
            f"only {megabytes(free)} free at {settings.data_dir}; uploads are refused below {megabytes(settings.storage_reserve)}"
        )
    return f"{megabytes(free)} free at {settings.data_dir}"


async def _shop(settings: Settings) -> str:
    if not settings.shop_url:
        return "none connected (TANDEM_SHOP_URL); the assistant answers from knowledge alone"
    return await _answers(f"{settings.shop_url.rstrip('/')}/api/products?limit=1", settings.shop_key, _SHOP_SECONDS)


async def _model(settings: Settings) -> str:
    if not settings.llm_url:
        return "none set (TANDEM_LLM_URL); the assistant answers without one"
    return await _answers(f"{settings.llm_url.rstrip('/')}/models", settings.llm_key, settings.llm_timeout)


async def _answers(url: str, key: str, timeout: float) -> str:
    async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
        answer = await client.get(url, headers={"Authorization": f"Bearer {key}"})
    if answer.is_error:
        raise Ill(f"{url} answers {answer.status_code}: check address and key")
    return f"{url.split('/api/', maxsplit=1)[0]} answers"


async def _address(settings: Settings) -> str:
    if not settings.secure and settings.host not in ("127.0.0.1", "::1", "localhost"):
        raise Ill(
            "serves beyond this machine without TLS: put a proxy with TLS before it and set TANDEM_PUBLIC_URL to its https address"
        )
    return settings.address


_CHECKS: dict[str, Callable[[Settings], Awaitable[str]]] = {
    "database": _database, "storage": _storage, "shop": _shop, "language model": _model, "address": _address,
}  # fmt: skip
