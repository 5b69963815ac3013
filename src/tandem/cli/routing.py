"""`tandem routing …`: the log of assignments, and how many people tomorrow needs."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
import uvloop

from tandem.infra.settings import Settings, load

routing = typer.Typer(help="Queues and people.", no_args_is_help=True)

if TYPE_CHECKING:
    from tandem.routing.staffing.measured import Measured

_MOST_HOURS = 24 * 7
# Where nothing was measured.
_CONTAINED, _AT_ONCE, _HANDLING, _PATIENCE = 0.5, 3, 300.0, 180.0


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
    contacts: Annotated[
        str | None,
        typer.Option(
            help="Contacts in each hour, with commas between; or a file with a number a line.", show_default="as measured here"
        ),
    ] = None,
    contained: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="The part that the assistant keeps to itself.", show_default="measured, or 0.5"),
    ] = None,
    at_once: Annotated[
        int | None, typer.Option(min=1, max=20, help="Chats that one person has at once.", show_default="measured, or 3")
    ] = None,
    handling: Annotated[float | None, typer.Option(min=1, help="Seconds a chat takes.", show_default="measured, or 300")] = None,
    harder: Annotated[float, typer.Option(min=0.1, max=10, help="How much longer what is left takes: 1.25 is a quarter.")] = 1.0,
    patience: Annotated[
        float | None, typer.Option(min=1, help="Seconds until a customer gives up, in the mean.", show_default="measured, or 180")
    ] = None,
    retrial: Annotated[float, typer.Option(min=0, max=0.95, help="The part of those who gave up that comes again.")] = 0.3,
    within: Annotated[float, typer.Option(min=0, help="Answered within so many seconds.")] = 60,
    level: Annotated[float, typer.Option(min=0, max=0.99, help="The part that shall be.")] = 0.8,
    zone: Annotated[
        str | None, typer.Option(help="Whose wall clock tells the hours.", show_default="that of the opening hours")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an hour.")] = False,
) -> None:
    """How many people does each hour need, with this assistant in front of them?

    Without --contacts: of tomorrow, by what was measured in the last four weeks; what you give goes before what was measured."""
    from tandem.routing.staffing.simulate import Desk  # noqa: PLC0415
    from tandem.routing.staffing.tomorrow import plan  # noqa: PLC0415

    try:
        known = None if contacts is not None else uvloop.run(_measured(load(), zone))
        if known and not as_json:
            typer.echo(_told(known))
        desk = Desk(
            0, at_once or (known and known.at_once) or _AT_ONCE, handling or (known and known.handling) or _HANDLING,
            patience=patience or (known and known.patience) or _PATIENCE, retrial=retrial,
        )  # fmt: skip
        kept = contained if contained is not None else (known.contained if known else _CONTAINED)
        comes = known.contacts if known else _numbers(contacts or "")
        hours = plan(comes, kept, desk, threshold=within, level=level, harder=harder, random=Random(1))  # noqa: S311
    except (ValueError, OSError) as wrong:
        typer.secho(f"tandem: {wrong}", fg="red", err=True)
        raise typer.Exit(1) from None
    for it in hours:
        told = (
            msgspec.json.encode(it).decode() if as_json
            else f"{it.hour:02d}:00  {it.contacts:>8.1f} contacts  {it.to_people:>7.1f} to people  {it.people:>4} people  "
            f"{it.level:.0%} in time  {it.abandoned:.1%} give up  {it.occupancy:.0%} busy"
        )  # fmt: skip
        typer.echo(told)


async def _measured(settings: Settings, zone: str | None) -> "Measured":
    """Raises `ValueError`."""
    from tandem.app import opened  # noqa: PLC0415
    from tandem.routing.staffing.measured import measured  # noqa: PLC0415
    from tandem.routing.staffing.store import zone_of_hours  # noqa: PLC0415

    async with opened(settings) as db, db.read() as connection:
        where = zone or await zone_of_hours(connection) or "UTC"
        try:
            known = await measured(connection, where, datetime.now(UTC))
        except (KeyError, ValueError):
            raise ValueError(f"{where} is no zone; one is Asia/Shanghai") from None
    if known is None:
        raise ValueError("nobody came before today, so there is nothing to measure; tell --contacts")
    return known


def _told(known: "Measured") -> str:
    parts = [f"{known.contained:.0%} stay with the assistant"]
    parts += [f"a chat takes {known.handling:.0f} s"] if known.handling else []
    parts += [f"customers give up after {known.patience:.0f} s"] if known.patience else []
    parts += [f"{known.at_once} chats at once"] if known.at_once else []
    return (
        f"{known.tomorrow:%A, %Y-%m-%d}, {known.zone}, as on {known.like} day{'s' * (known.like > 1)} like it. "
        f"Measured over {known.days} day{'s' * (known.days > 1)}: {', '.join(parts)}."
    )


def _numbers(text: str) -> list[float]:
    """Raises `ValueError`, `OSError`."""
    lines = Path(text).read_text(encoding="utf-8").split() if Path(text).is_file() else text.split(",")
    numbers = [float(it) for it in lines if it.strip()]
    if not 1 <= len(numbers) <= _MOST_HOURS or any(not 0 <= it <= 1_000_000 for it in numbers):
        raise ValueError(f"1 to {_MOST_HOURS} numbers of contacts, none below 0")
    return numbers
