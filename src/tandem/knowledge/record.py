"""An article as its editors see it: a draft, what is published of it, and its versions."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.knowledge.model import ALWAYS, Button, Conditions
from tandem.timeline.model import Attachment

ArticleState = Literal["draft", "published", "archived"]
Listed = Literal["draft", "review", "published", "archived", "due"]
"""What a list may be narrowed to: a state; what waits for review; what is due to be looked at again."""


class ArticleSource(Struct, frozen=True):
    """Where an imported article comes from. `name`: the file or the address of the page; `place`: the heading path or the row."""

    name: str
    place: str


class ArticleDraft(Struct, frozen=True, forbid_unknown_fields=True):
    """What an editor writes. `lang`: ISO 639 code of two or three letters. `images`: uploaded pictures, shown under the answer.
    `version` is the one he started from; None for a new article. `owner` and `review_on` are the article's, not a version's."""

    lang: str
    category: str
    question: str
    answer: str
    phrasings: list[str] = []
    version: int | None = None
    conditions: Conditions = ALWAYS
    buttons: list[Button] = []
    images: list[UUID] = []
    owner: UUID | None = None
    review_on: date | None = None


class ArticleRecord(Struct, frozen=True):
    """`published_version` is what customers are answered from; a newer `version` is a draft on top of it. `in_review`: the newest
    version waits for somebody who may publish it. `review_note`: why it was given back."""

    id: UUID
    lang: str
    category: str
    question: str
    phrasings: list[str]
    answer: str
    conditions: Conditions
    buttons: list[Button]
    images: list[Attachment]
    owner: UUID | None
    owner_name: str | None
    review_on: date | None
    state: ArticleState
    version: int
    published_version: int | None
    in_review: bool
    submitted_by: str
    review_note: str
    source: ArticleSource | None
    updated_at: datetime
    updated_by: str
    used: int


class ArticleVersion(Struct, frozen=True):
    version: int
    category: str
    question: str
    phrasings: list[str]
    answer: str
    conditions: Conditions
    buttons: list[Button]
    images: list[Attachment]
    at: datetime
    by_name: str


class ArticleList(Struct, frozen=True):
    """`alike`: on the first page of a search, published articles beside `items` that a customer who asks this would be led to."""

    items: list[ArticleRecord]
    next: str | None
    categories: list[str]
    alike: list[ArticleRecord] = []


class ChannelName(Struct, frozen=True):
    """A channel as an article's conditions name it."""

    id: UUID
    name: str
