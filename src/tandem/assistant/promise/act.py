"""Keeping the promise: judging answers, and making new thresholds when there is new evidence.

What counts as evidence, and how much of it:

- *People here* say that an answer was right or wrong, on the page of the promise (a chance sample) or in a conversation.
- *A choice*: articles were offered and the customer pressed one. It tells what would have happened had the first been answered
  outright, which is what a lower threshold needs to know.
- *Not helped*: the customer's very next words after an answer were that it did not help, and brought a person. Of itself it is no
  judgement: some customers are never content. But where it is more of the answers of a category than was promised, fewer are given.

Who asks for a person right after an answer says nothing of it: many do whatever they are told. (Counted as wrong answers, a few dozen of
them had the assistant fall silent.) Silence counts as nothing: a customer who says no more may be served or may have given up.
"""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import structs

from tandem.access.model import User
from tandem.assistant.conduct import TOPIC
from tandem.assistant.promise import store
from tandem.assistant.promise.model import DEFAULT_WRONG, Account, Cause, Promise, PromiseView, Thresholds, Waiting
from tandem.assistant.promise.pick import picked, starting
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database, Tx
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotFound

LEAST_WRONG, MOST_WRONG = 0.001, 0.2
_REMEMBERED = timedelta(days=90)
_TO_JUDGE = timedelta(days=14)
_SOON_AFTER = timedelta(minutes=10)
_ENOUGH_NEWS = 10
_NOT_HELPED = "bot_failed_repeatedly"
_TELLING = 0.0005
"""Thresholds that differ by less are the same."""


class Promises:
    """Every act runs in the caller's transaction; after its commit all processes hear that the thresholds changed."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._weighed = (0, 0)
        """At which version how much news was weighed last: weighing thousands of judgements again would change nothing."""

    async def set(self, tx: Tx, who: User, max_wrong: float, now: datetime) -> Promise:
        """The one number. Raises `InvalidInput`."""
        if not LEAST_WRONG <= max_wrong <= MOST_WRONG:
            raise InvalidInput.field("max_wrong", f"{LEAST_WRONG}–{MOST_WRONG}")
        await audit.record(tx.db, who.id, "promise.set", "", {"max_wrong": str(max_wrong)}, now)
        return await self._make(tx, "set", who.name, max_wrong, now)

    async def restore(self, tx: Tx, who: User, number: int, now: datetime) -> Promise:
        """An older version becomes the newest. It stands until there is new evidence. Raises `NotFound`."""
        await store.lock(tx.db)
        old = await store.version(tx.db, number)
        if old is None:
            raise NotFound
        await audit.record(tx.db, who.id, "promise.restored", str(number), {}, now)
        made = await store.add(tx.db, now, who.name, "restored", old.max_wrong, old.thresholds, old.made_from)
        return self._told(tx, made)

    async def judge(self, tx: Tx, who: User, turn: UUID, was_right: bool, now: datetime) -> None:
        """Raises `NotFound` when there is nothing to judge in that turn."""
        await self._judge(tx, who, await store.chosen(tx.db, turn), was_right, now)

    async def judge_message(self, tx: Tx, who: User, conversation: UUID, seq: int, was_right: bool, now: datetime) -> None:
        """The answer that stands at `seq`. Raises `NotFound`."""
        await self._judge(tx, who, await store.chosen_before(tx.db, conversation, seq), was_right, now)

    async def recalibrate(self, tx: Tx, now: datetime) -> Promise | None:
        """New thresholds, if there is enough new evidence and they differ."""
        await store.lock(tx.db)
        last = await store.promise(tx.db)
        news = (last.version if last else 0, await store.news(tx.db, last.at if last else now - _REMEMBERED))
        if news[1] < _ENOUGH_NEWS or news == self._weighed:
            return None
        self._weighed = news
        return await self._make(tx, "evidence", "", last.max_wrong if last else DEFAULT_WRONG, now)

    async def _judge(self, tx: Tx, who: User, chosen: store.Chosen | None, was_right: bool, now: datetime) -> None:
        if chosen is None:
            raise NotFound
        await store.judge(tx.db, chosen, "staff", was_right, who.name, now)

    async def _make(self, tx: Tx, cause: Cause, by: str, max_wrong: float, now: datetime) -> Promise:
        await store.lock(tx.db)
        last = await store.promise(tx.db)
        thresholds, accounts = await _picked(tx.db, max_wrong, now)
        if cause == "evidence" and last and alike(last.thresholds, thresholds):
            return last
        return self._told(tx, await store.add(tx.db, now, by, cause, max_wrong, thresholds, accounts))

    def _told(self, tx: Tx, made: Promise) -> Promise:
        tx.after(lambda: self._bus.tell(TOPIC, {"promise": made.version}))
        return made


async def _picked(db: Connection, max_wrong: float, now: datetime) -> tuple[Thresholds, tuple[Account, ...]]:
    judged = await store.judged(db, now - _REMEMBERED)
    followed = await store.followed(db, now - _REMEMBERED, now - _SOON_AFTER)
    # Of thousands of judgements it takes a fifth of a second, in which customers are answered all the same.
    return await asyncio.to_thread(picked, judged, max_wrong, followed)


def alike(one: Thresholds, other: Thresholds) -> bool:
    return (
        one.by_category.keys() == other.by_category.keys()
        and abs(one.least - other.least) < _TELLING
        and all(abs(least - other.by_category[name]) < _TELLING for name, least in one.by_category.items())
    )


async def view(db: Connection, now: datetime) -> PromiseView:
    last = await store.promise(db)
    max_wrong, before = (last.max_wrong, last.thresholds) if last else (DEFAULT_WRONG, starting(DEFAULT_WRONG))
    _, accounts = await _picked(db, max_wrong, now)
    # The line that is in force: what would follow from the newest judgements is in force only once they are weighed.
    in_force = tuple(
        structs.replace(it, least=round(before.of(it.category) if it.category else before.least, 4)) for it in accounts
    )
    return PromiseView(
        max_wrong, before, in_force, await store.kept(db, now - _REMEMBERED), tuple(await store.versions(db)),
        await store.waiting_count(db, now - _TO_JUDGE),
    )  # fmt: skip


async def to_judge(db: Connection, now: datetime, limit: int) -> list[Waiting]:
    return await store.waiting(db, now - _TO_JUDGE, limit)


class Recalibration:
    """Run every minute: takes down what customers did after answers and choices, and makes new thresholds of it."""

    def __init__(self, db: Database, promises: Promises, clock: Clock) -> None:
        self._db = db
        self._promises = promises
        self._clock = clock

    async def run(self) -> None:
        now = self._clock.now()
        async with self._db.write() as tx:
            await store.note_choices(tx.db, now - _SOON_AFTER, now)
            await store.note_hand_overs(tx.db, now - _SOON_AFTER, _NOT_HELPED, now)
            await self._promises.recalibrate(tx, now)
