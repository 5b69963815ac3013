"""Bad input gets a clear error and loses nothing."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from tandem.desk.act import Desk
from tandem.infra.logs import configure
from tandem.infra.settings import Settings
from world.agent import Agent
from world.customer import Customer
from world.files import png
from world.server import Server, running

Json = dict[str, Any]


def _problem(answer: Any, status: int, name: str) -> Json:
    """The problem document, complete and without a word about our insides."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: Json = answer.json()
    assert problem["type"] == f"/problems/{name}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.text
    assert "asyncpg" not in answer.text
    return problem


async def _still_serves(customer: Customer) -> None:
    assert (await customer.asks("你好"))["by"]["kind"] == "assistant"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"client_id": 5, "text": "x"}',
        b'{"client_id": "a", "text": {"html": "x"}}',
        b'{"client_id": "a"}',
        b'{"text": "x"}',
        b'{"client_id": "", "text": "x"}',
        b'{"client_id": "a", "text": "   "}',
        b'{"client_id": "a", "text": "x", "admin": true}',
        b'{"client_id": "a", "text": "x", "attachments": ["not-an-id"]}',
        b'{"client_id": "a", "text": "x", "attachments": ["00000000-0000-0000-0000-000000000000"]}',
        b'{"client_id": "a\\u0000b", "text": "x"}',
        b'{"client_id": "a", "text": "\\ud800"}',
        b'{"client_id": "a", "text": "\xed\xa0\x80"}',
        b'{"client_id": "a", "text": ' + b"[" * 5000,
    ],
)
async def test_a_message_that_cannot_be_read_is_a_clear_problem(open_all_day: Server, body: bytes) -> None:
    customer = await open_all_day.customer()

    _problem(
        await customer.calls("POST", "messages", content=body, headers={"Content-Type": "application/json"}), 400, "invalid-input"
    )

    assert await customer.timeline() == []
    await _still_serves(customer)


async def test_what_is_wrong_is_named_by_its_field(open_all_day: Server) -> None:
    customer = await open_all_day.customer()

    problem = _problem(await customer.calls("POST", "messages", json={"client_id": "", "text": "x"}), 400, "invalid-input")

    assert problem["errors"] == [{"field": "client_id", "message": "1–100"}]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a\x00b", "ab"),
        ("表情😀👨‍👩‍👧‍👦🇨🇳", "表情😀👨‍👩‍👧‍👦🇨🇳"),
        ("שלום عليكم \u202etxt.exe", "שלום عليكم \u202etxt.exe"),
        ("<script>alert(1)</script><img src=x onerror=alert(1)>", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
        ("'; drop table conversation; --", "'; drop table conversation; --"),
        ("line\r\nbreak\ttab", "line\nbreak\ttab"),
        ("\\u0000 and %s {braces} \\x00", "\\u0000 and %s {braces} \\x00"),
    ],
)
async def test_strange_text_comes_back_as_it_was_written(open_all_day: Server, sent: str, stored: str) -> None:
    customer = await open_all_day.customer()

    await customer.says(sent, page={"url": f"https://shop.example/{sent}", "title": sent, "product": sent})

    assert (await customer.timeline())[0]["body"]["text"] == stored
    agent = await open_all_day.agent()
    assert (await agent.timeline(customer.conversation))[0]["body"]["text"] == stored


async def test_a_megabyte_of_text_is_refused_in_words_and_the_conversation_goes_on(open_all_day: Server) -> None:
    customer = await open_all_day.customer()
    body = {"client_id": uuid4().hex, "text": "长" * 350_000}

    problem = _problem(await customer.calls("POST", "messages", json=body), 413, "too-large")

    assert (problem["title"], problem["detail"]) == ("内容太大：1 MB", "最大支持 256 kB。您的消息没有丢失，请缩小后再试。")
    await _still_serves(customer)


async def test_a_text_longer_than_a_message_may_be_says_how_long_it_may_be(open_all_day: Server) -> None:
    customer = await open_all_day.customer(locale="en")

    problem = _problem(await customer.calls("POST", "messages", json={"client_id": "a", "text": "x" * 8001}), 413, "too-large")

    assert problem["title"] == "This is 8,001 characters long"
    assert problem["detail"] == "Up to 8,000 fit into one message. Your text is still here."


@pytest.mark.parametrize(
    ("locale", "title", "detail"),
    [
        ("zh-CN", "内容太大：30 MB", "最大支持 20 MB。您的消息没有丢失，请缩小后再试。"),
        ("en", "This is 30 MB", "Up to 20 MB works. Your message is still here."),
        ("fr-FR,en;q=0.5", "This is 30 MB", "Up to 20 MB works. Your message is still here."),
    ],
)
async def test_a_file_of_30_megabytes_is_refused_in_the_callers_words(
    open_all_day: Server, locale: str, title: str, detail: str
) -> None:
    customer = await open_all_day.customer(locale=locale)

    answer = await customer.calls("POST", "uploads", files={"file": ("film.mp4", b"x" * 30 * 1024 * 1024)})

    problem = _problem(answer, 413, "too-large")
    assert (problem["title"], problem["detail"]) == (title, detail)
    await _still_serves(customer)


async def test_a_file_just_within_the_limit_is_taken(open_all_day: Server) -> None:
    customer = await open_all_day.customer()

    answer = await customer.calls("POST", "uploads", files={"file": ("film.mp4", b"x" * 20 * 1024 * 1024)})

    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("name", ["picture.png", "page.svg", "run.exe"])
async def test_a_file_that_is_not_what_it_says_is_refused_and_text_still_works(open_all_day: Server, name: str) -> None:
    customer = await open_all_day.customer()

    _problem(await customer.calls("POST", "uploads", files={"file": (name, b"<svg/>")}), 415, "unsupported-file")

    await _still_serves(customer)


@pytest.mark.parametrize("side", [8_000, 90_000])
async def test_a_picture_that_unpacks_to_too_much_is_refused_for_that_reason(open_all_day: Server, side: int) -> None:
    customer = await open_all_day.customer(locale="en")

    answer = await customer.calls("POST", "uploads", files={"file": ("bomb.png", png(side, side))})

    assert _problem(answer, 413, "too-large")["detail"] == "Up to 50 megapixels work. Your message is still here."
    await _still_serves(customer)


async def test_an_upload_that_is_not_one_file_is_a_clear_problem(open_all_day: Server) -> None:
    customer = await open_all_day.customer()

    _problem(await customer.calls("POST", "uploads", data={"file": "text"}), 400, "invalid-input")
    two = [("file", ("a.txt", b"1")), ("file", ("b.txt", b"2"))]
    _problem(await customer.calls("POST", "uploads", files=two), 400, "invalid-input")
    _problem(await customer.calls("POST", "uploads", files={"other": ("a.txt", b"1")}), 400, "invalid-input")
    _problem(await customer.calls("POST", "uploads", content=b"x", headers={"Content-Type": "text/plain"}), 400, "invalid-input")


async def test_a_full_disk_refuses_files_and_keeps_taking_messages(settings: Settings, dsn: str) -> None:
    everything = msgspec.structs.replace(settings, storage_reserve=10**18)
    async with running(everything, dsn) as full:
        customer = await full.customer()
        problem = _problem(await customer.calls("POST", "uploads", files={"file": ("a.png", png())}), 507, "no-room")
        assert "文字消息不受影响" in problem["detail"]
        await _still_serves(customer)


async def test_a_file_is_given_out_by_its_signed_address_alone(open_all_day: Server) -> None:
    customer, stranger = await open_all_day.customer(), open_all_day.http()
    picture = (await customer.calls("POST", "uploads", files={"file": ("照片.png", png())})).json()
    document = (await customer.calls("POST", "uploads", files={"file": ('a"b.txt', b"<script>alert(1)</script>")})).json()

    shown, kept = await stranger.get(picture["url"]), await stranger.get(document["url"])
    assert shown.content == png()
    assert shown.headers["content-disposition"].startswith("inline")
    assert shown.headers["content-type"] == "image/png"
    assert kept.headers["content-disposition"] == "attachment; filename*=UTF-8''a%22b.txt"
    assert kept.headers["content-type"] == "application/octet-stream"
    for answer in (shown, kept):
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["x-content-type-options"] == "nosniff"
    path = picture["url"].partition("?")[0]
    other_mark = document["url"].partition("?")[2]
    for forged in (path, f"{path}?mark=x", f"{path}?{other_mark}", f"/api/blobs/{uuid4()}?{other_mark}"):
        assert (await stranger.get(forged)).status_code in (400, 404)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/conversations/not-an-id", None),
        ("GET", "/api/conversations/00000000-0000-0000-0000-000000000000", None),
        ("GET", "/api/conversations/00000000-0000-0000-0000-000000000000/timeline", None),
        ("POST", "/api/conversations/00000000-0000-0000-0000-000000000000/accept", {"version": 1}),
        ("POST", "/api/conversations/00000000-0000-0000-0000-000000000000/reply", {"client_id": "a", "text": "x"}),
        ("POST", "/api/conversations/00000000-0000-0000-0000-000000000000/read", {"seq": 1}),
        ("GET", "/api/contacts/00000000-0000-0000-0000-000000000000", None),
        ("GET", "/api/knowledge/00000000-0000-0000-0000-000000000000", None),
        ("GET", "/api/knowledge/00000000-0000-0000-0000-000000000000/versions", None),
        ("POST", "/api/knowledge/00000000-0000-0000-0000-000000000000/publish", {"version": 1}),
        ("PATCH", "/api/users/00000000-0000-0000-0000-000000000000", {"name": "x"}),
        ("PATCH", "/api/channels/00000000-0000-0000-0000-000000000000", {"name": "x"}),
        ("GET", "/api/nowhere", None),
        ("DELETE", "/api/me", None),
    ],
)
async def test_what_is_not_there_is_not_found(open_all_day: Server, method: str, path: str, body: Json | None) -> None:
    boss = await open_all_day.agent("管理员", "administrator")

    _problem(await boss.calls(method, path, json=body), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/conversations?view=everything", None),
        ("GET", "/api/conversations?limit=many", None),
        ("GET", "/api/conversations?cursor=forged", None),
        ("GET", "/api/conversations?cursor=MjAyNi0wMS0wMXwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=", None),
        ("GET", "/api/conversations?q=%00", None),
        ("GET", "/api/knowledge?cursor=%F0%9F%98%80", None),
        ("POST", "/api/users", {"email": "no-address", "name": "x", "role": "agent", "password": "long enough for it"}),
        ("POST", "/api/users", {"email": "a@b", "name": "x", "role": "king", "password": "long enough for it"}),
        ("POST", "/api/users", {"email": "a@b", "name": "x", "role": "agent", "password": "short"}),
        ("POST", "/api/users", {"email": "a\x00@b", "name": "x", "role": "agent", "password": "long enough for it"}),
        ("PUT", "/api/me/presence", {"state": "asleep"}),
        ("PATCH", "/api/me", {"locale": "fr"}),
        ("PATCH", "/api/me", {"name": ""}),
        ("POST", "/api/knowledge", {"lang": "zh", "category": "", "question": "q", "answer": "a"}),
        ("POST", "/api/knowledge", {"lang": "klingon", "category": "c", "question": "q", "answer": "a"}),
        ("POST", "/api/knowledge", {"lang": "zh", "category": "c", "question": "q" * 301, "answer": "a"}),
    ],
)
async def test_a_value_that_cannot_be_is_a_clear_problem(open_all_day: Server, method: str, path: str, body: Json | None) -> None:
    boss = await open_all_day.agent("管理员", "administrator")

    _problem(await boss.calls(method, path, json=body), 400, "invalid-input")


@pytest.mark.parametrize("since", ["-1", "99999999999999999999", "9223372036854775807", "2147483648"])
async def test_a_cursor_beyond_all_bounds_harms_nothing(open_all_day: Server, since: str) -> None:
    customer, agent = await open_all_day.customer(), await open_all_day.agent()
    await customer.asks("你好")

    for answer in (
        await customer.calls("GET", f"timeline?since={since}"),
        await customer.calls("GET", f"timeline?before={since}"),
        await customer.calls("POST", "read", json={"seq": int(since)}),
        await agent.calls("GET", f"/api/conversations/{customer.conversation}/timeline?since={since}"),
    ):
        assert answer.status_code in (200, 204, 400), answer.text


async def test_a_fault_of_ours_gives_a_number_and_tells_nothing_else(
    open_all_day: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    configure("warning", "text")

    async def breaks(*_: object, **__: object) -> None:
        secret = "13800138000"
        raise RuntimeError(f"division of {len(secret)}")

    monkeypatch.setattr(Desk, "note", breaks)
    agent, customer = await open_all_day.agent(), await open_all_day.customer()
    await customer.asks("我的手机是 13900139000")

    answer = await _note(agent, customer.conversation, "客户的手机是 13900139000")

    problem = _problem(answer, 500, "unexpected")
    assert problem["reference"] in problem["detail"]
    assert "division" not in answer.text
    logged = capfd.readouterr().err
    assert problem["reference"] in logged
    assert "13800138000" not in logged + answer.text
    assert "13900139000" not in logged + answer.text


async def _note(agent: Agent, conversation: str, text: str) -> Any:
    return await agent.calls("POST", f"/api/conversations/{conversation}/note", json={"client_id": "a", "text": text})


async def test_html_in_names_is_kept_as_text(open_all_day: Server) -> None:
    name = "<b>王</b>\u202e&amp;"
    customer = await open_all_day.customer(identity=open_all_day.identity("c1", name=name))
    await customer.says("在吗")
    agent = await open_all_day.agent()

    detail = await agent.sees(customer.conversation)

    assert detail["contact"]["name"] == name
    assert detail["conversation"]["contact"]["name"] == name
