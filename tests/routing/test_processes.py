"""Several engines in several processes over one database, and processes that are killed."""

import asyncio
import random
import signal
import sys
from asyncio import gather
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from routing.floor import Floor, floor_on
from tandem.infra.db import Database
from world.waiting import eventually

TESTS = Path(__file__).parents[1]


@pytest.fixture
async def live(db: Database, dsn: str) -> AsyncIterator[Floor]:
    """A floor in the real time, since other processes have no other."""
    async with floor_on(db, dsn, datetime.now(UTC)) as floor:
        await floor.bus.start()
        yield floor
        await floor.bus.stop()


@asynccontextmanager
async def engine(dsn: str, how: str = "live") -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "routing.engine_process", dsn, how, cwd=TESTS, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_customer_whose_engine_dies_between_claim_and_offer_is_offered_by_another(live: Floor, dsn: str) -> None:
    wang = await live.agent()
    async with engine(dsn, "die") as doomed:
        talk = await live.waits()
        assert await asyncio.wait_for(doomed.wait(), 60) == -signal.SIGKILL
    assert await live.offered_to(talk) is None

    async with engine(dsn):
        assert await eventually(lambda: live.offered_to(talk)) == wang.id

    assert await live.value("select count(*) from offer where subject = $1", talk) == 1


async def test_an_agent_whose_engine_dies_in_a_round_is_found_work_by_another(live: Floor, dsn: str) -> None:
    talk = await live.waits()
    async with engine(dsn) as first:
        await eventually(lambda: live.value("select lane <> '' from waiting"))
        first.kill()
    async with engine(dsn, "die") as doomed:
        wang = await live.agent()
        assert await asyncio.wait_for(doomed.wait(), 60) == -signal.SIGKILL
    assert await live.offered_to(talk) is None

    async with engine(dsn):
        assert await eventually(lambda: live.offered_to(talk)) == wang.id


@pytest.mark.slow
async def test_an_engine_that_freezes_in_a_round_holds_up_the_others_for_seconds_not_for_ever(live: Floor, dsn: str) -> None:
    talk = await live.waits()
    async with engine(dsn) as first:
        await eventually(lambda: live.value("select lane <> '' from waiting"))
        first.kill()
    async with engine(dsn, "freeze"):
        wang = await live.agent()
        await eventually(lambda: live.value("select count(*) from pg_locks where locktype = 'advisory'"))
        async with engine(dsn):
            assert await eventually(lambda: live.offered_to(talk)) == wang.id


async def test_free_agents_and_waiting_customers_are_all_brought_together_whichever_engine_looks(live: Floor, dsn: str) -> None:
    talks = [await live.waits() for _ in range(60)]
    async with engine(dsn), engine(dsn), engine(dsn), engine(dsn):
        await eventually(lambda: live.value("select count(*) = 0 from waiting where lane = ''"))
        agents = await gather(*(live.agent(f"坐席{n}") for n in range(60)))
        await eventually(lambda: live.value("select count(*) = 60 from offer"))

    offered = await live.fetch("select subject, agent_id from offer where state = 'open'")
    assert {it["subject"] for it in offered} == set(talks)
    assert {it["agent_id"] for it in offered} == {it.id for it in agents}


@pytest.mark.slow
async def test_engines_that_are_killed_again_and_again_lose_nobody_and_give_nobody_twice(live: Floor, dsn: str) -> None:
    agents = [await live.agent(f"坐席{n}", most_chats=3) for n in range(8)]
    chance = random.Random(11)
    talks: list[object] = []

    async def kill_and_replace() -> None:
        for _ in range(4):
            async with engine(dsn) as one, engine(dsn):
                talks.extend([await live.waits() for _ in range(4)])
                await eventually(lambda: live.value("select count(*) from offer where state = 'open'"))
                await accept_all()
                one.kill()

    async def accept_all() -> None:
        await live.is_seen(*agents)
        for row in await live.fetch("select subject, agent_id, version from offer where state = 'open'"):
            agent = next(it for it in agents if it.id == row["agent_id"])
            if chance.random() < 0.8:
                await live.takes(agent, row["subject"], version=row["version"])

    async def all_taken() -> bool:
        await accept_all()
        return bool(await live.value("select count(*) = 0 from waiting"))

    await kill_and_replace()
    async with engine(dsn), engine(dsn):
        await eventually(all_taken, seconds=60)

    assert await live.value("select count(*) from work where until is null") == len(talks) == 16
    assert await live.value("select count(*) from conversation where owner = 'agent'") == 16
    assert await live.value("select max(chats) from agent") <= 3
    assert await live.fetch(
        """select a.user_id from agent a where a.chats <> (select count(*) from work k where k.agent_id = a.user_id and k.until is null)
           or a.offered is not null and not exists (select 1 from offer o where o.agent_id = a.user_id and o.state = 'open')"""
    ) == []  # fmt: skip
