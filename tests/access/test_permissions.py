"""Who may do what is declared on every route, and holds on every route."""

import re
from uuid import uuid4

import pytest
from litestar.handlers import HTTPRouteHandler

from tandem.access.model import MAY, Role
from tandem.api.http import http_app
from tandem.app import Application
from world.agent import Agent
from world.server import Server

ROLES: tuple[Role, ...] = ("agent", "supervisor", "administrator")
# What is open to anybody, and why: the list grows only on purpose.
OPEN = {
    "/": "a deployment's own front page", "/widget.js": "the widget", "/words/{name}": "what the widget says",
    "/parts/{name}": "the widget", "/console": "the console's files",
    "/console/{path}": "the console's files", "/health": "up or not", "/metrics": "asks where the caller is", "/api/sign-in": "signing in",
    "/api/chat/session": "gives a token that names only its holder", "/api/channels/{key}/events": "asks for a signature",
    "/api/schemas/packet.v1.json": "a schema, nobody's data",
    "/api/blobs/{blob}": "asks for a signed address", "/api/openapi.json": "the description of the API",
    "/api/openapi": "the same", "/api/openapi/openapi.json": "the same", "/api/openapi/{path}": "nothing: not found",
}  # fmt: skip


def _routes(app: Application) -> list[tuple[str, str, str]]:
    """Method, path as a template, permission: of every route of the application."""
    found = []
    for route in http_app(app.services.settings.upload_limit).routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler) and "OPTIONS" not in handler.http_methods:
                path = re.sub(r"\{(\w+)(:\w+)?\}", r"{\1}", route.path)
                found += [(str(method), path, handler.opt["permission"]) for method in sorted(handler.http_methods)]
    return sorted(set(found))


def _address(template: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: "x" if name.group(1) in ("key", "path") else str(uuid4()), template)


@pytest.fixture(scope="module")
async def people(open_all_day: Server) -> dict[Role, Agent]:
    return {role: await open_all_day.agent(role, role) for role in ROLES}


def test_every_route_says_who_may_call_it(open_all_day: Server) -> None:
    known = {"anyone", "visitor", "signed-in", *MAY["administrator"]}
    routes = _routes(open_all_day.app)

    assert len(routes) > 40
    assert {permission for _, _, permission in routes} <= known


def test_only_what_must_be_open_is_open(open_all_day: Server) -> None:
    assert {path for _, path, permission in _routes(open_all_day.app) if permission == "anyone"} <= set(OPEN)


async def test_nobody_gets_in_without_signing_in(open_all_day: Server) -> None:
    stranger = open_all_day.http()
    let_in = []
    for method, template, permission in _routes(open_all_day.app):
        if permission != "anyone":
            answer = await stranger.request(method, _address(template), json={})
            if answer.status_code != 401 or answer.json()["type"] != "/problems/not-signed-in":
                let_in.append(f"{method} {template}: {answer.status_code}")

    assert let_in == []


async def test_a_customers_token_opens_nothing_of_the_desk(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    headers = {"Authorization": f"Bearer {customer.token}", "Cookie": f"tandem_session={customer.token}"}
    let_in = []
    for method, template, permission in _routes(open_all_day.app):
        if permission not in ("anyone", "visitor"):
            answer = await customer.http.request(method, _address(template), json={}, headers=headers)
            if answer.status_code != 401:
                let_in.append(f"{method} {template}: {answer.status_code}")

    assert let_in == []


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_may_do_exactly_what_is_declared(open_all_day: Server, people: dict[Role, Agent], role: Role) -> None:
    wrong = []
    for method, template, permission in _routes(open_all_day.app):
        if permission in ("anyone", "visitor") or template in ("/api/sign-out", "/api/me/password"):
            continue
        answer = await people[role].calls(method, _address(template), json={})
        allowed = permission == "signed-in" or permission in MAY[role]
        if (answer.status_code == 403) == allowed or answer.status_code == 401 or answer.status_code >= 500:
            wrong.append(f"{method} {template} ({permission}): {answer.status_code}")

    assert wrong == []


@pytest.mark.parametrize("csrf", ["", "forged"])
async def test_nothing_changes_without_the_sign_that_it_was_meant(
    open_all_day: Server, people: dict[Role, Agent], csrf: str
) -> None:
    """A page of another site can send an administrator's cookie along, but it cannot know this."""
    let_in = []
    for method, template, permission in _routes(open_all_day.app):
        if method not in ("GET", "HEAD") and permission not in ("anyone", "visitor"):
            answer = await people["administrator"].calls(method, _address(template), json={}, headers={"X-CSRF-Token": csrf})
            if answer.status_code != 403 or answer.json()["type"] != "/problems/not-allowed":
                let_in.append(f"{method} {template}: {answer.status_code}")

    assert let_in == []


async def test_another_sites_page_may_not_read_answers_with_an_agents_cookie(
    open_all_day: Server, people: dict[Role, Agent]
) -> None:
    answer = await people["agent"].calls("GET", "/api/me", headers={"Origin": "https://evil.example"})

    assert "access-control-allow-credentials" not in answer.headers


async def test_an_agent_without_the_right_to_assign_cannot_give_away_what_is_not_his(
    open_all_day: Server, people: dict[Role, Agent]
) -> None:
    owner, customer = await open_all_day.agent("主人"), await open_all_day.customer()
    await customer.presses_for_a_person()
    await owner.accepts(customer.conversation)
    body = {"version": await owner.version(customer.conversation), "to": None}

    refused = await people["agent"].calls("POST", f"/api/conversations/{customer.conversation}/transfer", json=body)
    allowed = await people["supervisor"].calls("POST", f"/api/conversations/{customer.conversation}/transfer", json=body)

    assert (refused.status_code, allowed.status_code) == (403, 200)


async def test_nobody_answers_in_another_ones_conversation(open_all_day: Server, people: dict[Role, Agent]) -> None:
    owner, customer = await open_all_day.agent("主人"), await open_all_day.customer()
    await customer.presses_for_a_person()
    await owner.accepts(customer.conversation)

    for act, body in (
        ("reply", {"client_id": "a", "text": "x"}), ("resolve", {"version": await owner.version(customer.conversation)}),
        ("hand-back", {"version": await owner.version(customer.conversation)}),
    ):  # fmt: skip
        answer = await people["administrator"].calls("POST", f"/api/conversations/{customer.conversation}/{act}", json=body)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-yours")
