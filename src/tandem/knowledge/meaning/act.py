"""Having the encoder read what is published, in batches, as a job."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
import structlog

from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database
from tandem.knowledge.meaning import store
from tandem.knowledge.meaning.encoder import Encoder, EncoderFailed, Matrix
from tandem.knowledge.meaning.vectors import Meanings
from tandem.knowledge.model import Article

log = structlog.get_logger()

_AT_ONCE = 100
_MOST_TEXTS = 64
_LONGEST = 1000
"""Characters of a text that are encoded."""
_READING = 2
"""Counted up when `texts_of` changes: what was kept before is then read anew."""


def texts_of(article: Article) -> list[str]:
    """What stands for an article: each way of asking, and at last the answer."""
    return [it[:_LONGEST] for it in (article.question, *article.phrasings, article.answer or article.question)]


async def encoded(encoder: Encoder, texts: Sequence[Sequence[str]]) -> list[Matrix]:
    """A matrix for each of them, with a row a text. Raises `EncoderFailed`."""
    flat = [text for some in texts for text in some]
    parts = [await encoder.batch(flat[at : at + _MOST_TEXTS]) for at in range(0, len(flat), _MOST_TEXTS)]
    if len({part.shape[1] for part in parts}) != 1:
        raise EncoderFailed("vectors of different lengths")
    return np.split(np.concatenate(parts), np.cumsum([len(some) for some in texts])[:-1])


class Reading:
    def __init__(self, db: Database, bus: Bus, encoder: Encoder) -> None:
        self._db, self._bus, self._encoder = db, bus, encoder

    async def read_new(self) -> None:
        """Everything published that has not been read. What fails is tried again at the next sweep."""
        while True:
            async with self._db.read() as db:
                articles = await store.without(db, _kept_as(self._encoder.model), _AT_ONCE)
            if not articles:
                return
            try:
                vectors = await encoded(self._encoder, [texts_of(it) for it in articles])
            except EncoderFailed as error:
                log.warning("encoder.batch_failed", error=str(error), articles=len(articles))
                return
            await self._keep(articles, vectors)

    async def _keep(self, articles: Sequence[Article], vectors: Sequence[Matrix]) -> None:
        async with self._db.write() as tx:
            for article, rows in zip(articles, vectors, strict=True):
                packed = rows.astype("<f4").tobytes()
                await store.keep(tx.db, article.id, article.version, _kept_as(self._encoder.model), rows.shape[1], packed)
            tx.after(lambda: self._tell(articles))

    def _tell(self, articles: Sequence[Article]) -> None:
        for it in articles:
            self._bus.tell("article", {"article": str(it.id)})


async def known_meanings(db: Connection, model: str) -> Meanings:
    return Meanings((it.article, it.lang, _unpacked(it)) for it in await store.meanings(db, _kept_as(model)))


async def refresh(db: Connection, meanings: Meanings, model: str, article: UUID) -> None:
    """What the encoder made of one article, or nothing any more."""
    found = await store.meanings(db, _kept_as(model), article)
    if found:
        meanings.put(article, found[0].lang, _unpacked(found[0]))
    else:
        meanings.remove(article)


def _kept_as(model: str) -> str:
    return f"{model} #{_READING}"


def _unpacked(it: store.Meaning) -> Matrix:
    rows: Matrix = np.frombuffer(it.vectors, dtype="<f4").reshape(-1, it.dimensions).astype(np.float32)
    return rows
