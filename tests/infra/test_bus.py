"""News between processes: soon, few, and never lost without somebody being told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from tandem.infra.bus import PostgresBus
from tandem.infra.db import Database
from world.waiting import eventually


class Ear:
    """What one process hears."""

    def __init__(self, bus: PostgresBus) -> None:
        self.bus = bus
        self.heard: list[tuple[str, Any]] = []
        self.gaps = 0
        bus.hear(lambda topic, news: self.heard.append((topic, news)))
        bus.on_gap(self._gap)

    async def _gap(self) -> None:
        self.gaps += 1

    async def hears(self, count: int) -> list[tuple[str, Any]]:
        async def enough() -> bool:
            return len(self.heard) >= count

        await eventually(enough)
        return self.heard


@asynccontextmanager
async def _process(dsn: str) -> AsyncIterator[Ear]:
    """A bus of its own, as another process has it."""
    bus = PostgresBus(dsn)
    ear = Ear(bus)
    await bus.start()
    try:
        yield ear
    finally:
        await bus.stop()


async def test_another_process_hears_what_was_told(dsn: str) -> None:
    async with _process(dsn) as here, _process(dsn) as there:
        here.bus.tell("timeline", {"conversation": "c", "through": 3})

        assert await there.hears(1) == [("timeline", {"conversation": "c", "through": 3})]


async def test_whoever_tells_hears_it_once_and_at_once(dsn: str) -> None:
    async with _process(dsn) as here, _process(dsn) as there:
        here.bus.tell("queue", None)
        assert here.heard == [("queue", None)]

        await there.hears(1)
        there.bus.tell("queue", "answer")
        await here.hears(2)

        assert here.heard == [("queue", None), ("queue", "answer")]


async def test_many_news_at_once_go_as_few_notifications(dsn: str) -> None:
    listener = await asyncpg.connect(dsn)
    payloads: list[str] = []
    await listener.add_listener("tandem_news", lambda *told: payloads.append(str(told[3])))
    async with _process(dsn) as here, _process(dsn) as there:
        for number in range(1000):
            here.bus.tell("timeline", {"conversation": str(number), "through": 1})

        heard = await there.hears(1000)
    assert [it[1]["conversation"] for it in heard] == [str(number) for number in range(1000)]
    assert len(payloads) < 20
    assert max(len(it.encode()) for it in payloads) < 8000
    await listener.close()


async def test_news_too_large_to_be_told_do_not_stop_those_that_follow(dsn: str) -> None:
    async with _process(dsn) as here, _process(dsn) as there:
        here.bus.tell("draft", {"text": "长" * 5000})
        here.bus.tell("draft", {"text": "short"})

        assert await there.hears(1) == [("draft", {"text": "short"})]


async def test_a_process_that_was_cut_off_is_told_that_it_may_have_missed_news(dsn: str, db: Database) -> None:
    async with _process(dsn) as here, _process(dsn) as there:
        async with db.read() as connection:
            cut = await connection.fetch(
                "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' and datname = current_database()"
            )
        assert len(cut) == 2

        async def both_know() -> bool:
            return here.gaps == 1 and there.gaps == 1

        await eventually(both_know)
        here.bus.tell("queue", "after")
        assert ("queue", "after") in await there.hears(1)


async def test_telling_goes_on_after_its_connection_was_cut(dsn: str, db: Database) -> None:
    async with _process(dsn) as here, _process(dsn) as there:
        here.bus.tell("queue", 1)
        await there.hears(1)
        async with db.read() as connection:
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_notify%' and pid <> pg_backend_pid()"
            )

        async def told_again() -> bool:
            here.bus.tell("queue", 2)
            await asyncio.sleep(0)
            return ("queue", 2) in there.heard

        await eventually(told_again)
