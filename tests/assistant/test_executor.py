"""Whatever a skill's description demands is enforced where it is called, whoever calls."""

import pytest

from tandem.assistant.skills.executor import Executor
from tandem.assistant.skills.port import Failed, Leave, NotPermitted, Parameter, Refused, Skill, Title
from tandem.timeline.model import SkillCalled

NAME = Title("名", "Name")
CODE = Parameter("code", NAME, private=True)


async def _never() -> str:
    raise AssertionError("it must not be called")


@pytest.mark.parametrize(
    ("skill", "leave"),
    [
        (Skill("mine", NAME, (), personal=True), Leave()),
        (Skill("change", NAME, (), writes=True, confirm=True), Leave(proven=True)),
        (Skill("office", NAME, (), who=("administrator",)), Leave(proven=True, key="k")),
    ],
)
async def test_a_call_without_what_entitles_it_is_not_made(skill: Skill, leave: Leave) -> None:
    with pytest.raises(NotPermitted):
        await Executor().call(skill, {}, _never, str, "en", leave)


@pytest.mark.parametrize(("repeatable", "tries"), [(True, 2), (False, 1)])
async def test_a_write_is_tried_again_only_with_a_key_that_makes_it_harmless(repeatable: bool, tries: int) -> None:
    tried = 0

    async def fail() -> str:
        nonlocal tried
        tried += 1
        raise Failed("HTTP 503")

    skill = Skill("change", NAME, (), writes=True, confirm=True, repeatable=repeatable)
    called = await Executor().call(skill, {}, fail, str, "en", Leave(key="k"))
    assert (called.outcome, tried) == ("failed", tries)


async def test_a_refusal_is_told_in_the_systems_words_and_private_arguments_nowhere() -> None:
    noted: list[SkillCalled] = []

    async def refuse() -> str:
        raise Refused("Too late to return.", "not-allowed-now")

    executor = Executor(noted=lambda _, entry, __: noted.append(entry))
    called = await executor.call(Skill("return", NAME, (CODE,)), {"code": "4711"}, refuse, str, "en")
    assert (called.detail, called.problem) == ("Too late to return.", "not-allowed-now")
    assert noted == [called.entry]
    assert "4711" not in str(called)
