"""Phrases and macros."""

from typing import Literal
from uuid import UUID

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """`lang` "" suits any language; `mine`: nobody else has it."""

    id: UUID
    shortcut: str
    lang: Literal["zh", "en", ""]
    title: str
    text: str
    mine: bool
    used: int


class Say(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="say"):
    text: str


class Remark(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="remark"):
    """A note among colleagues."""

    text: str


class Mark(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="mark"):
    add: tuple[UUID, ...] = ()
    remove: tuple[UUID, ...] = ()


class SetAside(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="set_aside"):
    seconds: int


class Give(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="give"):
    """`to` None: back into the queue."""

    to: UUID | None = None


class Finish(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="finish"):
    pass


Step = Say | Remark | Mark | SetAside | Give | Finish
ENDS = (SetAside, Give, Finish)


class Macro(Struct, frozen=True):
    """Steps that are done in this order, all or none. One that moves the conversation can only be the last."""

    id: UUID
    name: str
    steps: tuple[Step, ...]


class Variables(Struct, frozen=True):
    """What stands for `{name}` in a phrase; a name with nothing to stand for it is absent."""

    values: dict[str, str]


VARIABLES = ("customer", "agent", "channel", "order", "product", "tracking", "carrier", "eta", "city")
