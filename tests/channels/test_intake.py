"""A customer's message is stored in one statement where the assistant leads, and with the same result as by the longer way."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tandem.channels.intake import Intake
from tandem.channels.model import Incoming
from tandem.infra.db import Database
from tandem.people.model import Introduction
from tandem.timeline.model import Held
from world.server import Server
from world.waiting import eventually

_OWN = {"id", "conversation_id", "contact_id", "thread", "author_id", "channel_id", "event_id", "external_id"}


class Door:
    """Where one customer's messages come in. Nobody answers them: only what they store is looked at."""

    def __init__(self, server: Server, *, answers_here: bool) -> None:
        services = server.app.services
        self.db = Database(services.db.pool)
        self.channel = server.channel
        self.intake = Intake(self.db, services.timeline, answers_here=answers_here)
        self.thread = uuid4().hex
        self.now = services.clock.now()

    def said(self, text: str, event: str, **more: Any) -> Incoming:
        who = Introduction(self.thread, name=more.pop("name", ""), attributes=more.pop("attributes", {}))
        return Incoming(f"{self.thread}/{event}", self.thread, who, text, client_id=event, **{"raw": {"text": text}, **more})

    async def takes(self, text: str, event: str, after: int = 0, **more: Any) -> Held:
        taken = await self.intake.take(self.channel, self.said(text, event, **more), self.now + timedelta(seconds=after))
        return taken.held

    async def stored(self, conversation: UUID) -> list[dict[str, Any]]:
        """Every column that does not tell who it was."""
        async with self.db.read() as db:
            rows = [
                *await db.fetch("select * from conversation where id = $1", conversation),
                *await db.fetch("select * from entry where conversation_id = $1 order by seq", conversation),
                *await db.fetch(
                    "select * from contact where id = (select contact_id from conversation where id = $1)", conversation
                ),
                *await db.fetch("select * from inbound_event where event_id like $1 || '/%' order by event_id", self.thread),
            ]
        return [{key: value for key, value in row.items() if key not in _OWN} for row in rows]


def _without_moments(rows: list[dict[str, Any]], since: datetime) -> list[dict[str, Any]]:
    """Moments by how long after the beginning they are: the two customers did not begin in the same microsecond."""
    told: list[dict[str, Any]] = []
    for row in rows:
        plain: dict[str, Any] = {key: value - since if isinstance(value, datetime) else value for key, value in row.items()}
        if plain.get("preview"):
            plain["preview"] = {key: value for key, value in plain["preview"].items() if key != "at"}
        told.append(plain)
    return told


async def _conversation(door: Door) -> list[dict[str, Any]]:
    held = await door.takes("你好", "a", name="李女士")
    await door.takes("  清风 3 还有货吗  ", "b", 1, page={"url": "https://shop.example/p/1", "title": "清风 3", "product": None})
    await door.takes("白色的", "c", 90, choice="白色", raw={"as": "it came"}, name="李小姐", attributes={"city": "上海"})
    return _without_moments(await door.stored(held.id), door.now)


async def _somebody_waits(db: Database) -> bool:
    async with db.read() as connection:
        waiting: bool = await connection.fetchval(
            "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())"
        )
    return waiting


async def test_both_ways_store_the_same(tandem: Server) -> None:
    long, short = Door(tandem, answers_here=False), Door(tandem, answers_here=True)

    assert await _conversation(short) == await _conversation(long)


async def test_the_short_way_is_taken_where_the_assistant_leads(tandem: Server) -> None:
    door = Door(tandem, answers_here=True)
    await door.takes("你好", "a")

    said = await door.intake._to_assistant(door.channel, door.said("在吗", "b"), door.now)

    assert said is not None
    assert (said.fresh, said.entry.seq, said.held.last_seq) == (True, 2, 1)


async def test_an_event_that_comes_ten_times_at_once_is_one_message(tandem: Server) -> None:
    door = Door(tandem, answers_here=True)
    held = await door.takes("你好", "a")

    taken = await asyncio.gather(*(door.intake.take(door.channel, door.said("在吗", "b"), door.now) for _ in range(10)))

    assert sorted(it.fresh for it in taken) == [False] * 9 + [True]
    assert {it.entry.seq for it in taken} == {2}
    assert [row.get("seq") for row in await door.stored(held.id) if "seq" in row] == [1, 2]


async def test_messages_of_one_customer_at_once_get_numbers_without_gaps(tandem: Server) -> None:
    door = Door(tandem, answers_here=True)
    held = await door.takes("你好", "a")

    taken = await asyncio.gather(
        *(door.intake.take(door.channel, door.said(f"第 {number} 句", f"b{number}"), door.now) for number in range(20))
    )

    assert sorted(it.entry.seq for it in taken) == list(range(2, 22))
    assert [row["seq"] for row in await door.stored(held.id) if "seq" in row] == list(range(1, 22))


async def test_a_message_that_meets_a_change_of_owner_is_stored_under_the_new_one(tandem: Server) -> None:
    door = Door(tandem, answers_here=True)
    held = await door.takes("你好", "a")
    async with door.db.write() as tx:
        await tandem.app.services.timeline.hold(tx, held.id)
        waiting = asyncio.create_task(door.intake.take(door.channel, door.said("人呢", "b"), door.now))
        await eventually(lambda: _somebody_waits(door.db))
        await tandem.app.services.timeline.move(tx, held, "queue", at=door.now)

    taken = await waiting

    assert (taken.fresh, taken.held.owner, taken.entry.seq) == (True, "queue", 2)


async def test_a_message_does_not_wait_for_the_merge_of_its_customer(tandem: Server) -> None:
    door = Door(tandem, answers_here=True)
    held = await door.takes("你好", "a")
    async with door.db.write() as tx:
        await tx.db.execute("select 1 from contact where id = $1 for no key update", held.contact)

        taken = await asyncio.wait_for(
            door.intake.take(door.channel, door.said("在吗", "b", name="李女士"), door.now + timedelta(minutes=5)), timeout=60
        )

    assert taken.entry.seq == 2
