"""An import as its editor sees it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.knowledge.importing.found import Unclear, Unreadable

ImportState = Literal["waiting", "reading", "storing", "done", "failed", "stopped"]


class Gone(Struct, frozen=True):
    """An article whose place in the source is no longer there. It is left as it is: a person decides."""

    id: UUID
    question: str


class KnowledgeImport(Struct, frozen=True):
    """`done` of `total`: pages while a site is read, then entries. What was stored before it was stopped stays. `why` it failed, if it did: "fault" is ours."""

    id: UUID
    kind: Literal["file", "site"]
    name: str
    by_name: str
    state: ImportState
    done: int
    total: int
    added: int
    changed: int
    unchanged: int
    gone: list[Gone]
    unclear: list[Unclear]
    more_unclear: int
    why: Unreadable | Literal["fault"] | None
    created_at: datetime
    ended_at: datetime | None


class Asked(Struct, frozen=True):
    """What to import. `pages`: at most so many of a site. `lang` "": as the words are."""

    kind: Literal["file", "site"]
    name: str
    blob: UUID | None
    pages: int
    lang: str
    by_name: str
    state: ImportState


class SiteRequest(Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    pages: int = 50
    lang: str = ""
