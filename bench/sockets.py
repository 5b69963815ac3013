"""What an open socket costs in memory, and what a frame costs that goes to very many of them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.calls import Calls, checked
from bench.floor import bare_server
from bench.machine import allow_many_files, cores, cpu_seconds, on_core, resident_kib
from bench.report import goal, middle, table
from bench.server import TandemProcess, tandem
from bench.widget import CHANNEL

GOAL_KIB = 30.0
GOAL_FRAMES = 40_000.0
_TOGETHER = 50  # sockets that are being opened at the same time
_QUIET_SECONDS = 1.5


@dataclass(frozen=True)
class Options:
    """`news`: how many messages a person says to the conversation that all follow, in each of the `rounds`."""

    count: int = 2000
    news: int = 40
    rounds: int = 3


@dataclass(frozen=True)
class Fan:
    """`cost` in microseconds of the server's CPU a frame, `size` in bytes a frame."""

    rate: float
    cost: float
    size: int


@dataclass
class Heard:
    """By all sockets together; `last` is when."""

    frames: int = 0
    size: int = 0
    last: float = 0.0


class Ear(WSListener):
    """Counts what it is sent and reads none of it: a client that understands would be slower than the server."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002  # the library's signature
        if frame.msg_type == WSMsgType.TEXT:
            self._heard.frames += 1
            self._heard.size += len(frame.get_payload_as_memoryview())
            self._heard.last = time.perf_counter()

    def says(self, text: bytes) -> None:
        assert self.transport is not None
        self.transport.send(WSMsgType.TEXT, text)


async def measure(options: Options) -> str:
    """The report as Markdown."""
    allow_many_files(2 * options.count + 1000)
    core, ours = cores()
    with on_core(ours):
        async with tandem(core) as server:
            idle = await _idle(server, options)
        async with tandem(core) as server:
            fan, together = await _fan_out(server, options)
        async with tandem(core) as server:
            consoles = await _consoles(server, options)
        async with bare_server(core) as (pid, port):
            bare, alone = await _bare(pid, port, fan.size, options)
    rows = [
        ("Tandem, own conversations", idle, None), ("Tandem, one conversation", together, fan),
        ("Tandem, consoles with a conversation open", consoles, None), ("bare", alone, bare),
    ]  # fmt: skip
    return _told(options, rows)


async def _idle(server: TandemProcess, options: Options) -> float:
    """KiB of the server for a socket when each has a token and a conversation of its own and nothing happens."""
    begun: list[tuple[str, str]] = []
    for group in _groups(range(options.count)):
        begun += await asyncio.gather(*(_begin(server.port) for _ in group))
    await asyncio.sleep(_QUIET_SECONDS)
    before = server.memory()
    ears = await _open(_chat(server), [_greeting(*it) for it in begun], Heard())
    await asyncio.sleep(_QUIET_SECONDS)
    after = server.memory()
    _close(ears)
    return (after - before) / options.count


async def _fan_out(server: TandemProcess, options: Options) -> tuple[Fan, float]:
    """All sockets follow one conversation by the token of its customer; a person at the desk writes."""
    token, conversation = await _begin(server.port, "转人工")
    agent = await _agent(server, conversation)
    before, heard = server.memory(), Heard()
    ears = await _open(_chat(server), [_greeting(token, conversation)] * options.count, heard)
    await asyncio.sleep(_QUIET_SECONDS)
    kib = (server.memory() - before) / options.count

    async def speak() -> None:
        for _ in range(options.news):
            body = {"client_id": str(time.perf_counter_ns()), "text": "您好，已经为您查到，包裹今天下午会送到。", "attachments": []}
            checked(*await agent.post(f"/api/conversations/{conversation}/reply", body))

    fan = await _heard_of(server.pid, speak, heard, options.rounds)
    _close(ears)
    return fan, kib


async def _consoles(server: TandemProcess, options: Options) -> float:
    """KiB of the server for a console at which somebody has signed in and opened a conversation."""
    _, conversation = await _begin(server.port, "转人工")
    agent = await _agent(server, conversation)
    greeting = msgspec.json.encode({"op": "hello"}), _follow(conversation)
    headers = {"Cookie": agent.headers["Cookie"], "Origin": f"http://127.0.0.1:{server.port}"}
    await asyncio.sleep(_QUIET_SECONDS)
    before, heard = server.memory(), Heard()
    ears = await _open(f"ws://127.0.0.1:{server.port}/api/socket", [greeting] * options.count, heard, headers)
    await asyncio.sleep(_QUIET_SECONDS)
    kib = (server.memory() - before) / options.count
    assert heard.frames >= 2 * options.count  # each was greeted and shown the conversation
    _close(ears)
    return kib


async def _bare(pid: int, port: int, size: int, options: Options) -> tuple[Fan, float]:
    """As many frames of the same size, from an application that does nothing else."""
    before, heard = resident_kib(pid), Heard()
    ears = await _open(f"ws://127.0.0.1:{port}/", [()] * options.count, heard)
    await asyncio.sleep(_QUIET_SECONDS)
    kib = (resident_kib(pid) - before) / options.count

    async def speak() -> None:
        ears[0].says(f"fan {options.news} {'x' * size}".encode())

    fan = await _heard_of(pid, speak, heard, options.rounds)
    _close(ears)
    return fan, kib


async def _heard_of(pid: int, speak: Callable[[], Awaitable[None]], heard: Heard, rounds: int) -> Fan:
    """From the first word to the last frame that comes because of it; the middle one of some rounds."""
    fans = []
    for _ in range(rounds):
        heard.frames = heard.size = 0
        started, cpu = time.perf_counter(), cpu_seconds(pid)
        heard.last = started
        await speak()
        while time.perf_counter() - heard.last < _QUIET_SECONDS:  # noqa: ASYNC110  # silence has no event
            await asyncio.sleep(0.05)
        spent = cpu_seconds(pid) - cpu
        fans.append(Fan(heard.frames / (heard.last - started), spent * 1e6 / heard.frames, heard.size // heard.frames))
    return Fan(middle([it.rate for it in fans]), middle([it.cost for it in fans]), fans[0].size)


async def _begin(port: int, text: str = "七天无理由退货怎么退") -> tuple[str, str]:
    """Token and conversation of a customer who has said something."""
    calls = Calls(port)
    token = str(checked(*await calls.post("/api/chat/session", {"channel": CHANNEL, "locale": "zh-CN"}))["token"])
    calls.headers["Authorization"] = f"Bearer {token}"
    said = checked(*await calls.post("/api/chat/messages", {"client_id": "first", "text": text}))
    calls.close()
    return token, str(said["entry"]["conversation"])


async def _agent(server: TandemProcess, conversation: str) -> Calls:
    """Somebody at the desk who has accepted the conversation."""
    agent, person = Calls(server.port), next(it for it in server.sign_ins() if it.role == "agent")
    me = checked(*await agent.post("/api/sign-in", {"email": person.email, "password": person.password}))
    agent.headers["X-CSRF-Token"] = me["csrf"]
    now = checked(*await agent.get(f"/api/conversations/{conversation}"))["conversation"]
    checked(*await agent.post(f"/api/conversations/{conversation}/accept", {"version": now["version"]}))
    return agent


def _chat(server: TandemProcess) -> str:
    return f"ws://127.0.0.1:{server.port}/api/chat/socket"


def _greeting(token: str, conversation: str) -> tuple[bytes, ...]:
    return msgspec.json.encode({"op": "hello", "token": token}), _follow(conversation)


def _follow(conversation: str) -> bytes:
    return msgspec.json.encode({"op": "follow", "conversation": conversation, "since": 0})


async def _open(url: str, greetings: Sequence[tuple[bytes, ...]], heard: Heard, headers: dict[str, str] | None = None) -> list[Ear]:
    ears = [Ear(heard) for _ in greetings]
    for group in _groups(range(len(ears))):
        await asyncio.gather(*(ws_connect(lambda ear=ears[place]: ear, url, extra_headers=headers) for place in group))
        for place in group:
            for frame in greetings[place]:
                ears[place].says(frame)
    return ears


def _groups(places: range) -> list[range]:
    return [places[start : start + _TOGETHER] for start in range(0, len(places), _TOGETHER)]


def _close(ears: list[Ear]) -> None:
    for ear in ears:
        if ear.transport:
            ear.transport.disconnect()


def _told(options: Options, rows: list[tuple[str, float, Fan | None]]) -> str:
    head = ("server", "sockets", "KiB each", "frames/s", "CPU µs a frame", "bytes a frame")
    cells = [(name, options.count, kib, *((fan.rate, fan.cost, fan.size) if fan else ("", "", ""))) for name, kib, fan in rows]
    kib, fan = max(it[1] for it in rows[:3]), rows[1][2]
    assert fan is not None
    goals = [
        goal(f"at most {GOAL_KIB:.0f} KiB a socket", kib <= GOAL_KIB, f"{kib:.1f}"),
        goal(f"at least {GOAL_FRAMES:,.0f} frames/s on a core", fan.rate >= GOAL_FRAMES, f"{fan.rate:,.0f}"),
    ]
    return "\n\n".join([table(head, cells), "  \n".join(goals)])
