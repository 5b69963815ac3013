"""Signing in: guessing does not pay, leaving is final."""

import time
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tandem.access import act as access
from tandem.access.model import Role
from tandem.infra.settings import Settings
from tandem.kit.clock import SetClock
from world.agent import Agent
from world.customer import Customer
from world.hashing import REAL_HASHER
from world.server import PASSWORD, Server, running
from world.waiting import eventually


async def _tries(server: Server, email: str, password: str) -> int:
    return (await server.http().post("/api/sign-in", json={"email": email, "password": password})).status_code


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(tandem: Server) -> None:
    agent = await tandem.agent()
    answer = await tandem.http().post("/api/sign-in", json={"email": agent.email, "password": PASSWORD})
    cookie = answer.headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert answer.json()["csrf"] not in cookie


async def test_over_tls_the_cookie_is_of_this_host_alone(settings: Settings, dsn: str) -> None:
    secure = msgspec.structs.replace(settings, public_url="https://desk.example")
    async with running(secure, dsn) as server:
        editor = await server.editor()
        answer = await server.http().post("/api/sign-in", json={"email": editor.email, "password": PASSWORD})

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-tandem_session=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


async def test_an_email_is_known_whatever_its_letters(tandem: Server) -> None:
    agent = await tandem.agent()

    assert await _tries(tandem, f"  {agent.email.upper()} ", PASSWORD) == 200


async def test_guessing_one_persons_password_is_stopped_and_the_window_ends(settings: Settings, dsn: str) -> None:
    clock = SetClock(datetime(2026, 11, 23, tzinfo=UTC))
    async with running(settings, dsn, clock=clock, works=False) as server:
        editor = await server.editor()
        statuses = [await _tries(server, editor.email, f"guess number {number}") for number in range(9)]
        assert statuses == [401] * 8 + [429]
        assert await _tries(server, editor.email, PASSWORD) == 429

        clock.move(timedelta(minutes=11))

        assert await _tries(server, editor.email, PASSWORD) == 200


async def test_guessing_one_password_for_everybody_is_stopped(tandem: Server) -> None:
    statuses = {await _tries(tandem, f"person{number}@desk.example", "a common password") for number in range(41)}

    assert statuses == {401, 429}


async def test_an_office_behind_one_address_can_sign_in(tandem: Server) -> None:
    agent = await tandem.agent()

    assert {await _tries(tandem, agent.email, PASSWORD) for _ in range(45)} == {200}


async def test_too_many_tries_say_how_long_to_wait(tandem: Server) -> None:
    answers = [await tandem.http().post("/api/sign-in", json={"email": "x@y", "password": "z"}) for _ in range(9)]

    assert 0 < answers[-1].json()["retry_after"] <= 600
    assert answers[-1].headers["retry-after"] == str(answers[-1].json()["retry_after"])


def test_passwords_are_kept_as_argon2id_at_the_strength_that_is_recommended() -> None:
    """RFC 9106, section 4, second recommended option: 64 MiB, three passes, four lanes."""
    assert REAL_HASHER.hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.slow
async def test_an_unknown_email_takes_as_long_as_a_wrong_password(tandem: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_hasher", REAL_HASHER)
    agent = await tandem.agent()
    # Of the processor's time, the least of several: what is done beside it can only add.
    known = min([await _seconds(tandem, agent.email) for _ in range(4)])
    unknown = min([await _seconds(tandem, "nobody@desk.example") for _ in range(4)])

    assert unknown > known / 2


async def _seconds(server: Server, email: str) -> float:
    started = time.process_time()
    assert await _tries(server, email, "not the password") == 401
    return time.process_time() - started


async def test_a_wrong_password_and_an_unknown_email_are_told_in_the_same_words(tandem: Server) -> None:
    agent = await tandem.agent()
    wrong = await tandem.http().post("/api/sign-in", json={"email": agent.email, "password": "wrong"})
    unknown = await tandem.http().post("/api/sign-in", json={"email": "nobody@desk.example", "password": "wrong"})

    assert wrong.json() == unknown.json()


async def test_a_session_ends_with_its_time(settings: Settings, dsn: str) -> None:
    clock = SetClock(datetime(2026, 11, 23, tzinfo=UTC))
    async with running(settings, dsn, clock=clock, works=False) as server:
        agent = await server.agent()
        clock.move(timedelta(days=13))
        assert (await agent.calls("GET", "/api/me")).status_code == 200
        clock.move(timedelta(days=2))
        assert (await agent.calls("GET", "/api/me")).status_code == 401


async def test_signing_out_ends_the_session_even_for_a_copied_cookie(tandem: Server) -> None:
    agent = await tandem.agent()
    thief = Agent(tandem.http(), tandem.url, agent.email)
    thief.http.cookies.update(agent.http.cookies)
    assert (await thief.calls("GET", "/api/me")).status_code == 200

    await agent.calls("POST", "/api/sign-out")

    assert (await thief.calls("GET", "/api/me")).status_code == 401


async def test_whoever_is_deactivated_is_out_at_once_and_stays_out(tandem: Server) -> None:
    boss, agent = await tandem.agent("主管", "administrator"), await tandem.agent()

    await boss.calls("PATCH", f"/api/users/{agent.me['user']['id']}", json={"active": False})

    assert (await agent.calls("GET", "/api/me")).status_code == 401
    assert await _tries(tandem, agent.email, PASSWORD) == 401


async def test_a_password_set_by_an_administrator_ends_all_sessions_of_its_owner(tandem: Server) -> None:
    boss, agent = await tandem.agent("主管", "administrator"), await tandem.agent()

    await boss.calls("PATCH", f"/api/users/{agent.me['user']['id']}", json={"password": "a new long password"})

    assert (await agent.calls("GET", "/api/me")).status_code == 401
    assert await _tries(tandem, agent.email, "a new long password") == 200


async def test_a_new_role_holds_at_once(tandem: Server) -> None:
    boss, other = await tandem.agent("主管", "administrator"), await tandem.agent("二", "administrator")

    await boss.calls("PATCH", f"/api/users/{other.me['user']['id']}", json={"role": "agent"})

    assert (await other.calls("GET", "/api/users")).status_code == 403


@pytest.mark.parametrize("change", [{"active": False}, {"role": "agent"}])
async def test_the_last_administrator_cannot_leave(tandem: Server, change: dict[str, object]) -> None:
    boss = await tandem.agent("主管", "administrator")

    answer = await boss.calls("PATCH", f"/api/users/{boss.me['user']['id']}", json=change)

    assert (answer.status_code, answer.json()["errors"]) == (400, [{"field": "role", "message": "last administrator"}])
    assert (await boss.calls("GET", "/api/users")).status_code == 200


async def test_the_old_password_must_be_known_to_set_a_new_one(tandem: Server) -> None:
    agent = await tandem.agent()

    answer = await agent.calls("POST", "/api/me/password", json={"old": "not it", "new": "a new long password"})

    assert answer.status_code == 401
    assert await _tries(tandem, agent.email, PASSWORD) == 200


async def test_what_is_changed_is_written_down_with_who_did_it(tandem: Server) -> None:
    boss, agent = await tandem.agent("主管", "administrator"), await tandem.agent()
    await boss.calls(
        "PATCH", f"/api/users/{agent.me['user']['id']}", json={"password": "a new long password", "role": "supervisor"}
    )

    async with tandem.app.services.db.read() as db:
        row = await db.fetchrow("select actor, subject, detail from audit where action = 'user.changed'")

    assert row is not None
    assert (str(row["actor"]), row["subject"]) == (boss.me["user"]["id"], agent.me["user"]["id"])
    assert row["detail"] == {"role": "supervisor", "password": "True"}


@pytest.mark.parametrize("role", ["supervisor", "administrator"])
async def test_who_looks_after_the_desk_is_offered_nobody_at_sign_in_until_he_goes_online_himself(
    tandem: Server, role: Role
) -> None:
    boss = await tandem.agent("管理员", role)
    await boss.puts("/api/me/presence", {"state": "offline"})

    await boss.signs_in(PASSWORD)
    assert boss.me["presence"]["state"] == "busy"

    customer = await tandem.customer()
    await customer.presses_for_a_person()
    assert (await boss.gets("/api/routing/mine"))["offer"] is None
    await boss.puts("/api/me/presence", {"state": "online"})
    assert await eventually(lambda: _offered(boss, customer))

    await boss.signs_in(PASSWORD)
    assert boss.me["presence"]["state"] == "online"


async def test_each_person_can_be_set_to_serve_by_signing_in_or_not(tandem: Server) -> None:
    admin, boss, agent = (
        await tandem.agent("管理员", "administrator"),
        await tandem.agent("主管", "supervisor"),
        await tandem.agent(),
    )
    for person, serves in ((boss, True), (agent, False)):
        changed = await admin.calls("PATCH", f"/api/users/{person.me['user']['id']}", json={"online_at_sign_in": serves})
        assert changed.json()["online_at_sign_in"] is serves
        await person.puts("/api/me/presence", {"state": "offline"})
        await person.signs_in(PASSWORD)

    assert [it.me["presence"]["state"] for it in (boss, agent)] == ["online", "busy"]
    added = {"email": "new@desk.example", "name": "新主管", "role": "supervisor", "password": PASSWORD}
    assert (await admin.posts("/api/users", added))["online_at_sign_in"] is False
    assert (await admin.posts("/api/users", added | {"email": "b@desk.example", "online_at_sign_in": True}))[
        "online_at_sign_in"
    ] is True


async def _offered(agent: Agent, customer: Customer) -> bool:
    offer = (await agent.gets("/api/routing/mine"))["offer"]
    return offer is not None and offer["conversation"] == customer.conversation


async def test_whoever_serves_customers_is_online_by_signing_in(tandem: Server) -> None:
    agent = await tandem.agent()
    await agent.puts("/api/me/presence", {"state": "offline"})

    await agent.signs_in(PASSWORD)

    assert agent.me["presence"]["state"] == "online"
