"""`python -m bench` lists the measurements, `python -m bench NAME` makes one."""

from typing import Annotated

import typer
import uvloop

from bench import confidence, meaning, report, routing, soak, sockets, turns
from bench.encoder import MODEL

cli = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

Write = Annotated[bool, typer.Option("--write", help="Put the result into bench/RESULTS.md.")]


@cli.command("turns")
def turns_command(
    concurrency: Annotated[str, typer.Option(help="Conversations at once, by commas.")] = "1,50,500",
    seconds: Annotated[float, typer.Option(help="Of one run.")] = 4.0,
    rounds: Annotated[int, typer.Option(help="Runs each; the middle one counts.")] = 3,
    write: Write = False,
) -> None:
    """From a customer's message to the stored answer on his screen."""
    at = tuple(int(part) for part in concurrency.split(","))
    text = uvloop.run(turns.measure(turns.Options(at, seconds=seconds, rounds=rounds)))
    _tell("turns", f"--concurrency {concurrency} --seconds {seconds:g} --rounds {rounds}", text, write)


@cli.command("sockets")
def sockets_command(
    count: Annotated[int, typer.Option(help="Sockets.")] = 2000,
    news: Annotated[int, typer.Option(help="Messages that go to all of them, in each round.")] = 40,
    rounds: Annotated[int, typer.Option(help="The middle one counts.")] = 3,
    write: Write = False,
) -> None:
    """Memory of an open socket, and what a frame costs that goes to all."""
    text = uvloop.run(sockets.measure(sockets.Options(count, news, rounds)))
    _tell("sockets", f"--count {count} --news {news} --rounds {rounds}", text, write)


@cli.command("routing")
def routing_command(
    waiting: Annotated[str, typer.Option(help="Customers who wait, by commas.")] = "100,1000,10000",
    agents: Annotated[int, typer.Option(help="Agents.")] = 1000,
    samples: Annotated[int, typer.Option(help="Offers timed at each.")] = 200,
    processes: Annotated[str, typer.Option(help="Engine processes, by commas.")] = "1,2,4",
    customers: Annotated[int, typer.Option(help="Of each simulated desk at which estimates are checked.")] = 2500,
    desks: Annotated[int, typer.Option(help="Simulated desks.")] = 8,
    write: Write = False,
) -> None:
    """From "must wait" or "is free" to the offer; offers a second; whether estimates are kept."""
    options = routing.Options(_counts(waiting), agents, samples, _counts(processes), agents, customers, desks)
    text = uvloop.run(routing.measure(options))
    _tell(
        "routing",
        f"--waiting {waiting} --agents {agents} --samples {samples} --processes {processes} --customers {customers} --desks {desks}",
        text,
        write,
    )


def _counts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


@cli.command("soak")
def soak_command(
    messages: Annotated[int, typer.Option(help="In all.")] = 5000,
    visitors: Annotated[int, typer.Option(help="Customers who write at the same time.")] = 200,
    every: Annotated[float, typer.Option(help="Seconds between kills, on average.")] = 6.0,
    database: Annotated[float, typer.Option(help="The part of the kills that hit PostgreSQL, alone or with the server.")] = 0.3,
    longest: Annotated[float, typer.Option(help="Seconds after which customers stop writing.")] = 1350,
    seed: Annotated[int, typer.Option(help="Of all that is random.")] = 1,
    write: Write = False,
) -> None:
    """Customers write while the server is killed again and again. Ends with status 1 when anything was lost, doubled or left."""
    text, sound = uvloop.run(soak.measure(soak.Options(messages, visitors, every, database, longest, seed)))
    _tell(
        "soak", f"--messages {messages} --visitors {visitors} --every {every:g} --database {database:g} --seed {seed}", text, write
    )
    if not sound:
        raise typer.Exit(1)


@cli.command("confidence")
def confidence_command(write: Write = False) -> None:
    """What is learned about being sure from judged questions to several shops, each left out once."""
    _tell("confidence", "", confidence.measure(), write)


@cli.command("meaning")
def meaning_command(
    url: Annotated[str, typer.Option(help="Of an endpoint like that of bench/encoder.py.")] = "http://127.0.0.1:8090/v1",
    model: Annotated[str, typer.Option(help="What the encoder is called there.")] = MODEL,
    write: Write = False,
) -> None:
    """English questions with a real encoder and without; what is learned about nearness of meaning, each shop left out once."""
    _tell("meaning", f"--url {url} --model {model}", meaning.measure(url, model), write)


@cli.command("all")
def all_command(write: Write = False) -> None:
    """All that are quick, as they are without options."""
    turns_command(write=write)
    sockets_command(write=write)
    routing_command(write=write)
    soak_command(write=write)


def _tell(name: str, options: str, text: str, write: bool) -> None:
    section = report.section(name, f"python -m bench {name} {options}", text)
    typer.echo(section)
    if write:
        report.write(name, section)


if __name__ == "__main__":
    cli()
