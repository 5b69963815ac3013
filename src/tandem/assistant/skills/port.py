"""A skill as the assistant sees it, and the one way in which any skill is called."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from tandem.assistant.skills.breaker import Breaker
from tandem.timeline.model import Outcome, SkillCalled

Lang = Literal["zh", "en"]
T = TypeVar("T")
MASK = "••••"


class Title(Struct, frozen=True):
    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class SkillSlot(Struct, frozen=True):
    """Something a skill must be told. What is `private` goes to the business system and nowhere else."""

    name: str
    title: Title
    private: bool = False


class Skill(Struct, frozen=True):
    """`personal`: tells of one customer, who must have proven who he is. `seconds` is for all tries together; only reads
    are tried again."""

    name: str
    title: Title
    slots: tuple[SkillSlot, ...]
    personal: bool = False
    writes: bool = False
    seconds: float = 2.0
    tries: int = 2


class Refused(Exception):
    """The business system does not show this to this customer."""


class NotThere(Exception):
    """What was asked for does not exist."""


class Failed(Exception):
    """The business system did not answer, or not sensibly. The message is for the trace and holds nothing personal."""


class Called(Struct, Generic[T], frozen=True):
    """What came of a call: `found` is set exactly when the outcome is ok. `entry` goes to the timeline."""

    outcome: Outcome
    found: T | None
    entry: SkillCalled


class Calls:
    """Calls skills of one business system: with a time limit, tries again where that is safe, and spares a system that is
    down."""

    def __init__(self, breaker: Breaker | None = None, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._breaker = breaker or Breaker(ticks)

    async def call(
        self, skill: Skill, arguments: dict[str, str], act: Callable[[], Awaitable[T]], told: Callable[[T], str], lang: Lang
    ) -> Called[T]:
        """Never raises for what a business system does: every way to fail is an outcome. `told` sums the result up in a
        line."""
        started = self._ticks()
        outcome, found, summary = await self._outcome(skill, act)
        spent = round((self._ticks() - started) * 1000)
        entry = SkillCalled(
            skill.name,
            skill.title.to(lang),
            masked(skill, arguments),
            outcome,
            told(found) if found is not None else summary,
            spent,
        )
        return Called(outcome, found, entry)

    async def _outcome(self, skill: Skill, act: Callable[[], Awaitable[T]]) -> tuple[Outcome, T | None, str]:
        if not self._breaker.may_try():
            return "failed", None, "not called: the system has been failing"
        try:
            async with asyncio.timeout(skill.seconds):
                found = await self._with_tries(skill, act)
        except Refused:
            self._breaker.succeeded()
            return "refused", None, ""
        except NotThere:
            self._breaker.succeeded()
            return "not_found", None, ""
        except TimeoutError:
            self._breaker.failed()
            return "failed", None, f"no answer within {skill.seconds:g} s"
        except Failed as failure:
            self._breaker.failed()
            return "failed", None, str(failure)
        except asyncio.CancelledError:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return "ok", found, ""

    async def _with_tries(self, skill: Skill, act: Callable[[], Awaitable[T]]) -> T:
        for _ in range(0 if skill.writes else skill.tries - 1):
            with suppress(Failed):
                return await act()
        return await act()


def masked(skill: Skill, arguments: dict[str, str]) -> dict[str, str]:
    """The arguments as the timeline may hold them."""
    private = {slot.name for slot in skill.slots if slot.private}
    return {name: MASK if name in private else value for name, value in arguments.items()}
