"""With a language model set, customer and agent understand each other: on demand, faithfully, with the original kept."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from assistant.servers import Says, Served, model_that
from tandem.assistant.faithful import lost
from tandem.desk.model_share import MOST, key_of
from tandem.infra.settings import Settings
from world.agent import Agent
from world.server import Server, running

SAID = "Where is my order TD20260101? Call me on 138 0013 8000"
HIDDEN = "我的订单 TD20260101 到哪了？请打 [[phone-1]] 找我"


@asynccontextmanager
async def desk_with(settings: Settings, dsn: str, *says: Says) -> AsyncIterator[tuple[Server, Agent, Served]]:
    async with model_that(*says) as model:
        with_model = msgspec.structs.replace(settings, llm_url=model.url, llm_key="k", llm_model="scripted", llm_mask=True)
        async with running(with_model, dsn, works=False) as server:
            yield server, await server.agent(), model


async def translates(server: Server, agent: Agent, text: str, into: str = "zh", name: str = "") -> Any:
    """In a conversation with a customer of this name."""
    customer = await server.customer(identity=server.identity("c1", name=name) if name else None)
    await customer.says("hello")
    path = f"/api/conversations/{customer.conversation}/translation"
    return await agent.calls("POST", path, json={"text": text, "into": into})


async def test_what_a_customer_said_is_read_in_the_agents_language_and_nothing_personal_leaves(
    settings: Settings, dsn: str
) -> None:
    async with desk_with(settings, dsn, Says(whole=HIDDEN)) as (server, agent, model):
        first, again = await translates(server, agent, SAID), await translates(server, agent, SAID)

    told = json.loads(json.loads(model.asked[0].body)["messages"][-1]["content"])
    assert first.json() == again.json() == {"text": "我的订单 TD20260101 到哪了？请打 138 0013 8000 找我"}
    assert told == {"into": "zh", "text": "Where is my order TD20260101? Call me on [[phone-1]]"}
    assert len(model.asked) == 1


async def test_the_customers_name_stays_here_too(settings: Settings, dsn: str) -> None:
    async with desk_with(settings, dsn, Says(whole="[[name-1]] 问包裹在哪")) as (server, agent, model):
        answer = await translates(server, agent, "This is Emma Clarke, where is my parcel", name="Emma Clarke")

    assert b"Emma" not in model.asked[0].body
    assert answer.json()["text"] == "Emma Clarke 问包裹在哪"


async def test_what_was_not_faithful_is_asked_for_anew(settings: Settings, dsn: str) -> None:
    async with desk_with(settings, dsn, Says(whole="我的订单到哪了"), Says(whole=HIDDEN)) as (server, agent, _):
        first, again = await translates(server, agent, SAID), await translates(server, agent, SAID)

    assert (first.status_code, again.status_code) == (503, 200)


async def test_one_colleague_cannot_use_up_the_models_day(settings: Settings, dsn: str) -> None:
    async with desk_with(settings, dsn, Says(whole=HIDDEN)) as (server, agent, _):
        await translates(server, agent, SAID)
        key = key_of(UUID(agent.me["user"]["id"]))
        assert await server.app.services.db.pool.execute("update attempt set count = $2 where key = $1", key, MOST) == "UPDATE 1"
        too_many = await translates(server, agent, SAID)
        other = await translates(server, await server.agent("Tom"), SAID)

    assert (too_many.status_code, other.status_code) == (429, 200)
    assert too_many.json()["retry_after"] > 3000


@pytest.mark.parametrize(
    "says",
    [
        Says(whole="我的订单 TD20260102 到哪了？请打 [[phone-1]] 找我"), Says(whole="我的订单到哪了"), Says(whole=""), Says(status=500),
        Says(whole="我的订单 TD20260101 到哪了？请打 [[phone-2]] 找我"), Says(whole="TD20260101 [[phone-1]] " + "好" * 2000),
    ],
)  # fmt: skip
async def test_a_translation_that_is_not_faithful_is_not_shown(settings: Settings, dsn: str, says: Says) -> None:
    async with desk_with(settings, dsn, says) as (server, agent, _):
        answer = await translates(server, agent, SAID)

    assert answer.status_code == 503


async def test_the_customer_gets_the_translation_and_colleagues_keep_the_original(settings: Settings, dsn: str) -> None:
    async with desk_with(settings, dsn, Says(whole="It arrives on 11-25.")) as (server, agent, _):
        customer = await server.customer(locale="en")
        await customer.presses_for_a_person()
        await agent.accepts(customer.conversation)
        translated = (await translates(server, agent, "11-25 到。", "en")).json()["text"]
        body = {"client_id": uuid4().hex, "text": translated, "original": "11-25 到。"}
        for _ in range(2):
            sent = await agent.posts(f"/api/conversations/{customer.conversation}/reply", body)

        entries = await agent.timeline(customer.conversation)
        seen = await customer.timeline()

    notes = [it["body"] for it in entries if it["body"]["type"] == "note"]
    assert [(it["text"], it["original_of"]) for it in notes] == [("11-25 到。", sent["seq"])]
    assert "It arrives on 11-25." in str(seen)
    assert "11-25 到。" not in str(seen)


async def test_without_a_model_nothing_is_offered_and_asking_is_refused_kindly(idle: Server) -> None:
    agent = await idle.agent()

    assert await agent.gets("/api/translation") == {"available": False}
    assert (await translates(idle, agent, "hello")).status_code == 503


async def test_what_is_used_counts_against_the_days_budget(settings: Settings, dsn: str) -> None:
    small = msgspec.structs.replace(settings, llm_daily_tokens=900)
    async with desk_with(small, dsn, Says(whole="你好")) as (server, agent, model):
        first, beyond = await translates(server, agent, "Hello"), await translates(server, agent, "Hello again")

    assert (first.status_code, beyond.status_code) == (200, 503)
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("original", "translated"),
    [("2 个，¥1,299.00", "two, ¥1299"), ("2026-10-01 前", "before 2026/10/01"), ("没有数字", "no number")],
)
def test_what_is_only_written_otherwise_is_not_lost(original: str, translated: str) -> None:
    assert lost(original, translated) is None


@pytest.mark.parametrize(
    ("original", "translated"),
    [
        ("1,2 号门店", "shop 12"),
        ("12 号门店", "shop 1,2"),
        ("12 元", "1299 yuan"),
        ("1,29 元", "129 yuan"),
        ("1,299 元", "129.9 yuan"),
    ],
)
def test_another_number_is_not_taken_for_the_same(original: str, translated: str) -> None:
    assert lost(original, translated) is not None
