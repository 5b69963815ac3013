"""Words and meaning together: a search that ranks articles by both.

A lexical fit and a similarity of meaning are joined as a convex combination, which loses less than merging ranks (Bruch, Gai and
Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023): `fit + MEANING * (near - fit)`. How likely an article is the
answer is judged by each of them (`assistant/flows/weighing.py`).
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from tandem.knowledge.meaning.encoder import Encoder, EncoderFailed, Vector
from tandem.knowledge.meaning.vectors import Meanings
from tandem.knowledge.model import Article, Asker
from tandem.knowledge.search import Hit, Index

MEANING = 0.6
"""The weight of meaning against words."""
_CANDIDATES = 20
_REMEMBERED = 512
_OTHER = {"zh": "en", "en": "zh"}


class SemanticIndex:
    """Searches as `Index` does, also by meaning for texts that were `prepare`d."""

    def __init__(self, index: Index, meanings: Meanings, encoder: Encoder) -> None:
        self._index, self.meanings, self._encoder = index, meanings, encoder
        self._vectors: dict[str, Vector] = {}

    def get(self, article: UUID) -> Article | None:
        return self._index.get(article)

    def remember(self, vectors: Mapping[str, Vector]) -> None:
        """Texts that the encoder has read already."""
        self._vectors |= vectors

    def twin(self, article: Article, lang: str) -> Article | None:
        return self._index.twin(article, lang)

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
        asked = _OTHER.get(lang or "", lang) if crossing else lang
        if vector is None or (asked and not self.meanings.reads(asked)):
            return self._index.search(text, lang=lang, limit=limit, asker=asker, crossing=crossing)
        by_words = self._index.search(text, lang=lang, limit=max(limit, _CANDIDATES), asker=asker, crossing=crossing)
        near = self.meanings.nearest(vector, lang, 4 * _CANDIDATES)
        known = {hit.article.id for hit in by_words}
        by_meaning = [it for it in sorted(near, key=lambda it: -near[it]) if it not in known and self._holds(it, asker)]
        hits = [*by_words, *self._index.fitting(text, by_meaning[:_CANDIDATES], crossing=crossing)]
        joined = [_joined(hit, self.meanings.near(hit.article.id, vector)) for hit in hits]
        return sorted((hit for hit in joined if hit.score > 0), key=lambda hit: -hit.score)[:limit]

    def _holds(self, article: UUID, asker: Asker | None) -> bool:
        known = self._index.get(article)
        return known is not None and known.holds(asker)


def _joined(hit: Hit, near: float | None) -> Hit:
    if near is None:
        return hit
    return replace(hit, score=round(hit.score + MEANING * (near - hit.score), 4), near=round(near, 4))
