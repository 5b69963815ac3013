"""What the widget is given and sends."""

from uuid import UUID

from msgspec import Struct

from tandem.routing.model import QueuePlace
from tandem.timeline.model import Entry, Owner


class Page(Struct, frozen=True):
    """What the visitor looks at; `product` is the shop's id of it."""

    url: str = ""
    title: str = ""
    product: str | None = None


class ChatConfig(Struct, frozen=True):
    """`upload_limit` in bytes; `palette` is the style sheet of the brand's colours."""

    brand: str
    assistant_name: str
    palette: str
    greeting: str
    suggestions: list[str]
    upload_limit: int


class ChatState(Struct, frozen=True):
    conversation: UUID | None
    owner: Owner
    agent_name: str | None
    queue: QueuePlace | None
    read_by_agent: int
    can_rate: bool
    people_online: bool


class ChatSession(Struct, frozen=True):
    token: str
    name: str
    verified: bool
    conversation: UUID | None
    config: ChatConfig
    state: ChatState
    entries: list[Entry]
    after: int
    through: int


class ChatTimeline(Struct, frozen=True):
    entries: list[Entry]
    after: int
    through: int
    more: bool
    state: ChatState


class ChatSent(Struct, frozen=True):
    entry: Entry
    state: ChatState
