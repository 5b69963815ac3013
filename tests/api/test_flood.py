"""One visitor who writes without end: what is accepted is stored and answered, and nobody else waits for it."""

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tandem.chat.flood import Flood
from tandem.kit.errors import TooMany
from world.customer import Customer
from world.server import Server
from world.waiting import eventually


def _requests(customer: Customer, count: int) -> bytes:
    requests = []
    for _ in range(count):
        body = json.dumps({"client_id": uuid4().hex, "text": "在吗"}).encode()
        head = (
            f"POST /api/chat/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {customer.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        requests.append(head.encode() + body)
    return b"".join(requests)


async def _floods(customer: Customer, count: int) -> Counter[int]:
    """All requests down one connection, as fast as it takes them; the statuses that came back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(customer.url.rpartition(":")[2]))
    writing = asyncio.create_task(_write(writer, _requests(customer, count)))
    statuses: Counter[int] = Counter()
    for _ in range(count):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        statuses[int(head.split(" ", 2)[1])] += 1
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        await reader.readexactly(length)
    await writing
    writer.close()
    return statuses


async def _write(writer: asyncio.StreamWriter, content: bytes) -> None:
    writer.write(content)
    await writer.drain()


@pytest.mark.slow
async def test_ten_thousand_messages_from_one_visitor_harm_nobody(tandem: Server) -> None:
    flooding, other = await tandem.customer(), await tandem.customer()
    await flooding.says("开始")
    floods = [asyncio.create_task(_floods(flooding, 2_500)) for _ in range(4)]

    answers = [await other.asks(text) for text in ("你好", "在吗", "谢谢")]
    statuses = sum(await asyncio.gather(*floods), Counter[int]())

    assert [it["by"]["kind"] for it in answers] == ["assistant"] * 3
    assert set(statuses) == {201, 429}
    assert sum(statuses.values()) == 10_000
    assert statuses[201] < 500
    async with tandem.app.services.db.read() as db:
        stored = await db.fetchval(
            "select count(*) from entry where author_kind = 'customer' and conversation_id = $1", flooding.conversation
        )

        async def all_answered() -> bool:
            row = await db.fetchrow("select owner, heard_seq, customer_seq from conversation where id = $1", flooding.conversation)
            return row is not None and (row["owner"] != "assistant" or row["heard_seq"] == row["customer_seq"])

        await eventually(all_answered)
    assert stored == statuses[201] + 1


async def test_whoever_writes_too_fast_is_told_how_long_to_wait(open_all_day: Server) -> None:
    customer = await open_all_day.customer(locale="zh-CN")
    answers = [await customer.calls("POST", "messages", json={"client_id": str(number), "text": "x"}) for number in range(40)]

    refused = next(it for it in answers if it.status_code == 429)
    problem = refused.json()
    assert problem["type"] == "/problems/too-many"
    assert problem["retry_after"] >= 1
    assert f"请等 {problem['retry_after']} 秒" in problem["detail"]
    assert refused.headers["retry-after"] == str(problem["retry_after"])


def test_whoever_waited_may_write_again() -> None:
    flood, now = Flood(burst=3, seconds=1.0), datetime(2026, 11, 23, tzinfo=UTC)
    for _ in range(3):
        flood.check("a", now)
    with pytest.raises(TooMany):
        flood.check("a", now)
    flood.check("b", now)

    flood.check("a", now + timedelta(seconds=1))
    with pytest.raises(TooMany):
        flood.check("a", now + timedelta(seconds=1))
