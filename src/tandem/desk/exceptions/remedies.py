"""Skills by which what was granted is carried out: those of the shop, and the connected ones that are switched on for it."""

from collections.abc import Sequence
from typing import Any

from tandem.assistant.skills.connected import Asked, ConnectedSkill, in_words
from tandem.assistant.skills.port import Called, Leave, NotPermitted, Parameter, Skill
from tandem.assistant.skills.registry import Registry
from tandem.assistant.skills.shop import Shop
from tandem.assistant.skills.shop_grants import CURRENCY, GRANTS, ShopGrant
from tandem.assistant.skills.values import NotAValue, shown, value_of
from tandem.desk.exceptions.model import CarriedWhy, Grant, Outcome, Remedy, RemedyLine, RemedySlot
from tandem.kit.errors import InvalidInput, Language
from tandem.timeline.model import ExceptionKind, Money

_ORDER = "order"


class Remedies:
    """`shop`: None where none is connected. `registry`: the connected skills of this process."""

    def __init__(self, shop: Shop | None, registry: Registry) -> None:
        self._shop = shop
        self._registry = registry

    def of(self, kind: ExceptionKind, language: Language, *, known: bool, orders: Sequence[str]) -> list[Remedy]:
        """What may carry out a request of this kind. `known`: it is proven which customer of the shop this is; `orders`: those of
        which that is known, newest first."""
        own = [it.skill for it in GRANTS.values() if it.kind == kind and (known or (orders and _asks(it.skill, _ORDER)))]
        connected = [(it.intent, it.offer.skill) for it in self._connected() if known or not it.offer.skill.personal]
        offered = [(it.name, it) for it in own if self._shop] + connected
        return [Remedy(name, it.title.to(language), _slots(it, language, orders)) for name, it in offered]

    def check(self, kind: ExceptionKind, name: str, given: dict[str, str], cost: Money) -> dict[str, str]:
        """What the skill will be told, as it must be. Raises `InvalidInput`."""
        if not name:
            return {}
        grant = GRANTS.get(name) if self._shop else None
        skill = grant.skill if grant else self._skill(name)
        if skill is None or (grant and grant.kind != kind):
            raise InvalidInput.field("skill", "not connected")
        if grant and cost.currency != CURRENCY:
            raise InvalidInput.field("currency", CURRENCY)
        if cost.amount == 0 and any(it.given_by == "grant" for it in skill.slots):
            raise InvalidInput.field("cost", "1–")
        return {it.name: value for it in _asked(skill) if (value := _value(it, given.get(it.name, "")))}

    def lines(self, name: str, given: dict[str, str], language: Language) -> tuple[str, list[RemedyLine]]:
        """Name and details of a skill as colleagues read them; of one that is gone the bare name."""
        skill = GRANTS[name].skill if name in GRANTS else self._skill(name)
        if skill is None:
            return name, [RemedyLine(key, value) for key, value in given.items()]
        return skill.title.to(language), [
            RemedyLine(it.title.to(language), shown(it, given[it.name], language)) for it in skill.slots if it.name in given
        ]

    async def carry_out(self, grant: Grant) -> Outcome:
        """The same grant again changes nothing more, where the system keeps idempotency keys."""
        if not grant.skill:
            return Outcome("by_hand")
        own = GRANTS.get(grant.skill)
        if own:
            return await self._by_shop(own, grant)
        found = self._registry.of(grant.skill)
        if found is None or "desk" not in found.offer.skill.who:
            return Outcome("failed", why="gone")
        asked = Asked(found, grant.given, grant.read, _key(grant), grant.customer, grant.amount.amount)
        try:
            called = await self._registry.call(asked, Leave("desk", proven=grant.customer is not None, key=_key(grant)))
        except (KeyError, NotPermitted):
            return Outcome("failed", why="gone")
        said = in_words(found.offer, called.found, grant.spoken) if called.found is not None else ""
        return _outcome(called, said)

    async def _by_shop(self, own: ShopGrant, grant: Grant) -> Outcome:
        if self._shop is None or grant.customer is None:
            return Outcome("failed", why="gone")
        called = await self._shop.give(own, grant.given, grant.amount.amount, grant.read, customer=grant.customer, key=_key(grant))
        return _outcome(called, called.found.done.to(grant.spoken) if called.found else "")

    def _connected(self) -> list[ConnectedSkill]:
        return [it for it in self._registry.all() if "desk" in it.offer.skill.who]

    def _skill(self, name: str) -> Skill | None:
        return next((it.offer.skill for it in self._connected() if it.intent == name), None)


def _key(grant: Grant) -> str:
    """One for the grant, however often it is tried."""
    return f"exception-{grant.id}"


def _asked(skill: Skill) -> list[Parameter]:
    return [it for it in skill.slots if it.given_by == "customer"]


def _asks(skill: Skill, name: str) -> bool:
    return any(it.name == name for it in _asked(skill))


def _slots(skill: Skill, language: Language, orders: Sequence[str]) -> list[RemedySlot]:
    return [
        RemedySlot(
            it.name, it.title.to(language), it.required,
            list(orders) if it.name == _ORDER else [option.value for option in it.options],
        )
        for it in _asked(skill)
    ]  # fmt: skip


def _value(slot: Parameter, said: str) -> str:
    if not said.strip() and not slot.required:
        return ""
    try:
        return value_of(slot, said)
    except NotAValue:
        raise InvalidInput.field(f"given.{slot.name}", slot.kind) from None


def _outcome(called: Called[Any], said: str) -> Outcome:
    if called.outcome == "ok":
        return Outcome("done", called.entry.summary, said=said, entry=called.entry)
    why: CarriedWhy = "unclear" if called.outcome == "failed" else "refused"
    return Outcome("failed", called.detail or called.entry.summary, why, entry=called.entry)
