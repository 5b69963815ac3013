"""What every answer carries, and the pages that are built into the package."""

import httpx
import msgspec
import pytest

from tandem.infra.settings import Settings
from world.server import Server, running

SAFE = {"x-content-type-options": "nosniff", "referrer-policy": "strict-origin-when-cross-origin", "x-frame-options": "DENY"}


@pytest.fixture
async def stranger(open_all_day: Server) -> httpx.AsyncClient:
    return open_all_day.http()


@pytest.mark.parametrize("path", ["/health", "/api/me", "/api/openapi.json", "/nowhere", "/api/nowhere", "/console", "/widget.js"])
async def test_every_answer_tells_browsers_to_be_careful(stranger: httpx.AsyncClient, path: str) -> None:
    answer = await stranger.get(path)

    assert {name: answer.headers.get(name) for name in SAFE} == SAFE


async def test_the_console_runs_only_what_is_its_own(stranger: httpx.AsyncClient) -> None:
    page = await stranger.get("/console")
    if page.status_code == 404:
        pytest.skip("the pages are not built: make setup")
    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["content-security-policy"].split(";"))

    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy or "unsafe" not in policy["script-src"]
    assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'", "'none'", "'none'")
    assert "<script>" not in page.text.replace(" ", "")


async def test_every_address_below_the_console_is_its_page_but_a_missing_file_is_not_found(stranger: httpx.AsyncClient) -> None:
    page = await stranger.get("/console")
    if page.status_code == 404:
        pytest.skip("the pages are not built: make setup")

    assert (await stranger.get("/console/knowledge/123")).text == page.text
    assert (await stranger.get("/console/assets/none.js")).status_code == 404
    assert (await stranger.get("/console/..%2f..%2fsecret.txt")).status_code == 404


async def test_a_page_that_is_known_already_is_not_sent_again(stranger: httpx.AsyncClient) -> None:
    first = await stranger.get("/widget.js")
    if first.status_code == 404:
        pytest.skip("the pages are not built: make setup")

    again = await stranger.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_health_says_that_the_database_answers(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.get("/health")).json() == {"status": "ok"}


async def test_metrics_are_counts_without_names(open_all_day: Server, stranger: httpx.AsyncClient) -> None:
    customer = await open_all_day.customer()
    await customer.asks("我叫张三丰")

    text = (await stranger.get("/metrics")).text

    assert "tandem_turns_total" in text
    assert 'route="/api/chat/messages"' in text
    assert "张三丰" not in text
    assert customer.conversation not in text


async def test_metrics_for_another_machine_ask_for_their_token(settings: Settings, dsn: str) -> None:
    collected = msgspec.structs.replace(settings, metrics_token="a long random word")
    async with running(collected, dsn, works=False) as server:
        http = server.http()
        assert (await http.get("/metrics")).status_code == 404
        assert (await http.get("/metrics", headers={"Authorization": "Bearer wrong"})).status_code == 404
        assert (await http.get("/metrics", headers={"Authorization": "Bearer a long random word"})).status_code == 200


async def test_the_api_describes_itself(stranger: httpx.AsyncClient) -> None:
    described = (await stranger.get("/api/openapi.json")).json()

    assert {"/api/chat/messages", "/api/conversations/{conversation}/accept", "/api/knowledge/{article}/publish"} <= set(
        described["paths"]
    )


async def test_a_widget_on_any_page_may_talk_to_its_server(stranger: httpx.AsyncClient) -> None:
    asked = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    answer = await stranger.options("/api/chat/messages", headers=asked)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


async def test_a_widget_on_any_page_may_fetch_its_words_and_parts(stranger: httpx.AsyncClient) -> None:
    if (await stranger.get("/widget.js")).status_code == 404:
        pytest.skip("the pages are not built: make setup")
    answer = await stranger.get("/words/en.js", headers={"Origin": "https://shop.example"})

    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert (await stranger.get("/words/xx.js")).status_code == 404
    for part in ("cards", "helped", "rating", "told", "uploads", "wait"):
        answer = await stranger.get(f"/parts/{part}.js?1", headers={"Origin": "https://shop.example"})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*"), part
