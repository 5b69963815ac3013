"""Having the encoder read what is published, in batches, as a job."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
import structlog

from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database
from tandem.knowledge.meaning import store
from tandem.knowledge.meaning.encoder import Encoder, EncoderFailed, Matrix
from tandem.knowledge.meaning.semantic import Meanings
from tandem.knowledge.model import Article

log = structlog.get_logger()

_AT_ONCE = 100
_MOST_TEXTS = 64
_LONGEST = 1000
"""Characters of a text that are encoded."""


def texts_of(article: Article) -> list[str]:
    """What stands for an article: each way of asking, and the question with its answer."""
    return [it[:_LONGEST] for it in (article.question, *article.phrasings, f"{article.question}\n{article.answer}")]


class Reading:
    def __init__(self, db: Database, bus: Bus, encoder: Encoder) -> None:
        self._db, self._bus, self._encoder = db, bus, encoder

    async def read_new(self) -> None:
        """Everything published that has not been read. What fails is tried again at the next sweep."""
        while True:
            async with self._db.read() as db:
                articles = await store.without(db, self._encoder.model, _AT_ONCE)
            if not articles:
                return
            try:
                vectors = await self._encoded([texts_of(it) for it in articles])
            except EncoderFailed as error:
                log.warning("encoder.batch_failed", error=str(error), articles=len(articles))
                return
            await self._keep(articles, vectors)

    async def _encoded(self, texts: Sequence[Sequence[str]]) -> list[Matrix]:
        """Raises `EncoderFailed`."""
        flat = [text for some in texts for text in some]
        parts = [await self._encoder.batch(flat[at : at + _MOST_TEXTS]) for at in range(0, len(flat), _MOST_TEXTS)]
        if len({part.shape[1] for part in parts}) != 1:
            raise EncoderFailed("vectors of different lengths")
        return np.split(np.concatenate(parts), np.cumsum([len(some) for some in texts])[:-1])

    async def _keep(self, articles: Sequence[Article], vectors: Sequence[Matrix]) -> None:
        async with self._db.write() as tx:
            for article, rows in zip(articles, vectors, strict=True):
                packed = rows.astype("<f4").tobytes()
                await store.keep(tx.db, article.id, article.version, self._encoder.model, rows.shape[1], packed)
            tx.after(lambda: self._tell(articles))

    def _tell(self, articles: Sequence[Article]) -> None:
        for it in articles:
            self._bus.tell("article", {"article": str(it.id)})


async def known_meanings(db: Connection, model: str) -> Meanings:
    return Meanings((it.article, unpacked(it)) for it in await store.meanings(db, model))


async def refresh(db: Connection, meanings: Meanings, model: str, article: UUID) -> None:
    """What the encoder made of one article, or nothing any more."""
    found = await store.meanings(db, model, article)
    if found:
        meanings.put(article, unpacked(found[0]))
    else:
        meanings.remove(article)


def unpacked(it: store.Meaning) -> Matrix:
    rows: Matrix = np.frombuffer(it.vectors, dtype="<f4").reshape(-1, it.dimensions).astype(np.float32)
    return rows
