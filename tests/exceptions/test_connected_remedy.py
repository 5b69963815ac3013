"""A connected system carries out what was granted, with the amount that was granted; no customer is ever offered it."""

import json

import msgspec

from assistant.servers import Answer, shop_that
from assistant.test_connected_skills import connected, heard_of, host_of, switched_on
from exceptions.asking import asks, decides, is_carried_out, progress, served, stands
from tandem.infra.settings import Settings
from world.server import running

WALLET = """
openapi: 3.0.3
info: {title: Wallet, version: '1'}
servers: [{url: /v1}]
paths:
  /credits:
    post:
      operationId: add_credit
      summary: Add credit
      parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [amount, note]
              properties: {amount: {type: integer}, note: {type: string}}
"""


def _slot(zh: str, given_by: str) -> dict[str, object]:
    return {"title": {"zh": zh, "en": zh}, "given_by": given_by}


async def test_what_a_connected_system_is_told_is_what_was_granted(settings: Settings, dsn: str) -> None:
    async with shop_that(Answer(200, json.dumps({"id": "C-7"}).encode())) as there:
        beside = msgspec.structs.replace(settings, outside_allowed=frozenset([host_of(there)]))
        async with running(beside, dsn, works=False) as server:
            admin, agent, boss = (
                await server.agent("管理员", "administrator"),
                await server.agent(),
                await server.agent("主管", "supervisor"),
            )
            skill = (await connected(admin, kind="openapi", document=WALLET, base=there.url))["add_credit"]
            slots = {"amount": _slot("金额", "grant"), "note": _slot("说明", "customer")}
            told = {"zh": "已充值，编号 {id}。", "en": ""}
            refused = await admin.calls("PUT", f"/api/skills/{skill['id']}", json=_change(slots, told) | {"who": ["assistant"]})
            await switched_on(admin, skill, **_change(slots, told))
            await heard_of(server)
            customer = await served(server, agent)

            name = f"skill:{skill['id']}"
            asked = await asks(
                agent, customer, 5000, kind="other", what="余额补偿", skill=name, given={"note": "迟到补偿", "amount": "999999"}
            )
            await decides(boss, asked, "changed", what="余额补偿", cost=2000)
            await is_carried_out(server, asked)

            assert refused.status_code == 400
            assert (await stands(agent, customer))["exception"]["carried"] == "done"
            assert (await progress(customer))[-1]["said"] == "已充值，编号 C-7。"
            assert server.app.services.skills.registry.meant("补偿余额", "zh") is None
        assert [json.loads(it.body) for it in there.asked] == [{"amount": 2000, "note": "迟到补偿"}]
        assert there.asked[0].headers["idempotency-key"] == f"exception-{asked['exception']['id']}"


def _change(slots: dict[str, dict[str, object]], told: dict[str, str]) -> dict[str, object]:
    return {
        "active": True, "title": {"zh": "充值", "en": "Credit"}, "personal": False, "writes": True, "confirm": True, "seconds": 5,
        "tries": 2, "hides": [], "triggers": ["补偿余额"], "answer": told, "slots": slots, "who": ["desk"],
    }  # fmt: skip
