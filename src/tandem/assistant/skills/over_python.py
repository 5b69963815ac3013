"""Skills that are written in Python and installed beside Tandem, as entry points of the group `tandem.skills`."""

from collections.abc import Awaitable, Callable, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import structlog
from msgspec import Struct

from tandem.assistant.skills.connected import Asked, Offer, arguments_of
from tandem.assistant.skills.openapi import Described
from tandem.assistant.skills.port import Failed, NotThere, Refused, Skill, Title

log = structlog.get_logger()

GROUP = "tandem.skills"


class PythonSkill(Struct, frozen=True):
    """What an entry point names: a list of these, or a function without arguments that returns one.

    `call` is given the arguments by name, as text, and the idempotency key of a confirmed write ("" otherwise). It returns what
    `json.dumps` takes, and raises `Refused`, `NotThere` or `Failed` of `tandem.assistant.skills.port`.
    """

    skill: Skill
    call: Callable[[dict[str, str], str], Awaitable[Any]]
    triggers: tuple[str, ...] = ()
    answer: Title = Title("", "")


class OverPython:
    def __init__(self, skills: Sequence[PythonSkill]) -> None:
        self._skills = {it.skill.name: it for it in skills}

    def described(self, name: str) -> Described:
        return Described(
            name, "", {key: Offer(it.skill, triggers=it.triggers, answer=it.answer) for key, it in self._skills.items()}
        )

    async def call(self, asked: Asked) -> Any:
        """Raises `Refused`, `NotThere`, `Failed`: also for whatever else the code of others raises."""
        found = self._skills.get(asked.skill.operation)
        if found is None:
            raise Failed("this skill is no longer installed")
        try:
            return await found.call(arguments_of(asked), asked.key or "")
        except (Refused, NotThere, Failed):
            raise
        except Exception as error:
            raise Failed(type(error).__name__) from error


def installed() -> dict[str, OverPython]:
    """By entry point name. One that cannot be loaded is logged and left out: it must not keep the desk from starting."""
    found = {}
    for point in entry_points(group=GROUP):
        skills = _loaded(point)
        if skills is not None:
            found[point.name] = OverPython(skills)
    return found


def _loaded(point: EntryPoint) -> Sequence[PythonSkill] | None:
    try:
        named = point.load()
        return list(named() if callable(named) else named)
    except Exception as error:
        log.warning("skills.not_loaded", entry_point=point.name, error=type(error).__name__)
        return None
