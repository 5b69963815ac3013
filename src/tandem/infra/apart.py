"""Work on what strangers gave us, in a process of its own with little memory and little time: whatever a poisoned file does to its
reader, it does not do it to us.

The process is a module of ours that is run as a program. It is given its task on standard input and answers on standard output
with lines: any number of `{"done": …, "total": …}`, then one that is the result.
"""

import asyncio
import contextlib
import os
import resource
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

import msgspec
from msgspec import Struct

_LARGEST_ANSWER = 64 * 1024 * 1024
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
# Libraries of numbers start a thread a core, each with memory set aside that counts against the limit.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

Heard = Callable[[int, int], None]


class TookTooLong(Exception):
    """It was ended."""


class Broke(Exception):
    """It ended without a result: out of memory or of processor time, or its reader fell over what it was given."""


class Progress(Struct, frozen=True, forbid_unknown_fields=True):
    done: int
    total: int


def _unheard(_: int, __: int) -> None:
    """Nobody watches."""


async def run_apart(module: str, arguments: Sequence[str], content: bytes, *, seconds: float, heard: Heard = _unheard) -> bytes:
    """The result of `python -m module arguments…` for `content`. It is ended after `seconds` of the clock, and when this is
    cancelled. Raises `TookTooLong`, `Broke`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, limit=_LARGEST_ANSWER,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        # Our secrets stand in the environment: what reads a stranger's file is not given it.
        env={it: os.environ[it] for it in _ENVIRONMENT if it in os.environ} | _ONE_THREAD,
    )  # fmt: skip
    async with _ended(process):
        try:
            async with asyncio.timeout(seconds):
                _, told = await asyncio.gather(_give(process, content), _answer(process, heard))
                await process.wait()
        except TimeoutError:
            raise TookTooLong from None
        except ValueError:  # a line beyond the limit
            raise Broke from None
    if process.returncode or not told:
        raise Broke
    return told


class _ended:  # noqa: N801  # reads as what it does
    """However this is left, the process is gone."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


async def _give(process: asyncio.subprocess.Process, content: bytes) -> None:
    if process.stdin is None:
        raise Broke
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it ended before it had read all; its answer tells
        process.stdin.write(content)
        await process.stdin.drain()
    process.stdin.close()


async def _answer(process: asyncio.subprocess.Process, heard: Heard) -> bytes:
    last = b""
    while process.stdout and (line := await process.stdout.readline()):
        try:
            progress = msgspec.json.decode(line, type=Progress)
        except msgspec.DecodeError:
            last = line
        else:
            heard(progress.done, progress.total)
    return last


def bound(seconds: int, memory: int) -> None:
    """In the process: no more than so many seconds of the processor and bytes of memory, few files, no core dump, and after what serves
    customers."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tell(line: bytes) -> None:
    """In the process: one line of the answer, at once."""
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
