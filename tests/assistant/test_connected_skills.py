"""A business system is connected by its document, its MCP server or as Python; what is picked is used, and nothing else."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvicorn
from mcp.server import MCPServer
from mcp_types import ToolAnnotations

from assistant.conftest import API_KEY, RunningShop
from assistant.servers import Answer, Served, shop_that
from tandem.infra.settings import Settings
from world.agent import Agent
from world.customer import Customer
from world.server import Server, running
from world.waiting import eventually

Json = dict[str, Any]
PARCELS = """
openapi: 3.0.3
info: {title: Parcel house, version: '1'}
servers: [{url: /v1}]
paths:
  /parcels/{code}:
    get:
      operationId: track_parcel
      summary: Track a parcel
      parameters:
        - {name: code, in: path, required: true, schema: {type: string, pattern: '^[A-Z]{2}[0-9]{6}$'}, description: The code on the label}
  /pickups:
    post:
      operationId: book_pickup
      summary: Book a pick-up
      parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pickup'}
  /labels:
    post:
      operationId: print_labels
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [parcels], properties: {parcels: {type: array}}}}}}
components:
  schemas:
    Pickup:
      type: object
      required: [customer, day, size]
      properties:
        customer: {type: string}
        day: {type: string, format: date}
        size: {type: string, enum: [small, large]}
"""


@asynccontextmanager
async def tandem_beside(settings: Settings, dsn: str, *allowed: str) -> AsyncIterator[tuple[Server, Agent]]:
    with_outside = msgspec.structs.replace(settings, outside_allowed=frozenset(allowed))
    async with running(with_outside, dsn) as server:
        yield server, await server.agent("管理员", "administrator")


def host_of(served: Served) -> str:
    return served.url.removeprefix("http://").partition("/")[0]


async def connected(agent: Agent, **asked: Any) -> Json:
    """The skills of a newly connected system, by operation."""
    system = await agent.posts("/api/skills/systems", asked)
    board = await agent.gets("/api/skills")
    return {it["operation"]: it for it in board["skills"] if it["system_id"] == system["id"]}


async def switched_on(agent: Agent, skill: Json, **more: Any) -> Json:
    described = skill["offer"]["skill"]
    change = {
        "active": True, "title": {"zh": "查快递", "en": described["title"]["en"]}, "personal": False, "writes": described["writes"],
        "confirm": described["writes"], "seconds": 5, "tries": 2, "hides": [], "triggers": [], "answer": {"zh": "", "en": ""},
    }  # fmt: skip
    changed: Json = await agent.puts(f"/api/skills/{skill['id']}", change | more)
    return changed


async def heard_of(server: Server, count: int = 1) -> None:
    """The process that answers has taken the change over."""
    registry = server.app.services.skills.registry
    await eventually(lambda: asyncio.sleep(0, len(registry.all()) == count))


async def answer_of(customer: Customer, text: str) -> Json:
    said: Json = (await customer.asks(text))["body"]
    return said


async def calls_of(agent: Agent, customer: Customer) -> list[Json]:
    return [it["body"] for it in await agent.timeline(customer.conversation) if it["body"]["type"] == "skill_called"]


async def test_a_picked_operation_answers_customers_in_the_words_and_fields_given_for_it(settings: Settings, dsn: str) -> None:
    parcel = {"code": "SF204466", "state": "在途", "courier": {"phone": "13800138000"}, "eta": "11-25"}
    async with (
        shop_that(Answer(200, json.dumps(parcel).encode())) as there,
        tandem_beside(settings, dsn, host_of(there)) as (server, admin),
    ):
        skills = await connected(admin, kind="openapi", document=PARCELS, base=there.url, auth="bearer", secret="s3cret-key")
        assert {name: it["active"] for name, it in skills.items()} == {
            "track_parcel": False,
            "book_pickup": False,
            "print_labels": False,
        }
        told = {"zh": "包裹 {code}：{state}，预计 {eta} 到。快递员 {courier.phone}", "en": ""}
        await switched_on(
            admin,
            skills["track_parcel"],
            triggers=["帮我查一下包裹 {code}", "包裹现在走到哪一步"],
            answer=told,
            hides=["phone"],
        )
        await heard_of(server)
        customer = await server.customer()
        said = await answer_of(customer, "帮我查一下包裹 SF204466")
        assert "包裹 SF204466：在途，预计 11-25 到。快递员 ••••" in said["text"]
        assert [it["title"] for it in said["sources"]] == ["查快递"]
        assert [(it["skill"], it["outcome"]) for it in await calls_of(admin, customer)] == [("track_parcel", "ok")]
        await eventually(lambda: _has_call(server, admin, skills["track_parcel"]["id"]))
    assert there.asked[0].line.startswith("GET /parcels/SF204466 ")
    assert there.asked[0].headers["authorization"] == "Bearer s3cret-key"


async def _has_call(server: Server, admin: Agent, id: str) -> bool:
    kept = await admin.gets(f"/api/skills/skill:{id}/calls")
    return [it["outcome"] for it in kept] == ["ok"]


async def test_what_is_missing_is_asked_for_and_what_does_not_fit_is_said(settings: Settings, dsn: str) -> None:
    async with (
        shop_that(Answer(200, b'{"state": "delivered"}')) as there,
        tandem_beside(settings, dsn, host_of(there)) as (server, admin),
    ):
        skills = await connected(admin, kind="openapi", document=PARCELS, base=there.url)
        await switched_on(
            admin, skills["track_parcel"], triggers=["track my label code", "check a label code with the parcel house"]
        )
        await heard_of(server)
        customer = await server.customer(locale="en")
        asked = await answer_of(customer, "track my label code")
        assert "The code on the label" in asked["text"]
        again = await answer_of(customer, "I think it is blue")
        assert "I can't use that" in again["text"]
        told = await answer_of(customer, "SF204466")
        assert "state: delivered" in told["text"]
    assert len(there.asked) == 1


async def test_a_write_is_read_back_and_sent_once_with_the_customers_id_as_it_was_proven(settings: Settings, dsn: str) -> None:
    async with (
        shop_that(Answer(503), Answer(201, b'{"booked": "A17"}')) as there,
        tandem_beside(settings, dsn, host_of(there)) as (server, admin),
    ):
        skills = await connected(admin, kind="openapi", document=PARCELS, base=there.url)
        identity = {"title": {"zh": "客户", "en": "Customer"}, "given_by": "identity", "private": True}
        await switched_on(
            admin, skills["book_pickup"], title={"zh": "预约取件", "en": "Book a pick-up"}, personal=True, slots={"customer": identity},
            triggers=["请预约上门取件", "我要预约取件"], answer={"zh": "已预约，编号 {booked}。", "en": ""},
        )  # fmt: skip
        await heard_of(server)
        stranger = await server.customer()
        assert "登录" in (await answer_of(stranger, "我要预约取件"))["text"]
        customer = await server.customer(identity=server.identity("C1001"))
        await answer_of(customer, "我要预约取件")
        assert "没法用作" in (await answer_of(customer, "后天吧"))["text"]
        await answer_of(customer, "2026-11-30")
        read_back = await answer_of(customer, "large")
        assert "2026-11-30" in read_back["text"]
        assert there.asked == []
        done = await answer_of(customer, "确认")
        assert "编号 A17" in done["text"]
    assert [json.loads(it.body) for it in there.asked] == [{"customer": "C1001", "day": "2026-11-30", "size": "large"}] * 2
    assert len({it.headers["idempotency-key"] for it in there.asked}) == 1


async def test_an_operation_that_cannot_be_asked_for_is_listed_with_the_reason_and_stays_off(settings: Settings, dsn: str) -> None:
    async with tandem_beside(settings, dsn) as (_, admin):
        skills = await connected(admin, kind="openapi", document=PARCELS, base="https://parcels.example")
        assert "parcels" in skills["print_labels"]["offer"]["unusable"]
        refused = await admin.calls("PUT", f"/api/skills/{skills['print_labels']['id']}", json=_change(skills["print_labels"]))
        assert refused.status_code == 400


def _change(skill: Json) -> Json:
    return {
        "active": True, "title": {"zh": "甲", "en": "A"}, "personal": False, "writes": True, "confirm": True, "seconds": 5, "tries": 1,
        "hides": [], "triggers": [], "answer": {"zh": "", "en": ""},
    }  # fmt: skip


async def test_what_changes_something_cannot_be_freed_of_the_customers_yes(settings: Settings, dsn: str) -> None:
    async with tandem_beside(settings, dsn) as (_, admin):
        skills = await connected(admin, kind="openapi", document=PARCELS, base="https://parcels.example")
        change = _change(skills["book_pickup"]) | {"confirm": False}
        refused = await admin.calls("PUT", f"/api/skills/{skills['book_pickup']['id']}", json=change)
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["field"] == "confirm"


async def test_a_secret_is_sealed_and_never_shown_again(settings: Settings, dsn: str) -> None:
    async with tandem_beside(settings, dsn) as (server, admin):
        await connected(admin, kind="openapi", document=PARCELS, base="https://parcels.example", auth="bearer", secret="s3cret-key")
        board = await admin.gets("/api/skills")
        assert board["systems"][0]["has_secret"]
        assert "s3cret" not in json.dumps(board)
        async with server.app.services.db.read() as db:
            assert b"s3cret" not in await db.fetchval("select sealed_secret from skill_system")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:5432/openapi.json", "http://169.254.169.254/latest", "file:///etc/passwd", "http://[::1]/x"]
)
@pytest.mark.parametrize("kind", ["openapi", "mcp"])
async def test_an_address_in_the_inner_network_is_not_called(settings: Settings, dsn: str, kind: str, url: str) -> None:
    async with tandem_beside(settings, dsn) as (_, admin):
        refused = await admin.calls("POST", "/api/skills/systems", json={"kind": kind, "url": url})
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["field"] == "url"
        assert (await admin.gets("/api/skills"))["systems"] == []


async def test_a_base_address_in_the_inner_network_is_not_called_either(settings: Settings, dsn: str) -> None:
    async with shop_that(Answer(200)) as there, tandem_beside(settings, dsn) as (_, admin):
        skills = await connected(admin, kind="openapi", document=PARCELS, base=there.url)
        tried = await admin.posts(f"/api/skills/{skills['track_parcel']['id']}/try", {"given": {"code": "SF204466"}})
    assert (tried["outcome"], there.asked) == ("failed", [])


async def test_for_whom_a_skill_is_can_be_set_and_has_limits(settings: Settings, dsn: str) -> None:
    async with running(settings, dsn) as server:
        admin = await server.agent("管理员", "administrator")
        skill = next(iter((await connected(admin, kind="openapi", document=PARCELS, base="https://parcels.example")).values()))
        changed = await switched_on(admin, skill, audience=["Gold ", "gold", "signed_in"])
        assert changed["offer"]["skill"]["audience"] == ["gold", "signed_in"]
        change = {"active": True, "title": {"zh": "查", "en": "Look"}, "personal": False, "writes": False, "confirm": False, "seconds": 5,
                  "tries": 2, "hides": [], "triggers": [], "answer": {"zh": "", "en": ""}, "audience": ["x" * 41]}  # fmt: skip
        refused = await admin.calls("PUT", f"/api/skills/{skill['id']}", json=change)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "audience")


async def test_a_trial_shows_the_result_with_hidden_fields_masked_and_a_write_only_when_sure(settings: Settings, dsn: str) -> None:
    async with (
        shop_that(Answer(200, b'{"state": "x", "phone": "13800138000"}')) as there,
        tandem_beside(settings, dsn, host_of(there)) as (_, admin),
    ):
        skills = await connected(admin, kind="openapi", document=PARCELS, base=there.url)
        changed = await switched_on(admin, skills["track_parcel"], hides=["phone"])
        tried = await admin.posts(f"/api/skills/{changed['id']}/try", {"given": {"code": "SF204466"}})
        assert (tried["outcome"], tried["result"]) == ("ok", {"state": "x", "phone": "••••"})
        wrong = await admin.calls("POST", f"/api/skills/{changed['id']}/try", json={"given": {"code": "../admin"}})
        assert wrong.status_code == 400
        before = len(there.asked)
        held = await admin.posts(f"/api/skills/{skills['book_pickup']['id']}/try", {"given": {}})
        assert (held["outcome"], len(there.asked)) == ("refused", before)


async def test_the_demo_shop_can_be_connected_by_its_own_document(settings: Settings, dsn: str, running_shop: RunningShop) -> None:
    origin = running_shop.address.removesuffix("/api")
    async with tandem_beside(settings, dsn, origin.removeprefix("http://")) as (_, admin):
        skills = await connected(admin, kind="openapi", url=f"{origin}/openapi.json", auth="bearer", secret=API_KEY)
        assert {"find_products", "get_order", "return_order", "change_order_address"} <= set(skills)
        assert skills["return_order"]["offer"]["skill"]["repeatable"]
        number, customer, _ = running_shop.order("On its way")
        tried = await admin.posts(
            f"/api/skills/{skills['get_order']['id']}/try", {"given": {"number": number, "customer": customer}}
        )
        assert tried["result"]["number"] == number


@asynccontextmanager
async def mcp_server() -> AsyncIterator[str]:
    tools = MCPServer("Warehouse")

    @tools.tool(title="Shelf of an article", annotations=ToolAnnotations(read_only_hint=True))
    def shelf(article: str, floor: int = 1) -> dict[str, str]:
        """Where an article lies."""
        return {"shelf": f"{article.upper()}-{floor}"}

    @tools.tool()
    def block(article: str) -> str:
        return f"{article} blocked"

    del shelf, block
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(tools.streamable_http_app(), log_level="error", lifespan="on", ws="none"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await eventually(lambda: asyncio.sleep(0, server.started))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
        server.should_exit = True
        await serving


async def test_tools_of_an_mcp_server_become_skills(settings: Settings, dsn: str) -> None:
    async with mcp_server() as url:
        host = url.removeprefix("http://").partition("/")[0]
        async with tandem_beside(settings, dsn, host) as (server, admin):
            skills = await connected(admin, kind="mcp", url=url, name="仓库")
            assert {name: it["offer"]["skill"]["writes"] for name, it in skills.items()} == {"shelf": False, "block": True}
            tried = await admin.posts(f"/api/skills/{skills['shelf']['id']}/try", {"given": {"article": "b7", "floor": "3"}})
            assert tried["result"] == {"shelf": "B7-3"}
            await switched_on(
                admin,
                skills["shelf"],
                triggers=["货品 {article} 在哪个货架", "查货架位置"],
                answer={"zh": "在 {shelf}。", "en": ""},
            )
            await heard_of(server)
            customer = await server.customer()
            assert "在 B7-1。" in (await answer_of(customer, "货品 b7 在哪个货架"))["text"]


@pytest.fixture
def installed_skills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package beside Tandem that brings a skill, installed as pip would."""
    (tmp_path / "acme_skills.py").write_text(
        "from tandem.assistant.skills.over_python import PythonSkill\n"
        "from tandem.assistant.skills.port import Skill, Title, Parameter\n"
        "async def points(given, key):\n"
        "    if given['year'] == '1999': raise ValueError('boom')\n"
        "    return {'points': 120, 'year': given['year']}\n"
        "SKILL = Skill('points', Title('查积分', 'Points'), (Parameter('year', Title('年份', 'Year'), kind='integer'),))\n"
        "def skills(): return [PythonSkill(SKILL, points, ('查询 {year} 年积分', '积分余额查询'), Title('{year} 年积分 {points}', ''))]\n"
    )
    about = tmp_path / "acme_skills-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-skills\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[tandem.skills]\nacme = acme_skills:skills\nbroken = acme_skills:nothing\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert str(tmp_path) in sys.path


@pytest.mark.usefixtures("installed_skills")
async def test_a_python_entry_point_brings_skills_and_its_faults_are_no_ones_else(settings: Settings, dsn: str) -> None:
    async with tandem_beside(settings, dsn) as (server, admin):
        assert (await admin.gets("/api/skills"))["installed"] == ["acme"]
        skills = await connected(admin, kind="python", url="acme")
        offer = skills["points"]["offer"]
        await switched_on(admin, skills["points"], triggers=offer["triggers"], answer=offer["answer"])
        await heard_of(server)
        customer = await server.customer()
        assert "2025 年积分 120" in (await answer_of(customer, "查询 2025 年积分"))["text"]
        tried = await admin.posts(f"/api/skills/{skills['points']['id']}/try", {"given": {"year": "1999"}})
        assert tried["outcome"] == "failed"


async def test_a_system_that_was_removed_answers_no_more(settings: Settings, dsn: str) -> None:
    async with shop_that(Answer(200, b"{}")) as there, tandem_beside(settings, dsn, host_of(there)) as (server, admin):
        skills = await connected(admin, kind="openapi", document=PARCELS, base=there.url)
        await switched_on(admin, skills["track_parcel"], triggers=["帮我查一下包裹 {code}"])
        await heard_of(server)
        gone = await admin.calls("DELETE", f"/api/skills/systems/{skills['track_parcel']['system_id']}")
        assert gone.status_code == 204
        await heard_of(server, 0)
        customer = await server.customer()
        await answer_of(customer, "帮我查一下包裹 SF204466")
    assert there.asked == []


@pytest.mark.parametrize(
    "document",
    [
        "not a document", "[]", "{}", '{"openapi": "3.1.0"}', '{"openapi": "3.1.0", "paths": {}}', '{"swagger": "2.0", "paths": {"/": {}}}',
        "openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: '#/x'}]}}}\nx: {$ref: '#/x'}",
        "openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: 'https://evil.example/p.json'}]}}}",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: !!python/object/apply:os.system ['true']",
    ],
)  # fmt: skip
async def test_a_document_that_cannot_be_used_is_refused_with_the_reason(settings: Settings, dsn: str, document: str) -> None:
    async with tandem_beside(settings, dsn) as (_, admin):
        refused = await admin.calls(
            "POST", "/api/skills/systems", json={"kind": "openapi", "document": document, "base": "https://x.example"}
        )
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["message"]


async def test_only_administrators_manage_skills(settings: Settings, dsn: str) -> None:
    async with tandem_beside(settings, dsn) as (server, _):
        for role in ("agent", "supervisor"):
            other = await server.agent("别人", role)
            assert (await other.calls("GET", "/api/skills")).status_code == 403
            assert (await other.calls("POST", "/api/skills/systems", json={"kind": "python", "url": "x"})).status_code == 403
