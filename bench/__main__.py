"""`python -m bench` lists the measurements; `python -m bench NAME` makes one; `python -m bench all` makes all that are quick."""

from typing import Annotated

import typer
import uvloop

from bench import report, soak, sockets, turns

cli = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

Write = Annotated[bool, typer.Option("--write", help="Put the result into bench/RESULTS.md.")]


@cli.command("turns")
def turns_command(
    concurrency: Annotated[str, typer.Option(help="Conversations at once, by commas.")] = "1,50,500",
    seconds: Annotated[float, typer.Option(help="Of one run.")] = 4.0,
    rounds: Annotated[int, typer.Option(help="Runs each; the middle one counts.")] = 3,
    visitors: Annotated[int, typer.Option(help="Customers with the widget open.")] = 600,
    write: Write = False,
) -> None:
    """From a customer's message to the stored answer on his screen."""
    at = tuple(int(part) for part in concurrency.split(","))
    options = turns.Options(concurrency=at, seconds=seconds, rounds=rounds, visitors=visitors)
    _tell("turns", f"python -m bench turns --concurrency {concurrency} --seconds {seconds:g} --rounds {rounds}", uvloop.run(turns.measure(options)), write)


@cli.command("sockets")
def sockets_command(
    count: Annotated[int, typer.Option(help="Sockets.")] = 2000,
    news: Annotated[int, typer.Option(help="Messages that go to all of them, in each round.")] = 40,
    rounds: Annotated[int, typer.Option(help="The middle one counts.")] = 3,
    write: Write = False,
) -> None:
    """Memory of an open socket, and what a frame costs that goes to all."""
    text = uvloop.run(sockets.measure(sockets.Options(count, news, rounds)))
    _tell("sockets", f"python -m bench sockets --count {count} --news {news} --rounds {rounds}", text, write)


@cli.command("soak")
def soak_command(
    messages: Annotated[int, typer.Option(help="In all.")] = 5000,
    visitors: Annotated[int, typer.Option(help="Customers who write at the same time.")] = 300,
    database: Annotated[float, typer.Option(help="The part of the kills that also hit PostgreSQL.")] = 0.3,
    longest: Annotated[float, typer.Option(help="Seconds after which customers stop writing.")] = 1500,
    seed: Annotated[int, typer.Option(help="Of all that is random.")] = 1,
    write: Write = False,
) -> None:
    """Customers write while the server is killed again and again. Ends with status 1 when anything was lost, doubled or left."""
    options = soak.Options(messages=messages, visitors=visitors, database=database, longest=longest, seed=seed)
    text, sound = uvloop.run(soak.measure(options))
    _tell("soak", f"python -m bench soak --messages {messages} --visitors {visitors} --database {database:g} --seed {seed}", text, write)
    if not sound:
        raise typer.Exit(1)


def _tell(name: str, command: str, text: str, write: bool) -> None:
    section = report.section(name, command, text)
    typer.echo(section)
    if write:
        report.write(name, section)


if __name__ == "__main__":
    cli()
