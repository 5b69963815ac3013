"""Skills that an administrator connected: of what system, how each is called, and when customers mean it."""

from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from msgspec import Struct, field

from tandem.assistant.skills.port import MASK, Lang, Skill, Title

SystemKind = Literal["openapi", "mcp", "python"]
Auth = Literal["none", "bearer", "header"]
Where = Literal["path", "query", "header", "body"]
INTENT = "skill:"
_MOST_LINES = 12
_LONGEST_LINE = 200


class System(Struct, frozen=True):
    """A connected business system. The secret is never shown: `has_secret` says only that there is one."""

    id: UUID
    name: str
    kind: SystemKind
    url: str
    auth: Auth
    auth_header: str
    has_secret: bool
    created_at: datetime


class Binding(Struct, frozen=True):
    """How an operation is called over HTTP. `places` says where each parameter goes, `key_header` which header takes the
    idempotency key. Other kinds of system only need the operation's name."""

    method: str = "GET"
    path: str = ""
    places: dict[str, Where] = field(default_factory=dict)
    key_header: str = ""


class Offer(Struct, frozen=True):
    """`triggers`: how customers ask for it; `{name}` marks where a parameter stands. `answer`: what is told, with `{field}` (or
    `{field.inner}`) from the result; without it the result's plain fields are listed. `unusable`: why it cannot be switched
    on."""

    skill: Skill
    binding: Binding = field(default_factory=Binding)
    triggers: tuple[str, ...] = ()
    answer: Title = Title("", "")
    unusable: str = ""


class ConnectedSkill(Struct, frozen=True):
    id: UUID
    system_id: UUID
    operation: str
    active: bool
    offer: Offer
    updated_at: datetime

    @property
    def intent(self) -> str:
        return f"{INTENT}{self.id}"


class Asked(Struct, frozen=True):
    """One call, ready to be made. `customer` is the business system's id of the customer, if it was proven; `granted` the amount
    of an exception in minor units."""

    skill: ConnectedSkill
    given: dict[str, str]
    lang: Lang
    key: str | None = None
    customer: str | None = None
    granted: int | None = None


class Way(Protocol):
    """How the operations of one system are reached."""

    async def call(self, asked: Asked) -> Any:
        """The result as parsed JSON. Raises `Refused`, `NotThere`, `Failed`."""
        ...


def arguments_of(asked: Asked) -> dict[str, str]:
    """All parameters with a value: given by the customer, proven of him, granted to him, or fixed by the administrator."""
    values: dict[str, str] = {}
    for slot in asked.skill.offer.skill.slots:
        if slot.given_by == "fixed":
            values[slot.name] = slot.fixed
        elif slot.given_by == "identity" and asked.customer:
            values[slot.name] = asked.customer
        elif slot.given_by == "grant" and asked.granted is not None:
            values[slot.name] = str(asked.granted)
        elif slot.given_by == "customer" and slot.name in asked.given:
            values[slot.name] = asked.given[slot.name]
    return values


def typed(kind: str, value: str) -> Any:
    """A value as JSON has it."""
    if kind == "integer":
        return int(value)
    if kind == "number":
        return float(value)
    return value == "true" if kind == "boolean" else value


def without_hidden(value: Any, hides: frozenset[str]) -> Any:
    """A result in which the fields that nobody is shown are masked, at any depth."""
    if isinstance(value, dict):
        return {name: MASK if name in hides else without_hidden(it, hides) for name, it in value.items()}
    return [without_hidden(it, hides) for it in value] if isinstance(value, list) else value


def in_words(offer: Offer, result: Any, lang: Lang) -> str:
    """The result as it is told. What the template names and the result lacks is left out rather than made up."""
    template = offer.answer.to(lang) or offer.answer.to("en" if lang == "zh" else "zh")
    if template:
        return _filled(template, result)
    plain = _plain(result)
    colon = "：" if lang == "zh" else ": "
    return "\n".join(f"{name}{colon}{value}"[:_LONGEST_LINE] for name, value in list(plain.items())[:_MOST_LINES])


def _filled(template: str, result: Any) -> str:
    plain = _plain(result)
    text = template
    for name, value in plain.items():
        text = text.replace(f"{{{name}}}", value[:_LONGEST_LINE])
    return text


def _plain(value: Any, prefix: str = "", depth: int = 3) -> dict[str, str]:
    """The scalar fields, with dotted names."""
    if isinstance(value, dict) and depth:
        return {key: text for name, it in value.items() for key, text in _plain(it, f"{prefix}{name}.", depth - 1).items()}
    if isinstance(value, list) and depth:
        return {key: text for place, it in enumerate(value[:5]) for key, text in _plain(it, f"{prefix}{place}.", depth - 1).items()}
    if value is None or isinstance(value, dict | list):
        return {}
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return {prefix.removesuffix(".") or "result": shown}
