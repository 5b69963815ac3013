"""Phrases, macros and mentions over HTTP."""

from typing import Literal
from uuid import UUID

from litestar import delete, get, post, put
from msgspec import Struct

from tandem.access.model import User
from tandem.channels.intake import LONGEST_TEXT
from tandem.desk.model import Conversation
from tandem.desk.writing import store
from tandem.desk.writing.act import Macros, checked
from tandem.desk.writing.fill import variables
from tandem.desk.writing.model import Macro, Phrase, Step, Variables
from tandem.infra.db import Connection, Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotAllowed, NotFound
from tandem.kit.ids import new_id
from tandem.kit.text import clean

_LONGEST_SHORTCUT, _LONGEST_TITLE = 40, 100


class WritePhrase(Struct, frozen=True, forbid_unknown_fields=True):
    """`mine`: only for the writer; what is for everybody asks for the right to write knowledge."""

    shortcut: str
    text: str
    title: str = ""
    lang: Literal["zh", "en", ""] = ""
    mine: bool = True


class WriteMacro(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    steps: list[Step]


class RunMacro(Struct, frozen=True, forbid_unknown_fields=True):
    macro: UUID
    client_id: str


@get("/api/phrases", permission="conversation:reply")
async def phrases(who: User, db: Database) -> list[Phrase]:
    async with db.read() as connection:
        return await store.phrases(connection, who.id)


@post("/api/phrases", permission="conversation:reply")
async def add_phrase(data: WritePhrase, who: User, db: Database, clock: Clock) -> Phrase:
    return await _put(db, who, new_id(clock.now()), data, None if not data.mine else who.id, clock)


@put("/api/phrases/{phrase:uuid}", permission="conversation:reply")
async def change_phrase(phrase: UUID, data: WritePhrase, who: User, db: Database, clock: Clock) -> Phrase:
    """Whose it is does not change."""
    async with db.read() as connection:
        owner = await _owner(connection, phrase, who)
    return await _put(db, who, phrase, data, owner, clock)


@delete("/api/phrases/{phrase:uuid}", permission="conversation:reply")
async def drop_phrase(phrase: UUID, who: User, db: Database) -> None:
    async with db.write() as tx:
        owner = await _owner(tx.db, phrase, who)
        if owner is None and not who.may("knowledge:publish"):
            raise NotAllowed
        await store.drop_phrase(tx.db, phrase)


@post("/api/phrases/{phrase:uuid}/used", permission="conversation:reply", status_code=204)
async def phrase_used(phrase: UUID, db: Database) -> None:
    """For the order in which phrases are offered."""
    async with db.write() as tx:
        await store.count_use(tx.db, phrase)


@get("/api/conversations/{conversation:uuid}/variables", permission="conversation:reply")
async def phrase_variables(conversation: UUID, who: User, db: Database) -> Variables:
    async with db.read() as connection:
        return Variables(await variables(connection, conversation, who))


@get("/api/macros", permission="conversation:reply")
async def macros(db: Database) -> list[Macro]:
    async with db.read() as connection:
        return await store.macros(connection)


@post("/api/macros", permission="knowledge:publish")
async def add_macro(data: WriteMacro, db: Database, clock: Clock) -> Macro:
    return await _put_macro(db, Macro(new_id(clock.now()), data.name, tuple(data.steps)), clock)


@put("/api/macros/{macro:uuid}", permission="knowledge:publish")
async def change_macro(macro: UUID, data: WriteMacro, db: Database, clock: Clock) -> Macro:
    return await _put_macro(db, Macro(macro, data.name, tuple(data.steps)), clock)


@delete("/api/macros/{macro:uuid}", permission="knowledge:publish")
async def drop_macro(macro: UUID, db: Database) -> None:
    async with db.write() as tx:
        if not await store.drop_macro(tx.db, macro):
            raise NotFound


@post("/api/conversations/{conversation:uuid}/macro", permission="conversation:reply", status_code=200)
async def run_macro(conversation: UUID, data: RunMacro, who: User, db: Database, macros: Macros, clock: Clock) -> Conversation:
    if not 1 <= len(data.client_id) <= 90:
        raise InvalidInput.field("client_id", "1–90")
    async with db.write() as tx:
        macro = await store.macro(tx.db, data.macro)
        if macro is None:
            raise NotFound
        return await macros.run(tx, who, macro, conversation, data.client_id, clock.now())


@post("/api/conversations/{conversation:uuid}/mentions/seen", permission="conversation:read", status_code=204)
async def mentions_seen(conversation: UUID, who: User, db: Database, clock: Clock) -> None:
    async with db.write() as tx:
        await store.mentions_seen(tx.db, who.id, conversation, clock.now())


async def _owner(db: Connection, phrase: UUID, who: User) -> UUID | None:
    """None: it is everybody's. Raises `NotFound` also for somebody else's own."""
    there, owner = await store.phrase_owner(db, phrase)
    if not there or owner not in (None, who.id):
        raise NotFound
    return owner


async def _put(db: Database, who: User, phrase: UUID, data: WritePhrase, owner: UUID | None, clock: Clock) -> Phrase:
    if owner is None and not who.may("knowledge:publish"):
        raise NotAllowed
    shortcut, text, title = clean(data.shortcut).lstrip("/"), clean(data.text), clean(data.title)
    if not 1 <= len(shortcut) <= _LONGEST_SHORTCUT or " " in shortcut:
        raise InvalidInput.field("shortcut", f"1–{_LONGEST_SHORTCUT}")
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise InvalidInput.field("text", f"1–{LONGEST_TEXT}")
    made = Phrase(phrase, shortcut, data.lang, title[:_LONGEST_TITLE], text, owner is not None, 0)
    async with db.write() as tx:
        if not await store.put_phrase(tx.db, made, owner, clock.now()):
            raise InvalidInput.field("shortcut", "taken")
    return made


async def _put_macro(db: Database, macro: Macro, clock: Clock) -> Macro:
    macro = checked(macro)
    async with db.write() as tx:
        if not await store.put_macro(tx.db, macro, clock.now()):
            raise InvalidInput.field("name", "taken")
    return macro


ROUTES = [
    phrases, add_phrase, change_phrase, drop_phrase, phrase_used, phrase_variables, macros, add_macro, change_macro, drop_macro,
    run_macro, mentions_seen,
]  # fmt: skip
