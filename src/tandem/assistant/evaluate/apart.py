"""Judging in a process of its own (see `infra/apart.py`): it takes minutes of a core, and the files are a stranger's.

    python -m tandem.assistant.evaluate.apart FOLDER < task

The folder is an empty one for its files, the task a `Task` as MessagePack; the answer, as JSON, a `Report` or what was wrong.
"""

import sys
import tempfile
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from tandem.assistant.evaluate.report import Report
from tandem.assistant.evaluate.stage import StageFailed
from tandem.assistant.evaluate.task import Task, judge
from tandem.assistant.evaluate.unreadable import Unreadable
from tandem.infra.apart import Heard, Progress, bound, run_apart, tell

SECONDS = 900
"""Of the processor; of the clock twice that."""
_MEMORY = 3 * 1024 * 1024 * 1024
_TOLD_EVERY = 0.5
"""Seconds between two words on how far it is."""


class Unjudged(Struct, frozen=True, forbid_unknown_fields=True):
    """Why there are no figures. `file` and `line` (from 1) where it is a file's fault; `line` 0: the file as a whole."""

    reason: str
    file: str = ""
    line: int = 0


async def judged_apart(task: Task, heard: Heard) -> Report | Unjudged:
    """Raises `TookTooLong`, `Broke`."""
    with tempfile.TemporaryDirectory() as folder:  # ours, so that it goes away however the process ended
        told = await run_apart(__name__, (folder,), msgspec.msgpack.encode(task), seconds=2 * SECONDS, heard=heard)
    try:
        return msgspec.json.decode(told, type=Unjudged)
    except msgspec.ValidationError:
        return msgspec.json.decode(told, type=Report)


class _Telling:
    """Says how far it is, but not for each of ten thousand questions."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _TOLD_EVERY:
            self._last = now
            tell(msgspec.json.encode(Progress(done, total)))


def _main() -> None:
    bound(SECONDS, _MEMORY)
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    answer: Report | Unjudged
    try:
        answer = judge(task, Path(sys.argv[1]), _Telling())
    except Unreadable as error:
        answer = Unjudged(error.reason, error.path.name, error.line)
    except (ValueError, StageFailed) as error:
        answer = Unjudged(str(error))
    tell(msgspec.json.encode(answer))


if __name__ == "__main__":
    _main()
