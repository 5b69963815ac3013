"""Giving a conversation to the people: the packet is made, the customer waits in the queue, all in one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Literal, get_args

import msgspec
from msgspec import structs

from tandem.handoff import store
from tandem.handoff.model import Packet, Reading, RecommendedQueue
from tandem.handoff.packet import About, build
from tandem.infra.db import Connection, Tx
from tandem.kit.crypto import Keys, same
from tandem.kit.errors import Language
from tandem.kit.ids import new_id
from tandem.timeline import store as timelines
from tandem.timeline.act import Timeline, recent
from tandem.timeline.model import SYSTEM, Author, Draft, HandedOff, Held

_ENTRIES_READ = 300

Recommend = Callable[[Connection, Held, str, str | None], Awaitable[RecommendedQueue]]
"""Which queue's conditions fit a held conversation, for this reason and with a customer of this tier."""


class Handoff:
    """`language` is that of the people who read packets."""

    def __init__(self, timeline: Timeline, keys: Keys, language: Language, recommend: Recommend) -> None:
        self._timeline = timeline
        self._keys = keys
        self._language: Language = language
        self._recommend = recommend

    async def hand_off(
        self, tx: Tx, held: Held, reason: str, readings: Sequence[Reading], *, at: datetime, by: Author = SYSTEM,
        first: Sequence[Draft] = (),
    ) -> Held:  # fmt: skip
        """Move a held conversation into the queue. `first` is said before, so that the packet knows of it too."""
        if not held.language:
            held = structs.replace(held, language=_spoken(await store.locale_of(tx.db, held.contact)))
        if first:
            await self._timeline.append(tx, held, *first, at=at)
        packet = await self._packet(tx, held, reason, readings, at)
        await store.put(tx.db, packet, self.signature(packet))
        await self._timeline.append(tx, held, Draft(by, HandedOff(reason, packet.id)), at=at)
        await timelines.set_reading(
            tx.db, held.id, language=held.language, emotion=packet.emotion.now, reason=reason, urgency=packet.urgency,
            heard_seq=held.customer_seq,
        )  # fmt: skip
        return await self._timeline.move(tx, held, "queue", at=at)

    async def renew(
        self,
        tx: Tx,
        held: Held,
        readings: Sequence[Reading],
        at: datetime,
        *,
        reason: str,
        audience: Literal["people", "assistant"] = "people",
    ) -> Packet:
        """The next version, of all that is known by now; the conversation stays where it is. The reason why a person was
        needed stays that of the version before, if there is one. For whenever a conversation changes hands again."""
        before = await store.newest(tx.db, held.id)
        why = before.reason if before and before.audience == "people" and audience == "people" else reason
        packet = await self._packet(tx, held, why, readings, at)
        if audience == "assistant":
            packet = structs.replace(packet, audience=audience, queue=None)
        await store.put(tx.db, packet, self.signature(packet))
        return packet

    async def draft(self, tx: Tx, held: Held, readings: Sequence[Reading], at: datetime) -> Packet:
        """What a packet made now would hold; it is kept nowhere."""
        return await self._packet(tx, held, "asks_human", readings, at)

    async def _packet(self, tx: Tx, held: Held, reason: str, readings: Sequence[Reading], at: datetime) -> Packet:
        entries = await recent(tx.db, held.id, _ENTRIES_READ)
        page = await timelines.page(tx.db, held.id)
        version = await store.next_version(tx.db, held.id)
        shown = str(page.get("title") or page.get("url") or "") if page else None
        customer = await store.customer(tx.db, held.contact)
        queue = await self._recommend(tx.db, held, reason, customer.tier if customer else None)
        return build(
            new_id(at), held.id, version, entries, readings, reason=reason, language=self._language,
            page=shown, at=at, about=About(shown, customer, held.channel, held.language, queue),
        )  # fmt: skip

    def is_genuine(self, packet: Packet, signature: str) -> bool:
        return same(self.signature(packet), signature)

    def signature(self, packet: Packet) -> str:
        """HMAC-SHA-256 of its JSON under this installation's secret, cut to 144 bits. Over the packet as it was made: one that was
        altered later no longer fits it."""
        return self._keys.mark("packet", msgspec.json.encode(packet).decode())


def _spoken(locale: str) -> str:
    """Of whom no word was read yet, his page tells the language. One that we do not know is nobody's to rule out: ''."""
    tag = locale.lower().split("-")[0]
    return tag if tag in get_args(Language) else ""
