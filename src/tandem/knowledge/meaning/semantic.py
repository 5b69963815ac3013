"""Words and meaning together: a search that ranks articles by both.

A lexical fit and a similarity of meaning are joined as a convex combination, which loses less than merging ranks (Bruch, Gai and
Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023): `fit + MEANING * (near - fit)`, with `near` the cosine laid
between 0 and 1. Encoders differ in what cosine unrelated texts have, so where 0 lies is learned from the articles themselves: it is
what an article has to its nearest other one, typically.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from tandem.knowledge.meaning.encoder import Encoder, EncoderFailed, Matrix, Vector
from tandem.knowledge.model import Article, Asker
from tandem.knowledge.search import Hit, Index

MEANING = 0.6
"""The weight of meaning against words."""
_CANDIDATES = 20
_REMEMBERED = 512
_SAMPLED = 300
_LOWEST = 0.98
"""The cosine that counts as 0 is never set above this: with nearly identical articles nothing would be left to tell them apart."""


class Meanings:
    """The vectors of articles in one matrix; an article is as near as its nearest row."""

    def __init__(self, vectors: Iterable[tuple[UUID, Matrix]] = ()) -> None:
        self._of: dict[UUID, Matrix] = dict(vectors)
        self._rows: Matrix | None = None
        self._ids: list[UUID] = []
        self._owner: NDArray[np.int64] = np.zeros(0, np.int64)
        self._zero = 0.0

    def put(self, article: UUID, vectors: Matrix) -> None:
        self._of[article] = vectors
        self._rows = None

    def remove(self, article: UUID) -> None:
        if self._of.pop(article, None) is not None:
            self._rows = None

    def near(self, vector: Vector) -> dict[UUID, float]:
        """How near each article is, 0 to 1; empty while there are no vectors of this length."""
        rows = self._whole()
        if rows is None or rows.shape[1] != len(vector):
            return {}
        best = np.full(len(self._ids), -1.0, np.float32)
        np.maximum.at(best, self._owner, rows @ vector)
        near = np.clip((best - self._zero) / (1 - self._zero), 0.0, 1.0)
        return dict(zip(self._ids, near.tolist(), strict=True))

    def _whole(self) -> Matrix | None:
        if self._rows is None and self._of:
            length = next(reversed(self._of.values())).shape[1]
            kept = {it: rows for it, rows in self._of.items() if rows.shape[1] == length}
            self._ids = list(kept)
            self._owner = np.repeat(np.arange(len(kept)), [len(rows) for rows in kept.values()])
            self._rows = np.concatenate(list(kept.values())).astype(np.float32)
            self._zero = min(_nearest_other(self._rows, self._owner), _LOWEST)
        return self._rows if self._of else None


def _nearest_other(rows: Matrix, owner: NDArray[np.int64]) -> float:
    """The median, over a sample of rows, of the highest cosine to a row of another article; 0 if there is no other."""
    sample = np.linspace(0, len(rows) - 1, min(_SAMPLED, len(rows))).astype(np.int64)
    cosines = rows[sample] @ rows.T
    cosines[owner[sample][:, None] == owner[None, :]] = -1.0
    return max(0.0, float(np.median(cosines.max(axis=1)))) if len(rows) else 0.0


class SemanticIndex:
    """Searches as `Index` does, also by meaning for texts that were `prepare`d."""

    def __init__(self, index: Index, meanings: Meanings, encoder: Encoder) -> None:
        self._index, self.meanings, self._encoder = index, meanings, encoder
        self._vectors: dict[str, Vector] = {}

    def get(self, article: UUID) -> Article | None:
        return self._index.get(article)

    async def prepare(self, texts: Sequence[str]) -> None:
        """Have the encoder read these. If it cannot, they are searched by their words alone."""
        new = [text for text in dict.fromkeys(texts) if text.strip() and text not in self._vectors]
        if not new:
            return
        if len(self._vectors) + len(new) > _REMEMBERED:
            self._vectors.clear()
        try:
            self._vectors |= zip(new, await self._encoder.questions([text[:2000] for text in new]), strict=True)
        except EncoderFailed:
            return

    def search(
        self, text: str, *, lang: str | None = None, limit: int = 5, asker: Asker | None = None, crossing: bool = False
    ) -> list[Hit]:
        vector = self._vectors.get(text)
        if vector is None:
            return self._index.search(text, lang=lang, limit=limit, asker=asker, crossing=crossing)
        by_words = self._index.search(text, lang=lang, limit=max(limit, _CANDIDATES), asker=asker, crossing=crossing)
        hits = {hit.article.id: hit for hit in by_words}
        near = self.meanings.near(vector)
        for article in sorted(near, key=lambda it: -near[it])[: 4 * _CANDIDATES]:
            known = self._index.get(article)
            if article not in hits and known and known.holds(asker) and lang in (None, known.lang):
                hits[article] = Hit(known, 0.0)
        joined = [_joined(hit, near.get(it, 0.0)) for it, hit in hits.items()]
        return sorted((hit for hit in joined if hit.score > 0), key=lambda hit: -hit.score)[:limit]


def _joined(hit: Hit, near: float) -> Hit:
    """What is near in meaning accounts for what was asked as much as shared words do."""
    score = round(hit.score + MEANING * (near - hit.score), 4) if near else hit.score
    covered, worded, meant, common = (round(max(it, near), 4) for it in (hit.covered, hit.worded, hit.meant, hit.common))
    return replace(hit, score=score, covered=covered, worded=worded, meant=meant, common=common)
