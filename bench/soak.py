"""Many customers write while the server is killed again and again; in the end nothing may be lost, doubled or left hanging."""

import asyncio
import random
import sys
import time
from dataclasses import dataclass, field

from bench.audit import Counts, Finding, audit, counts, settled
from bench.lasting_widget import LastingWidget, Wrong
from bench.machine import allow_many_files
from bench.report import latencies, table
from bench.server import TandemProcess, tandem
from bench.turns import questions

_THINKS = 0.5  # seconds on average between an answer and the next message
_SETTLE_SECONDS = 180.0
_SAME_SECONDS = 5.0
_ASKS_FOR_PERSON = 0.002


@dataclass(frozen=True)
class Options:
    """`every`: seconds between kills, on average. `database`: the part of the kills that hit PostgreSQL, alone or with the server.
    `longest`: seconds after which customers stop writing."""

    messages: int = 5000
    visitors: int = 300
    every: float = 6.0
    database: float = 0.3
    longest: float = 1500.0
    seed: int = 1


@dataclass
class Kill:
    """Seconds since the kill; None if that did not happen before the next one."""

    what: str
    at: float
    listening: float | None = None
    stored: float | None = None
    answered: float | None = None


@dataclass
class World:
    """What has happened so far."""

    left: int
    kills: list[Kill] = field(default_factory=list)
    said: int = 0
    wrong: list[str] = field(default_factory=list)

    def stored(self) -> None:
        self.said += 1
        if self.kills and self.kills[-1].listening is not None and self.kills[-1].stored is None:
            self.kills[-1].stored = time.perf_counter() - self.kills[-1].at

    def answered(self) -> None:
        if self.kills and self.kills[-1].stored is not None and self.kills[-1].answered is None:
            self.kills[-1].answered = time.perf_counter() - self.kills[-1].at


async def measure(options: Options) -> tuple[str, bool]:
    """The report as Markdown, and whether all is as it must be."""
    allow_many_files(6 * options.visitors + 1000)
    chance = random.Random(options.seed)
    world = World(options.messages)
    async with tandem(None) as server:
        widgets = [
            LastingWidget(server.port, random.Random(chance.random()), world.stored, world.answered)
            for _ in range(options.visitors)
        ]
        started = time.perf_counter()
        await _while_killing(
            asyncio.gather(*(_customer(widget, world, started, options) for widget in widgets)),
            asyncio.create_task(_keep_killing(server, world, chance, options)),
        )
        took = time.perf_counter() - started
        await _alive(server)
        settling = await _settle(server, widgets)
        findings = await audit(server.dsn, widgets)
        stored = await counts(server.dsn)
        await asyncio.gather(*(widget.leaves() for widget in widgets))
    findings.append(Finding("calls with an answer that no widget should get", len(world.wrong)))
    return _told(world, widgets, findings, stored, took, settling), all(it.wrong == 0 for it in findings)


async def _while_killing(talk: asyncio.Future[list[None]], killing: asyncio.Task[None]) -> None:
    """Until all is said. Raises `DidNotStart` when the server does not come back from a kill."""
    try:
        both: list[asyncio.Future[object]] = [asyncio.ensure_future(it) for it in (talk, killing)]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if killing.done():
            killing.result()
    finally:
        talk.cancel()
        killing.cancel()
        await asyncio.gather(talk, killing, return_exceptions=True)


async def _customer(widget: LastingWidget, world: World, started: float, options: Options) -> None:
    chance = random.Random(widget.cursor + world.left + id(widget) % 7)
    asked = questions()
    try:
        await asyncio.sleep(chance.uniform(0, 3))
        await widget.opens()
        while world.left > 0 and time.perf_counter() - started < options.longest:
            world.left -= 1
            await widget.says("转人工" if chance.random() < _ASKS_FOR_PERSON else chance.choice(asked))
            await asyncio.sleep(chance.expovariate(1 / _THINKS))
    except Wrong as error:
        world.wrong.append(str(error))


async def _keep_killing(server: TandemProcess, world: World, chance: random.Random, options: Options) -> None:
    while True:
        await asyncio.sleep(options.every * chance.uniform(0.5, 1.5))
        what = chance.choice(("database", "server and database")) if chance.random() < options.database else "server"
        kill = Kill(what, time.perf_counter())
        if "database" in what:
            server.kill_database()
        if "server" in what:
            server.kill()
            server.spawn()
        world.kills.append(kill)
        sys.stderr.write(f"{world.said:,} stored, kill {len(world.kills)} ({what})\n")
        await server.answering()
        kill.listening = time.perf_counter() - kill.at


async def _alive(server: TandemProcess) -> None:
    if not server.running:
        server.spawn()
    await server.answering()


async def _settle(server: TandemProcess, widgets: list[LastingWidget]) -> float:
    """Seconds until all widgets have found back, nobody waits for the assistant and what is on the screens has stopped growing;
    at most `_SETTLE_SECONDS`."""
    started = time.perf_counter()
    before = -1
    while time.perf_counter() - started < _SETTLE_SECONDS:
        shown = sum(len(widget.entries) for widget in widgets)
        if shown == before and all(widget.listens for widget in widgets) and await settled(server.dsn):
            break
        before = shown
        await asyncio.sleep(_SAME_SECONDS)
    return time.perf_counter() - started


def _told(world: World, widgets: list[LastingWidget], findings: list[Finding], stored: Counts, took: float, settling: float) -> str:
    kinds = sorted({kill.what for kill in world.kills})
    rows = [row for kind in kinds for row in _recovery(kind, [kill for kill in world.kills if kill.what == kind])]
    repeated, gaps = sum(it.retries for it in widgets), sum(it.gaps for it in widgets)
    facts = (
        f"{stored.said:,} messages of {len(widgets):,} customers in {took:.0f} s ({stored.said / took:.0f}/s): {stored.entries:,} "
        f"entries, {stored.turns:,} turns, {stored.waiting:,} in the queue at the end. {len(world.kills)} kills. Widgets repeated "
        f"{repeated:,} calls and closed {gaps:,} gaps. Settled {settling:.0f} s after the last message."
    )
    checked = [(it.what, it.wrong, "as it must be" if it.wrong == 0 else "**wrong**") for it in findings]
    wrong = "".join(f"\n- {text}" for text in world.wrong[:10])
    return "\n\n".join([facts, table(("must be 0", "found", ""), checked) + wrong, table(_HEAD, rows)])


_HEAD = ("killed", "seconds from the kill until", "kills", "p50", "worst")


def _recovery(kind: str, kills: list[Kill]) -> list[tuple[object, ...]]:
    parts = {
        "the server answers": [kill.listening for kill in kills],
        "a message is stored": [kill.stored for kill in kills],
        "an answer is on a screen": [kill.answered for kill in kills],
    }
    rows: list[tuple[object, ...]] = []
    for name, times in parts.items():
        known = [seconds for seconds in times if seconds is not None]
        if known:
            taken = latencies(known)
            rows.append((kind, name, len(known), taken.p50 / 1000, taken.worst / 1000))
    return rows
