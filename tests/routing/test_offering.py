"""Who is offered a customer, and what becomes of the offer."""

from asyncio import gather

from routing.floor import Floor
from tandem.routing.queues.model import Need, Overflow, Step, TeamFrom


async def test_a_customer_who_waits_is_offered_to_who_is_free(floor: Floor) -> None:
    wang = await floor.agent()

    talk = await floor.waits()
    await floor.looks()

    assert await floor.offered_to(talk) == wang.id


async def test_who_becomes_free_is_offered_who_waited_longest(floor: Floor) -> None:
    first = await floor.waits()
    await floor.passes(1)
    second = await floor.waits()
    await floor.looks()

    wang = await floor.agent()
    await floor.looks()

    assert await floor.offered_to(first) == wang.id
    assert await floor.offered_to(second) is None


async def test_of_many_who_come_at_once_the_first_is_first(floor: Floor) -> None:
    wang = await floor.agent(most_chats=20, units=200)
    talks = [await floor.waits() for _ in range(10)]
    asked = []
    for _ in talks:
        await floor.looks()
        [row] = await floor.fetch("select subject from offer where state = 'open'")
        asked.append(row["subject"])
        await floor.takes(wang, row["subject"])

    assert asked == talks


async def test_of_many_who_come_at_once_with_few_free_the_first_are_offered_and_the_others_wait_on(floor: Floor) -> None:
    agents = [await floor.agent(f"坐席{number}", most_chats=1) for number in range(3)]
    await floor.looks()
    talks = [await floor.waits() for _ in range(8)]
    await floor.looks()

    asked = [await floor.offered_to(it) for it in talks]
    assert set(asked[:3]) == {it.id for it in agents}
    assert asked[3:] == [None] * 5
    assert await floor.value("select count(*) from waiting where open and lane <> ''") == 8

    await floor.takes(agents[0], talks[asked.index(agents[0].id)])
    await floor.agent("后来的", most_chats=1)
    await floor.looks()
    assert await floor.offered_to(talks[3]) is not None


async def test_of_many_who_come_at_once_who_was_helped_before_is_kept_for_that_colleague(floor: Floor) -> None:
    wang, tom = await floor.agent("王芳", most_chats=1), await floor.agent("Tom", most_chats=5)
    contact = await floor.customer()
    earlier = await floor.waits(contact)
    assert await floor.takes(wang, earlier)
    await floor.ends(earlier)
    await floor.takes(wang, await floor.waits())
    await floor.looks()

    again, other = await floor.waits(contact), await floor.waits()
    await floor.looks()

    assert await floor.offered_to(again) is None
    assert await floor.offered_to(other) == tom.id


async def test_of_many_who_come_at_once_into_a_full_queue_the_last_are_handed_on(floor: Floor) -> None:
    wang = await floor.agent(most_chats=1)
    other = await floor.queue("另一个", 1, target=60)
    await floor.main_queue(most_waiting=2, overflow=(Overflow("full", "queue", other),))
    talks = [await floor.waits() for _ in range(5)]
    await floor.looks()

    assert await floor.offered_to(talks[0]) == wang.id
    rows = await floor.fetch("select subject, queue_id from waiting")
    assert {it["subject"] for it in rows if it["queue_id"] == other} == set(talks[2:])


async def test_one_offer_at_a_time_and_the_next_when_it_is_taken(floor: Floor) -> None:
    wang = await floor.agent()
    first, second = await floor.waits(), await floor.waits()
    await floor.looks()
    assert [await floor.offered_to(first), await floor.offered_to(second)] == [wang.id, None]

    await floor.takes(wang, first)
    await floor.looks()

    assert await floor.offered_to(second) == wang.id
    assert await floor.value("select state from offer where subject = $1", first) == "accepted"


async def test_an_offer_that_is_not_taken_goes_to_another(floor: Floor) -> None:
    wang, tom = await floor.agent("王芳"), await floor.agent("Tom")
    talk = await floor.waits()
    await floor.looks()
    asked = await floor.offered_to(talk)

    await floor.passes(25)

    other = await floor.offered_to(talk)
    assert {asked, other} == {wang.id, tom.id}
    assert await floor.value("select state from offer where subject = $1 and agent_id = $2", talk, asked) == "missed"


async def test_who_declines_is_not_asked_again_for_a_while_and_then_he_is(floor: Floor) -> None:
    wang = await floor.agent()
    talk = await floor.waits()
    await floor.looks()

    await floor.declines(wang, talk)
    await floor.passes(30)
    assert await floor.offered_to(talk) is None

    await floor.passes(31)
    assert await floor.offered_to(talk) == wang.id


async def test_who_misses_three_in_a_row_is_set_on_a_break(floor: Floor) -> None:
    wang = await floor.agent()
    for _ in range(3):
        await floor.waits()

    await floor.passes(76)

    [row] = await floor.fetch("select presence, presence_reason from users where id = $1", wang.id)
    assert row == {"presence": "break", "presence_reason": "missed"}
    assert await floor.value("select count(*) from offer where state = 'open'") == 0


async def test_nobody_is_offered_more_than_he_may_carry(floor: Floor) -> None:
    wang = await floor.agent(most_chats=2)
    talks = [await floor.waits() for _ in range(3)]
    for talk in talks[:2]:
        await floor.looks()
        assert await floor.takes(wang, talk)

    await floor.looks()
    assert await floor.offered_to(talks[2]) is None

    await floor.ends(talks[0])
    await floor.looks()
    assert await floor.offered_to(talks[2]) == wang.id


async def test_kinds_of_work_share_ones_units(floor: Floor) -> None:
    wang = await floor.agent(most_chats=6, units=60, tickets=17)  # 17 tickets of 3 units leave 9: less than a chat's 10

    talk = await floor.waits()
    await floor.looks()
    assert await floor.offered_to(talk) is None

    await floor.limits(wang, tickets=16)
    await floor.looks()
    assert await floor.offered_to(talk) == wang.id


async def test_the_ring_grows_while_a_customer_waits(floor: Floor) -> None:
    refunds = await floor.expertise("退款")
    novice = await floor.agent("新人")
    await floor.knows(novice, refunds, 2)
    await floor.main_queue(needs=(Need(refunds, 4, (Step(30, 2),)),))

    talk = await floor.waits()
    await floor.passes(29)
    assert await floor.offered_to(talk) is None

    await floor.passes(2)
    assert await floor.offered_to(talk) == novice.id


async def test_what_is_required_stays_required(floor: Floor) -> None:
    refunds = await floor.expertise("退款")
    await floor.agent("新人")
    await floor.main_queue(needs=(Need(refunds, 1),))

    talk = await floor.waits()
    await floor.passes(3600)

    assert await floor.offered_to(talk) is None


async def test_another_team_joins_later(floor: Floor) -> None:
    tom = await floor.agent("Tom")
    first, second = await floor.team("一线"), await floor.team("二线", tom)
    await floor.main_queue(teams=(TeamFrom(first), TeamFrom(second, 20)))

    talk = await floor.waits()
    await floor.passes(19)
    assert await floor.offered_to(talk) is None

    await floor.passes(2)
    assert await floor.offered_to(talk) == tom.id


async def test_a_customer_is_first_offered_to_who_speaks_his_language(floor: Floor) -> None:
    wang = await floor.agent("王芳", languages=["zh"])
    talk = await floor.waits(language="en")
    await floor.looks()
    assert await floor.offered_to(talk) is None

    await floor.passes(61)
    assert await floor.offered_to(talk) == wang.id


async def test_the_best_at_it_is_asked_first(floor: Floor) -> None:
    refunds = await floor.expertise("退款")
    await floor.rule(order=("expertise", "least_loaded"))
    await floor.main_queue(needs=(Need(refunds, 1),))
    novice, expert = await floor.agent("新人"), await floor.agent("老手")
    await floor.knows(novice, refunds, 1)
    await floor.knows(expert, refunds, 5)
    talk = await floor.waits()
    await floor.looks()

    assert await floor.offered_to(talk) == expert.id
    [row] = await floor.fetch("select why, probability, possible, candidates from offer where subject = $1", talk)
    assert (row["why"]["by"], row["why"]["ahead_of"], row["probability"], row["possible"]) == ("expertise", 1, 1.0, 2)
    assert [it["agent"] for it in row["candidates"]] == [str(expert.id), str(novice.id)]


async def test_who_helped_last_is_waited_for_but_not_for_long(floor: Floor) -> None:
    wang = await floor.agent("王芳", most_chats=1)
    lady = await floor.customer()
    before = await floor.waits(lady)
    await floor.takes(wang, before)
    await floor.ends(before)
    busy = await floor.waits()
    await floor.takes(wang, busy)
    tom = await floor.agent("Tom")

    talk = await floor.waits(lady)
    await floor.passes(19)
    assert await floor.offered_to(talk) is None

    await floor.passes(2)
    assert await floor.offered_to(talk) == tom.id


async def test_who_helped_last_gets_him_when_he_is_free_in_time(floor: Floor) -> None:
    wang = await floor.agent("王芳", most_chats=1)
    lady = await floor.customer()
    before = await floor.waits(lady)
    await floor.takes(wang, before)
    await floor.ends(before)
    busy = await floor.waits()
    await floor.takes(wang, busy)
    await floor.agent("Tom")
    talk = await floor.waits(lady)
    await floor.passes(10)

    await floor.ends(busy)
    await floor.looks()

    assert await floor.offered_to(talk) == wang.id
    assert (await floor.value("select why from offer where subject = $1", talk))["last_agent"] is True


async def test_nobody_waits_for_somebody_who_is_not_there(floor: Floor) -> None:
    wang = await floor.agent("王芳")
    lady = await floor.customer()
    before = await floor.waits(lady)
    await floor.takes(wang, before)
    await floor.ends(before)
    await floor.says(wang, "offline")
    tom = await floor.agent("Tom")

    talk = await floor.waits(lady)
    await floor.looks()

    assert await floor.offered_to(talk) == tom.id


async def test_the_angry_and_the_urgent_come_before_others_but_not_before_everybody(floor: Floor) -> None:
    patient = await floor.waits()
    await floor.passes(100)
    calm = await floor.waits()
    await floor.passes(1)
    angry = await floor.waits(emotion="angry")
    await floor.looks()

    wang = await floor.agent(most_chats=3)
    order = []
    for _ in range(3):
        await floor.looks()
        [row] = await floor.fetch("select subject from offer where state = 'open'")
        order.append(row["subject"])
        await floor.takes(wang, row["subject"])

    assert order == [patient, angry, calm]


async def test_two_who_accept_at_once_do_not_both_get_him(floor: Floor) -> None:
    wang, tom = await floor.agent("王芳"), await floor.agent("Tom")
    for _ in range(10):
        talk = await floor.waits()
        await floor.looks()
        version = (await floor.held(talk)).version

        got = await gather(floor.takes(wang, talk, version=version), floor.takes(tom, talk, version=version))

        assert sorted(got) == [False, True]
        await floor.ends(talk)
        await floor.looks()


async def test_whoever_pulls_from_the_queue_gets_him_although_another_was_asked(floor: Floor) -> None:
    wang = await floor.agent("王芳")
    talk = await floor.waits()
    await floor.looks()
    tom = await floor.agent("Tom", presence="busy")

    assert await floor.takes(tom, talk)

    assert await floor.value("select state from offer where subject = $1", talk) == "taken"
    assert await floor.value("select offered from agent where user_id = $1", wang.id) is None
    assert await floor.value("select agent_id from work where subject = $1", talk) == tom.id
