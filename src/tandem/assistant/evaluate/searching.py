"""What is judged with: the search by words, and as at work also by meaning where an encoder is set, and the language model that is set."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

from msgspec import Struct

from tandem.assistant.compose import ModelSettings, model_settings
from tandem.assistant.flows.knowledge import Knows
from tandem.assistant.meter import Prices
from tandem.infra.settings import Settings
from tandem.kit.clock import SystemClock
from tandem.knowledge.meaning.act import encoded, texts_of
from tandem.knowledge.meaning.encoder import Encoder, EncoderFailed, Matrix
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.meaning.vectors import Meanings
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index


class EncoderAccess(Struct, frozen=True):
    """How an encoder is reached, as it is set. `url` empty: there is none."""

    url: str = ""
    key: str = ""
    model: str = ""


class Minds(Struct, frozen=True):
    """The encoder and the language model as they are set, and what a judging may spend on the model. None: there is none."""

    encoder: EncoderAccess = EncoderAccess()
    model: ModelSettings | None = None
    prices: Prices = Prices()


NO_MINDS = Minds()


class EncoderSilent(ValueError):
    """An encoder is set and does not do its part. Judged without it, the figures would be those of another search."""


def access_of(settings: Settings) -> EncoderAccess:
    return EncoderAccess(settings.embeddings_url, settings.embeddings_key, settings.embeddings_model)


def minds_of(settings: Settings) -> Minds:
    return Minds(access_of(settings), model_settings(settings))


def searching(articles: Sequence[Article], texts: Sequence[str], access: EncoderAccess) -> Knows:
    """An index of the articles, which also knows what the `texts` mean. Not for within an event loop. Raises `EncoderSilent`."""
    index = Index(articles)
    return asyncio.run(_by_meaning(index, articles, texts, access)) if access.url else index


async def _by_meaning(index: Index, articles: Sequence[Article], texts: Sequence[str], access: EncoderAccess) -> SemanticIndex:
    encoder = _MustAnswer(access)
    try:
        rows = await encoder.rows(articles)
        asked = list(dict.fromkeys(text for text in texts if text.strip()))
        read = await encoded(encoder, [[text] for text in asked]) if asked else []
    finally:
        await encoder.close()
    found = SemanticIndex(index, _meanings(articles, rows), encoder)
    found.remember({text: vectors[0] for text, vectors in zip(asked, read, strict=True)})
    return found


async def understanding(articles: Sequence[Article], access: EncoderAccess, stack: AsyncExitStack) -> Index | SemanticIndex:
    """As `searching`, for questions that are not known beforehand. Raises `EncoderSilent`, and later where a question cannot be read."""
    index = Index(articles)
    if not access.url:
        return index
    encoder = _MustAnswer(access)
    stack.push_async_callback(encoder.close)
    return SemanticIndex(index, _meanings(articles, await encoder.rows(articles)), encoder)


class _MustAnswer(Encoder):
    """Has time, and is never done without: raises `EncoderSilent`."""

    def __init__(self, access: EncoderAccess) -> None:
        super().__init__(access.url, access.key, access.model, 0.0, SystemClock())
        self._address = access.url

    async def rows(self, articles: Sequence[Article]) -> list[Matrix]:
        return await encoded(self, [texts_of(it) for it in articles]) if articles else []

    async def questions(self, texts: Sequence[str]) -> Matrix:
        return await self.batch(texts)

    async def batch(self, texts: Sequence[str]) -> Matrix:
        try:
            return await super().batch(texts)
        except EncoderFailed as error:
            raise EncoderSilent(f"the encoder at {self._address} gave no vectors: {error}") from None


def _meanings(articles: Sequence[Article], rows: Sequence[Matrix]) -> Meanings:
    return Meanings((it.id, it.lang, vectors) for it, vectors in zip(articles, rows, strict=True))
