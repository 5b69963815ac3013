"""What the language model was used for, and what exactly it was given and said for an answer."""

from datetime import timedelta
from uuid import UUID

from litestar import get
from msgspec import Struct

from tandem.assistant import store
from tandem.assistant.store import Exchange, ModelUse
from tandem.infra.db import Database
from tandem.infra.settings import Settings
from tandem.kit.clock import Clock
from tandem.kit.errors import NotFound

_DAYS = timedelta(days=30)


class ModelBoard(Struct, frozen=True):
    """`model` is empty when none is set. `days` newest first, of the last thirty; the limits are a day's, 0 is none."""

    model: str
    masks: bool
    daily_tokens: int
    daily_cost: float
    days: list[ModelUse]


@get("/api/assistant/model", permission="answer:inspect")
async def model_board(db: Database, settings: Settings, clock: Clock) -> ModelBoard:
    async with db.read() as connection:
        days = await store.model_use(connection, (clock.now() - _DAYS).date())
    model = settings.llm_model if settings.llm_url else ""
    return ModelBoard(model, settings.llm_mask, settings.llm_daily_tokens, settings.llm_daily_cost, days)


@get("/api/conversations/{conversation:uuid}/answer", permission="answer:inspect")
async def answer_exchange(conversation: UUID, db: Database, seq: int = 0) -> Exchange:
    """How the assistant's entry `seq` came about: everything that the language model was given and said for it, if it was asked."""
    async with db.read() as connection:
        found = await store.exchange(connection, conversation, max(0, min(seq, 2**31 - 1)))
    if found is None:
        raise NotFound
    return found


ROUTES = [model_board, answer_exchange]
