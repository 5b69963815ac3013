"""What an article is, as far as answering from it goes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from tandem.timeline.model import Attachment

Moment = Annotated[datetime, Meta(tz=True)]

GUEST, SIGNED_IN = "guest", "signed_in"
"""Groups that everybody is in one of; the others are the tiers that the host page vouches for."""
PERSON, ARTICLE = "person", "article:"


class Button(Struct, frozen=True, forbid_unknown_fields=True):
    """Under an answer. `to`: "person", "article:<id>", or an http(s) address."""

    label: str
    to: str


class Asker(Struct, frozen=True):
    """Who asks where and when, as far as it decides which articles hold for him. `groups`: guest or signed_in, and his tier."""

    channel: UUID | None
    groups: frozenset[str]
    at: datetime


class Conditions(Struct, frozen=True, forbid_unknown_fields=True):
    """For whom, where and when an article holds. Empty: for all of them. `valid_until` is the first moment at which it no longer
    holds. Times are UTC."""

    channels: tuple[UUID, ...] = ()
    audience: tuple[str, ...] = ()
    valid_from: Moment | None = None
    valid_until: Moment | None = None

    def hold(self, asker: Asker) -> bool:
        if self.channels and asker.channel not in self.channels:
            return False
        if self.audience and asker.groups.isdisjoint(self.audience):
            return False
        begun = self.valid_from is None or self.valid_from <= asker.at
        return begun and (self.valid_until is None or asker.at < self.valid_until)


ALWAYS = Conditions()


class Article(Struct, frozen=True):
    """A published article in one language. The same matter in two languages is two articles with one `key`; "" has no other."""

    id: UUID
    lang: str
    category: str
    question: str
    phrasings: tuple[str, ...]
    answer: str
    version: int
    conditions: Conditions = ALWAYS
    buttons: tuple[Button, ...] = ()
    images: tuple[Attachment, ...] = ()
    key: str = ""

    def holds(self, asker: Asker | None) -> bool:
        """None: asked by nobody in particular, as when knowledge itself is judged."""
        return asker is None or self.conditions.hold(asker)
