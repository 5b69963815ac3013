"""From a customer's message to the stored answer on his screen: how many a second, how long each, at what cost."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.calls import Calls
from bench.floor import bare_inserts, bare_server
from bench.machine import allow_many_files, cores, cpu_seconds, on_core
from bench.report import Latencies, goal, latencies, middle, table
from bench.server import TandemProcess, tandem
from bench.widget import Visitor
from tandem.demo.seed import DemoEntry

GOAL_RATE = 250.0  # turns a second on one core
GOAL_P99 = 100.0  # ms at half the load
_BARE = 50  # clients of the bare server
_POOL = 16  # connections that the server has to its database, so the floor gets as many


@dataclass(frozen=True)
class Options:
    """`visitors`: more than may speak at once, because each may only speak as fast as a person can (chat/flood.py)."""

    concurrency: tuple[int, ...] = (1, 50, 500)
    visitors: int = 600
    seconds: float = 4.0
    rounds: int = 3
    seed: int = 1


@dataclass(frozen=True)
class Run:
    """One short run. CPU in milliseconds a turn."""

    rate: float
    taken: Latencies
    server: float
    database: float


def questions() -> list[str]:
    """What customers of the demo ask: the questions of its articles and their other wordings."""
    said: list[str] = []
    for lang in ("zh", "en"):
        content = (files("tandem.demo") / f"knowledge.{lang}.json").read_bytes()
        for entry in msgspec.json.decode(content, type=list[DemoEntry]):
            said += [entry.question, *entry.phrasings]
    return said


class Crowd:
    """Visitors with the widget open. Whoever spoke last goes to the end of the line, so that all speak equally often."""

    def __init__(self, visitors: list[Visitor], chance: random.Random) -> None:
        self._free: asyncio.Queue[Visitor] = asyncio.Queue()
        self._asked = itertools.cycle(chance.sample(questions(), len(questions())))
        self.handed_off = 0
        for visitor in visitors:
            self._free.put_nowait(visitor)

    async def turn(self) -> float:
        """Seconds that one turn took, from the moment it was wanted."""
        wanted = time.perf_counter()
        visitor = await self._free.get()
        waited = time.perf_counter() - wanted
        try:
            if visitor.waits:
                self.handed_off += 1
                await visitor.returns()
            return waited + await visitor.asks(next(self._asked))
        finally:
            self._free.put_nowait(visitor)


async def measure(options: Options) -> str:
    """The report as Markdown."""
    allow_many_files(4 * options.visitors + 1000)
    core, ours = cores()
    with on_core(ours):
        async with tandem(core) as server, _crowd(server, options) as crowd:
            closed = {at: await _closed(server, crowd, at, options) for at in options.concurrency}
            best = max(run.rate for run in closed.values())
            half = await _open_loop(server, crowd, best / 2, options)
            floors = await _floors(server, core, options)
    return _told(closed, half, best, floors, crowd.handed_off)


@asynccontextmanager
async def _crowd(server: TandemProcess, options: Options) -> AsyncIterator[Crowd]:
    """Everybody has asked once: conversations exist, code and caches are warm."""
    visitors = [Visitor(server.port) for _ in range(options.visitors)]
    crowd = Crowd(visitors, random.Random(options.seed))
    try:
        for group in _groups(visitors, 50):
            await asyncio.gather(*(visitor.opens() for visitor in group))
            await asyncio.gather(*(crowd.turn() for _ in group))
        yield crowd
    finally:
        for visitor in visitors:
            visitor.leaves()


def _groups(visitors: list[Visitor], size: int) -> list[list[Visitor]]:
    return [visitors[start : start + size] for start in range(0, len(visitors), size)]


async def _closed(server: TandemProcess, crowd: Crowd, at: int, options: Options) -> Run:
    """`at` conversations, each of which goes on as soon as it was answered; the run with the middle rate."""
    runs = []
    for _ in range(options.rounds):
        end = time.perf_counter() + options.seconds
        taken: list[float] = []

        async def converse(end: float = end, taken: list[float] = taken) -> None:
            while time.perf_counter() < end:
                taken.append(await crowd.turn())

        runs.append(await _run(server, taken, asyncio.gather(*(converse() for _ in range(at)))))
    return sorted(runs, key=lambda run: run.rate)[len(runs) // 2]


async def _open_loop(server: TandemProcess, crowd: Crowd, rate: float, options: Options) -> Run:
    """Customers come when they come, whether or not the ones before were answered: a server that stalls gets no mercy."""
    chance = random.Random(options.seed)
    taken: list[float] = []

    async def arrive() -> None:
        taken.append(await crowd.turn())

    async def arrivals() -> None:
        async with asyncio.TaskGroup() as group:
            due = time.perf_counter()
            end = due + options.seconds * options.rounds
            while due < end:
                due += chance.expovariate(rate)
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(arrive())

    return await _run(server, taken, arrivals())


async def _run(server: TandemProcess, taken: list[float], work: Awaitable[object]) -> Run:
    started, before = time.perf_counter(), server.cpu()
    await work
    seconds, after = time.perf_counter() - started, server.cpu()
    own, database = ((later - earlier) * 1000 / len(taken) for earlier, later in zip(before, after, strict=True))
    return Run(len(taken) / seconds, latencies(taken), own, database)


@dataclass(frozen=True)
class Floor:
    """CPU in milliseconds an operation, of the process that does it and of PostgreSQL."""

    name: str
    rate: float
    taken: Latencies
    own: float
    database: float


async def _floors(server: TandemProcess, core: int, options: Options) -> list[Floor]:
    found = []
    for clients in (1, _POOL):
        before = server.cpu()[1]
        done = await bare_inserts(core, server.dsn, clients, options.seconds)
        spent = server.cpu()[1] - before
        name = f"durable insert of one row, {clients} at once"
        cost = done.cpu * 1000 / done.count
        found.append(Floor(name, done.count / done.seconds, latencies(done.latencies), cost, spent * 1000 / done.count))
    async with bare_server(core) as (pid, port):
        posters = [await _poster(port) for _ in range(_BARE)]
        found.append(await _bare(pid, f"POST to an application that does nothing, {_BARE} at once", posters, options.seconds))
        echoers = [await _echoer(port) for _ in range(_BARE)]
        found.append(await _bare(pid, f"echo over a socket, {_BARE} at once", echoers, options.seconds))
    return found


Act = Callable[[], Awaitable[object]]


async def _poster(port: int) -> Act:
    calls = Calls(port)
    return lambda: calls.post("/", {"client_id": "c1", "text": "七天无理由退货怎么退"})


class _Echo(WSListener):
    """Sends a text and waits until it is back."""

    def __init__(self) -> None:
        self.transport: WSTransport | None = None
        self._back: asyncio.Future[None] | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002  # the library's signature
        if self._back and not self._back.done():
            self._back.set_result(None)

    async def once(self) -> None:
        assert self.transport is not None
        self._back = asyncio.get_running_loop().create_future()
        self.transport.send(WSMsgType.TEXT, "七天无理由退货怎么退".encode())
        await self._back


async def _echoer(port: int) -> Act:
    echo = _Echo()
    await ws_connect(lambda: echo, f"ws://127.0.0.1:{port}/")
    return echo.once


async def _bare(pid: int, name: str, acts: list[Act], seconds: float) -> Floor:
    taken: list[float] = []
    started, before = time.perf_counter(), cpu_seconds(pid)

    async def keep_on(act: Act) -> None:
        while (now := time.perf_counter()) < started + seconds:
            await act()
            taken.append(time.perf_counter() - now)

    await asyncio.gather(*(keep_on(act) for act in acts))
    spent = cpu_seconds(pid) - before
    return Floor(name, len(taken) / (time.perf_counter() - started), latencies(taken), spent * 1000 / len(taken), 0.0)


def _told(closed: dict[int, Run], half: Run, best: float, floors: list[Floor], handed_off: int) -> str:
    head = ("conversations at once", "turns/s", "p50 ms", "p99 ms", "CPU ms a turn: server", "PostgreSQL", "both")
    rows = [(f"{at:,}", *_cells(run)) for at, run in closed.items()]
    rows.append((f"arrivals at {best / 2:.0f}/s (half of the most)", *_cells(half)))
    lines = ("floor, same core, same run", "a second", "p50 ms", "p99 ms", "CPU ms: process", "PostgreSQL", "both")
    bare = [(it.name, it.rate, it.taken.p50, it.taken.p99, it.own, it.database, it.own + it.database) for it in floors]
    cost = middle([run.server + run.database for run in closed.values()])
    goals = [
        goal(f"at least {GOAL_RATE:.0f} turns/s on a core", best >= GOAL_RATE, f"{best:.0f}"),
        goal(f"p99 under {GOAL_P99:.0f} ms at half load", half.taken.p99 < GOAL_P99, f"{half.taken.p99:.0f} ms"),
    ]
    note = f"CPU alone would allow {1000 / cost:.0f} turns/s a core. Handed to people and taken back: {handed_off}."
    return "\n\n".join([table(head, rows), table(lines, bare), "  \n".join(goals), note])


def _cells(run: Run) -> tuple[float, ...]:
    return run.rate, run.taken.p50, run.taken.p99, run.server, run.database, run.server + run.database
