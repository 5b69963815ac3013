"""Connecting business systems, and saying which of their operations the assistant may use and how."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from msgspec import Struct, field
from msgspec.structs import replace

from tandem.access.model import User
from tandem.assistant.skills import openapi, store
from tandem.assistant.skills.connected import Asked, Auth, ConnectedSkill, Offer, System, SystemKind, Way, without_hidden
from tandem.assistant.skills.openapi import Described, Unreadable
from tandem.assistant.skills.over_http import OverHttp
from tandem.assistant.skills.over_python import OverPython
from tandem.assistant.skills.port import GivenBy, Lang, Leave, Skill, Title, Who
from tandem.assistant.skills.registry import Registry
from tandem.assistant.skills.values import NotAValue, value_of
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database, Tx
from tandem.infra.outside import Outside, OutsideRefused
from tandem.kit.crypto import Keys
from tandem.kit.errors import InvalidInput, NotFound
from tandem.kit.ids import new_id
from tandem.kit.text import clean

_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
_MOST_GROUPS = 20
_MOST_TRIGGERS, _LONGEST_TRIGGER, _LONGEST_ANSWER, _LONGEST_SECRET = 60, 200, 1000, 4000
TOPIC = "skills"
_TRIED_AMOUNT = 1
"""What a trial says was granted, in minor units."""
_USERS: tuple[Who, ...] = ("assistant", "desk")


class Connect(Struct, frozen=True, forbid_unknown_fields=True):
    """`url`: of an OpenAPI document, of an MCP server, or the name of an installed entry point. `document`: an OpenAPI document's
    text instead of its address; `base`: where its operations are called, if the document does not say so."""

    kind: SystemKind
    name: str = ""
    url: str = ""
    document: str = ""
    base: str = ""
    auth: Auth = "none"
    auth_header: str = ""
    secret: str = ""


class SlotChange(Struct, frozen=True, forbid_unknown_fields=True):
    title: Title
    ask: Title | None = None
    required: bool = True
    private: bool = False
    given_by: GivenBy = "customer"
    fixed: str = ""


class SkillChange(Struct, frozen=True, forbid_unknown_fields=True):
    """All that an administrator may set. `slots` by name; what is not named stays as it is. `who` uses it besides administrators:
    the assistant for customers, the desk for exceptions that were granted. `audience`: the groups of customers it is for."""

    active: bool
    title: Title
    personal: bool
    writes: bool
    confirm: bool
    seconds: float
    tries: int
    hides: list[str]
    triggers: list[str]
    answer: Title
    slots: dict[str, SlotChange] = field(default_factory=dict)
    who: list[Who] = field(default_factory=lambda: ["assistant"])
    audience: list[str] = field(default_factory=list)


class TrialResult(Struct, frozen=True):
    """What a trial gave. `result` is what customers could be told of, with hidden fields masked."""

    outcome: str
    ms: int
    detail: str
    result: Any = None


class Skills:
    """`python`: the installed entry points by name."""

    def __init__(self, registry: Registry, outside: Outside, keys: Keys, bus: Bus, python: Mapping[str, OverPython]) -> None:
        self.registry = registry
        self._outside = outside
        self._keys = keys
        self._bus = bus
        self._python = python

    @property
    def installed(self) -> list[str]:
        return sorted(self._python)

    async def reload(self, db: Connection) -> None:
        """Take over what is stored. Called at the start and whenever any process changed something."""
        ways: dict[UUID, Way] = {}
        for system in await store.systems(db):
            sealed = await store.secret(db, system.id)
            way = self._way(system, self._keys.unseal(sealed) if sealed else "")
            if way is not None:
                ways[system.id] = way
        self.registry.load(ways, await store.skills(db))

    async def described(self, asked: Connect) -> Described:
        """What a system offers. Raises `InvalidInput` naming the field. No transaction is open meanwhile: it calls outside."""
        if len(asked.secret) > _LONGEST_SECRET or (asked.auth == "header" and not _HEADER.fullmatch(asked.auth_header)):
            raise InvalidInput.field("auth_header", "A-Z a-z 0-9 -")
        try:
            return await self._read(asked)
        except (Unreadable, OutsideRefused) as wrong:
            raise InvalidInput.field("document" if asked.document else "url", str(wrong)) from None
        except httpx.HTTPError as error:
            raise InvalidInput.field("url", f"no answer from there: {type(error).__name__}") from None

    async def connect(self, tx: Tx, user: User, asked: Connect, described: Described, now: datetime) -> System:
        """Keep the system and all it offers, everything switched off. Raises `InvalidInput`."""
        url = (clean(asked.base) or described.server) if asked.kind == "openapi" else clean(asked.url)
        if asked.kind == "openapi":
            self._check_base(url)
        name = clean(asked.name)[:80] or described.title or url[:80]
        system = System(new_id(now), name, asked.kind, url, asked.auth, asked.auth_header, bool(asked.secret), now)
        await store.add_system(tx.db, system, self._keys.seal(asked.secret) if asked.secret else None)
        for operation, offer in described.offers.items():
            await store.add_skill(tx.db, ConnectedSkill(new_id(now), system.id, operation, False, offer, now))
        await self._changed(tx, user, "skill_system.connected", str(system.id), now)
        return system

    async def disconnect(self, tx: Tx, user: User, system: UUID, now: datetime) -> None:
        """Raises `NotFound`."""
        if not await store.remove_system(tx.db, system):
            raise NotFound
        await self._changed(tx, user, "skill_system.removed", str(system), now)

    async def change(self, tx: Tx, user: User, id: UUID, change: SkillChange, now: datetime) -> ConnectedSkill:
        """Raises `NotFound`, `InvalidInput`."""
        known = await store.skill(tx.db, id)
        if known is None:
            raise NotFound
        if change.active and known.offer.unusable:
            raise InvalidInput.field("active", known.offer.unusable)
        offer = _changed_offer(known.offer, change)
        await store.change_skill(tx.db, id, active=change.active, offer=offer, at=now)
        await self._changed(tx, user, f"skill.{'on' if change.active else 'off'}", str(id), now)
        return replace(known, active=change.active, offer=offer, updated_at=now)

    async def try_out(
        self, skill: ConnectedSkill, system: System, sealed: bytes | None, given: dict[str, str], customer: str, lang: Lang, key: str
    ) -> TrialResult:  # fmt: skip
        """Call it once as an administrator, switched on or not. Raises `InvalidInput`."""
        way = self._way(system, self._keys.unseal(sealed) if sealed else "")
        if way is None:
            raise InvalidInput.field("skill", "not installed")
        values = _values(skill.offer, given)
        asked = Asked(skill, values, lang, key, customer or None, _TRIED_AMOUNT)
        leave = Leave("administrator", proven=True, key=key)
        called = await self.registry.call_by(way, asked, leave)
        shown = without_hidden(called.found, skill.offer.skill.hides)
        return TrialResult(
            called.outcome, called.entry.ms, called.detail or (called.entry.summary if called.found is None else ""), shown
        )

    async def store_calls(self, db: Database) -> None:
        """So that a trial is among the last calls at once."""
        await self.registry.ledger.flush(db)

    async def _read(self, asked: Connect) -> Described:
        if asked.kind == "python":
            found = self._python.get(asked.url)
            if found is None:
                raise Unreadable("no such entry point is installed")
            return found.described(asked.url)
        if asked.kind == "mcp":
            from tandem.assistant.skills.over_mcp import OverMcp  # noqa: PLC0415  # slow to load, for those who use it

            return await OverMcp(self._outside, _unkept(asked), asked.secret).described()
        text = asked.document
        if not text:
            status, content = await self._outside.fetch("GET", clean(asked.url), limit=openapi.LARGEST)
            if status != 200:
                raise Unreadable(f"HTTP {status}")
            text = content.decode("utf-8", "replace")
        return openapi.read(text, clean(asked.url))

    def _way(self, system: System, secret: str) -> Way | None:
        if system.kind == "python":
            return self._python.get(system.url)
        if system.kind == "mcp":
            from tandem.assistant.skills.over_mcp import OverMcp  # noqa: PLC0415

            return OverMcp(self._outside, system, secret)
        return OverHttp(self._outside, system, secret)

    def _check_base(self, url: str) -> None:
        if not re.match(r"https?://[^\s/]+", url):
            raise InvalidInput.field("base", "https://…")

    async def _changed(self, tx: Tx, user: User, action: str, subject: str, now: datetime) -> None:
        await audit.record(tx.db, user.id, action, subject, {}, now)
        tx.after(lambda: self._bus.tell(TOPIC, None))


async def skills_up_to_date(skills: Skills, db: Database, bus: Bus) -> Callable[[], Awaitable[None]]:
    """Load what is stored, and again whenever the bus tells that it changed. Returns how to load it once more, for when news may
    have been missed."""
    pending: set[asyncio.Task[None]] = set()

    async def refresh() -> None:
        async with db.read() as connection:
            await skills.reload(connection)

    def hear(topic: str, _: object) -> None:
        if topic == TOPIC:
            task = asyncio.create_task(refresh())
            pending.add(task)
            task.add_done_callback(pending.discard)

    bus.hear(hear)
    await refresh()
    return refresh


def _unkept(asked: Connect) -> System:
    return System(
        UUID(int=0), asked.name or asked.url[:80], asked.kind, asked.url, asked.auth, asked.auth_header, False, datetime.min
    )


def _changed_offer(offer: Offer, change: SkillChange) -> Offer:
    """Raises `InvalidInput`."""
    _check(change)
    slots = tuple(
        replace(it, **_fields(change.slots[it.name])) if it.name in change.slots else it for it in offer.skill.slots
    )  # fmt: skip
    skill = replace(
        offer.skill, title=change.title, personal=change.personal, writes=change.writes, confirm=change.confirm and change.writes,
        seconds=change.seconds, tries=change.tries, hides=frozenset(change.hides), slots=slots,
        who=("administrator", *(it for it in _USERS if it in change.who)),
        audience=tuple(dict.fromkeys(clean(it).lower() for it in change.audience)),
    )  # fmt: skip
    _check_users(skill)
    triggers = tuple(dict.fromkeys(it for it in map(clean, change.triggers) if it))
    return replace(offer, skill=skill, triggers=triggers, answer=change.answer)


def _check_users(skill: Skill) -> None:
    """Raises `InvalidInput`. What a customer asks for was granted by nobody, and reading carries nothing out."""
    if "assistant" in skill.who and any(it.given_by == "grant" for it in skill.slots):
        raise InvalidInput.field("who", "only for exceptions: a parameter is what was granted")
    if "desk" in skill.who and not skill.writes:
        raise InvalidInput.field("who", "an exception is carried out by what changes data")


def _fields(change: SlotChange) -> dict[str, Any]:
    return {name: getattr(change, name) for name in change.__struct_fields__}


def _check(change: SkillChange) -> None:
    checks: dict[str, Callable[[], bool]] = {
        "seconds": lambda: 0.1 <= change.seconds <= 30,
        "tries": lambda: 1 <= change.tries <= 5,
        "triggers": lambda: len(change.triggers) <= _MOST_TRIGGERS and all(len(it) <= _LONGEST_TRIGGER for it in change.triggers),
        "answer": lambda: max(len(change.answer.zh), len(change.answer.en)) <= _LONGEST_ANSWER,
        "title": lambda: 1 <= len(clean(change.title.zh)) <= 80 and 1 <= len(clean(change.title.en)) <= 80,
        "hides": lambda: len(change.hides) <= 100 and all(len(it) <= 100 for it in change.hides),
        "confirm": lambda: change.confirm or not change.writes,
        "audience": lambda: len(change.audience) <= _MOST_GROUPS and all(1 <= len(clean(it)) <= 40 for it in change.audience),
    }
    for name, holds in checks.items():
        if not holds():
            raise InvalidInput.field(name, _LIMITS[name])


_LIMITS = {
    "seconds": "0.1–30", "tries": "1–5", "triggers": f"0–{_MOST_TRIGGERS}", "answer": f"0–{_LONGEST_ANSWER}", "title": "1–80",
    "hides": "0–100", "audience": f"0–{_MOST_GROUPS}", "confirm": "what changes something needs the customer's yes",
}  # fmt: skip


def _values(offer: Offer, given: dict[str, str]) -> dict[str, str]:
    """Raises `InvalidInput` naming the parameter."""
    values: dict[str, str] = {}
    for slot in offer.skill.slots:
        if slot.given_by != "customer":
            continue
        said = given.get(slot.name, "").strip()
        if not said and not slot.required:
            continue
        try:
            values[slot.name] = value_of(slot, said)
        except NotAValue:
            raise InvalidInput.field(slot.name, slot.kind) from None
    return values
