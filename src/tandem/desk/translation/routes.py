"""Translation over HTTP: what a customer said, shown in the agent's language; what the agent wrote, in the customer's."""

from datetime import timedelta
from uuid import UUID

from litestar import get, post
from msgspec import Struct

from tandem.access import act as access
from tandem.access.model import User
from tandem.assistant.compose import LanguageModel
from tandem.channels.intake import LONGEST_TEXT
from tandem.desk import store
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, Language, NotFound, Unavailable

MOST, WITHIN = 120, timedelta(hours=1)  # of one colleague: the model's budget of a day is that of customers' answers too


class Translator:
    """`model`: None where none is set."""

    def __init__(self, model: LanguageModel | None) -> None:
        self.model = model

    async def translated(self, text: str, into: Language, customer: str) -> str:
        """`customer`: his name, which stays here where masking is set. Raises `InvalidInput`, `Unavailable`."""
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise InvalidInput.field("text", f"1–{LONGEST_TEXT}")
        found = await self.model.translate(text, into, customer) if self.model else None
        if found is None:
            raise Unavailable
        return found


class Translate(Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    into: Language


class Translation(Struct, frozen=True):
    text: str


class TranslationThere(Struct, frozen=True):
    """Whether a language model is set that can be asked."""

    available: bool


@get("/api/translation", permission="conversation:reply")
async def translation_there(translator: Translator) -> TranslationThere:
    return TranslationThere(translator.model is not None)


@post("/api/conversations/{conversation:uuid}/translation", permission="conversation:reply", status_code=200)
async def translate(
    conversation: UUID, data: Translate, who: User, db: Database, translator: Translator, clock: Clock
) -> Translation:
    """Nothing is stored: what is sent is sent as a reply with its original. Raises `NotFound`, `TooMany`."""
    async with db.read() as connection:
        found = await store.conversation(connection, conversation)
        if found is None:
            raise NotFound
        await access.allow_attempt(connection, f"translation:{who.id}", clock.now(), limit=MOST, window=WITHIN)
    return Translation(await translator.translated(data.text, data.into, found.contact.name))


ROUTES = [translation_there, translate]
