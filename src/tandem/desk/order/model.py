"""What keeps an inbox in order."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.desk.model import Conversation, Filter

Colour = Literal["grey", "teal", "violet", "amber", "red", "green", "blue"]
DraftKind = Literal["reply", "note"]


class Tag(Struct, frozen=True):
    id: UUID
    name: str
    colour: Colour


class SavedView(Struct, frozen=True):
    """`shared`: everybody has it. `mine`: the caller may change it."""

    id: UUID
    name: str
    filter: Filter
    shared: bool
    mine: bool


class WrittenDraft(Struct, frozen=True):
    """What somebody has half written, on whichever machine."""

    conversation: UUID
    kind: DraftKind
    text: str
    updated_at: datetime


class Snooze(Struct, frozen=True):
    """A conversation put aside by its owner. It never hides new words of the customer: see `wake_on_message`."""

    conversation: UUID
    by: UUID
    until: datetime
    note: str = ""


class Assign(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="assign"):
    """`to` None: into the queue."""

    to: UUID | None = None


class Label(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="tag"):
    add: tuple[UUID, ...] = ()
    remove: tuple[UUID, ...] = ()


class PutAside(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="snooze"):
    until: datetime
    note: str = ""


class Wake(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="wake"):
    pass


class Resolve(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="resolve"):
    pass


Action = Assign | Label | PutAside | Wake | Resolve


class At(Struct, frozen=True, forbid_unknown_fields=True):
    """A conversation at the version that the caller saw."""

    id: UUID
    version: int


class Bulk(Struct, frozen=True, forbid_unknown_fields=True):
    items: list[At]
    action: Action


class Left(Struct, frozen=True):
    """A conversation that was left as it is, and why: the name of the problem."""

    id: UUID
    problem: str


class Done(Struct, frozen=True):
    """What came of it. `undo`: the calls that put everything back; a resolve has none, a closed conversation was told to
    the customer."""

    changed: list[Conversation]
    left: list[Left]
    undo: list[Bulk]
