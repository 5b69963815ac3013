"""Order in the inbox: what is put aside comes back, many can be handled at once and undone, and drafts follow their writer."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tandem.kit.clock import SetClock
from world.agent import Agent
from world.customer import Customer
from world.line import customer_line, desk_line
from world.server import Server
from world.waiting import eventually

Json = dict[str, Any]


async def _served(server: Server, agent: Agent) -> Customer:
    customer = await server.customer()
    await customer.presses_for_a_person()
    await agent.accepts(customer.conversation)
    return customer


async def _ids(who: Agent, view: str = "mine", /, **narrow: Any) -> set[str]:
    wanted = f"&filter={json.dumps(narrow)}" if narrow else ""
    return {it["id"] for it in (await who.gets(f"/api/conversations?view={view}&limit=200{wanted}"))["items"]}


async def _puts_aside(agent: Agent, conversation: str, **ahead: int) -> None:
    until = (datetime.now(UTC) + timedelta(**ahead)).isoformat()
    await agent.posts(f"/api/conversations/{conversation}/snooze", {"until": until, "note": "等仓库回话"})


async def _bulk(agent: Agent, conversations: list[str], action: Json) -> Json:
    items = [{"id": it, "version": await agent.version(it)} for it in conversations]
    done: Json = await agent.posts("/api/conversations/bulk", {"items": items, "action": action})
    return done


async def test_a_customer_who_writes_is_never_left_in_a_snoozed_conversation(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _served(idle, agent)
    await _puts_aside(agent, customer.conversation, days=3)
    assert customer.conversation not in await _ids(agent)
    assert customer.conversation in await _ids(agent, "snoozed")

    await customer.says("还在吗")

    assert customer.conversation in await _ids(agent)
    woken = [it["body"]["because"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "woken"]
    assert woken == ["message"]
    assert not {"snoozed", "woken"} & {it["body"]["type"] for it in await customer.timeline()}


async def test_what_is_due_comes_back_once_however_many_workers_look(idle: Server) -> None:
    agent = await idle.agent()
    talks = [(await _served(idle, agent)).conversation for _ in range(6)]
    for talk in talks:
        await _puts_aside(agent, talk, hours=1)
    services = idle.app.services
    later = SetClock(datetime.now(UTC) + timedelta(hours=2))

    await asyncio.gather(*(services.order.wake_due(services.db, later) for _ in range(3)))

    assert set(talks) <= await _ids(agent)
    for talk in talks:
        assert [it["body"]["type"] for it in await agent.timeline(talk)].count("woken") == 1


async def test_only_its_owner_puts_a_conversation_aside_and_only_into_the_future(idle: Server) -> None:
    agent, other = await idle.agent(), await idle.agent("同事")
    customer = await _served(idle, agent)
    path = f"/api/conversations/{customer.conversation}/snooze"
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()

    refused = await other.calls("POST", path, json={"until": soon})
    past = await agent.calls("POST", path, json={"until": "2020-01-01T00:00:00Z"})

    assert (refused.status_code, past.status_code) == (409, 400)


async def test_what_is_given_to_a_colleague_is_not_put_aside_for_him(idle: Server) -> None:
    agent, other = await idle.agent(), await idle.agent("同事")
    customer = await _served(idle, agent)
    await _puts_aside(agent, customer.conversation, days=1)

    await agent.transfers(customer.conversation, other.me["user"]["id"])

    assert customer.conversation in await _ids(other)


async def test_many_are_labelled_at_once_and_an_undo_takes_back_only_what_was_added(idle: Server) -> None:
    agent = await idle.agent()
    tag = (await agent.posts("/api/tags", {"name": f"换货-{uuid4().hex[:6]}", "colour": "amber"}))["id"]
    talks = [(await _served(idle, agent)).conversation for _ in range(3)]
    await agent.posts(f"/api/conversations/{talks[0]}/tags", {"add": [tag]})

    done = await _bulk(agent, talks, {"type": "tag", "add": [tag]})
    assert await _ids(agent, tags=[tag]) == set(talks)
    for call in done["undo"]:
        await agent.posts("/api/conversations/bulk", call)

    assert await _ids(agent, tags=[tag]) == {talks[0]}


async def test_one_that_has_moved_does_not_stop_the_others_and_is_told(idle: Server) -> None:
    agent, other = await idle.agent(), await idle.agent("同事")
    talks = [(await _served(idle, agent)).conversation for _ in range(3)]
    items = [{"id": it, "version": await agent.version(it)} for it in talks]
    await agent.transfers(talks[1], other.me["user"]["id"])

    done = await agent.posts("/api/conversations/bulk", {"items": items, "action": {"type": "resolve"}})

    assert {it["id"] for it in done["changed"]} == {talks[0], talks[2]}
    assert done["left"] == [{"id": talks[1], "problem": "conversation-moved"}]
    assert done["undo"] == []


async def test_a_supervisor_assigns_many_and_takes_it_back(idle: Server) -> None:
    boss, agent, other = await idle.agent("主管", "supervisor"), await idle.agent(), await idle.agent("同事")
    talks = [(await _served(idle, agent)).conversation for _ in range(2)]

    done = await _bulk(boss, talks, {"type": "assign", "to": other.me["user"]["id"]})
    assert set(talks) <= await _ids(other)
    for call in done["undo"]:
        await boss.posts("/api/conversations/bulk", call)

    assert set(talks) <= await _ids(agent)


async def test_an_agent_cannot_assign_what_is_not_his_in_bulk_either(idle: Server) -> None:
    agent, other = await idle.agent(), await idle.agent("同事")
    customer = await _served(idle, agent)

    done = await _bulk(other, [customer.conversation], {"type": "assign", "to": other.me["user"]["id"]})

    assert done["changed"] == []
    assert done["left"][0]["problem"] == "not-allowed"


async def test_a_filter_narrows_by_all_that_is_set(idle: Server) -> None:
    agent = await idle.agent()
    served, waiting = await _served(idle, agent), await idle.customer()
    await waiting.presses_for_a_person()

    assert await _ids(agent, owner=["queue"]) == {waiting.conversation}
    assert await _ids(agent, owner=["agent"], agent=agent.me["user"]["id"]) == {served.conversation}
    assert await _ids(agent, agent="none", waiting_over=0) == {waiting.conversation}
    assert await _ids(agent, agent="none", waiting_over=3600) == set()
    assert (await agent.calls("GET", '/api/conversations?filter={"x":1}')).status_code == 400


async def test_pages_of_ten_thousand_rows_are_whole_and_in_order(idle: Server) -> None:
    agent, customer = await idle.agent(), await idle.customer()
    await customer.says("一")
    async with idle.app.services.db.write() as tx:
        await tx.db.execute(
            """insert into conversation (id, channel_id, contact_id, thread, owner, last_seq, opened_at, changed_at)
               select gen_random_uuid(), channel_id, contact_id, 'many ' || n, 'assistant', 1, now(), now() - (n / 7) * interval '1 s'
               from conversation, generate_series(1, 10000) n"""
        )
    seen: list[str] = []
    changed: list[str] = []
    cursor = ""
    while True:
        page = await agent.gets(f"/api/conversations?view=all&limit=200&cursor={cursor}")
        seen += [it["id"] for it in page["items"]]
        changed += [it["changed_at"] for it in page["items"]]
        if not page["next"]:
            break
        cursor = page["next"]

    assert len(seen) == len(set(seen)) == 10_001
    assert changed == sorted(changed, reverse=True)


async def test_a_draft_is_there_on_the_next_machine_and_gone_when_emptied(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _served(idle, agent)
    path = f"/api/conversations/{customer.conversation}/drafts"
    await agent.calls("PUT", path, json={"kind": "reply", "text": "您好，我查到 "})

    elsewhere = await idle.again(agent)
    assert [it["text"] for it in await elsewhere.gets(path)] == ["您好，我查到 "]
    assert await (await idle.agent("同事")).gets(path) == []

    await elsewhere.calls("PUT", path, json={"kind": "reply", "text": ""})
    assert await agent.gets(path) == []


async def test_a_saved_view_is_ones_own_unless_a_supervisor_shares_it(idle: Server) -> None:
    agent, boss, other = await idle.agent(), await idle.agent("主管", "supervisor"), await idle.agent("同事")
    mine = await agent.posts("/api/views", {"name": "等很久的", "filter": {"waiting_over": 600}, "shared": True})
    shared = await boss.posts("/api/views", {"name": "生气的", "filter": {"emotion": ["angry"]}, "shared": True})

    assert (mine["shared"], shared["shared"]) == (False, True)
    assert [it["id"] for it in await other.gets("/api/views")] == [shared["id"]]
    assert (await other.calls("DELETE", f"/api/views/{shared['id']}")).status_code == 404
    assert (await boss.calls("DELETE", f"/api/views/{shared['id']}")).status_code == 204


async def test_colleagues_see_who_else_looks_at_a_conversation_and_when_he_leaves(idle: Server) -> None:
    agent, other = await idle.agent("王芳"), await idle.agent("李雷")
    customer = await _served(idle, agent)
    async with desk_line(agent) as mine, desk_line(other) as theirs:
        await mine.follows(customer.conversation)
        await theirs.follows(customer.conversation)

        await mine.hears("viewing", lambda it: it["by"]["name"] == "李雷" and it["on"])
        await theirs.hears("viewing", lambda it: it["by"]["name"] == "王芳" and it["on"])
        await theirs.sends(op="unfollow", conversation=customer.conversation)
        await mine.hears("viewing", lambda it: it["by"]["name"] == "李雷" and not it["on"])


async def test_the_desk_is_told_when_the_customer_comes_and_leaves(idle: Server) -> None:
    agent = await idle.agent()
    customer = await _served(idle, agent)
    async with desk_line(agent) as desk:
        await desk.follows(customer.conversation)
        assert (await desk.hears("customer"))["online"] is False
        async with customer_line(customer) as line:
            await desk.hears("customer", lambda it: it["online"])
            assert line.heard("viewing") == line.heard("customer") == []

        async def told() -> bool:
            return [it["online"] for it in desk.heard("customer")] == [False, True, False]

        assert await eventually(told)


async def test_how_much_a_colleague_holds_is_told_when_he_accepts(idle: Server) -> None:
    agent, other = await idle.agent("王芳"), await idle.agent("李雷")
    async with desk_line(other) as desk:
        await _served(idle, agent)

        await desk.hears("colleague", lambda it: it["colleague"]["name"] == "王芳" and it["colleague"]["open"] == 1)
