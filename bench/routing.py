"""From "must wait" or "is free" to an offer, with many waiting and many agents; offers a second with several processes.

The engines are processes of their own over a PostgreSQL of their own; what is measured starts and ends in the database, whose clock
is this machine's.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import asyncpg

from bench import report
from bench.floor import Inserted, bare_inserts
from bench.machine import cores
from bench.waits import Desk, kept_share
from tandem.app import database, prepare
from tandem.infra.bus import PostgresBus
from tandem.infra.db import Connection, Database, open_pool
from tandem.infra.settings import Settings
from tandem.kit.clock import SystemClock
from tandem.routing.engine.engine import Engine
from tandem.timeline.act import Timeline

_LONGEST_SECONDS = 120.0
_FLOOR_SECONDS = 2.0

_FILL = """
    truncate conversation, contact, users, look cascade;
    insert into channel (id, kind, key, name, created_at) select gen_random_uuid(), 'webchat', 'bench', 'b', now()
        where not exists (select 1 from channel);
    insert into users (id, email, name, role, password_hash, presence, presence_at, seen_at, created_at)
        select gen_random_uuid(), n || '@bench', 'Agent ' || n, 'agent', '', 'online', now(), now() + interval '1 hour', now()
        from generate_series(1, {agents}) n;
    insert into agent (user_id, most_chats, units, idle_since) select id, 0, 1000, now() from users;
    insert into contact (id, first_seen, last_seen) select gen_random_uuid(), now(), now() from generate_series(1, {waiting});
    insert into conversation (id, channel_id, contact_id, thread, owner, waiting_since, opened_at, changed_at)
        select id, (select id from channel), id, id::text, 'queue', now(), now(), now() from contact;
    insert into waiting (subject, kind, queue_id, contact_id, language, version, entered_at, queued_at, due_at, lane)
        select id, 'chat', (select id from routing_queue), contact_id, '', 1, now() - row_number() over () * interval '1 s', now(),
               now() - row_number() over () * interval '1 s', 'bench' from conversation;
    analyze
"""

_ALL_FREE = """
    update agent set most_chats = 1;
    insert into look (subject, what, at) select user_id, 'agent', now() from agent
"""
_ALL_COME = """
    update agent set most_chats = 1;
    update waiting set lane = '', open = false, queued_at = now();
    insert into look (subject, what, at) select subject, 'wait', now() from waiting
"""


@dataclass(frozen=True)
class Options:
    """`samples` offers are timed at each number of those who wait; `burst` agents become free at once for the rate. Waits that
    follow each other at one desk are alike, so a share is that of several `desks`, each with its own luck."""

    waiting: Sequence[int] = (100, 1_000, 10_000)
    agents: int = 1_000
    samples: int = 200
    processes: Sequence[int] = (1, 2, 4)
    burst: int = 1_000
    customers: int = 2_500
    desks: int = 8


async def measure(options: Options) -> str:
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        async with database(Settings(data_dir=Path(folder))) as dsn:
            await prepare(dsn)
            db = await asyncpg.connect(dsn)
            floor = await bare_inserts(cores()[0], dsn, 1, _FLOOR_SECONDS)
            freed = [(count, await _latencies(dsn, db, options, count, _free_one)) for count in options.waiting]
            came = await _latencies(dsn, db, options, 0, _come_one)
            rates = [(count, await _rate(dsn, db, options, count, _ALL_FREE)) for count in options.processes]
            rush = await _rate(dsn, db, options, options.processes[0], _ALL_COME)
            await db.close()
    return _text(options, floor, freed, came, rates, rush)


async def _latencies(
    dsn: str, db: Connection, options: Options, waiting: int, cause: Callable[[Connection, object], Awaitable[None]]
) -> report.Latencies:
    """One thing happens after the other; the time from its commit until the offer that follows is there."""
    await db.execute(_FILL.format(agents=options.agents, waiting=max(waiting, options.samples)))
    if not waiting:
        await db.execute("update agent set most_chats = 1; delete from waiting")
    those = "select user_id from agent limit $1" if waiting else "select id from conversation limit $1"
    subjects = [row[0] for row in await db.fetch(those, options.samples)]
    taken = []
    with _engines(dsn, 1):
        async with _offers(dsn) as offers:
            for subject in subjects:
                await cause(db, subject)
                before = time.perf_counter()
                await db.execute("select pg_notify('tandem_news', $1)", '["bench",[["look",null]]]')
                await asyncio.wait_for(offers.get(), _LONGEST_SECONDS)
                taken.append(time.perf_counter() - before)
    return report.latencies(taken)


async def _free_one(db: Connection, agent: object) -> None:
    await db.execute(
        """with free as (update agent set most_chats = 1, chats = 0 where user_id = $1)
           insert into look (subject, what, at) values ($1, 'agent', now()) on conflict (subject) do update set at = now()""",
        agent,
    )


async def _come_one(db: Connection, conversation: object) -> None:
    await db.execute(
        """with waits as (insert into waiting (subject, kind, queue_id, contact_id, language, version, entered_at, queued_at, due_at, open)
               select id, 'chat', (select id from routing_queue), contact_id, '', 1, now(), now(), now(), false from conversation where id = $1)
           insert into look (subject, what, at) values ($1, 'wait', now())""",
        conversation,
    )


async def _rate(dsn: str, db: Connection, options: Options, processes: int, cause: str) -> float:
    """Offers a second while everybody is free at once and somebody waits for each, or everybody comes at once and somebody is free."""
    await db.execute(_FILL.format(agents=options.agents, waiting=options.burst))
    with _engines(dsn, processes):
        async with _offers(dsn) as offers:
            await db.execute(cause)
            before = time.perf_counter()
            await db.execute("select pg_notify('tandem_news', $1)", '["bench",[["look",null]]]')
            for _ in range(min(options.burst, options.agents)):
                await asyncio.wait_for(offers.get(), _LONGEST_SECONDS)
            return min(options.burst, options.agents) / (time.perf_counter() - before)


@asynccontextmanager
async def _offers(dsn: str) -> AsyncIterator["asyncio.Queue[int]"]:
    """One item for each offer that is stored, told by the database itself."""
    listening, offers = await asyncpg.connect(dsn), asyncio.Queue[int]()
    await listening.execute("""
        create or replace function bench_offer() returns trigger language plpgsql as
            'begin perform pg_notify(''bench_offer'', new.id::text); return new; end';
        drop trigger if exists bench_offer on offer;
        create trigger bench_offer after insert on offer for each row execute function bench_offer()""")
    await listening.add_listener("bench_offer", lambda *_: offers.put_nowait(1))
    try:
        yield offers
    finally:
        await listening.execute("drop trigger bench_offer on offer")
        await listening.close()


@contextmanager
def _engines(dsn: str, count: int) -> Iterator[None]:
    running = [
        subprocess.Popen([sys.executable, "-m", "bench.routing", dsn], stdout=subprocess.PIPE, text=True) for _ in range(count)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield
    finally:
        for process in running:
            process.terminate()
            process.wait()


async def _run_engine(dsn: str) -> None:
    db, bus = Database(await open_pool(dsn, size=6)), PostgresBus(dsn)
    engine = Engine(db, bus, Timeline(bus), SystemClock(), Random(1))
    await bus.start()
    await engine.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def _text(
    options: Options, bare: Inserted, freed: list[tuple[int, report.Latencies]], came: report.Latencies,
    rates: list[tuple[int, float]], rush: float,
) -> str:  # fmt: skip
    rows = [[f"an agent is free, {count:,} wait", it.p50, it.p99, it.worst] for count, it in freed]
    rows.append(["somebody must wait, all agents are free", came.p50, came.p99, came.worst])
    floor = report.latencies(bare.latencies)
    rows.append(["floor: one durable row", floor.p50, floor.p99, floor.worst])
    kept = [
        (busy, patience, kept_share([Desk(8, busy, 240.0, patience, seed) for seed in range(options.desks)], options.customers))
        for busy, patience in ((0.95, None), (1.2, 240.0))
    ]
    shares = ", ".join(f"{it[2]:.0%}" for it in kept)
    worst = max(it.p99 for _, it in [*freed, (0, came)])
    speeds: list[list[object]] = [[count, rate, rate / rates[0][1]] for count, rate in rates]
    speeds.append([f"{rates[0][0]}, {options.burst:,} customers come at once", rush, rush / rates[0][1]])
    speeds.append(["floor: durable rows, one after the other", bare.count / bare.seconds, ""])
    return "\n\n".join(
        [
            f"{options.agents:,} agents. Time from the commit of what gives reason until the offer is committed and heard of; ms.",
            report.table(["", "p50", "p99", "worst"], rows),
            report.table(["engine processes", "offers/s", "of one"], speeds),
            report.table(
                [f"{options.desks} simulated desks of 8", "waits inside the estimate"],
                [[f"asked for {busy:.0%} of its time, patience {patience or 'endless'}", share] for busy, patience, share in kept],
            ),
            report.goal("an offer within 100 ms (p99)", worst < 100, f"{worst:.0f} ms"),
            report.goal("estimates inside in four of five cases, within two points", all(abs(it[2] - 0.8) <= 0.02 for it in kept), shares),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    asyncio.run(_run_engine(sys.argv[1]))
