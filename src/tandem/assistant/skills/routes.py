"""Connected business systems and their skills, as administrators see them."""

from datetime import timedelta
from uuid import UUID

from litestar import delete, get, post, put
from msgspec import Struct, field

from tandem.access.model import User
from tandem.assistant.skills import store
from tandem.assistant.skills.connected import ConnectedSkill, System
from tandem.assistant.skills.manage import Connect, SkillChange, Skills, TrialResult
from tandem.assistant.skills.port import Skill
from tandem.assistant.skills.shop import SHOP_SKILLS
from tandem.assistant.skills.store import KeptCall, SkillNumbers
from tandem.infra.db import Database
from tandem.infra.settings import Settings
from tandem.kit.clock import Clock
from tandem.kit.errors import Language, NotFound
from tandem.kit.ids import new_id

_NUMBERS_OF = timedelta(days=1)
_LAST = 50


class SkillBoard(Struct, frozen=True):
    """`built_in` are the shop's skills, there when a shop is set. `numbers` are of the last 24 hours, by skill name or
    "skill:<id>". `installed`: Python entry points that can be connected."""

    systems: list[System]
    skills: list[ConnectedSkill]
    built_in: list[Skill]
    numbers: list[SkillNumbers]
    installed: list[str]


class Trial(Struct, frozen=True, forbid_unknown_fields=True):
    """`customer`: the business system's id of a customer, for skills that need one. `sure`: yes, also if it changes something."""

    given: dict[str, str] = field(default_factory=dict)
    customer: str = ""
    sure: bool = False


@get("/api/skills", permission="skill:manage")
async def skill_board(db: Database, skills: Skills, settings: Settings, clock: Clock) -> SkillBoard:
    async with db.read() as connection:
        return SkillBoard(
            await store.systems(connection),
            await store.skills(connection),
            list(SHOP_SKILLS) if settings.shop_url else [],
            await store.numbers(connection, clock.now() - _NUMBERS_OF),
            skills.installed,
        )


@post("/api/skills/systems", permission="skill:manage", upload=True)
async def connect_system(data: Connect, who: User, db: Database, skills: Skills, clock: Clock) -> System:
    """Reads what the system offers and keeps it, everything switched off."""
    described = await skills.described(data)
    async with db.write() as tx:
        return await skills.connect(tx, who, data, described, clock.now())


@delete("/api/skills/systems/{system:uuid}", permission="skill:manage")
async def disconnect_system(system: UUID, who: User, db: Database, skills: Skills, clock: Clock) -> None:
    async with db.write() as tx:
        await skills.disconnect(tx, who, system, clock.now())


@put("/api/skills/{skill:uuid}", permission="skill:manage")
async def change_skill(skill: UUID, data: SkillChange, who: User, db: Database, skills: Skills, clock: Clock) -> ConnectedSkill:
    async with db.write() as tx:
        return await skills.change(tx, who, skill, data, clock.now())


@post("/api/skills/{skill:uuid}/try", permission="skill:manage", status_code=200)
async def try_skill(skill: UUID, data: Trial, db: Database, skills: Skills, clock: Clock, language: Language) -> TrialResult:
    """A trial is a real call: what changes something is only called with `sure`."""
    async with db.read() as connection:
        found = await store.skill(connection, skill)
        systems = {it.id: it for it in await store.systems(connection)}
        sealed = await store.secret(connection, found.system_id) if found else None
    if found is None:
        raise NotFound
    if found.offer.skill.writes and not data.sure:
        return TrialResult("refused", 0, "")
    key = f"trial-{new_id(clock.now())}"
    tried = await skills.try_out(found, systems[found.system_id], sealed, data.given, data.customer[:200], language, key)
    await skills.store_calls(db)
    return tried


@get("/api/skills/{skill:str}/calls", permission="skill:manage")
async def last_calls(skill: str, db: Database) -> list[KeptCall]:
    """Newest first. `skill`: a built-in skill's name, or "skill:<id>"."""
    async with db.read() as connection:
        return await store.last_calls(connection, skill[:120], _LAST)


ROUTES = [skill_board, connect_system, disconnect_system, change_skill, try_skill, last_calls]
