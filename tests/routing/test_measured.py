"""Tomorrow is planned with what was measured here."""

from datetime import timedelta

from routing.floor import Floor
from tandem.infra.db import Database
from tandem.routing.staffing.measured import measured


async def _writes_to_the_assistant(floor: Floor) -> None:
    contact = await floor.customer()
    async with floor.db.write() as tx:
        held = await floor.timeline.open(tx, floor.channel, contact, str(contact), floor.now)
    await floor.writes(held.id, "运费怎么算")


async def test_tomorrow_is_as_days_like_it_were_with_this_assistant_and_these_people(floor: Floor, db: Database) -> None:
    began = floor.now
    agent = await floor.agent(most_chats=4)
    for _ in range(3):
        await _writes_to_the_assistant(floor)
    taken, gone = await floor.waits(), await floor.waits()
    floor.clock.move(timedelta(seconds=30))
    assert await floor.takes(agent, taken)
    floor.clock.move(timedelta(seconds=30))
    await floor.ends(gone, "assistant")
    floor.clock.move(timedelta(seconds=170))
    await floor.ends(taken)
    floor.clock.move(timedelta(days=3))
    await floor.waits()
    floor.clock.move(timedelta(days=3))

    async with db.read() as connection:
        found = await measured(connection, "UTC", floor.now)

    assert found is not None
    assert (found.tomorrow, found.days, found.like) == ((began + timedelta(days=7)).date(), 6, 1)
    assert {hour: count for hour, count in enumerate(found.contacts) if count} == {began.hour: 5.0}
    assert found.contained == 0.5  # of six who came in all, three never saw a person
    assert found.handling is not None
    assert found.patience is not None
    assert abs(found.handling - 200) < 1
    assert abs(found.patience - 90) < 1
    assert found.at_once == 4


async def test_hours_are_those_of_the_wall_clock(floor: Floor, db: Database) -> None:
    began = floor.now
    await _writes_to_the_assistant(floor)
    floor.clock.move(timedelta(days=6))

    async with db.read() as connection:
        found = await measured(connection, "Asia/Shanghai", floor.now)

    assert found is not None
    assert found.contacts[(began.hour + 8) % 24] > 0


async def test_where_nobody_came_nothing_is_made_up(floor: Floor, db: Database) -> None:
    await _writes_to_the_assistant(floor)

    async with db.read() as connection:
        assert await measured(connection, "UTC", floor.now) is None
