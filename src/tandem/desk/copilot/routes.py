"""The copilot over HTTP."""

from datetime import timedelta
from uuid import UUID

from litestar import get, post
from msgspec import Struct

from tandem.access.model import User
from tandem.desk.copilot import store
from tandem.desk.copilot.act import Companion
from tandem.desk.copilot.model import Copilot, FoundAnswer, Use
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound
from tandem.kit.text import clean


class AskCopilot(Struct, frozen=True, forbid_unknown_fields=True):
    """`seen`: the last entry seen before, for what happened since. `worded`: in the language model's words, if one is set."""

    seen: int = 0
    worded: bool = False


@post("/api/conversations/{conversation:uuid}/copilot", permission="conversation:reply", status_code=200)
async def copilot(conversation: UUID, data: AskCopilot, who: User, db: Database, companion: Companion, clock: Clock) -> Copilot:
    """A POST because what is shown is kept, to learn what becomes of it."""
    return await companion.look(db, who, conversation, data.seen, worded=data.worded, clock=clock)


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    text: str


@post("/api/conversations/{conversation:uuid}/copilot/knowledge", permission="conversation:reply", status_code=200)
async def ask_knowledge(conversation: UUID, data: Question, companion: Companion, db: Database, clock: Clock) -> list[FoundAnswer]:
    """A POST because an agent may ask in a customer's words, which have no place in an address."""
    text = clean(data.text)
    return await companion.find(db, conversation, text, clock.now()) if text else []


@post("/api/suggestions/{suggestion:uuid}/dismiss", permission="conversation:reply", status_code=204)
async def dismiss(suggestion: UUID, who: User, db: Database, clock: Clock) -> None:
    async with db.write() as tx:
        known = await store.suggestion(tx.db, suggestion)
        if known is None or known.agent != who.id:
            raise NotFound
        await store.settle(tx.db, suggestion, "dismissed", None, clock.now())


@get("/api/suggestions/use", permission="conversation:assign")
async def suggestion_use(db: Database, clock: Clock, days: int = 30) -> Use:
    async with db.read() as connection:
        return await store.use(connection, clock.now() - timedelta(days=max(1, min(days, 366))))


ROUTES = [copilot, ask_knowledge, dismiss, suggestion_use]
