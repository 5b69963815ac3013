"""`tandem routing …`: the log of assignments, and how many people tomorrow needs."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Annotated

import msgspec
import typer
import uvloop

from tandem.infra.settings import Settings, load

routing = typer.Typer(help="Queues and people.", no_args_is_help=True)

_MOST_HOURS = 24 * 7


@routing.command("log")
def log(
    days: Annotated[int, typer.Option(min=1, max=3650, help="Offers of so many days.")] = 30,
) -> None:
    """Write the log of assignments to standard output, a JSON object a line."""
    uvloop.run(_write(load(), days))


async def _write(settings: Settings, days: int) -> None:
    from tandem.app import opened  # noqa: PLC0415
    from tandem.routing.evaluate.store import exported  # noqa: PLC0415

    now = datetime.now(UTC)
    async with opened(settings) as db, db.read() as connection:
        async for it in exported(connection, now - timedelta(days=days), now):
            sys.stdout.buffer.write(msgspec.json.encode(it) + b"\n")


@routing.command("staff")
def staff(
    contacts: Annotated[str, typer.Option(help="Contacts in each hour, with commas between; or a file with a number a line.")],
    contained: Annotated[float, typer.Option(min=0.0, max=1.0, help="The part that the assistant keeps to itself.")] = 0.5,
    at_once: Annotated[int, typer.Option(min=1, max=20, help="Chats that one person has at once.")] = 3,
    handling: Annotated[float, typer.Option(min=1, help="Seconds a chat takes.")] = 300,
    harder: Annotated[float, typer.Option(min=0.1, max=10, help="How much longer what is left takes: 1.25 is a quarter.")] = 1.0,
    patience: Annotated[float, typer.Option(min=1, help="Seconds until a customer gives up, in the mean.")] = 180,
    retrial: Annotated[float, typer.Option(min=0, max=0.95, help="The part of those who gave up that comes again.")] = 0.3,
    within: Annotated[float, typer.Option(min=0, help="Answered within so many seconds.")] = 60,
    level: Annotated[float, typer.Option(min=0, max=0.99, help="The part that shall be.")] = 0.8,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an hour.")] = False,
) -> None:
    """How many people does each hour need, with this assistant in front of them?"""
    from tandem.routing.staffing.simulate import Desk  # noqa: PLC0415
    from tandem.routing.staffing.tomorrow import plan  # noqa: PLC0415

    desk = Desk(0, at_once, handling, patience=patience, retrial=retrial)
    try:
        hours = plan(_numbers(contacts), contained, desk, threshold=within, level=level, harder=harder, random=Random(1))  # noqa: S311
    except (ValueError, OSError) as wrong:
        typer.secho(f"tandem: {wrong}", fg="red", err=True)
        raise typer.Exit(1) from None
    for it in hours:
        told = (
            msgspec.json.encode(it).decode() if as_json
            else f"{it.hour:02d}:00  {it.contacts:>8.0f} contacts  {it.to_people:>7.0f} to people  {it.people:>4} people  "
            f"{it.level:.0%} in time  {it.abandoned:.1%} give up  {it.occupancy:.0%} busy"
        )  # fmt: skip
        typer.echo(told)


def _numbers(text: str) -> list[float]:
    """Raises `ValueError`, `OSError`."""
    lines = Path(text).read_text(encoding="utf-8").split() if Path(text).is_file() else text.split(",")
    numbers = [float(it) for it in lines if it.strip()]
    if not 1 <= len(numbers) <= _MOST_HOURS or any(not 0 <= it <= 1_000_000 for it in numbers):
        raise ValueError(f"1 to {_MOST_HOURS} numbers of contacts, none below 0")
    return numbers
