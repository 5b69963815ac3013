"""What a message costs the database. A statement more is paid with every message of every customer."""

from typing import Any

from tandem.infra.db import Database
from world.server import Server
from world.waiting import eventually

_LOOKING = ("pg_notify", "changed_at >", "pgqueuer", "LISTEN")


class Heard:
    """Every statement that the pool's connections were asked, but for what runs by the clock."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, record: Any) -> None:
        if not any(it in record.query for it in _LOOKING):
            self.statements.append(" ".join(record.query.split())[:60])


def _listen_in(db: Database) -> Heard:
    heard = Heard()
    for holder in db.pool._holders:  # type: ignore[attr-defined]  # the driver has no open way to hear of all
        if holder._con is not None:
            holder._con.add_query_logger(heard)
    return heard


async def test_a_message_and_its_answer_take_three_statements(tandem: Server) -> None:
    customer = await tandem.customer()
    for text in ("你好", "在吗", "谢谢"):  # connections are open, what is remembered is known
        await customer.asks(text)

    numbers = tandem.app.services.numbers
    answered = numbers.turn_seconds._sum.get()
    heard = _listen_in(tandem.app.services.db)
    await customer.says("你好")

    async def another_answer() -> bool:
        return bool(numbers.turn_seconds._sum.get() > answered)

    await eventually(another_answer)
    assert len(heard.statements) == 3, heard.statements
