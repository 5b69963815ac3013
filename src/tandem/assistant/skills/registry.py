"""The connected skills that are switched on, as this process uses them: found by how customers ask, called through one executor a
system."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant.flows.knowledge import judged
from tandem.assistant.skills.connected import INTENT, Asked, ConnectedSkill, Way, arguments_of, in_words, without_hidden
from tandem.assistant.skills.executor import Executor
from tandem.assistant.skills.ledger import Ledger
from tandem.assistant.skills.port import Called, Lang, Leave, Parameter, Skill
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index
from tandem.timeline.model import SkillCalled

_PLACE = re.compile(r"\{([A-Za-z0-9_.-]+)\}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z-]*\d)[A-Za-z0-9-]{3,}")
"""Codes and numbers, which no way of asking has in it."""
_LONGEST_LINE = 120


class Meant(Struct, frozen=True):
    """The skill that a message asks for, and how well it fits, 0 to 1."""

    skill: ConnectedSkill
    fit: float


class _Running(Struct, frozen=True):
    way: Way
    executor: Executor


class Registry:
    """`ledger`: where calls are noted."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._skills: dict[UUID, ConnectedSkill] = {}
        self._running: dict[UUID, _Running] = {}
        self._skill_of: dict[UUID, UUID] = {}
        self._index = Index()

    def load(self, systems: Mapping[UUID, Way], skills: Sequence[ConnectedSkill]) -> None:
        """Replace what is known. A system that was there keeps its executor, and with it what is known of its health."""
        before = self._running
        self._running = {
            id: _Running(way, before[id].executor if id in before else Executor(noted=self._note)) for id, way in systems.items()
        }
        self._skills = {it.id: _ready(it) for it in skills if it.active and it.system_id in systems}
        asked_for = (it for it in self._skills.values() if "assistant" in it.offer.skill.who)
        articles = [(it.id, article) for it in asked_for for article in _as_articles(it)]
        self._skill_of = {article.id: id for id, article in articles}
        self._index.rebuild([article for _, article in articles])

    def __bool__(self) -> bool:
        return bool(self._skills)

    def all(self) -> list[ConnectedSkill]:
        return list(self._skills.values())

    def of(self, intent: str) -> ConnectedSkill | None:
        """By intent ("skill:<id>")."""
        try:
            return self._skills.get(UUID(intent.removeprefix(INTENT)))
        except ValueError:
            return None

    def meant(self, text: str, lang: Lang) -> Meant | None:
        """The skill whose way of asking this is, if it surely is one."""
        if not len(self._index):
            return None
        hits = self._index.search(_CODE.sub(" ", text), lang=lang, limit=4)
        found = judged(hits)
        if found.verdict != "answer":
            return None
        return Meant(self._skills[self._skill_of[hits[0].article.id]], max(found.sure, hits[0].score))

    async def call(self, asked: Asked, leave: Leave) -> Called[Any]:
        """Raises `NotPermitted`; `KeyError` for a skill whose system is gone."""
        running = self._running[asked.skill.system_id]
        return await self._call(running.way, running.executor, asked, leave)

    async def call_by(self, way: Way, asked: Asked, leave: Leave) -> Called[Any]:
        """A trial: past the circuit breaker, which is there for customers. Raises `NotPermitted`."""
        return await self._call(way, Executor(noted=self._note), asked, leave)

    async def _call(self, way: Way, executor: Executor, asked: Asked, leave: Leave) -> Called[Any]:
        offer = asked.skill.offer

        async def act() -> Any:
            return without_hidden(await way.call(asked), offer.skill.hides)

        def told(found: Any) -> str:
            return in_words(offer, found, asked.lang).replace("\n", "; ")[:_LONGEST_LINE]

        # Noted under the skill's own id: operations of two systems may have the same name.
        named = replace(offer.skill, name=asked.skill.intent)
        called = await executor.call(named, arguments_of(asked), act, told, asked.lang, leave)
        return replace(called, entry=replace(called.entry, skill=asked.skill.operation))

    def _note(self, skill: Skill, entry: SkillCalled, leave: Leave) -> None:
        self.ledger.note(skill, entry, leave)


def _ready(skill: ConnectedSkill) -> ConnectedSkill:
    """With the places that its triggers give to its parameters as patterns to find them by."""
    slots = tuple(replace(it, find=(*it.find, *_patterns(it, skill.offer.triggers))) for it in skill.offer.skill.slots)
    return replace(skill, offer=replace(skill.offer, skill=replace(skill.offer.skill, slots=slots)))


def _patterns(slot: Parameter, triggers: Sequence[str]) -> tuple[str, ...]:
    """The trigger as a pattern whose one group is the value: text between places may be spaced differently, no more. What
    administrators write is never a pattern itself, so it cannot run for ever."""
    found = []
    for trigger in triggers:
        parts = _PLACE.split(trigger)
        if slot.name not in parts[1::2]:
            continue
        place = parts.index(slot.name, 1)
        before, after = parts[place - 1].strip()[-12:], parts[place + 1].strip()[:12]
        value = r"([-+]?\d+(?:\.\d+)?)" if slot.kind in ("integer", "number") else r"([A-Za-z0-9._-]{2,60}|[^\s,，。?？!！]{1,40})"
        end = rf"\s*{re.escape(after)}" if after else ""
        found.append(rf"(?i){re.escape(before)}[\s:：#]*{value}{end}")
    return tuple(found)


def _as_articles(skill: ConnectedSkill) -> list[Article]:
    """Its ways of being asked for, one article a language."""
    said = [_PLACE.sub(" ", it).strip() for it in skill.offer.triggers]
    by_language = {lang: tuple(it for it in said if it and (bool(_HAN.search(it)) == (lang == "zh"))) for lang in ("zh", "en")}
    return [Article(uuid5(skill.id, lang), lang, "", lines[0], lines[1:], "", 1) for lang, lines in by_language.items() if lines]
