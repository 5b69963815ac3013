"""Each bad day has an end that was thought of before."""

from datetime import UTC, date, datetime, timedelta

import pytest

from routing.floor import Floor
from tandem.access.model import PresenceState
from tandem.kit.ids import new_id
from tandem.kit.opening import Holiday, Opening, Span
from tandem.routing.queues import store as queues
from tandem.routing.queues.model import MAIN, Hours, Need, Overflow
from tandem.routing.waits.place import place_of

_ALWAYS = ((Span(0, 1440),),) * 7
_OFFICE = ((Span(9 * 60, 18 * 60),),) * 7


async def _with_hours(floor: Floor, opening: Opening, **config: object) -> None:
    hours = Hours(new_id(floor.now), "工作时间", opening)
    async with floor.db.write() as tx:
        await queues.put_hours(tx.db, hours)
    await floor.main_queue(hours=hours.id, **config)


async def test_a_closed_laptop_gives_the_customer_who_waits_for_an_answer_back_to_the_queue(floor: Floor) -> None:
    wang = await floor.agent("王芳")
    owed, quiet = await floor.waits(), await floor.waits()
    await floor.takes(wang, owed)
    await floor.takes(wang, quiet)
    await floor.fetch("update conversation set waiting_since = null where id = $1 returning id", quiet)
    await floor.writes(owed, "还在吗")
    tom = await floor.agent("Tom")

    await floor.passes(121, unseen=[wang])

    assert (await floor.held(owed)).owner == "queue"
    assert await floor.offered_to(owed) == tom.id
    assert (await floor.held(quiet)).agent == wang.id
    [row] = await floor.fetch("select presence, presence_reason from users where id = $1", wang.id)
    assert row == {"presence": "offline", "presence_reason": "absent"}

    await floor.writes(quiet, "我还有一个问题")
    await floor.looks()
    assert (await floor.held(quiet)).owner == "queue"


async def test_whoever_opens_the_laptop_again_is_what_he_was(floor: Floor) -> None:
    wang = await floor.agent("王芳")
    await floor.looks()
    await floor.passes(121, unseen=[wang])
    talk = await floor.waits()
    await floor.looks()
    assert await floor.offered_to(talk) is None

    async with floor.db.write() as tx:
        await floor.book.arrived(tx, wang.id, floor.now)
    await floor.looks()

    assert await floor.offered_to(talk) == wang.id


@pytest.mark.parametrize("presence", ["busy", "break"])
async def test_whoever_was_not_to_be_asked_is_not_asked_when_he_opens_the_laptop_again(
    floor: Floor, presence: PresenceState
) -> None:
    wang = await floor.agent("王芳", presence=presence)
    await floor.looks()
    await floor.passes(121, unseen=[wang])
    assert await floor.value("select presence from users where id = $1", wang.id) == "offline"
    talk = await floor.waits()

    async with floor.db.write() as tx:
        await floor.book.arrived(tx, wang.id, floor.now)
    await floor.looks()

    assert await floor.value("select (presence, presence_reason)::text from users where id = $1", wang.id) == f'({presence},"")'
    assert await floor.offered_to(talk) is None


async def test_an_offer_to_who_goes_away_goes_on_at_once(floor: Floor) -> None:
    wang = await floor.agent("王芳")
    talk = await floor.waits()
    await floor.looks()
    tom = await floor.agent("Tom")

    await floor.says(wang, "break")
    await floor.looks()

    assert await floor.offered_to(talk) == tom.id
    assert await floor.value("select missed from agent where user_id = $1", wang.id) == 0


async def test_coming_and_going_wins_nothing(floor: Floor) -> None:
    """Who flaps is asked again only after the same pause as who declines, and holds no offer while he is away."""
    wang = await floor.agent("王芳")
    talk = await floor.waits()
    for _ in range(5):
        await floor.says(wang, "break")
        await floor.looks()
        assert await floor.offered_to(talk) is None
        await floor.says(wang, "online")
        await floor.looks()

    offers = await floor.fetch("select state from offer where subject = $1", talk)
    assert len(offers) <= 1
    await floor.passes(61)
    assert await floor.offered_to(talk) == wang.id


async def test_a_clock_that_is_set_back_holds_up_nobody_who_waits(floor: Floor) -> None:
    """Whoever was asked does not answer: without the correction the customer would be his for an hour."""
    wang = await floor.agent("王芳")
    talk = await floor.waits()
    await floor.looks()
    assert await floor.offered_to(talk) == wang.id

    floor.clock.move(-timedelta(hours=1))
    await floor.passes(70)

    offers = await floor.fetch("select state from offer where subject = $1 order by id", talk)
    assert sorted(it["state"] for it in offers)[-1] == "withdrawn"
    assert await floor.offered_to(talk) == wang.id


async def test_a_queue_that_nobody_can_take_from_hands_on_when_it_is_told_to(floor: Floor) -> None:
    await floor.agent("王芳")
    refunds = await floor.expertise("退款")
    everybody = await floor.queue("大家", 5)
    await floor.main_queue(needs=(Need(refunds, 3),), overflow=(Overflow("nobody", "queue", everybody),))

    talk = await floor.waits()
    await floor.looks()

    assert await floor.value("select queue_id from waiting where subject = $1", talk) == everybody
    assert await floor.offered_to(talk) is not None


async def test_a_queue_that_nobody_can_take_from_keeps_the_customer_in_sight(floor: Floor) -> None:
    refunds = await floor.expertise("退款")
    await floor.main_queue(needs=(Need(refunds, 3),))
    tom = await floor.agent("Tom")

    talk = await floor.waits()
    await floor.passes(3600)

    async with floor.db.read() as db:
        place = await place_of(db, talk, floor.now)
    assert place is not None
    assert (place.place, place.high) == (1, 0)
    assert await floor.takes(tom, talk)  # who sees him in the list may help him, whatever the queue asks


async def test_the_last_who_could_take_it_leaves_and_it_is_handed_on(floor: Floor) -> None:
    wang = await floor.agent("王芳", most_chats=1)
    await floor.main_queue(overflow=(Overflow("nobody", "message"),))
    busy = await floor.waits()
    await floor.takes(wang, busy)
    talk = await floor.waits()
    await floor.looks()
    assert await floor.value("select kind from waiting where subject = $1", talk) == "chat"

    await floor.says(wang, "offline")
    await floor.looks()

    assert await floor.value("select kind from waiting where subject = $1", talk) == "ticket"


async def test_a_circle_of_overflows_ends_where_it_began(floor: Floor) -> None:
    """The routes refuse to save one; were it there all the same, nobody would go round in it."""
    first = await floor.queue("一", 5)
    second = await floor.queue("二", 6, overflow=(Overflow("waited", "queue", first, 5),))
    async with floor.db.write() as tx:
        await tx.db.execute(
            "update routing_queue set config = $2 where id = $1", first, {"overflow": [{"when": "waited", "to": "queue", "queue": str(second), "after": 5}]}
        )  # fmt: skip
    await floor.main_queue(overflow=(Overflow("waited", "queue", first, 5),))

    talk = await floor.waits()
    await floor.passes(600)

    [row] = await floor.fetch("select queue_id, visited from waiting where subject = $1", talk)
    assert row == {"queue_id": second, "visited": [MAIN, first]}
    wang = await floor.agent()
    await floor.looks()
    assert await floor.offered_to(talk) == wang.id


async def test_a_full_queue_hands_on_whoever_comes_last(floor: Floor) -> None:
    other = await floor.queue("其他", 5)
    await floor.main_queue(most_waiting=2, overflow=(Overflow("full", "queue", other),))

    talks = []
    for _ in range(3):
        talks.append(await floor.waits())
        await floor.passes(1)

    assert [await floor.value("select queue_id from waiting where subject = $1", it) for it in talks] == [MAIN, MAIN, other]


async def test_capacity_below_what_is_in_hand_takes_nothing_away_and_adds_nothing(floor: Floor) -> None:
    wang = await floor.agent("王芳", most_chats=3)
    talks = [await floor.waits() for _ in range(3)]
    for talk in talks[:2]:
        await floor.looks()
        await floor.takes(wang, talk)
    await floor.looks()
    assert await floor.offered_to(talks[2]) == wang.id

    await floor.limits(wang, most_chats=1)
    await floor.looks()

    assert await floor.offered_to(talks[2]) is None
    assert [(await floor.held(it)).agent for it in talks[:2]] == [wang.id, wang.id]
    await floor.ends(talks[0])
    await floor.passes(120)
    assert await floor.offered_to(talks[2]) is None
    await floor.ends(talks[1])
    await floor.looks()
    assert await floor.offered_to(talks[2]) == wang.id


async def test_outside_hours_nobody_is_asked_and_at_opening_somebody_is(floor: Floor) -> None:
    wang = await floor.agent("王芳")
    opens = floor.now + timedelta(hours=2)
    local = opens.astimezone(UTC)
    start = local.hour * 60 + local.minute
    await _with_hours(floor, Opening("UTC", ((Span(start, start + 60),),) * 7))

    talk = await floor.waits()
    await floor.passes(7199)
    assert await floor.offered_to(talk) is None

    await floor.passes(2)
    assert await floor.offered_to(talk) == wang.id


async def test_outside_hours_a_wait_becomes_a_message_when_it_is_told_to(floor: Floor) -> None:
    await floor.agent("王芳")
    closed = Opening("Asia/Shanghai", _ALWAYS, (Holiday(floor.now.date(), "国庆"),))
    await _with_hours(floor, closed, overflow=(Overflow("closed", "message"),))

    talk = await floor.waits()
    await floor.looks()

    async with floor.db.read() as db:
        place = await place_of(db, talk, floor.now)
    assert place is not None
    assert (place.kind, place.open) == ("ticket", False)
    assert (await floor.held(talk)).owner == "queue"


def _open_minutes(opening: Opening, start: datetime, hours: int) -> int:
    return sum(opening.is_open(start + timedelta(minutes=minute)) for minute in range(hours * 60))


def test_the_hour_that_is_skipped_is_not_open_and_the_doubled_one_is_open_twice() -> None:
    nights = Opening("Europe/Berlin", ((Span(2 * 60, 3 * 60),),) * 7)
    spring, autumn = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)

    assert _open_minutes(nights, spring, hours=12) == 0
    assert _open_minutes(nights, autumn, hours=12) == 120


def test_a_day_with_a_clock_change_has_the_hours_of_the_wall_clock() -> None:
    office = Opening("Europe/Berlin", _OFFICE)

    assert office.is_open(datetime(2026, 3, 29, 7, 0, tzinfo=UTC))  # nine o'clock in summer
    assert not office.is_open(datetime(2026, 3, 28, 7, 30, tzinfo=UTC))  # half past eight in winter
    assert office.changes_after(datetime(2026, 3, 28, 18, 0, tzinfo=UTC)) == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


def test_midnight_closes_nothing() -> None:
    always = Opening("Asia/Shanghai", _ALWAYS)

    assert always.is_open(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    assert _open_minutes(always, datetime(2026, 11, 23, tzinfo=UTC), hours=48) == 48 * 60


def test_a_working_saturday_and_a_holiday_are_what_the_list_says() -> None:
    week = (*((Span(540, 1080),),) * 5, (), ())
    opening = Opening("Asia/Shanghai", week, (Holiday(date(2026, 10, 1)), Holiday(date(2026, 10, 10), "调休", (Span(540, 1080),))))

    assert not opening.is_open(datetime(2026, 10, 1, 3, 0, tzinfo=UTC))
    assert opening.is_open(datetime(2026, 10, 10, 3, 0, tzinfo=UTC))
    assert not opening.is_open(datetime(2026, 10, 17, 3, 0, tzinfo=UTC))
