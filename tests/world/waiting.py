"""Waiting for what must come, instead of sleeping and hoping."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T]], seconds: float = 60.0) -> T:
    """The first truthy thing that `look` gives. Fails when there is none in time: long, because the machine may be busy."""
    deadline = asyncio.get_running_loop().time() + seconds
    pause = 0.01
    while True:
        found = await look()
        if found:
            return found
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"still {found!r} after {seconds} s")
        await asyncio.sleep(pause)
        pause = min(pause * 1.3, 0.2)  # what takes long is not hurried by being asked all the time
