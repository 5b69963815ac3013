"""`tandem …`: what an administrator types."""

import secrets
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop

from tandem import __version__
from tandem.cli.evaluate import evaluate
from tandem.cli.routing import routing
from tandem.demo.shop_process import ShopFailed
from tandem.infra.db import DatabaseUnreachable
from tandem.infra.logs import configure
from tandem.infra.migrate import Unmigratable
from tandem.infra.postgres import PostgresFailed
from tandem.infra.settings import Settings, WrongSetting, ignored, load
from tandem.kit.errors import Problem

cli = typer.Typer(
    name="tandem", help="Tandem 协同客服: an AI answers first, people stand behind it.", no_args_is_help=True, add_completion=False
)
users = typer.Typer(help="People who work here.", no_args_is_help=True)
cli.add_typer(users, name="user")
cli.add_typer(evaluate, name="evaluate")
cli.add_typer(routing, name="routing")


def _run(work: Callable[[Settings], Coroutine[Any, Any, None]]) -> None:
    """Run with the settings; what an administrator can mend is said in one line, without a traceback."""
    from tandem.cli.serve import PortTaken  # noqa: PLC0415  # `tandem --help` stays quick without the server

    try:
        settings = load()
        for line in ignored():
            typer.secho(f"tandem: {line}", fg="yellow", err=True)
        configure(settings.log_level, settings.log_format)
        uvloop.run(work(settings))
    except (WrongSetting, DatabaseUnreachable, PostgresFailed, Unmigratable, PortTaken, ShopFailed) as error:
        typer.secho(f"tandem: {error}", fg="red", err=True)
        raise typer.Exit(1) from None
    except Problem as problem:
        errors = problem.extra.get("errors")
        what = "; ".join(f"{it['field']}: {it['message']}" for it in errors) if isinstance(errors, list) else problem.said("en")[0]
        typer.secho(f"tandem: {what}", fg="red", err=True)
        raise typer.Exit(1) from None


@cli.command()
def init(
    email: Annotated[str, typer.Option(prompt=True, help="The first administrator's email.")],
    name: Annotated[str, typer.Option(prompt=True, help="The first administrator's name.")],
) -> None:
    """Prepare a new installation: settings file, database, the first administrator, a chat channel."""
    from tandem.cli.install import install, write_settings  # noqa: PLC0415

    write_settings(Path("tandem.toml"))
    _run(lambda settings: install(settings, email, name))


@cli.command()
def serve() -> None:
    """Serve pages, API and sockets, and do the jobs, in one process."""
    from tandem.cli.serve import bound, serve  # noqa: PLC0415

    _run(lambda settings: serve(settings, bound(settings), works=True))


@cli.command()
def web() -> None:
    """Serve pages, API and sockets; jobs are done by `tandem worker`."""
    from tandem.cli.serve import bound, serve  # noqa: PLC0415

    _run(lambda settings: serve(settings, bound(settings), works=False))


@cli.command()
def worker() -> None:
    """Do the jobs; any number of workers share them."""
    from tandem.cli.serve import work  # noqa: PLC0415

    _run(work)


@cli.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    from tandem.cli.install import migrate  # noqa: PLC0415

    _run(migrate)


@cli.command()
def demo(
    empty: Annotated[
        bool, typer.Option(help="On the first run: no customers of the last days, and a desk that nobody has set up.")
    ] = False,
) -> None:
    """Serve with a demo shop, knowledge, orders and sign-ins; all is made on the first run."""
    from tandem.demo.run import run  # noqa: PLC0415

    _run(lambda settings: run(settings, empty=empty))


@cli.command()
def doctor() -> None:
    """Check settings, database, storage, the shop and the language model, and say what to mend."""
    from tandem.cli.doctor import examine  # noqa: PLC0415

    _run(examine)


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


@users.command("add")
def add_user(
    email: Annotated[str, typer.Argument()],
    name: Annotated[str, typer.Option(help="How colleagues and customers see this person.")],
    role: Annotated[str, typer.Option(help="agent, supervisor or administrator")] = "agent",
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
) -> None:
    """Add a person. Without --password-stdin a password is made and printed once."""
    from tandem.cli.install import add_user  # noqa: PLC0415

    given = sys.stdin.readline().rstrip("\n") if password_stdin else None
    password = given if given is not None else secrets.token_urlsafe(12)
    _run(lambda settings: add_user(settings, email, name, role, password, told=given is None))


def main() -> None:
    cli()
