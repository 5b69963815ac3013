"""The copilot: grounded in knowledge or in what a colleague solved, in the right tone, and judged by what becomes of it."""

import time
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.servers import Says, model_that
from tandem.desk.copilot.since import since
from tandem.desk.model_share import MOST, key_of
from tandem.infra.settings import Settings
from tandem.kit.distance import edits
from world.agent import Agent
from world.customer import Customer
from world.server import Server, running

Json = dict[str, Any]
BROKEN = "加湿器底座漏水，放一晚上桌子全湿了"
WAY_OUT = "您好，底座漏水多半是密封圈移位。把水箱倒扣取下，将白色密封圈按回槽里即可；还漏的话我给您换新。"


async def _served(server: Server, agent: Agent, words: str) -> Customer:
    customer = await server.customer()
    await customer.says(words)
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    return customer


async def _looks(agent: Agent, customer: Customer, seen: int = 0) -> Json:
    found: Json = await agent.posts(f"/api/conversations/{customer.conversation}/copilot", {"seen": seen})
    return found


async def _worded(agent: Agent, customer: Customer) -> httpx.Response:
    return await agent.calls("POST", f"/api/conversations/{customer.conversation}/copilot", json={"worded": True})


async def _asks(agent: Agent, customer: Customer, question: str) -> list[Json]:
    found: list[Json] = await agent.posts(f"/api/conversations/{customer.conversation}/copilot/knowledge", {"text": question})
    return found


async def _solved(server: Server, agent: Agent, words: str = BROKEN, answer: str = WAY_OUT) -> Customer:
    customer = await _served(server, agent, words)
    await agent.replies(customer.conversation, answer)
    await agent.resolves(customer.conversation)
    return customer


async def test_a_reply_is_suggested_from_knowledge_with_its_source(idle: Server) -> None:
    article = await idle.knows("七天无理由退货怎么退", "签收后七天内，在订单页点「申请退货」。", "怎么退货")
    agent = await idle.agent()
    customer = await _served(idle, agent, "七天无理由退货怎么退")

    suggestion = (await _looks(agent, customer))["suggestion"]

    assert suggestion["text"] == "签收后七天内，在订单页点「申请退货」。"
    assert suggestion["ground"] == {"kind": "knowledge", "id": str(article), "title": "七天无理由退货怎么退", "version": 1}


async def test_where_knowledge_has_nothing_a_solved_case_is_offered_and_without_either_nothing(idle: Server) -> None:
    agent, other = await idle.agent("王芳"), await idle.agent("李雷")
    alone = await _served(idle, other, BROKEN)
    assert (await _looks(other, alone))["suggestion"] is None
    before = await _solved(idle, agent)

    found = await _looks(other, await _served(idle, other, "加湿器底座漏水了怎么办，桌子都湿了"))

    assert [(it["conversation"], it["agent_name"]) for it in found["similar"]] == [(before.conversation, "王芳")]
    assert found["suggestion"]["text"].endswith(WAY_OUT.removeprefix("您好，"))
    assert found["suggestion"]["ground"]["kind"] == "case"
    assert (await _looks(other, await _served(idle, other, "发票抬头可以改吗")))["similar"] == []


async def test_two_cases_that_share_only_the_wish_for_a_person_are_not_alike(idle: Server) -> None:
    agent = await idle.agent()
    await _solved(
        idle, agent, "How long is the warranty on my lamp? Can I speak to a person please?", "Two years, and we'll swap it."
    )

    other = await _looks(agent, await _served(idle, agent, "Where does my refund go? Can I speak to a person please?"))
    same = await _looks(agent, await _served(idle, agent, "Could I talk to somebody about the warranty on a lamp?"))

    assert other["similar"] == []
    assert [it["answer"] for it in same["similar"]] == ["Two years, and we'll swap it."]


async def test_what_a_case_says_of_one_customer_is_not_told_to_the_next(idle: Server) -> None:
    agent = await idle.agent()
    await _solved(
        idle, agent, f"订单 TD20261101 {BROKEN}，电话 13812345678", f"{WAY_OUT}订单 TD20261101 已登记，稍后打 13812345678。"
    )

    found = await _looks(agent, await _served(idle, agent, BROKEN))

    text = str(found)
    assert "TD20261101" not in text
    assert "13812345678" not in text
    assert found["similar"][0]["answer"].endswith("订单 【…】 已登记，稍后打 【…】。")


async def test_an_angry_customer_is_answered_in_another_tone_and_the_next_step_is_told(idle: Server) -> None:
    await idle.knows("七天无理由退货怎么退", "签收后七天内，在订单页点「申请退货」。", "怎么退货")
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("你们太过分了，气死我了，我要投诉！")
    await idle.app.turns.run(UUID(customer.conversation))
    await agent.accepts(customer.conversation)
    await customer.says("七天无理由退货怎么退")

    found = await _looks(agent, customer)

    assert (found["tone"], found["next_step"]) == ("apologetic", "settle")
    assert found["suggestion"]["text"].startswith("让您遇到这样的事，是我们没做好，我现在就为您处理。\n签收后七天内")


async def test_what_the_assistant_has_said_already_is_not_suggested_again(idle: Server) -> None:
    await idle.knows("七天无理由退货怎么退", "签收后七天内，在订单页点「申请退货」。", "怎么退货")
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("七天无理由退货怎么退")
    await idle.app.turns.run(UUID(customer.conversation))
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)

    assert (await _looks(agent, customer))["suggestion"] is None


async def test_an_article_that_does_not_hold_for_this_customer_is_neither_suggested_nor_found(idle: Server) -> None:
    article = await idle.knows("生日礼怎么领", "生日当月在会员页领取 50 元礼券。", "领生日礼")
    services = idle.app.services
    async with services.db.write() as tx:
        await tx.db.execute("update article_version set conditions = $2 where article_id = $1", article, {"audience": ["gold"]})
        tx.after(lambda: services.bus.tell("article", {"article": str(article)}))
    agent = await idle.agent()
    guest = await _served(idle, agent, "生日礼怎么领")
    gold = await idle.customer(identity=idle.identity("u-gold", name="林女士", tier="Gold"))
    await gold.says("生日礼怎么领")
    await gold.presses_for_a_person()
    await agent.accepts(gold.conversation)

    assert (await _looks(agent, gold))["suggestion"]["ground"]["id"] == str(article)
    assert [it["id"] for it in await _asks(agent, gold, "生日礼")] == [str(article)]
    assert (await _looks(agent, guest))["suggestion"] is None
    assert await _asks(agent, guest, "生日礼") == []


async def test_an_agent_asks_knowledge_in_his_own_words(idle: Server) -> None:
    await idle.knows("运费多少", "满 99 元包邮。", "运费")
    agent = await idle.agent()
    customer = await _served(idle, agent, "在吗")

    assert [(it["question"], it["answer"]) for it in await _asks(agent, customer, "运费怎么算")] == [("运费多少", "满 99 元包邮。")]
    assert await _asks(agent, customer, "zzqx") == []
    assert await _asks(agent, customer, " ") == []


async def test_taking_changing_and_dismissing_are_counted_with_the_number_of_edits(idle: Server) -> None:
    boss, agent = await idle.agent("主管", "supervisor"), await idle.agent()
    await idle.knows("运费多少", "满 99 元包邮。", "运费")
    served = [await _served(idle, agent, "运费多少") for _ in range(3)]
    shown = [(await _looks(agent, it))["suggestion"] for it in served]
    assert (await _looks(agent, served[0]))["suggestion"]["id"] == shown[0]["id"]

    await agent.replies(served[0].conversation, shown[0]["text"], suggestion=shown[0]["id"])
    await agent.replies(served[1].conversation, "满 99 元就包邮哦。", suggestion=shown[1]["id"])
    await agent.posts(f"/api/suggestions/{shown[2]['id']}/dismiss", {})

    assert (await _looks(agent, served[2]))["suggestion"] is None
    use = await boss.gets("/api/suggestions/use?days=1")
    assert use == {"shown": 3, "accepted": 1, "edited": 1, "dismissed": 1, "distance": 2.0}
    assert (await agent.calls("GET", "/api/suggestions/use")).status_code == 403


async def test_one_colleague_asks_the_model_so_often_and_then_has_the_ready_words_while_others_ask_on(
    settings: Settings, dsn: str
) -> None:
    asked, answer = "七天无理由退货怎么退", "签收后七天内，在订单页点「申请退货」。"
    async with model_that(Says(text=answer)) as model:
        minded = msgspec.structs.replace(settings, llm_url=model.url, llm_model="scripted", llm_daily_tokens=9000)
        async with running(minded, dsn, works=False) as server:
            await server.knows(asked, answer)
            agent, other = await server.agent("王芳"), await server.agent("李雷")
            mine, theirs = await _served(server, agent, asked), await _served(server, other, f"请问{asked}")

            first = await _worded(agent, mine)
            key = key_of(UUID(agent.me["user"]["id"]))
            await server.app.services.db.pool.execute("update attempt set count = 1 where key = $1", key)
            beyond_share = await _worded(agent, await _served(server, agent, f"请问{asked}呢"))
            of_other = await _worded(other, theirs)
            await server.app.services.db.pool.execute("update attempt set count = $2 where key = $1", key, MOST)
            too_often, ready = await _worded(agent, mine), await _looks(agent, mine)

    assert [it.json()["suggestion"]["worded"] for it in (first, beyond_share, of_other)] == ["model", "ready", "model"]
    assert (too_often.status_code, ready["suggestion"]["text"]) == (429, answer)


async def test_nobody_settles_somebody_elses_suggestion(idle: Server) -> None:
    await idle.knows("运费多少", "满 99 元包邮。", "运费")
    agent, other = await idle.agent(), await idle.agent("同事")
    shown = (await _looks(agent, await _served(idle, agent, "运费多少")))["suggestion"]
    theirs = await _served(idle, other, uuid4().hex)

    assert (await other.calls("POST", f"/api/suggestions/{shown['id']}/dismiss")).status_code == 404
    await other.replies(theirs.conversation, "好的", suggestion=shown["id"])
    boss = await idle.agent("主管", "supervisor")
    use = await boss.gets("/api/suggestions/use")
    assert (use["accepted"], use["edited"], use["dismissed"]) == (0, 0, 0)


async def test_who_comes_back_is_told_what_happened_since_with_where(idle: Server) -> None:
    agent, other = await idle.agent("王芳"), await idle.agent("李雷")
    customer = await _served(idle, agent, "灯不亮了")
    seen = (await agent.timeline(customer.conversation))[-1]["seq"]
    await customer.says("换了灯泡也不行")
    await other.notes(customer.conversation, "这批变压器有问题")
    await agent.replies(customer.conversation, "我今天 18:00 前给您回复。")

    told = (await _looks(agent, customer, seen))["since"]

    assert [(it["kind"], it["by"]) for it in told] == [("said", ""), ("noted", "李雷"), ("promised", "王芳")]
    entries = {it["seq"]: it for it in await agent.timeline(customer.conversation)}
    assert all(it["text"].rstrip("。") in entries[it["seq"]]["body"]["text"] for it in told)
    assert (await _looks(agent, customer))["since"] == []


def _plain(one: str, other: str) -> int:
    row = list(range(len(one) + 1))
    for place, char in enumerate(other, start=1):
        last, row[0] = row[0], place
        for at, mine in enumerate(one, start=1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (mine != char))
    return row[-1]


@given(st.text("ab您好", max_size=12), st.text("ab您好", max_size=12))
def test_the_distance_is_that_of_the_plain_table(one: str, other: str) -> None:
    assert edits(one, other) == _plain(one, other) == edits(other, one)


@pytest.mark.parametrize(
    ("one", "other", "distance"), [("kitten", "sitting", 3), ("", "abc", 3), ("满 99 元包邮。", "满 99 元就包邮哦。", 2)]
)
def test_the_distance_of_known_pairs(one: str, other: str, distance: int) -> None:
    assert edits(one, other) == distance


def test_two_long_messages_are_compared_in_a_moment() -> None:
    start = time.process_time()
    edits("您好请稍等" * 800, "请您稍等好" * 800)

    assert time.process_time() - start < 0.5


def test_a_first_look_has_missed_nothing() -> None:
    assert since((), 0) == []
