"""The last entries of the conversations that this process is busy with, so that a turn need not read again what it has just stored."""

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from tandem.infra.db import Connection, Tx
from tandem.timeline.act import recent
from tandem.timeline.model import Appended, Entry, Held

REACH = 60
"""Entries of one conversation."""
_MOST = 20_000
"""Entries of all of them: some 25 MiB."""


class Lately:
    """Entries never change and their numbers have no gaps: what is kept is right whenever it reaches up to the last number, whoever
    appended meanwhile. `most`: entries kept; those of the conversation that was quiet for longest go first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[UUID, tuple[Entry, ...]] = OrderedDict()
        self._count = 0

    async def of(self, db: Connection, held: Held) -> Sequence[Entry]:
        """The last `REACH` entries, oldest first."""
        kept = self._kept.get(held.id)
        if kept is None or kept[-1].seq < held.last_seq:
            kept = tuple(await recent(db, held.id, REACH))
            self._keep(held.id, kept)
        return kept

    async def appended(self, tx: Tx, happened: Appended) -> None:
        """Reaction: what is stored here is known here."""
        tx.after(lambda: self._go_on(happened.before.id, happened.entries))

    def _go_on(self, conversation: UUID, entries: tuple[Entry, ...]) -> None:
        kept = self._kept.get(conversation, ())
        follows = kept[-1].seq + 1 if kept else 1
        # Anything else was appended by another process, or stored in another order than it is told: it is read when it is needed.
        self._keep(conversation, kept + entries if entries[0].seq == follows else ())

    def _keep(self, conversation: UUID, entries: tuple[Entry, ...]) -> None:
        self._count -= len(self._kept.pop(conversation, ()))
        if entries:
            self._kept[conversation] = entries[-REACH:]
            self._count += len(self._kept[conversation])
        while self._count > self._most:
            _, gone = self._kept.popitem(last=False)
            self._count -= len(gone)
