"""Conversations that nobody goes on with."""

from datetime import UTC, datetime, timedelta

from tandem.assistant.idle import QUIET_FOR, Idle
from tandem.kit.clock import SetClock
from world.server import Server


def _after(server: Server, gone: timedelta) -> Idle:
    services = server.app.services
    return Idle(services.db, services.timeline, SetClock(datetime.now(UTC) + gone))


async def test_what_the_assistant_answered_and_nobody_went_on_with_is_closed_and_opens_again(tandem: Server) -> None:
    customer = await tandem.customer()
    await customer.asks("你好")

    await _after(tandem, QUIET_FOR - timedelta(minutes=5)).close()
    assert (await customer.state())["owner"] == "assistant"
    await _after(tandem, QUIET_FOR + timedelta(minutes=5)).close()
    assert (await customer.state())["owner"] == "closed"

    answer = await customer.asks("你好")
    assert answer["by"]["kind"] == "assistant"
    assert (await customer.state())["owner"] == "assistant"


async def test_who_waits_for_a_person_is_never_closed_by_time(tandem: Server) -> None:
    customer = await tandem.customer()
    await customer.presses_for_a_person()

    await _after(tandem, timedelta(days=3)).close()

    assert (await customer.state())["owner"] == "queue"
