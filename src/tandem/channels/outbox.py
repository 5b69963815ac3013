"""What must reach a platform: one row a message, in order, retried while it certainly did not arrive, never blindly repeated."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from tandem.channels import store
from tandem.channels.model import Adapter, Channel, Outgoing, Refused, Uncertain, Unreachable
from tandem.infra.db import Database, Tx
from tandem.infra.jobs import enqueue
from tandem.infra.numbers import Numbers
from tandem.kit.clock import Clock
from tandem.kit.crypto import Keys
from tandem.kit.ids import new_id
from tandem.timeline import store as timelines
from tandem.timeline.model import Appended, Entry, ExceptionMoved, Message

log = structlog.get_logger()

JOB = "deliver"
_SENDING_TAKES = timedelta(seconds=60)
_PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600, 1800, 3600))


class Outbox:
    """Gives messages to their platforms. `adapters` by kind."""

    def __init__(self, db: Database, adapters: Mapping[str, Adapter], keys: Keys, clock: Clock, numbers: Numbers) -> None:
        self._db = db
        self._adapters = adapters
        self._keys = keys
        self._clock = clock
        self._numbers = numbers
        self._kinds: dict[UUID, str] = {}

    async def put(self, tx: Tx, happened: Appended) -> None:
        """Reaction: what somebody of ours said to a customer goes out, unless his client reads the timeline itself."""
        said = [it for it in happened.entries if _message(it)]
        if not said:
            return
        channel = happened.before.channel
        if await self._pulls(tx, channel):
            return
        for entry in said:
            await store.put_out(tx.db, new_id(entry.at), channel, entry.conversation, entry.seq, entry.at)
        await enqueue(tx, JOB, str(happened.before.id))

    def nothing_to_send(self, channel: UUID) -> bool:
        """Whether `put` is sure to store nothing. False also while the channel is not known here yet."""
        kind = self._kinds.get(channel)
        return kind is not None and self._adapters[kind].pulls

    async def _pulls(self, tx: Tx, channel: UUID) -> bool:
        """Remembered: a channel keeps its kind for ever."""
        if channel not in self._kinds:
            found = await store.by_id(tx.db, channel)
            if found is None:
                return True
            self._kinds[channel] = found.kind
        return self._adapters[self._kinds[channel]].pulls

    async def deliver(self, conversation: UUID) -> None:
        """Send what waits in one conversation, in order, until one must wait."""
        while await self._deliver_first(conversation):
            pass

    async def _deliver_first(self, conversation: UUID) -> bool:
        now = self._clock.now()
        async with self._db.write() as tx:
            due = await store.first_due(tx.db, conversation)
            if due is None or due.state != "pending" or not await store.claim(tx.db, due.id, due.attempts, now + _SENDING_TAKES):
                return False
            channel = await store.by_id(tx.db, due.channel)
            sealed = await store.sealed_secret(tx.db, due.channel)
            entry = await timelines.entry_at(tx.db, due.conversation, due.seq)
        message = _message(entry) if entry else None
        if channel is None or entry is None or message is None:
            return False
        secret = self._keys.unseal(sealed) if sealed else ""
        outcome = await self._send(channel, secret, Outgoing(due.id, due.thread, message, entry.at, now))
        return await self._settle(due, outcome)

    async def _send(self, channel: Channel, secret: str, outgoing: Outgoing) -> str | Exception:
        try:
            return await self._adapters[channel.kind].send(channel, secret, outgoing)
        except (Refused, Unreachable, Uncertain) as failure:
            return failure

    async def _settle(self, due: store.Due, outcome: str | Exception) -> bool:
        """True when the next message of the conversation may follow."""
        now = self._clock.now()
        state, goes_on, at = self._judged(due, outcome, now)
        self._numbers.deliveries.labels(state).inc()
        async with self._db.write() as tx:
            if isinstance(outcome, str):
                await store.settle(tx.db, due.id, state, at, platform_id=outcome)
            else:
                log.warning("outbox.not_sent", outbox=str(due.id), state=state, attempt=due.attempts + 1)
                await store.settle(tx.db, due.id, state, at, problem=str(outcome)[:300])
            if state == "pending":
                await enqueue(tx, JOB, str(due.conversation), at - now)
        return goes_on

    def _judged(self, due: store.Due, outcome: str | Exception, now: datetime) -> tuple[str, bool, datetime]:
        if isinstance(outcome, str):
            return "sent", True, now
        if isinstance(outcome, Uncertain):
            return "uncertain", True, now
        if isinstance(outcome, Unreachable) and due.attempts < len(_PAUSES):
            return "pending", False, now + _PAUSES[due.attempts]
        return "failed", True, now

    async def sweep(self, now: datetime) -> None:
        """Take up what was left behind by a process that died."""
        async with self._db.write() as tx:
            for conversation in await store.lost_in_sending(tx.db, now):
                log.warning("outbox.uncertain", conversation=str(conversation))
            for conversation in await store.overdue(tx.db, now - _SENDING_TAKES, limit=200):
                await enqueue(tx, JOB, str(conversation))


def _message(entry: Entry) -> Message | None:
    """What of an entry is said to the customer: our messages, and that what was granted is done."""
    if isinstance(entry.body, Message) and entry.by.kind in ("agent", "assistant"):
        return entry.body
    return Message(entry.body.said) if isinstance(entry.body, ExceptionMoved) and entry.body.said else None
