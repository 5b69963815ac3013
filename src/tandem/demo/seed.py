"""What the demo starts with, made once: people, a chat channel, the shop's knowledge."""

import secrets
from importlib.resources import files
from pathlib import Path
from uuid import uuid5

import msgspec
from msgspec import Struct

from tandem.access import act as access
from tandem.access.model import Role
from tandem.channels import store as channels
from tandem.channels.model import Channel
from tandem.cli.install import add_chat
from tandem.infra.db import Database, Tx
from tandem.kit.clock import Clock
from tandem.kit.crypto import Keys
from tandem.knowledge import store as articles
from tandem.knowledge.record import ArticleDraft

CHANNEL = "demo"
_PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("wang@demo.example", "王芳", "agent"),
    ("tom@demo.example", "Tom Baker", "agent"),
    ("chen@demo.example", "陈主管", "supervisor"),
    ("admin@demo.example", "Admin", "administrator"),
)
_CONFIG: dict[str, object] = {
    "brand": {"zh": "屿物", "en": "Islet"},
    "greeting": {
        "zh": "您好！我是屿物的 AI 助手，可以马上帮您查库存、查包裹、讲售后规则；想找人工，随时点「转人工」。",
        "en": "Hello! I'm Islet's AI assistant. I can check stock, track parcels and explain our policies right away. Want a person? Just ask.",
    },
    "suggestions": {
        "zh": ["空气净化器还有货吗", "我的包裹到哪了", "七天无理由退货怎么退"],
        "en": ["Is the air purifier in stock?", "Where is my order?", "How do I return something?"],
    },
    "colour": "#0f766e",
}


class DemoEntry(Struct, frozen=True):
    key: str
    category: str
    question: str
    phrasings: list[str]
    answer: str


class SignIn(Struct, frozen=True):
    email: str
    name: str
    role: Role
    password: str


async def seed(db: Database, keys: Keys, clock: Clock, notes: Path) -> tuple[Channel, list[SignIn], bool]:
    """The demo's channel and sign-ins, and whether they were made just now. The passwords are random and kept in `notes`, readable by the owner alone."""
    async with db.write() as tx:
        await tx.db.execute("select pg_advisory_xact_lock(7266637)")  # two that start at once must not both make it
        channel = await channels.by_key(tx.db, CHANNEL)
        is_new = channel is None
        if channel is None:
            channel = await add_chat(tx, keys, CHANNEL, "Islet 屿物", _CONFIG, clock.now())
            await _add_people(tx, clock, notes)
            await _add_knowledge(tx, channel, clock)
    people = msgspec.json.decode(notes.read_bytes(), type=list[SignIn]) if notes.exists() else []
    return channel, people, is_new


async def _add_people(tx: Tx, clock: Clock, notes: Path) -> None:
    people = [SignIn(email, name, role, secrets.token_urlsafe(9)) for email, name, role in _PEOPLE]
    for it in people:
        locale = "en" if it.name.isascii() else "zh-CN"
        await access.add_user(
            tx, email=it.email, name=it.name, role=it.role, password=it.password, locale=locale, by=None, now=clock.now()
        )
    notes.touch(mode=0o600)
    notes.write_bytes(msgspec.json.format(msgspec.json.encode(people)))


async def _add_knowledge(tx: Tx, channel: Channel, clock: Clock) -> None:
    for lang in ("zh", "en"):
        content = (files("tandem.demo") / f"knowledge.{lang}.json").read_bytes()
        for entry in msgspec.json.decode(content, type=list[DemoEntry]):
            draft = ArticleDraft(lang, entry.category, entry.question, entry.answer, entry.phrasings)
            article = uuid5(channel.id, f"{lang}/{entry.key}")
            record = await articles.add(tx.db, article, entry.key, draft, "Islet", clock.now())
            await articles.set_state(tx.db, article, "published", record.version, record.version)
