"""What must be true of the database after whatever happened, and of what each client was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from msgspec import Struct

from bench.lasting_widget import LastingWidget
from tandem.infra.db import Connection, connect, sure

# Each counts what must not be there.
_MUST_BE_NONE = {
    "conversations whose seq has gaps": """
        select count(*) from (
            select c.id from conversation c left join entry e on e.conversation_id = c.id group by c.id
            having count(e.seq) <> c.last_seq or coalesce(max(e.seq), 0) <> c.last_seq or coalesce(min(e.seq), 1) <> 1) x""",
    "client ids stored more than once": """
        select count(*) from (select client_id from entry where author_kind = 'customer' and client_id is not null
                              group by client_id having count(*) > 1) x""",
    "messages answered more than once": """
        select count(*) from turn a join turn b on a.conversation_id = b.conversation_id and a.id < b.id
        where a.from_seq <= b.through_seq and b.from_seq <= a.through_seq""",
    "conversations that the assistant owes an answer": """
        select count(*) from conversation where owner = 'assistant' and customer_seq > heard_seq""",
    "customers left hanging": """
        select count(*) from conversation c where c.owner = 'assistant' and exists (
            select 1 from entry e where e.conversation_id = c.id and e.author_kind = 'customer' and e.body->>'type' = 'message'
            and not exists (select 1 from entry o where o.conversation_id = c.id and o.seq > e.seq and (
                o.author_kind = 'assistant' or o.body->>'type' in ('handed_off', 'returned'))))""",
    "customers in the queue without a place in its book": """
        select count(*) from conversation c where c.owner = 'queue' and not exists (
            select 1 from queue_wait w where w.conversation_id = c.id and w.left_at is null)""",
    "jobs that failed for good": "select count(*) from pgqueuer where status = 'failed'",
}


@dataclass(frozen=True)
class Finding:
    """`wrong` must be 0."""

    what: str
    wrong: int


async def audit(dsn: str, widgets: Sequence[LastingWidget]) -> list[Finding]:
    db = await connect(dsn)
    try:
        findings = [Finding(what, await db.fetchval(question)) for what, question in _MUST_BE_NONE.items()]
        stored = await _stored(db)
        return [_lost(stored, widgets), _unlike(await _shown(db), widgets), *findings]
    finally:
        await db.close()


async def settled(dsn: str) -> bool:
    """Nobody waits for the assistant any more."""
    db = await connect(dsn)
    try:
        owing: int = await db.fetchval(_MUST_BE_NONE["conversations that the assistant owes an answer"])
    finally:
        await db.close()
    return owing == 0


class Counts(Struct, frozen=True):
    """Customer messages, entries, turns, and conversations that wait for a person."""

    said: int
    entries: int
    turns: int
    waiting: int


async def counts(dsn: str) -> Counts:
    db = await connect(dsn)
    try:
        return await sure(
            db, Counts,
            """select (select count(*) from entry where author_kind = 'customer' and body->>'type' = 'message') as said,
                      (select count(*) from entry) as entries, (select count(*) from turn) as turns,
                      (select count(*) from conversation where owner = 'queue') as waiting""",
        )  # fmt: skip
    finally:
        await db.close()


async def _stored(db: Connection) -> dict[str, tuple[int, str]]:
    rows = await db.fetch("select client_id, seq, id from entry where author_kind = 'customer' and client_id is not null")
    return {row["client_id"]: (row["seq"], str(row["id"])) for row in rows}


async def _shown(db: Connection) -> dict[UUID, list[tuple[int, str]]]:
    """What each customer may see, in order."""
    shown: dict[UUID, list[tuple[int, str]]] = {}
    for row in await db.fetch("select conversation_id, seq, id from entry where not internal order by conversation_id, seq"):
        shown.setdefault(row["conversation_id"], []).append((row["seq"], str(row["id"])))
    return shown


def _lost(stored: dict[str, tuple[int, str]], widgets: Sequence[LastingWidget]) -> Finding:
    promised = {key: place for widget in widgets for key, place in widget.acknowledged.items()}
    wrong = sum(stored.get(key) != place for key, place in promised.items())
    return Finding("acknowledged messages that are not stored as promised", wrong)


def _unlike(shown: dict[UUID, list[tuple[int, str]]], widgets: Sequence[LastingWidget]) -> Finding:
    wrong = 0
    for widget in widgets:
        if widget.conversation:
            seen = sorted((entry.seq, entry.id) for entry in widget.entries.values())
            wrong += seen != shown.get(UUID(widget.conversation), [])
    return Finding("clients whose timeline is not the stored one", wrong)
