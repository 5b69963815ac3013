"""The index that a process searches: loaded when it starts, then kept up to date by what the bus tells."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

from tandem.infra.db import Database
from tandem.infra.settings import Settings
from tandem.kit.clock import Clock
from tandem.knowledge import store
from tandem.knowledge.meaning import act as meaning
from tandem.knowledge.meaning.encoder import Encoder
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.search import Index


async def load_index(db: Database) -> Index:
    """All that is published."""
    async with db.read() as connection:
        return Index(await store.published(connection))


def encoder_of(settings: Settings, clock: Clock, stack: AsyncExitStack) -> Encoder | None:
    """None where the settings name none."""
    if not settings.embeddings_url:
        return None
    encoder = Encoder(
        settings.embeddings_url, settings.embeddings_key, settings.embeddings_model, settings.embeddings_timeout, clock
    )
    stack.push_async_callback(encoder.close)
    return encoder


async def load_meanings(db: Database, index: Index, encoder: Encoder) -> SemanticIndex:
    """The index with what its articles mean, as far as that was read before."""
    async with db.read() as connection:
        return SemanticIndex(index, await meaning.known_meanings(connection, encoder.model), encoder)


def keep_index(db: Database, index: Index, semantic: SemanticIndex | None, model: str) -> Callable[[str, object], None]:
    """Hears of changed articles and puts them into this process's index."""
    pending: set[asyncio.Task[None]] = set()

    async def refresh(article: UUID) -> None:
        async with db.read() as connection:
            found = await store.published_one(connection, article)
            if semantic:
                await meaning.refresh(connection, semantic.meanings, model, article)
        if found:
            index.put(found)
        else:
            index.remove(article)

    def hear(topic: str, news: Any) -> None:
        if topic == "article":
            task = asyncio.create_task(refresh(UUID(news["article"])))
            pending.add(task)
            task.add_done_callback(pending.discard)

    return hear
