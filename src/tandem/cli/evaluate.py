"""`tandem evaluate …`: judge the assistant on data of one's own."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

evaluate = typer.Typer(help="Judge the assistant on data of your own.", no_args_is_help=True)


@evaluate.callback()
def _group() -> None:
    """Keeps `evaluate` a group of commands, however few there are."""


@evaluate.command("handoff")
def judge_handoff(
    file: Annotated[Path, typer.Argument(help="Labelled dialogues, one JSON object a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """How well triage tells when a person must take over."""
    from tandem.assistant.evaluate.handoff import Unreadable, judge, read_dialogues  # noqa: PLC0415  # `--help` stays quick

    try:
        measures = judge(read_dialogues(file))
    except (Unreadable, OSError) as wrong:
        typer.secho(f"tandem: {file}: {wrong}", fg="red", err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(msgspec.json.encode(measures))
        return
    for name, value in msgspec.to_builtins(measures).items():
        typer.echo(f"{name:<20} {'-' if value is None else value}")
