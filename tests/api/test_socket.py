"""A socket's frames: in order, at once to whoever keeps up, kept within bounds for whoever does not."""

import asyncio
from typing import Any

from tandem.api.socket import MOST_WAITING, Socket
from world.waiting import eventually


class Line:
    """The other side. `reads` is cleared while it does not read."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.reads = asyncio.Event()
        self.reads.set()

    async def send(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        self.got.append(message["text"])


async def test_a_frame_is_written_before_push_returns_to_whoever_keeps_up() -> None:
    line = Line()
    socket = Socket(line.send)
    socket.push("one")
    socket.push("two")
    assert line.got == ["one", "two"]


async def test_frames_wait_in_order_for_a_reader_who_pauses() -> None:
    line = Line()
    socket = Socket(line.send)
    socket.push("before")
    line.reads.clear()
    for number in range(5):
        socket.push(str(number))
    assert line.got == ["before"]

    line.reads.set()
    await eventually(lambda: _true_when(len(line.got) == 6))
    socket.push("after")
    assert line.got == ["before", "0", "1", "2", "3", "4", "after"]


async def test_a_reader_who_is_far_behind_is_told_to_ask_again() -> None:
    line = Line()
    socket = Socket(line.send)
    line.reads.clear()
    for number in range(MOST_WAITING + 10):
        socket.push(str(number))
    assert socket.waiting <= MOST_WAITING
    assert socket.overflowed == 1


async def test_what_breaks_while_frames_wait_closes_the_socket() -> None:
    line, broken = Line(), asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        await line.send(message)
        if broken.is_set():
            raise RuntimeError("gone")

    socket = Socket(send)
    line.reads.clear()
    socket.push("one")
    broken.set()
    line.reads.set()
    await eventually(lambda: _true_when(socket.closed))
    assert line.got == ["one"]


async def _true_when(so: bool) -> bool:
    return so
