"""An article as its editors see it: a draft, what is published of it, and its versions."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

ArticleState = Literal["draft", "published", "archived"]
ArticleLanguage = Literal["zh", "en"]


class ArticleDraft(Struct, frozen=True, forbid_unknown_fields=True):
    """What an editor writes. `version` is the one he started from; None for a new article."""

    lang: ArticleLanguage
    category: str
    question: str
    answer: str
    phrasings: list[str] = []
    version: int | None = None


class ArticleRecord(Struct, frozen=True):
    """`published_version` is what customers are answered from; a newer `version` is a draft on top of it."""

    id: UUID
    lang: ArticleLanguage
    category: str
    question: str
    phrasings: list[str]
    answer: str
    state: ArticleState
    version: int
    published_version: int | None
    updated_at: datetime
    updated_by: str
    used: int


class ArticleVersion(Struct, frozen=True):
    version: int
    category: str
    question: str
    phrasings: list[str]
    answer: str
    at: datetime
    by_name: str


class ArticleList(Struct, frozen=True):
    items: list[ArticleRecord]
    next: str | None
    categories: list[str]
