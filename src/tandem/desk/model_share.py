"""What a colleague may ask of the language model. Its budget of a day is that of customers' answers too: how much of it is a colleague's
stands in `assistant/meter.py`, how often he may ask, here."""

from datetime import datetime, timedelta
from uuid import UUID

from tandem.access import act as access
from tandem.infra.db import Connection

MOST, WITHIN = 120, timedelta(hours=1)
"""Translations and suggestions together."""


async def allow_asking(db: Connection, colleague: UUID, now: datetime) -> None:
    """Raises `TooMany`."""
    await access.allow_attempt(db, key_of(colleague), now, limit=MOST, window=WITHIN)


def key_of(colleague: UUID) -> str:
    return f"model:{colleague}"
