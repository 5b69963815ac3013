"""What a language model costs is counted and bounded; what is personal can be kept from it; what it does can be looked at."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from msgspec.structs import replace

from assistant.servers import Says, model_that, replaying
from assistant.talking import Talk, text
from tandem.access import act as access
from tandem.assistant.compose import Api, ModelSettings
from tandem.assistant.llm import HostedModel
from tandem.assistant.masking import Mask, whole
from tandem.assistant.meter import Meter, Prices
from tandem.assistant.phrases import say
from tandem.assistant.respond import Assistant
from tandem.assistant.skills.breaker import FAILURES
from tandem.infra.db import Database
from tandem.infra.settings import Settings
from tandem.kit.clock import SetClock
from tandem.knowledge.search import Index
from world.server import running

SEVEN_DAYS = "签收后 7 天内，在“我的订单”里点“申请退货”就可以。"
ASKED = "七天无理由退货怎么退"
RECORDINGS = Path(__file__).parent / "recordings"
START = datetime(2026, 3, 10, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("api", "recording", "path", "key", "tokens"),
    [
        ("openai", "openai_answer.sse", "POST /chat/completions", "authorization", {"input": 804, "output": 55}),
        ("anthropic", "anthropic_answer.sse", "POST /v1/messages", "x-api-key", {"input": 812, "output": 57}),
    ],
)
async def test_an_exchange_as_each_kind_of_endpoint_streams_it_becomes_an_answer(
    index: Index, api: Api, recording: str, path: str, key: str, tokens: dict[str, int]
) -> None:
    drafts: list[str] = []
    async with replaying((RECORDINGS / recording).read_bytes()) as server:
        model = HostedModel(ModelSettings(server.url, "the-key", "some-model", api=api))
        reply = await Talk(Assistant(index, None, model)).says(ASKED, on_draft=drafts.append)
        await model.close()
    assert text(reply).startswith(SEVEN_DAYS)
    assert len(drafts) > 1
    assert server.asked[0].line.startswith(path)
    assert "the-key" in server.asked[0].headers[key]
    (exchange,) = cast(list[dict[str, Any]], reply.trace["model"])
    assert exchange["tokens"] == tokens


async def test_tokens_and_money_are_kept_by_day_and_model(index: Index, db: Database) -> None:
    clock = SetClock(START)
    meter = Meter(clock, Prices(input=2.0, output=8.0))
    async with model_that(Says(text=SEVEN_DAYS)) as server:
        model = HostedModel(ModelSettings(server.url, "k", "scripted"), meter)
        for _ in range(2):
            await Talk(Assistant(index, None, model)).says(ASKED)
        await model.close()
    await meter.flush(db)
    async with db.read() as connection:
        row = await connection.fetchrow("select * from model_use")
    assert row is not None
    assert (row["day"], row["model"], row["calls"], row["cached"]) == (START.date(), "scripted", 2, 1)
    assert (row["input_tokens"], row["output_tokens"]) == (900, 60)
    assert row["cost"] == pytest.approx((900 * 2 + 60 * 8) / 1_000_000)


@pytest.mark.parametrize("prices", [Prices(daily_tokens=900), Prices(input=10.0, daily_cost=0.005)])
async def test_past_the_days_budget_customers_are_answered_without_the_model_until_tomorrow(
    index: Index, db: Database, prices: Prices
) -> None:
    clock = SetClock(START)
    meter = Meter(clock, prices)
    async with model_that(Says(text=SEVEN_DAYS)) as server:
        model = HostedModel(ModelSettings(server.url, "k", "scripted"), meter)
        assistant = Assistant(index, None, model)
        await Talk(assistant).says(ASKED)
        beyond = await Talk(assistant).says("七天无理由退货要怎么退")
        assert len(server.asked) == 1
        assert text(beyond)
        other = Meter(clock, prices)
        await meter.flush(db)
        await other.flush(db)
        assert other.exhausted(), "another process hears what this one spent"
        clock.move(timedelta(days=1))
        assert not meter.exhausted()
        await Talk(assistant).says("七天无理由退货要怎么退")
        await model.close()
    assert len(server.asked) == 2


async def test_one_colleague_uses_up_a_tenth_of_a_day_and_all_together_half_and_customers_have_the_rest(db: Database) -> None:
    async with db.write() as tx:
        now = START
        many = [
            (await access.add_user(
                tx, email=f"c{it}@desk.example", name="C", role="agent", password="correct horse battery", locale="en", by=None, now=now
            )).id
            for it in range(6)
        ]  # fmt: skip
    first, last = many[0], many[-1]
    clock = SetClock(START)
    meter = Meter(clock, Prices(daily_tokens=1000))

    meter.note("m", input_tokens=99, colleague=first)
    assert not meter.exhausted(first)
    meter.note("m", output_tokens=1, colleague=first)
    assert (meter.exhausted(first), meter.exhausted(last)) == (True, False)
    for it in many[1:-1]:
        meter.note("m", input_tokens=100, colleague=it)
    await meter.flush(db)
    other = Meter(clock, Prices(daily_tokens=1000))
    await other.flush(db)

    assert [it.exhausted(last) for it in (meter, other)] == [True, True], "half of the day is used by colleagues"
    assert [it.exhausted() for it in (meter, other)] == [False, False]
    clock.move(timedelta(days=1))
    assert not other.exhausted(first)


async def test_the_same_question_in_the_same_situation_is_asked_once(index: Index) -> None:
    async with model_that(Says(text=SEVEN_DAYS)) as server:
        model = HostedModel(ModelSettings(server.url, "k", "scripted"))
        first, second = [await Talk(Assistant(index, None, model)).says(ASKED) for _ in range(2)]
        await model.close()
    assert len(server.asked) == 1
    assert text(first) == text(second)


async def test_a_model_that_keeps_failing_is_left_alone_for_a_while(index: Index) -> None:
    now = [0.0]
    async with model_that(Says(status=500)) as server:
        model = HostedModel(ModelSettings(server.url, "k", "scripted"), ticks=lambda: now[0])
        assistant = Assistant(index, None, model)
        for _ in range(FAILURES + 3):
            assert text(await Talk(assistant).says(ASKED))
        assert len(server.asked) == FAILURES
        now[0] += 60
        await Talk(assistant).says(ASKED)
        await model.close()
    assert len(server.asked) == FAILURES + 1


PERSONAL = {
    "email": "lin.wan@example.com", "phone": "13812345678", "id": "11010519491231002X", "card": "6222021234567890128",
    "address": "上海市静安区南京西路100号3楼",
}  # fmt: skip


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_is_personal_is_hidden_and_put_back(kind: str) -> None:
    value = PERSONAL[kind] if kind != "card" else "4111 1111 1111 1111"
    mask = Mask()
    hidden = mask.hide(f"请改一下，{value}，谢谢。再说一次：{value}")
    assert value not in hidden
    assert hidden.count(f"[[{kind}-1]]") == 2
    assert mask.restore(hidden) == f"请改一下，{value}，谢谢。再说一次：{value}"


@pytest.mark.parametrize("kind", [it for it in PERSONAL if it != "address"])
def test_what_is_personal_is_hidden_with_chinese_right_beside_it(kind: str) -> None:
    value = PERSONAL[kind] if kind != "card" else "4111 1111 1111 1111"
    assert Mask().hide(f"我的是{value}没错") == f"我的是[[{kind}-1]]没错"


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("我叫李雷，电话打不通", "我叫[[name-1]]，电话打不通"),
        ("收件人改成欧阳明月。", "收件人改成[[name-1]]。"),
        ("我是王先生，昨天王先生来过", "我是[[name-1]]，昨天[[name-1]]来过"),
        ("My name is Emma Clarke. Emma wrote before.", "My name is [[name-1]]. Emma wrote before."),
        ("Please ask Mrs Clarke", "Please ask [[name-1]]"),
        ("地址：浙江省杭州市西湖区文三路", "地址：[[address-1]]"),
        ("阳光花园3栋2单元501室", "[[address-1]]"),
        ("to SW1A 1AA please, or P.O. Box 77", "to [[address-1]] please, or [[address-2]]"),
    ],
)
def test_names_that_are_given_and_addresses_without_a_number_are_hidden(said: str, sent: str) -> None:
    mask = Mask()
    assert mask.hide(said) == sent
    assert mask.restore(sent) == said


def test_the_customers_own_name_is_hidden_wherever_it_stands() -> None:
    mask = Mask(("Ann Clarke",))
    assert mask.hide("Ann Clarke here. The annual bill says Clarke, Annual says Ann") == (
        "[[name-1]] here. The annual bill says [[name-2]], Annual says [[name-3]]"
    )
    assert Mask(("林晚秋",)).hide("林晚秋的订单，请给林晚秋回电") == "[[name-1]]的订单，请给[[name-1]]回电"
    assert Mask(("Tom Baker",)).hide("我是Tom，姓Baker") == "我是[[name-2]]，姓[[name-1]]"
    assert Mask(("",)).hide("Nobody's name") == "Nobody's name"


@pytest.mark.parametrize(
    "ordinary", ["我是高级会员", "我是新客户，第一次买", "我叫了顺丰", "上海市静安区能送吗", "I'm looking for a lamp", "杭州市到上海市要几天"]
)  # fmt: skip
def test_ordinary_words_are_not_taken_for_names_or_addresses(ordinary: str) -> None:
    assert Mask().hide(ordinary) == ordinary


@pytest.mark.parametrize("ordinary", ["订单 TD20260001", "¥1,299 起", "7 天内 2026-03-10", "110105194912310021", "4111 1111 1111 1112", "B7-1"])  # fmt: skip
def test_what_is_not_personal_is_left(ordinary: str) -> None:
    assert Mask().hide(ordinary) == ordinary


def test_an_english_street_address_is_hidden() -> None:
    assert Mask().hide("send it to 12 High Street, Leeds please") == "send it to [[address-1]] please"


@pytest.mark.parametrize("begun", ["[", "[[", "[[phone", "[[phone-1", "[[phone-1]"])
def test_a_placeholder_in_the_making_is_not_shown(begun: str) -> None:
    assert whole(f"call {begun}") == "call "
    assert whole("call [[phone-1]]") == "call [[phone-1]]"


async def test_nothing_personal_leaves_when_the_setting_says_so_and_the_answer_has_it_again(index: Index) -> None:
    drafts: list[str] = []
    said = "好的，号码 [[phone-1]] 不用动。签收后 7 天内，在“我的订单”里点“申请退货”就可以。"
    async with model_that(Says(text=said, piece=3)) as server:
        model = HostedModel(ModelSettings(server.url, "k", "scripted", mask=True))
        talk = Talk(Assistant(index, None, model))
        talk.customer = replace(talk.customer, name="林晚秋")
        reply = await talk.says(
            f"我是林晚秋。我的手机 {PERSONAL['phone']}，邮箱 {PERSONAL['email']}。{ASKED}", on_draft=drafts.append
        )
        await model.close()
    sent = server.asked[0].body.decode()
    assert PERSONAL["phone"] not in sent
    assert PERSONAL["email"] not in sent
    assert "林晚秋" not in json.dumps(json.loads(sent), ensure_ascii=False)
    assert f"号码 {PERSONAL['phone']} 不用动" in text(reply)
    assert not any("[[" in draft for draft in drafts)
    assert PERSONAL["phone"] not in json.dumps(reply.trace["model"]), "what is kept is what was sent"


async def test_a_placeholder_that_was_never_given_is_not_shown(index: Index) -> None:
    async with model_that(Says(text="请拨打 [[phone-7]]。")) as server:
        model = HostedModel(ModelSettings(server.url, "k", "scripted", mask=True))
        reply = await Talk(Assistant(index, None, model)).says(ASKED)
        await model.close()
    assert "[[" not in text(reply)


async def test_a_supervisor_sees_exactly_what_the_model_was_given_and_said_and_an_agent_does_not(
    settings: Settings, dsn: str
) -> None:
    async with model_that(Says(text="签收后七天内，在订单页点「申请退货」。")) as there:
        with_model = msgspec.structs.replace(settings, llm_url=there.url, llm_key="k", llm_model="scripted", llm_input_price=1.0)
        async with running(with_model, dsn) as server:
            await server.knows("七天无理由退货怎么退", "签收后七天内，在订单页点「申请退货」。", "怎么退货")
            customer = await server.customer()
            answer = await customer.asks("七天无理由退货怎么退")
            supervisor, agent = await server.agent("主管", "supervisor"), await server.agent("王芳")
            path = f"/api/conversations/{customer.conversation}/answer?seq={answer['seq']}"
            seen = await supervisor.gets(path)
            assert (await agent.calls("GET", path)).status_code == 403
            board = await supervisor.gets("/api/assistant/model")
    (exchange,) = seen["model"]
    sent = json.loads(there.asked[0].body)["messages"]
    assert exchange["given"] == sent[-1]["content"]
    assert exchange["written"]["text"] == "签收后七天内，在订单页点「申请退货」。"
    assert exchange["prompt"] == "compose.v2.md"
    assert board["model"] == "scripted"


async def test_without_a_model_the_board_says_so(settings: Settings, dsn: str) -> None:
    async with running(settings, dsn) as server:
        supervisor = await server.agent("主管", "supervisor")
        assert (await supervisor.gets("/api/assistant/model"))["model"] == ""
    assert say("zh", "introduction")
