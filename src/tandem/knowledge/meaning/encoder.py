"""Texts to vectors, by any OpenAI-compatible endpoint (`POST {url}/embeddings`)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx
import msgspec
import numpy as np
import structlog
from msgspec import Struct
from numpy.typing import NDArray

from tandem.infra.outside import trusted
from tandem.kit.clock import Clock

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]

log = structlog.get_logger()

_BATCH_SECONDS = 60.0
_FAILURES, _REST = 3, timedelta(seconds=30)
"""After so many failures in a row nobody waits for the encoder for so long."""
_MOST_DIMENSIONS = 8192


class _Embedding(Struct, frozen=True):
    index: int
    embedding: list[float]


class _Answer(Struct, frozen=True):
    data: list[_Embedding]


class EncoderFailed(Exception):
    """No usable vectors: an error, a time-out, nonsense, or the encoder is being left alone for a while."""


class Encoder:
    """`timeout`: seconds that a customer's question may wait for it."""

    def __init__(self, url: str, key: str, model: str, timeout: float, clock: Clock) -> None:
        self.model = model
        self._url = f"{url.rstrip('/')}/embeddings"
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.AsyncClient(headers=headers, trust_env=False, verify=trusted())
        self._timeout, self._clock = timeout, clock
        self._failures, self._rests_until = 0, datetime.min.replace(tzinfo=clock.now().tzinfo)

    async def questions(self, texts: Sequence[str]) -> Matrix:
        """One row a text, of length 1. Raises `EncoderFailed`, at once while the encoder is left alone."""
        if self._clock.now() < self._rests_until:
            raise EncoderFailed("left alone")
        try:
            vectors = await self._encoded(texts, self._timeout)
        except EncoderFailed as error:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._rests_until = self._clock.now() + _REST
            log.warning("encoder.failed", error=str(error), failures=self._failures)
            raise
        self._failures = 0
        return vectors

    async def batch(self, texts: Sequence[str]) -> Matrix:
        """As `questions`, with time. Raises `EncoderFailed`."""
        return await self._encoded(texts, _BATCH_SECONDS)

    async def _encoded(self, texts: Sequence[str], seconds: float) -> Matrix:
        try:
            answer = await self._client.post(self._url, json={"model": self.model, "input": list(texts)}, timeout=seconds)
            answer.raise_for_status()
            data = msgspec.json.decode(answer.content, type=_Answer).data
            vectors = np.array([it.embedding for it in sorted(data, key=lambda it: it.index)], dtype=np.float32)
        except (httpx.HTTPError, msgspec.DecodeError, ValueError) as error:
            raise EncoderFailed(type(error).__name__) from None
        if vectors.ndim != 2 or len(vectors) != len(texts) or not 1 <= vectors.shape[1] <= _MOST_DIMENSIONS:
            raise EncoderFailed("not one vector a text")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.all(np.isfinite(lengths)) or not np.all(lengths > 0):
            raise EncoderFailed("a vector without a direction")
        unit: Matrix = vectors / lengths
        return unit

    async def close(self) -> None:
        await self._client.aclose()
