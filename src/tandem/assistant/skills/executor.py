"""The one way in which any skill is called: what its description demands is enforced here, and nowhere else."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from tandem.assistant.skills.breaker import Breaker
from tandem.assistant.skills.port import Called, Failed, Lang, Leave, NotPermitted, NotThere, Refused, Skill, masked
from tandem.timeline.model import Outcome, SkillCalled

T = TypeVar("T")
Noted = Callable[[Skill, SkillCalled, Leave], None]
_LONGEST_DETAIL = 300
NOBODY = Leave()


def _unnoted(_: Skill, __: SkillCalled, ___: Leave) -> None:
    """Nobody keeps a record."""


class Executor:
    """Calls skills of one business system: only with leave, with a time limit, tries again where that is safe, and spares a
    system that is down. `noted` is told of every call."""

    def __init__(
        self, breaker: Breaker | None = None, ticks: Callable[[], float] = time.monotonic, noted: Noted = _unnoted
    ) -> None:
        self._ticks = ticks
        self._breaker = breaker or Breaker(ticks)
        self._noted = noted

    async def call(
        self, skill: Skill, arguments: dict[str, str], act: Callable[[], Awaitable[T]], told: Callable[[T], str], lang: Lang,
        leave: Leave = NOBODY,
    ) -> Called[T]:  # fmt: skip
        """Raises nothing for what a business system does: every way to fail is an outcome. `told` sums the result up in a line.
        Raises `NotPermitted`."""
        _permit(skill, leave)
        started = self._ticks()
        outcome, found, summary, problem = await self._outcome(skill, act)
        spent = round((self._ticks() - started) * 1000)
        line = told(found) if found is not None else summary
        entry = SkillCalled(skill.name, skill.title.to(lang), masked(skill, arguments), outcome, line, spent, skill.writes)
        self._noted(skill, entry, leave)
        return Called(outcome, found, entry, summary if outcome == "refused" else "", problem)

    async def _outcome(self, skill: Skill, act: Callable[[], Awaitable[T]]) -> tuple[Outcome, T | None, str, str]:
        if not self._breaker.may_try():
            return "failed", None, "not called: the system has been failing", ""
        try:
            async with asyncio.timeout(skill.seconds):
                found = await self._with_tries(skill, act)
        except Refused as refused:
            self._breaker.succeeded()
            return "refused", None, refused.detail[:_LONGEST_DETAIL], refused.problem
        except NotThere:
            self._breaker.succeeded()
            return "not_found", None, "", ""
        except TimeoutError:
            self._breaker.failed()
            return "failed", None, f"no answer within {skill.seconds:g} s", ""
        except Failed as failure:
            self._breaker.failed()
            return "failed", None, str(failure), ""
        except asyncio.CancelledError:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return "ok", found, "", ""

    async def _with_tries(self, skill: Skill, act: Callable[[], Awaitable[T]]) -> T:
        may_repeat = skill.repeatable or not skill.writes
        for _ in range(skill.tries - 1 if may_repeat else 0):
            with suppress(Failed):
                return await act()
        return await act()


def _permit(skill: Skill, leave: Leave) -> None:
    if leave.who not in skill.who:
        raise NotPermitted(f"{skill.name}: not for the {leave.who}")
    if skill.personal and not leave.proven:
        raise NotPermitted(f"{skill.name}: nobody has proven who he is")
    if skill.confirm and leave.key is None:
        raise NotPermitted(f"{skill.name}: nobody has said yes")
