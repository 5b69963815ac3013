"""What an article is, as far as answering from it goes."""

from uuid import UUID

from msgspec import Struct


class Article(Struct, frozen=True):
    """A published article in one language. The same matter in two languages is two articles."""

    id: UUID
    lang: str
    category: str
    question: str
    phrasings: tuple[str, ...]
    answer: str
    version: int
