"""A shop that is slow, wrong or gone: honest words, a person as a way on, never an invented answer."""

import json
import logging
from time import perf_counter

import pytest

from assistant.conftest import API_KEY, RunningShop
from assistant.servers import Answer, shop_that
from assistant.talking import Talk, calls, message, text
from tandem.assistant.phrases import say
from tandem.assistant.respond import Assistant
from tandem.assistant.skills.breaker import FAILURES, REST_SECONDS, Breaker
from tandem.assistant.skills.executor import Executor
from tandem.assistant.skills.port import Failed, Skill, Title
from tandem.assistant.skills.shop import Shop
from tandem.knowledge.search import Index


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, b"oops"),
        Answer(200, b"not json"),
        Answer(200, b'{"items": 3}'),
        Answer(200, b'{"id": "breeze-3", "title": null}'),
        Answer(302),
        Answer(200, b" " * 3_000_000),
    ],
)
async def test_a_shop_gone_wrong_is_admitted_in_both_languages(index: Index, answer: Answer) -> None:
    async with shop_that(answer) as server:
        shop = Shop(server.url, API_KEY)
        assistant = Assistant(index, shop)
        zh = await Talk(assistant, product="breeze-3").says("这款有货吗")
        en = await Talk(assistant, locale="en").says("where is my order TD12345678, phone ends in 1234")
        await shop.close()
    assert text(zh).startswith(say("zh", "shop_silent_goods"))
    assert text(en).startswith(say("en", "shop_silent_order"))
    for reply in (zh, en):
        assert [it.value for it in message(reply).choices] == ["human"]
        assert calls(reply)[0].outcome == "failed"
        assert message(reply).cards == ()
        assert message(reply).sources == ()


async def test_a_shop_that_is_not_there_is_admitted(index: Index) -> None:
    shop = Shop("http://127.0.0.1:9/api", API_KEY)
    reply = await Talk(Assistant(index, shop)).says("寄到上海要几天")
    await shop.close()
    assert text(reply).startswith(say("zh", "shop_silent_delivery"))


@pytest.mark.slow
@pytest.mark.alone
async def test_a_slow_shop_is_waited_for_two_seconds_and_no_longer(index: Index) -> None:
    async with shop_that(Answer(0)) as server:
        shop = Shop(server.url, API_KEY)
        started = perf_counter()
        reply = await Talk(Assistant(index, shop), product="breeze-3").says("这款有货吗")
        await shop.close()
    assert 1.9 < perf_counter() - started < 3.0
    assert calls(reply)[0].outcome == "failed"


async def test_a_read_that_failed_once_is_tried_again(index: Index) -> None:
    shanghai = {
        "city": {"zh": "上海", "en": "Shanghai"}, "days_low": 1, "days_high": 2, "cost": {"amount": 0, "currency": "CNY"},
        "carrier": {"zh": "顺丰", "en": "SF"}, "cut_off": "18:00",
    }  # fmt: skip
    delivery = json.dumps(shanghai).encode()
    async with shop_that(Answer(503), Answer(200, delivery)) as server:
        shop = Shop(server.url, API_KEY)
        reply = await Talk(Assistant(index, shop)).says("寄到上海要几天")
        await shop.close()
    assert len(server.asked) == 2
    assert "上海" in text(reply)


async def test_wrong_digits_are_not_counted_while_the_shop_is_down(index: Index) -> None:
    async with shop_that(Answer(500)) as server:
        shop = Shop(server.url, API_KEY)
        talk = Talk(Assistant(index, shop))
        await talk.says("查订单TD12345678 尾号1234")
        await shop.close()
    assert talk.memory.digit_tries == 0


async def test_knowledge_still_answers_while_the_shop_is_down(index: Index) -> None:
    shop = Shop("http://127.0.0.1:9/api", API_KEY)
    reply = await Talk(Assistant(index, shop)).says("怎么开发票")
    await shop.close()
    assert reply.decision == "answer"


async def test_the_key_goes_to_the_shop_and_the_digits_into_no_log(
    assistant: Assistant, running: RunningShop, caplog: pytest.LogCaptureFixture
) -> None:
    number, _, digits = running.order("On its way")
    with caplog.at_level(logging.INFO):
        await Talk(assistant).says(f"查订单{number} 尾号{digits}")
    assert f"phone={digits}" not in caplog.text


async def test_what_a_customer_types_stays_one_segment_of_the_address(index: Index) -> None:
    async with shop_that(Answer(404)) as server:
        shop = Shop(server.url, API_KEY)
        for id in ("../../admin", "..", "a/b?c#d", "%2e%2e"):
            await shop.product(id, "en")
        await shop.close()
    paths = [asked.line.split()[1].split("/") for asked in server.asked]
    assert all(path[:2] == ["", "products"] and len(path) == 3 and path[2] not in ("", ".", "..") for path in paths)


SLOW = Skill("slow", Title("", ""), ())
WRITE = Skill("write", Title("", ""), (), writes=True)


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_system_that_keeps_failing_is_left_alone_and_tried_again_later() -> None:
    ticks, tried = Ticks(), 0

    async def fail() -> str:
        nonlocal tried
        tried += 1
        raise Failed("down")

    async def work() -> str:
        return "well"

    calls = Executor(Breaker(ticks), ticks)
    for _ in range(FAILURES):
        await calls.call(SLOW, {}, fail, str, "en")
    before = tried
    spared = await calls.call(SLOW, {}, fail, str, "en")
    assert (spared.outcome, tried) == ("failed", before)
    ticks.now += REST_SECONDS
    assert (await calls.call(SLOW, {}, work, str, "en")).found == "well"
    assert (await calls.call(SLOW, {}, work, str, "en")).outcome == "ok"


async def test_a_write_is_never_tried_twice() -> None:
    tried = 0

    async def fail() -> str:
        nonlocal tried
        tried += 1
        raise Failed("down")

    await Executor().call(WRITE, {}, fail, str, "en")
    assert tried == 1
