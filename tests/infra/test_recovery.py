"""An application goes on by itself after the database died under it."""

import os
import signal
from pathlib import Path

import pytest

from tandem.app import prepare
from tandem.infra import postgres
from tandem.infra.settings import Settings
from world.customer import Customer
from world.line import customer_line
from world.server import running
from world.waiting import eventually

pytestmark = pytest.mark.slow


async def test_customers_are_answered_again_after_the_database_was_killed(settings: Settings, tmp_path: Path) -> None:
    async with postgres.running(tmp_path / "data") as dsn:
        await prepare(dsn)
        async with running(settings, dsn) as tandem:
            await tandem.knows("运费多少", "满 99 元包邮。", "运费")
            await tandem.knows("怎么开发票", "在订单页点「申请发票」。", "发票")
            customer = await tandem.customer()
            assert "包邮" in (await customer.asks("运费多少"))["body"]["text"]

            async with customer_line(customer) as page:
                os.kill(int((tmp_path / "data" / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
                said = await eventually(lambda: _stored(customer, "怎么开发票"))
                await eventually(lambda: _reads(customer))
                answer = await customer.hears(after=said)
                await page.hears("entries", lambda frame: bool(frame["through"] >= answer["seq"]))

    assert "申请发票" in answer["body"]["text"]


async def _stored(customer: Customer, text: str) -> int:
    """Where it was stored; 0 when the server said that it could not be just now."""
    answer = await customer.calls("POST", "messages", json={"client_id": "after", "text": text})
    assert answer.status_code in (200, 201, 429, 503), answer.text
    return int(answer.json()["entry"]["seq"]) if answer.is_success else 0


async def _reads(customer: Customer) -> bool:
    """Connections that died with the database may each be noticed by the one who uses it first."""
    return all([(await customer.calls("GET", "timeline?since=0")).is_success for _ in range(20)])
