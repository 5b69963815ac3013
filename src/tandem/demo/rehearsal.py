"""The demo's help centre and a demo shop for trials, for playing conversations against."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Literal
from uuid import UUID, uuid5

import msgspec

from tandem.assistant.evaluate.searching import Minds
from tandem.assistant.evaluate.stage import Stage, staged
from tandem.demo.run import free_port, shop_running, shoppers_of
from tandem.demo.seed import DemoEntry
from tandem.knowledge.model import Article

_NAMES = UUID("1f0a5b57-1f0c-4a51-a5f0-0c5c2b0b7c11")
_LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")


@asynccontextmanager
async def rehearsal(minds: Minds) -> AsyncIterator[Stage]:
    """Raises `ShopFailed`, `EncoderSilent`."""
    key, trial_key, port = secrets.token_urlsafe(24), secrets.token_urlsafe(24), free_port()
    address = f"http://127.0.0.1:{port}"
    with shop_running(port, key, secrets.token_urlsafe(24), trial_key) as child:
        await shoppers_of(address, key, child)
        async with staged(_articles(), address, trial_key, minds) as stage:
            yield stage


def _articles() -> tuple[Article, ...]:
    return tuple(
        Article(uuid5(_NAMES, f"{lang}:{it.key}"), lang, it.category, it.question, tuple(it.phrasings), it.answer, 1, key=it.key)
        for lang in _LANGUAGES
        for it in msgspec.json.decode(files("tandem.demo").joinpath(f"knowledge.{lang}.json").read_bytes(), type=list[DemoEntry])
    )
