"""The search that is judged: by words, and as at work also by meaning where an encoder is set."""

import asyncio
from collections.abc import Sequence

from msgspec import Struct

from tandem.assistant.flows.knowledge import Knows
from tandem.infra.settings import Settings
from tandem.kit.clock import SystemClock
from tandem.knowledge.meaning.act import encoded, texts_of
from tandem.knowledge.meaning.encoder import Encoder, EncoderFailed
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.meaning.vectors import Meanings
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index


class EncoderAccess(Struct, frozen=True):
    """How an encoder is reached, as it is set. `url` empty: there is none."""

    url: str = ""
    key: str = ""
    model: str = ""


class EncoderSilent(ValueError):
    """An encoder is set and does not do its part. Judged without it, the figures would be those of another search."""


def access_of(settings: Settings) -> EncoderAccess:
    return EncoderAccess(settings.embeddings_url, settings.embeddings_key, settings.embeddings_model)


def searching(articles: Sequence[Article], texts: Sequence[str], access: EncoderAccess) -> Knows:
    """An index of the articles, which also knows what the `texts` mean. Not for within an event loop. Raises `EncoderSilent`."""
    index = Index(articles)
    return asyncio.run(_by_meaning(index, articles, texts, access)) if access.url else index


async def _by_meaning(index: Index, articles: Sequence[Article], texts: Sequence[str], access: EncoderAccess) -> SemanticIndex:
    encoder = Encoder(access.url, access.key, access.model, 0.0, SystemClock())
    try:
        rows = await encoded(encoder, [texts_of(it) for it in articles])
        asked = list(dict.fromkeys(text for text in texts if text.strip()))
        read = await encoded(encoder, [[text] for text in asked]) if asked else []
    except EncoderFailed as error:
        raise EncoderSilent(f"the encoder at {access.url} gave no vectors: {error}") from None
    finally:
        await encoder.close()
    meanings = Meanings((it.id, it.lang, vectors) for it, vectors in zip(articles, rows, strict=True))
    found = SemanticIndex(index, meanings, encoder)
    found.remember({text: vectors[0] for text, vectors in zip(asked, read, strict=True)})
    return found
