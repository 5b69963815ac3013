"""`tandem demo`: everything on one machine, with a shop to ask and people to sign in as."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from functools import partial

import httpx
import msgspec
import typer
from msgspec import Struct

from tandem.app import Application, application, database, prepare
from tandem.channels import store as channels
from tandem.channels.model import Channel
from tandem.cli.serve import bound, run_http
from tandem.demo.organisation import organise
from tandem.demo.past import live_through
from tandem.demo.proxy import shop_pages
from tandem.demo.seed import CHANNEL, SignIn, seed
from tandem.demo.shop_process import ShopFailed
from tandem.infra.db import Database, open_pool
from tandem.infra.outside import trusted
from tandem.infra.settings import Settings, installation_secret
from tandem.kit.clock import SystemClock
from tandem.kit.crypto import Keys

_SHOP_SECONDS = 40.0

Child = subprocess.Popen[bytes]


async def run(settings: Settings, *, empty: bool = False) -> None:
    """`empty`: on the first start nothing has happened yet and nothing of the desk is set up."""
    listening = bound(settings)
    keys, clock = Keys(installation_secret(_with_folder(settings))), SystemClock()
    async with database(settings) as dsn:
        await prepare(dsn)
        db = Database(await open_pool(dsn, size=2))
        channel, people, is_new = await seed(db, keys, clock, settings.data_dir / "demo-sign-ins.json")
        async with db.read() as connection:
            sealed = await channels.sealed_secret(connection, channel.id)
        await db.close()
        api_key, trial_key, port = secrets.token_urlsafe(24), secrets.token_urlsafe(24), free_port()
        with shop_running(port, api_key, keys.unseal(sealed) if sealed else "", trial_key) as child:
            shop = f"http://127.0.0.1:{port}"
            connected = msgspec.structs.replace(
                settings,
                shop_url=shop,
                shop_key=api_key,
                shop_site=f"{settings.address}/",
                trial_shop_url=shop,
                trial_shop_key=trial_key,
            )
            # The shop comes up beside the desk: each takes half a second of a core.
            shoppers = asyncio.create_task(shoppers_of(shop, api_key, child))
            furnish = [partial(_furnish, channel, shoppers)] if is_new and not empty else []
            async with application(connected, dsn, routes=[shop_pages(shop)], first=furnish) as app:
                _welcome(settings, people, await shoppers)
                await run_http(app, listening)


def _with_folder(settings: Settings) -> Settings:
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def shop_running(port: int, api_key: str, identity_secret: str, trial_key: str) -> Iterator[Child]:
    """Secrets go by the environment: a command line can be read by everybody on the machine."""
    environment = os.environ | {
        "SHOP_PORT": str(port), "SHOP_API_KEY": api_key, "SHOP_IDENTITY_SECRET": identity_secret, "SHOP_TANDEM": "",
        "SHOP_CHANNEL": CHANNEL, "SHOP_TRIAL_KEY": trial_key,
    }  # fmt: skip
    command = [sys.executable, "-m", "tandem.demo.shop_process"]
    # A session of its own: Ctrl-C reaches the server first, which ends the shop when it is done with it.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment, start_new_session=True
    ) as child:
        try:
            yield child
        finally:
            child.terminate()
            child.wait(timeout=10)


class DemoOrder(Struct, frozen=True):
    number: str
    state: str


class DemoShopper(Struct, frozen=True):
    name: str
    phone_last4: str
    orders: list[DemoOrder]


class DemoShoppers(Struct, frozen=True):
    shoppers: list[DemoShopper]


async def shoppers_of(shop: str, api_key: str, child: Child) -> list[DemoShopper]:
    """Whose orders to ask for, as soon as the shop is there. Raises `ShopFailed`, at once when its process has ended."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + _SHOP_SECONDS
    async with httpx.AsyncClient(base_url=shop, trust_env=False, verify=trusted()) as client:
        while loop.time() < deadline and child.poll() is None:
            try:
                answer = await client.get("/api/demo", headers={"Authorization": f"Bearer {api_key}"})
                answer.raise_for_status()
                return msgspec.json.decode(answer.content, type=DemoShoppers).shoppers
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise ShopFailed(
        "the demo shop did not start" if child.poll() is None else f"the demo shop ended with status {child.returncode}"
    )


async def _furnish(channel: Channel, shoppers: Awaitable[list[DemoShopper]], app: Application) -> None:
    """The desk is set up, and what happened at it. Before anything works: an engine would hand the past to agents of today."""
    now = SystemClock().now()
    async with app.services.db.write() as tx:
        await organise(tx, app.services.bus, channel, now)
    known = next((it.orders[0].number, it.phone_last4) for it in await shoppers if it.orders)
    await live_through(app, now, known)


def _welcome(settings: Settings, people: list[SignIn], shoppers: list[DemoShopper]) -> None:
    typer.secho("\n  Tandem 协同客服\n", bold=True)
    typer.echo(f"  shop with chat   {settings.address}/")
    typer.echo(f"  the desk         {settings.address}/console\n")
    for it in people:
        typer.echo(f"    {it.role:<14} {it.email:<20} {it.password}")
    typer.echo("\n  orders to ask for (with the last four digits of the phone)\n")
    for shopper in shoppers:
        for order in shopper.orders[:1]:
            typer.echo(f"    {order.number}  {shopper.phone_last4}  {order.state:<17} {shopper.name}")
    typer.echo("\n  Ctrl-C stops everything.\n")
