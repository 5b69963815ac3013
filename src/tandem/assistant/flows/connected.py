"""Skills that an administrator connected, without a language model: asked for in the words he gave, filled in, read back, called."""

from contextlib import suppress
from itertools import islice
from typing import Any

from msgspec.structs import replace

from tandem.assistant.compose import Offered
from tandem.assistant.flows import filling
from tandem.assistant.flows.filling import CONFIRM, NO, SLOT, YES
from tandem.assistant.flows.knowledge import asker_of
from tandem.assistant.model import Frame
from tandem.assistant.phrases import Lang, say
from tandem.assistant.piece import Evidence, Heard, Piece, person_choice, silent
from tandem.assistant.skills.connected import INTENT, Asked, ConnectedSkill, in_words
from tandem.assistant.skills.port import Called, Leave, Skill
from tandem.assistant.skills.registry import Meant, Registry
from tandem.assistant.skills.values import NotAValue, value_of
from tandem.timeline.model import Choice, Source

_MOST_OFFERED = 40


class ConnectedFlow:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def owns(self, intent: str) -> bool:
        return intent.startswith(INTENT)

    def meant(self, heard: Heard) -> Meant | None:
        found = self._registry.meant(heard.text, heard.lang)
        return found if found and _is_for(found.skill.offer.skill, heard) else None

    def offered(self, heard: Heard) -> tuple[Offered, ...]:
        """What a language model may choose for this customer: personal skills only if it is known who he is."""
        known = heard.context.customer.external is not None
        usable = (
            it
            for it in self._registry.all()
            if "assistant" in it.offer.skill.who and (known or not it.offer.skill.personal) and _is_for(it.offer.skill, heard)
        )
        return tuple(Offered(it.intent, it.offer.skill) for it in islice(usable, _MOST_OFFERED))

    async def answer(self, heard: Heard, intent: str, more: dict[str, str] | None = None) -> Piece:
        """Begin, or go on with what was just given."""
        found = self._registry.of(intent)
        if found is None or not _is_for(found.offer.skill, heard):
            memory = replace(heard.memory, frame=None)
            return Piece("clarify", say(heard.lang, "unknown"), memory, choices=(person_choice(heard.lang),), missed=True)
        skill, frame = found.offer.skill, heard.memory.frame
        if skill.personal and heard.context.customer.external is None:
            memory = replace(heard.memory, frame=None)
            return Piece("clarify", say(heard.lang, "sign_in_first"), memory, choices=(person_choice(heard.lang),))
        known = frame.given if frame and frame.intent == intent else {}
        given = known | filling.named_in(skill.slots, heard.text) | _fitting(found, more or {})
        here = Frame(intent, given=given)
        slot = filling.lacking(skill.slots, given)
        memory = replace(heard.memory, aside=None)
        if slot is not None:
            return filling.ask_for(heard, memory, here, slot)
        if skill.confirm:
            lines = filling.lines_of(skill, given, heard.lang)
            return filling.read_back(heard, memory, here, skill.title.to(heard.lang), lines, ())
        return await self._call(heard, found, here)

    async def go_on(self, heard: Heard) -> Piece | None:
        """The customer was asked for something of this: what he says to that. None if it is about something else."""
        frame = heard.memory.frame
        found = self._registry.of(frame.intent) if frame and frame.asked and self.owns(frame.intent) else None
        if frame is None or found is None:
            return None
        if frame.asked == CONFIRM and filling.said_yes(heard, YES + (frame.key or "")):
            return await self._call(heard, found, frame)
        if filling.said_no(heard):
            return filling.dropped(heard)
        if heard.choice and not heard.choice.startswith(SLOT):
            return None
        if frame.asked == CONFIRM:
            corrected = heard.choice is None and filling.named_in(found.offer.skill.slots, heard.text)
            return await self.answer(heard, frame.intent) if corrected else None
        return await self._take(heard, found, frame)

    async def press(self, heard: Heard) -> Piece | None:
        """Buttons of these skills that no longer stand for anything."""
        if heard.choice and heard.choice.startswith((YES, NO, SLOT)):
            return Piece("clarify", say(heard.lang, "no_longer_open"), heard.memory, choices=(person_choice(heard.lang),))
        return None

    def reminder(self, lang: Lang, frame: Frame) -> tuple[str, tuple[Choice, ...]]:
        found = self._registry.of(frame.intent)
        if found is None:
            return "", ()
        return filling.reminder(found.offer.skill.title.to(lang), found.offer.skill.slots, lang, frame)

    async def _take(self, heard: Heard, found: ConnectedSkill, frame: Frame) -> Piece | None:
        slot = next((it for it in found.offer.skill.slots if it.name == frame.asked), None)
        if slot is None or (heard.choice is None and filling.asks_something(heard)):
            return None
        try:
            value = filling.answer_to(heard, slot)
        except NotAValue:
            value = None
        if value is None:
            return filling.ask_for(heard, heard.memory, frame, slot, again=True)
        return await self.answer(replace(heard, choice=None), frame.intent, {slot.name: value})

    async def _call(self, heard: Heard, found: ConnectedSkill, frame: Frame) -> Piece:
        if not _is_for(found.offer.skill, heard):  # it was, when he was asked for the details
            return await self.answer(heard, found.intent)
        customer = heard.context.customer.external
        asked = Asked(found, frame.given, heard.lang, frame.key, customer)
        called = await self._registry.call(asked, Leave(proven=customer is not None, key=frame.key))
        return self._told(heard, found, frame, called)

    def _told(self, heard: Heard, found: ConnectedSkill, frame: Frame, called: Called[Any]) -> Piece:
        lang, skill = heard.lang, found.offer.skill
        memory = replace(heard.memory, frame=None, aside=None)
        source = Source("skill", found.operation, skill.title.to(lang))
        before = (called.entry,)
        if called.outcome == "ok":
            text = in_words(found.offer, called.found, lang) or say(lang, "skill_done", title=skill.title.to(lang))
            return Piece("look_up", text, memory, before, sources=(source,), evidence=(Evidence(source, text),))
        if called.outcome == "failed" and skill.writes:
            choices = (Choice(say(lang, "try_again"), YES + (frame.key or "")), person_choice(lang))
            kept = heard.memory if skill.repeatable else memory
            return Piece("look_up", say(lang, "act_uncertain"), kept, before, choices=choices if skill.repeatable else choices[1:])
        if called.outcome == "failed":
            return silent(heard, "skill_silent", memory, before)
        detail = called.detail or say(lang, "skill_nothing")
        return Piece("look_up", detail, memory, before, choices=(person_choice(lang),), sources=(source,))


def _is_for(skill: Skill, heard: Heard) -> bool:
    return not skill.audience or not asker_of(heard).groups.isdisjoint(skill.audience)


def _fitting(found: ConnectedSkill, given: dict[str, str]) -> dict[str, str]:
    """Of what was taken for values, those that the parameters allow; the rest is asked for."""
    values: dict[str, str] = {}
    for slot in found.offer.skill.slots:
        if slot.given_by == "customer" and slot.name in given:
            with suppress(NotAValue):
                values[slot.name] = value_of(slot, given[slot.name])
    return values
