"""One person in one place: two records made one and taken apart again, two conversations that are one case, fields of one's own."""

from asyncio import gather
from typing import Any
from uuid import uuid4

from world.agent import Agent
from world.customer import Customer
from world.server import Server

Json = dict[str, Any]


async def _contact(agent: Agent, customer: Customer) -> Json:
    found: Json = (await agent.sees(customer.conversation))["contact"]
    return found


async def _pair(server: Server) -> tuple[Agent, Customer, Customer]:
    """A guest, and the customer that he turns out to be."""
    agent = await server.agent()
    known = await server.customer(identity=server.identity(f"u-{uuid4().hex[:6]}", name="林女士", tier="黑金会员"))
    guest = await server.customer()
    for customer in (known, guest):
        await customer.says("在吗")
        await customer.presses_for_a_person()
    return agent, known, guest


async def _history(agent: Agent, contact: str) -> Json:
    found: Json = await agent.gets(f"/api/contacts/{contact}/history")
    return found


async def test_two_records_made_one_have_one_history_and_can_be_taken_apart(idle: Server) -> None:
    agent, known, guest = await _pair(idle)
    kept, absorbed = (await _contact(agent, known))["id"], (await _contact(agent, guest))["id"]
    await agent.calls("PATCH", f"/api/contacts/{absorbed}", json={"attributes": {"生日": "5月1日"}})

    merge = await agent.posts(f"/api/contacts/{kept}/merge", {"absorb": absorbed})

    one = await _contact(agent, guest)
    assert (one["id"], one["name"], one["tier"], len(one["identities"])) == (kept, "林女士", "黑金会员", 2)
    assert one["attributes"]["生日"] == "5月1日"
    history = await _history(agent, kept)
    assert {it["id"] for it in history["conversations"]} == {known.conversation, guest.conversation}
    assert [it["id"] for it in history["merges"]] == [merge["id"]]
    assert (await agent.calls("POST", f"/api/contacts/{kept}/merge", json={"absorb": absorbed})).status_code == 400

    await agent.posts(f"/api/contact-merges/{merge['id']}/undo", {})

    assert (await _contact(agent, guest))["id"] == absorbed
    again = await _contact(agent, known)
    assert (again["id"], "生日" in again["attributes"], len(again["identities"])) == (kept, False, 1)
    assert (await agent.calls("POST", f"/api/contact-merges/{merge['id']}/undo")).status_code == 404


async def test_a_customer_who_was_merged_writes_on_in_his_own_conversation_and_keeps_it_after_the_undo(idle: Server) -> None:
    agent, known, guest = await _pair(idle)
    kept, absorbed = (await _contact(agent, known))["id"], (await _contact(agent, guest))["id"]
    merge = await agent.posts(f"/api/contacts/{kept}/merge", {"absorb": absorbed})

    said = await guest.says("还在")
    await agent.posts(f"/api/contact-merges/{merge['id']}/undo", {})
    await guest.says("谢谢")

    assert said["conversation"] == guest.conversation
    assert [it["body"]["text"] for it in await guest.timeline() if it["by"]["kind"] == "customer" and it["body"].get("text")][
        -2:
    ] == [
        "还在",
        "谢谢",
    ]
    assert (await _contact(agent, guest))["id"] == absorbed


async def test_who_might_be_the_same_is_found_by_name_and_nobody_who_was_merged_away(idle: Server) -> None:
    agent, known, guest = await _pair(idle)
    kept, absorbed = (await _contact(agent, known))["id"], (await _contact(agent, guest))["id"]

    assert [it["id"] for it in await agent.gets(f"/api/contacts?q=林女&but={absorbed}")] == [kept]
    assert await agent.gets(f"/api/contacts?q=林女&but={kept}") == []
    await agent.posts(f"/api/contacts/{absorbed}/merge", {"absorb": kept})
    assert [it["id"] for it in await agent.gets(f"/api/contacts?q=林女&but={uuid4()}")] == [absorbed]  # under the name it took over


async def test_two_conversations_of_one_customer_become_one_case_for_one_person(idle: Server) -> None:
    agent, known, guest = await _pair(idle)
    refused = await agent.calls("POST", f"/api/conversations/{guest.conversation}/join", json={"into": known.conversation})
    assert refused.status_code == 400
    kept, absorbed = (await _contact(agent, known))["id"], (await _contact(agent, guest))["id"]
    await agent.posts(f"/api/contacts/{kept}/merge", {"absorb": absorbed})
    await agent.accepts(known.conversation)

    await agent.posts(f"/api/conversations/{guest.conversation}/join", {"into": known.conversation})

    row = (await agent.sees(guest.conversation))["conversation"]
    assert (row["owner"], row["agent"]["id"]) == ("agent", agent.me["user"]["id"])
    assert (await _history(agent, kept))["links"] == [{"absorbed": guest.conversation, "kept": known.conversation}]
    await agent.posts(f"/api/conversations/{guest.conversation}/part", {})
    assert (await _history(agent, kept))["links"] == []
    for customer in (known, guest):
        told = [it["body"]["undone"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "joined"]
        assert told == [False, True]
        assert "joined" not in {it["body"]["type"] for it in await customer.timeline()}


async def test_a_field_of_ones_own_takes_only_what_fits_it(idle: Server) -> None:
    boss, agent, customer = await idle.agent("管理", "administrator"), await idle.agent(), await idle.customer()
    await customer.says("在吗")
    contact = (await _contact(agent, customer))["id"]
    field = {"label": {"zh": "会员卡", "en": "Card"}, "kind": "choice", "choices": ["金", "银"]}
    assert (await agent.calls("PUT", "/api/contact-fields/card", json=field)).status_code == 403
    await boss.puts("/api/contact-fields/card", field)
    await boss.puts("/api/contact-fields/born", {"label": {"zh": "生日"}, "kind": "date"})

    path = f"/api/contacts/{contact}"
    assert (await agent.calls("PATCH", path, json={"attributes": {"card": "铜"}})).status_code == 400
    assert (await agent.calls("PATCH", path, json={"attributes": {"born": "昨天"}})).status_code == 400
    kept = await agent.calls("PATCH", path, json={"attributes": {"card": "金", "born": "1990-05-01", "其他": "随意"}})

    assert kept.json()["attributes"] == {"card": "金", "born": "1990-05-01", "其他": "随意"}
    assert [it["key"] for it in await agent.gets("/api/contact-fields")] == ["born", "card"]


async def _described(agent: Agent, contact: str) -> tuple[str, str | None, dict[str, str]]:
    found: Json = await agent.gets(f"/api/contacts/{contact}")
    return found["name"], found["tier"], found["attributes"]


async def test_two_colleagues_who_change_different_things_of_a_customer_both_keep_what_they_wrote(idle: Server) -> None:
    agent, known, _ = await _pair(idle)
    other = await idle.agent()
    contact = (await _contact(agent, known))["id"]
    address = f"/api/contacts/{contact}"
    await agent.calls("PATCH", address, json={"attributes": {"尺码": "M", "生日": "5月1日"}})

    await agent.calls(
        "PATCH",
        address,
        json={"name": "林小姐", "attributes": {"尺码": "L"}, "was": {"name": "林女士", "attributes": {"尺码": "M"}}},
    )
    seen = {"tier": "黑金会员", "attributes": {"生日": "5月1日", "公司": ""}}
    second = await other.calls("PATCH", address, json={"tier": "", "attributes": {"生日": "", "公司": "云海"}, "was": seen})

    assert second.status_code == 200
    name, tier, attributes = await _described(agent, contact)
    assert (name, tier) == ("林小姐", None)
    assert (attributes["尺码"], attributes["公司"], "生日" in attributes) == ("L", "云海", False)


async def test_who_would_write_over_a_colleagues_word_is_shown_it_and_nothing_is_changed(idle: Server) -> None:
    agent, known, _ = await _pair(idle)
    other = await idle.agent()
    contact = (await _contact(agent, known))["id"]
    address = f"/api/contacts/{contact}"
    seen = {"name": "林女士", "attributes": {"尺码": ""}}
    await agent.calls("PATCH", address, json={"attributes": {"尺码": "L"}, "was": seen})

    late = await other.calls("PATCH", address, json={"name": "林女士（深圳）", "attributes": {"尺码": "S"}, "was": seen})

    assert (late.status_code, late.json()["type"]) == (409, "/problems/version-conflict")
    assert late.json()["contact"]["attributes"]["尺码"] == "L"
    assert (await _described(agent, contact))[0] == "林女士"
    same = await other.calls("PATCH", address, json={"attributes": {"尺码": "L"}, "was": seen})
    knowing = await other.calls("PATCH", address, json={"attributes": {"尺码": "S"}, "was": {"attributes": {"尺码": "L"}}})
    assert (same.status_code, knowing.status_code, knowing.json()["attributes"]["尺码"]) == (200, 200, "S")


async def test_two_who_save_the_same_field_at_once_do_not_both_believe_they_wrote_it(idle: Server) -> None:
    agent, known, _ = await _pair(idle)
    contact = (await _contact(agent, known))["id"]

    answers = await gather(*(
        agent.calls("PATCH", f"/api/contacts/{contact}", json={"tier": f"等级{n}", "was": {"tier": "黑金会员"}}) for n in range(4)
    ))  # fmt: skip

    assert sorted(it.status_code for it in answers) == [200, 409, 409, 409]
