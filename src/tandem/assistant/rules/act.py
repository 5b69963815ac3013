"""Setting rules, going back to older ones, and trying them on what was really said."""

import asyncio
from datetime import datetime

from tandem.access.model import User
from tandem.assistant.conduct import TOPIC
from tandem.assistant.model import Context, Customer, Memory
from tandem.assistant.rules import store
from tandem.assistant.rules.model import REASONS, Changed, Outcome, Rules, RulesVersion, RulesView, Settled, Tried, checked
from tandem.assistant.triage.read import triage
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Tx
from tandem.kit.cursor import read_cursor, write_cursor
from tandem.kit.errors import InvalidInput, NotFound, VersionConflict
from tandem.kit.text import clean, shortened
from tandem.timeline.act import recent
from tandem.timeline.model import Entry, Message

_LONGEST_NOTE = 200
_ENTRIES = 200
AT_ONCE = 25
"""Conversations that are read again in one call: short enough that nobody else waits for it."""


class TriageRules:
    """Every act runs in the caller's transaction; after its commit all processes hear of it."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def set(self, tx: Tx, who: User, rules: Rules, note: str, seen: int, now: datetime) -> RulesVersion:
        """`seen` is the version that the caller changed. Raises `InvalidInput`, `VersionConflict`."""
        new, said = checked(rules), clean(note)
        if len(said) > _LONGEST_NOTE:
            raise InvalidInput.field("note", f"0–{_LONGEST_NOTE}")
        await store.lock(tx.db)
        last = await store.rules(tx.db)
        if (last.version if last else 0) != seen:
            raise VersionConflict
        return await self._add(tx, who, said, new, now)

    async def restore(self, tx: Tx, who: User, number: int, now: datetime) -> RulesVersion:
        """An older version becomes the newest; 0 is how it was before anything was changed. Raises `NotFound`."""
        await store.lock(tx.db)
        old = await store.version(tx.db, number)
        if old is None and number != 0:
            raise NotFound
        return await self._add(tx, who, f"← {number}", old.rules if old else Rules(), now)

    async def _add(self, tx: Tx, who: User, note: str, rules: Rules, now: datetime) -> RulesVersion:
        made = await store.add(tx.db, now, who.name, note, rules)
        await audit.record(tx.db, who.id, "triage.rules", str(made.version), {}, now)
        tx.after(lambda: self._bus.tell(TOPIC, {"rules": made.version}))
        return made


async def view(db: Connection) -> RulesView:
    history = tuple(await store.versions(db))
    now = history[0] if history else None
    return RulesView(now.version if now else 0, now.rules if now else Rules(), REASONS, history)


async def tried(db: Connection, rules: Rules, cursor: str | None, now: datetime) -> Tried:
    """What would have been otherwise in the next conversations after `cursor`, the last changed first. Raises `InvalidInput`."""
    new = Settled(checked(rules))
    last = await store.rules(db)
    old = Settled(last.rules if last else None)
    page = await store.talked(db, read_cursor(cursor), AT_ONCE)
    changed: list[Changed] = []
    turns = 0
    for talk in page:
        entries = await recent(db, talk.id, _ENTRIES) if talk.turns else []
        for heard in talk.turns:
            context = _context(talk, entries, heard, now)
            if context is None:
                continue
            turns += 1
            before, after = _outcome(context, old), _outcome(context, new)
            if before != after:
                changed.append(Changed(talk.id, heard[1], shortened(_said(context), 200), before, after))
        await asyncio.sleep(0)  # customers come first
    following = write_cursor(page[-1].changed_at, page[-1].id) if len(page) == AT_ONCE else None
    return Tried(len(page), turns, tuple(changed), following)


def _outcome(context: Context, settled: Settled) -> Outcome:
    found = triage(context, settled)
    return Outcome(found.reason, found.offer)


def _context(talk: store.Talked, entries: list[Entry], heard: tuple[int, int], now: datetime) -> Context | None:
    """The turn as it was read then. None when it is too far back, or when nothing was typed in it: what stands on buttons is ours."""
    first, last = heard
    typed = tuple(
        it
        for it in entries
        if first <= it.seq <= last and it.by.kind == "customer" and isinstance(it.body, Message) and it.body.choice is None
    )
    if not typed or not entries or first < entries[0].seq:
        return None
    history = tuple(it for it in entries if it.seq < first)
    return Context(talk.id, Customer(talk.id, "", talk.locale, talk.tier), None, history, typed, Memory(), now)


def _said(context: Context) -> str:
    return "\n".join(it.body.text for it in context.heard if isinstance(it.body, Message))
