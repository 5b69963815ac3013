"""What happened since somebody last looked: the things that matter, each with its entry."""

from collections.abc import Iterable, Sequence

from tandem.desk.copilot.model import Happened
from tandem.handoff.words import promises_in
from tandem.kit.text import shortened
from tandem.timeline.model import (
    Accepted,
    Corrected,
    Entry,
    HandedBack,
    HandedOff,
    Message,
    Note,
    Reopened,
    Resolved,
    SkillCalled,
    Transferred,
)

_LONGEST = 90
_MOST = 6


def since(entries: Sequence[Entry], seq: int) -> list[Happened]:
    """At most six, the newest: whoever missed more reads the timeline. Nothing for a first look."""
    new = [it for it in entries if it.seq > seq] if seq > 0 else []
    return [found for it in new for found in _told(it)][-_MOST:]


def _told(entry: Entry) -> Iterable[Happened]:
    body, by, seq = entry.body, entry.by.name, entry.seq
    if isinstance(body, Message):
        yield from _said(entry, body)
    elif isinstance(body, Note):
        yield Happened("noted", shortened(body.text, _LONGEST), by, seq)
    elif isinstance(body, SkillCalled):
        yield Happened("looked_up", shortened(body.summary, _LONGEST), body.title, seq)
    elif isinstance(body, Corrected):
        yield Happened("corrected", f"{body.was} → {body.now or '—'}", by, seq)
    elif isinstance(body, HandedOff | Accepted | Transferred | HandedBack | Resolved | Reopened):
        yield Happened("moved", type(body).__struct_config__.tag or "", by, seq)  # type: ignore[arg-type]


def _said(entry: Entry, body: Message) -> Iterable[Happened]:
    text = body.text or "".join(f"[{it.name}]" for it in body.attachments)
    if entry.by.kind == "customer":
        yield Happened("said", shortened(text, _LONGEST), entry.by.name, entry.seq)
        return
    promised = [said for said, _ in promises_in(text)] if entry.by.kind == "agent" else []
    if promised:
        yield Happened("promised", shortened(promised[0], _LONGEST), entry.by.name, entry.seq)
    else:
        yield Happened("answered", shortened(text, _LONGEST), entry.by.name, entry.seq)
