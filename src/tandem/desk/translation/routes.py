"""Translation over HTTP: what a customer said, shown in the agent's language; what the agent wrote, in the customer's."""

from uuid import UUID

from litestar import get, post
from msgspec import Struct

from tandem.access.model import User
from tandem.assistant.compose import LanguageModel
from tandem.channels.intake import LONGEST_TEXT
from tandem.desk import store
from tandem.desk.model_share import allow_asking
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, Language, NotFound, Unavailable


class Translator:
    """`model`: None where none is set."""

    def __init__(self, model: LanguageModel | None) -> None:
        self.model = model

    async def translated(self, text: str, into: Language, customer: str, colleague: UUID) -> str:
        """`customer`: his name, which stays here where masking is set; `colleague`: who asks. Raises `InvalidInput`, `Unavailable`."""
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise InvalidInput.field("text", f"1–{LONGEST_TEXT}")
        found = await self.model.translate(text, into, customer, colleague) if self.model else None
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
        await allow_asking(connection, who.id, clock.now())
    return Translation(await translator.translated(data.text, data.into, found.contact.name, who.id))


ROUTES = [translation_there, translate]
