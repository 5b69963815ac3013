"""Turns that run at once, in the process that took the customer's message in.

No queue stands between: the conversation itself says that an answer is owed (`customer_seq > heard_seq`), so a turn that dies
with its process is found by the rescue, and one that fails is handed to the jobs, which try again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

log = structlog.get_logger()

Act = Callable[[UUID], Awaitable[None]]

_MOST_AT_ONCE = 64
_STOPPING_TAKES = 10.0  # seconds


class Running:
    """`run` does a turn; `failed` is told of one that could not be done. One turn of a conversation at a time."""

    def __init__(self, run: Act, failed: Act) -> None:
        self._run = run
        self._failed = failed
        self._room = asyncio.Semaphore(_MOST_AT_ONCE)
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._again: set[UUID] = set()

    def begin(self, conversation: UUID) -> None:
        """What is said while a turn runs is looked at when it is done."""
        if conversation in self._tasks:
            self._again.add(conversation)
        else:
            self._tasks[conversation] = asyncio.create_task(self._turn(conversation))

    async def stop(self) -> None:
        """Finish what runs, for a while. What is not finished is still owed, and found when a process starts."""
        if not self._tasks:
            return
        _, unfinished = await asyncio.wait(list(self._tasks.values()), timeout=_STOPPING_TAKES)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)

    async def _turn(self, conversation: UUID) -> None:
        try:
            async with self._room:
                await self._run(conversation)
        except Exception as error:
            log.warning("turn.failed", conversation=str(conversation), exc_info=error)
            await self._hand_on(conversation)
        finally:
            del self._tasks[conversation]
        if conversation in self._again:
            self._again.discard(conversation)
            self.begin(conversation)

    async def _hand_on(self, conversation: UUID) -> None:
        try:
            await self._failed(conversation)
        except Exception as error:  # the database is away: the rescue finds the conversation when it is back
            log.warning("turn.not_handed_on", conversation=str(conversation), error=type(error).__name__)
