"""What an offer costs the database: a statement more is paid with every customer who waits."""

from typing import Any

from routing.floor import Floor
from tandem.infra.db import open_pool


async def test_forty_who_are_free_and_forty_who_wait_take_a_statement_or_two_each(floor: Floor, dsn: str) -> None:
    """Each agent by himself would take a dozen: read all who are free, and try one after the other whom others try as well."""
    talks = [await floor.waits() for _ in range(40)]
    await floor.looks()
    for number in range(40):
        await floor.agent(f"坐席{number}")

    statements = await _looks(floor, dsn)

    assert await floor.value("select count(*) from offer where state = 'open'") == len(talks)
    assert 10 < len(statements) <= 80, statements


async def test_forty_who_come_at_once_are_offered_in_a_few_statements(floor: Floor, dsn: str) -> None:
    """Each customer by himself would take a dozen."""
    for number in range(40):
        await floor.agent(f"坐席{number}", most_chats=1)
    await floor.looks()
    talks = [await floor.waits() for _ in range(40)]

    statements = await _looks(floor, dsn)

    assert await floor.value("select count(*) from offer where state = 'open'") == len(talks)
    assert 10 < len(statements) <= 60, statements


async def _looks(floor: Floor, dsn: str) -> list[str]:
    """What the database is asked while the engine looks at all that is due."""
    statements: list[str] = []
    one = await open_pool(dsn, size=2)
    for holder in one._holders:  # type: ignore[attr-defined]  # the driver has no open way to hear of all
        if holder._con is not None:
            holder._con.add_query_logger(lambda record: statements.append(_short(record)))
    usual, floor.db.pool = floor.db.pool, one
    await floor.looks()
    floor.db.pool = usual
    await one.close()
    return statements


def _short(record: Any) -> str:
    return " ".join(record.query.split())[:60]
