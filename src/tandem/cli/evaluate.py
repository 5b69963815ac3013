"""`tandem evaluate …`: judge the assistant on one's own data."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tandem.infra.settings import WrongSetting, load
from tandem.routing.queues.model import CRITERIA, Criterion

evaluate = typer.Typer(help="Judge the assistant on your own data.", no_args_is_help=True)


def told(figures: Mapping[str, float | None], *, as_json: bool) -> None:
    """Print what was measured: one JSON object, or a line a figure."""
    if as_json:
        typer.echo(json.dumps(dict(figures)))
        return
    for name, figure in figures.items():
        typer.echo(f"{name:<20} {figure}")


@evaluate.command("answers")
def answers(
    entries: Annotated[Path, typer.Option(help="JSON array of {id, lang, question, answer, category}.")],
    queries: Annotated[Path, typer.Option(help="A line each: {id, text, lang, answer_id, kind, context}.")],
    max_wrong: Annotated[float | None, typer.Option(min=0.001, max=0.5, help="At most this part of the answers wrong.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Is the right entry found, what is answered, and how much of that is wrong? With the encoder of the settings, if one is set."""
    from tandem.assistant.evaluate.answers import evaluate, read_entries, read_queries  # noqa: PLC0415
    from tandem.assistant.evaluate.searching import EncoderSilent, access_of  # noqa: PLC0415
    from tandem.assistant.evaluate.unreadable import Unreadable  # noqa: PLC0415

    try:
        known = read_entries(entries)
        asked = read_queries(queries, {it.id for it in known})
        told(evaluate(known, asked, max_wrong, access_of(load())), as_json=as_json)
    except (Unreadable, EncoderSilent, WrongSetting) as error:
        typer.secho(f"tandem: {error}", fg="red", err=True)
        raise typer.Exit(1) from None


@evaluate.command("handoff")
def judge_handoff(
    file: Annotated[Path, typer.Argument(help="Labelled dialogues, one JSON object a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """How well is it told when a person must take over? By triage, and where it finds no reason by the language model, if one is set."""
    from tandem.assistant.evaluate.handoff import Measures, judge, judge_with, read_dialogues  # noqa: PLC0415
    from tandem.assistant.evaluate.modelled import judged_model  # noqa: PLC0415
    from tandem.assistant.evaluate.searching import Minds, minds_of  # noqa: PLC0415
    from tandem.assistant.evaluate.unreadable import Unreadable  # noqa: PLC0415

    async def judged(minds: Minds) -> Measures:
        async with judged_model(minds) as model:
            return await judge_with(model, read_dialogues(file)) if model else judge(read_dialogues(file))

    try:
        found = asyncio.run(judged(minds_of(load())))
        told(msgspec.to_builtins(found), as_json=as_json)
    except (Unreadable, WrongSetting) as error:
        typer.secho(f"tandem: {error}", fg="red", err=True)
        raise typer.Exit(1) from None


@evaluate.command("routing")
def judge_routing(
    log: Annotated[Path, typer.Option(help="The log of assignments, as `tandem routing log` writes it.")],
    order: Annotated[str, typer.Option(help="The other rule: criteria, first things first, with commas between.")] = ",".join(
        CRITERIA
    ),
    exploration: Annotated[float, typer.Option(min=0.0, max=0.5, help="Its part of choices made at random.")] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """What would another order of criteria have brought?"""
    from tandem.routing.evaluate.log import Unreadable, read  # noqa: PLC0415
    from tandem.routing.evaluate.policy import judge  # noqa: PLC0415

    try:
        criteria = msgspec.convert([it.strip() for it in order.split(",")], tuple[Criterion, ...])
        told(msgspec.to_builtins(judge(list(read(log)), criteria, exploration)), as_json=as_json)
    except msgspec.ValidationError:
        typer.secho(f"tandem: --order: of {', '.join(CRITERIA)}", fg="red", err=True)
        raise typer.Exit(1) from None
    except (Unreadable, OSError, ValueError) as wrong:
        typer.secho(f"tandem: {log}: {wrong}", fg="red", err=True)
        raise typer.Exit(1) from None


@evaluate.command("loop")
def loop(
    stream: Annotated[Path, typer.Option(help="CSV with a header: text,label.")],
    max_wrong: Annotated[float, typer.Option(min=0.001, max=0.5, help="At most this part of the automatic answers wrong.")] = 0.02,
    seed: Annotated[int, typer.Option(min=0, help="Of the order in which messages come.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """From no knowledge at all: how much is answered automatically while people answer the rest, and how much of it wrong?"""
    from tandem.assistant.evaluate.loop import evaluate as live  # noqa: PLC0415  # scikit-learn takes a second to load
    from tandem.assistant.evaluate.rows import read_labelled  # noqa: PLC0415
    from tandem.assistant.evaluate.unreadable import Unreadable  # noqa: PLC0415

    try:
        told(live(read_labelled(stream), max_wrong, seed), as_json=as_json)
    except Unreadable as error:
        typer.secho(f"tandem: {error}", fg="red", err=True)
        raise typer.Exit(1) from None


@evaluate.command("intents")
def intents(
    train: Annotated[Path, typer.Option(help="CSV with a header: text,label.")],
    test: Annotated[Path, typer.Option(help="The same, to be judged on.")],
    oos_label: Annotated[str | None, typer.Option(help="The label of texts that have none of the intents.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Are intents told apart, and is it noticed when a text has none of them?"""
    from tandem.assistant.evaluate.intents import evaluate as judge  # noqa: PLC0415  # scikit-learn takes a second to load
    from tandem.assistant.evaluate.rows import read_labelled  # noqa: PLC0415
    from tandem.assistant.evaluate.unreadable import Unreadable  # noqa: PLC0415

    try:
        taught, asked = read_labelled(train), read_labelled(test)
        told(judge(taught, asked, oos_label), as_json=as_json)
    except (Unreadable, ValueError) as error:
        where = "" if isinstance(error, Unreadable) else f"{train}: "
        typer.secho(f"tandem: {where}{error}", fg="red", err=True)
        raise typer.Exit(1) from None


@evaluate.command("dialogues")
def dialogues(
    folder: Annotated[Path, typer.Argument(help="Golden conversations: YAML or JSON files.")],
    entries: Annotated[Path | None, typer.Option(help="Knowledge: JSON array of {id, lang, question, answer, category}.")] = None,
    shop: Annotated[str, typer.Option(help="Address of a business system for trials; its key in TANDEM_SHOP_KEY.")] = "",
    repeats: Annotated[int, typer.Option(min=1, max=100, help="How often each is played.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Does the assistant do in whole conversations what it must? Without --entries: with the demo's knowledge and a demo shop. With the
    encoder and the language model of the settings, if they are set."""
    from tandem.assistant.evaluate.golden import read_goldens  # noqa: PLC0415
    from tandem.assistant.evaluate.searching import EncoderSilent, minds_of  # noqa: PLC0415
    from tandem.assistant.evaluate.stage import StageFailed  # noqa: PLC0415
    from tandem.assistant.evaluate.unreadable import Unreadable  # noqa: PLC0415
    from tandem.cli.play import play  # noqa: PLC0415

    try:
        judged = asyncio.run(play(read_goldens(folder), entries, shop, repeats, minds_of(load())))
    except (Unreadable, StageFailed, EncoderSilent, WrongSetting) as error:
        typer.secho(f"tandem: {error}", fg="red", err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(msgspec.json.encode(judged).decode())
        return
    told({name: it for name, it in msgspec.structs.asdict(judged).items() if name != "failures" and it is not None}, as_json=False)
    for it in judged.failures:
        typer.secho(f"{it.dialogue}, run {it.run}, step {it.step}: {it.why}", fg="red", err=True)
