"""Judging in the background: one at a time over all processes, apart from what serves customers, stopped and deleted when asked to."""

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from tandem.access.model import User
from tandem.assistant.evaluate.apart import Unjudged, judged_apart
from tandem.assistant.evaluate.runs import store
from tandem.assistant.evaluate.runs.model import Asked, Evaluation, Kept, Why
from tandem.assistant.evaluate.searching import NO_MINDS, minds_of
from tandem.assistant.evaluate.task import MANY, MAY_GIVE, NEEDED, EvaluationChoices, Given, Kind, Role, Task
from tandem.assistant.meter import Meter
from tandem.infra import audit
from tandem.infra.alone import Alone
from tandem.infra.apart import Broke, TookTooLong
from tandem.infra.blobs import Blobs, find, forget
from tandem.infra.bus import Bus
from tandem.infra.db import AWAY, Connection, Database, Tx
from tandem.infra.jobs import enqueue
from tandem.infra.settings import Settings
from tandem.infra.stopping import Stoppable, Stopped
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotFound, TooMany
from tandem.kit.ids import new_id
from tandem.kit.text import clean, shortened
from tandem.knowledge import store as articles

log = structlog.get_logger()

JOB = "evaluation"
LOCK = 7266644
MOST_FILES = 100
MOST_KEPT = 200
KEPT_FOR = timedelta(days=180)
_WITH_MINDS: tuple[Kind, ...] = ("answers", "dialogues", "handoff")
_MOST_UNENDED = 5
_LONGEST_NAME = 80
_LONGEST_LABEL = 100


class File(Struct, frozen=True):
    role: Role
    name: str
    content: bytes


class Evaluating:
    """Judges with the business system for trials, the encoder and the language model that are set; without an address there is none. What
    it uses of the model counts in the day's budget."""

    def __init__(self, db: Database, blobs: Blobs, bus: Bus, clock: Clock, alone: Alone, settings: Settings, meter: Meter) -> None:
        self._db, self._blobs, self._clock, self._alone = db, blobs, clock, alone
        self._trial, self._minds, self._meter = (settings.trial_shop_url, settings.trial_shop_key), minds_of(settings), meter
        self._stopping = Stoppable(bus, JOB)

    @property
    def has_trial(self) -> bool:
        return bool(self._trial[0])

    async def start(
        self, tx: Tx, user: User, kind: Kind, name: str, files: Sequence[File], choices: EvaluationChoices, now: datetime
    ) -> Evaluation:
        """Raises `InvalidInput` naming the field, `TooLarge`, `NoRoom`, and `TooMany` while others wait."""
        _check(kind, files, choices)
        if await store.unended(tx.db) >= _MOST_UNENDED:
            raise TooMany(retry_after=60)
        kept = [await self._kept(tx.db, file, now) for file in files]
        name = shortened(clean(name).strip(), _LONGEST_NAME) or kept[0].name
        made = await store.add(tx.db, new_id(now), kind, name, user.name, kept, choices, now)
        await audit.record(tx.db, user.id, "assistant.evaluate", str(made.id), {"kind": kind}, now)
        await enqueue(tx, JOB, str(made.id))
        return made

    async def _kept(self, db: Connection, file: File, now: datetime) -> Kept:
        # Kept as plain text whatever it is: nobody is ever shown it.
        blob = await self._blobs.put(db, f"{file.name}.txt", file.content, now)
        return Kept(file.role, blob.name.removesuffix(".txt"), blob.id)

    async def stop(self, tx: Tx, user: User, it: UUID, now: datetime) -> Evaluation:
        """What has ended stays as it is. Raises `NotFound`."""
        if await store.ended(tx.db, it, "stopped", None, None, now):
            await audit.record(tx.db, user.id, "assistant.evaluate_stopped", str(it), {}, now)
            self._stopping.stop(tx, it)
        found = await store.evaluation(tx.db, it)
        if found is None:
            raise NotFound
        return found

    async def delete(self, tx: Tx, user: User, it: UUID, now: datetime) -> None:
        """With its files, whatever its state; one that runs ends at once. Raises `NotFound`."""
        gone = await store.delete(tx.db, it)
        if gone is None:
            raise NotFound
        await forget(tx, [file.blob for file in gone.files])
        await audit.record(tx.db, user.id, "assistant.evaluate_deleted", str(it), {"kind": gone.kind}, now)
        self._stopping.stop(tx, it)

    async def run(self, it: UUID) -> None:
        """Done again after an interruption it begins anew. What went wrong is stored with it."""
        try:
            await self._stopping.run(it, self._run(it))
        except Stopped:
            return

    async def _run(self, it: UUID) -> None:
        async with self._alone.turn():
            async with self._db.read() as db:
                asked = await store.asked(db, it)
            if asked is None or asked.state not in ("waiting", "running"):
                return
            try:
                await self._judge(it, asked)
            except TookTooLong:
                await self._failed(it, None, "too_long")
            except Broke:
                await self._failed(it, None, "broke")
            except AWAY:
                raise
            except Exception as error:
                log.warning("evaluation.failed", id=str(it), exc_info=error)
                await self._failed(it, None, "fault")

    async def _judge(self, it: UUID, asked: Asked) -> None:
        task = await self._task(asked)
        async with self._db.write() as tx:
            if not await store.begun(tx.db, it, len(task.articles)):
                return
        noting = _Noting(self._db, it)
        answer = await judged_apart(task, noting)
        await noting.settle()
        if isinstance(answer, Unjudged):
            await self._failed(it, answer, None)
            return
        if self._minds.model and answer.used.calls:
            self._meter.note(self._minds.model.model, **msgspec.structs.asdict(answer.used))
        async with self._db.write() as tx:
            await store.judged(tx.db, it, answer, self._clock.now())

    async def _task(self, asked: Asked) -> Task:
        given = []
        for file in asked.files:
            async with self._db.read() as db:
                blob = await find(db, file.blob)
            if blob is None:
                raise NotFound
            given.append(Given(file.role, file.name, await self._blobs.get(blob)))
        own = any(file.role == "entries" for file in asked.files)
        known = []
        if asked.kind in ("answers", "dialogues") and not own:
            async with self._db.read() as db:
                known = await articles.published(db)
        shop = self._trial if asked.kind == "dialogues" else ("", "")
        minds = replace(self._minds, prices=self._meter.left()) if asked.kind in _WITH_MINDS else NO_MINDS
        return Task(asked.kind, tuple(given), asked.choices, tuple(known), shop, minds)

    async def _failed(self, it: UUID, wrong: Unjudged | None, why: Why | None) -> None:
        async with self._db.write() as tx:
            await store.ended(tx.db, it, "failed", wrong, why, self._clock.now())


async def forget_old(tx: Tx, now: datetime) -> None:
    """Deletes, with their files, those older than KEPT_FOR, and the oldest beyond MOST_KEPT."""
    for gone in await store.delete_old(tx.db, now - KEPT_FOR, MOST_KEPT):
        await forget(tx, [file.blob for file in gone.files])


class _Noting:
    """Stores how far it is; what comes while the last word is still being stored is left out."""

    def __init__(self, db: Database, it: UUID) -> None:
        self._db, self._it = db, it
        self._task: asyncio.Task[None] | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._store(done, total))

    async def _store(self, done: int, total: int) -> None:
        with contextlib.suppress(*AWAY):
            async with self._db.write() as tx:
                await store.progress(tx.db, self._it, done, total)

    async def settle(self) -> None:
        if self._task:
            await self._task


def _check(kind: Kind, files: Sequence[File], choices: EvaluationChoices) -> None:
    """Raises `InvalidInput`."""
    for role in NEEDED[kind]:
        if not any(file.role == role for file in files):
            raise InvalidInput.field(role, "file")
    for file in files:
        if file.role not in (*NEEDED[kind], *MAY_GIVE.get(kind, ())):
            raise InvalidInput.field(file.role, kind)
        if file.role != MANY and sum(it.role == file.role for it in files) > 1:
            raise InvalidInput.field(file.role, "1")
    if len(files) > MOST_FILES:
        raise InvalidInput.field(MANY, f"≤ {MOST_FILES}")
    if not 0 <= choices.max_wrong <= 0.5:
        raise InvalidInput.field("max_wrong", "0–0.5")
    if not 1 <= choices.repeats <= 20:
        raise InvalidInput.field("repeats", "1–20")
    if not 0 <= choices.seed < 2**31 or len(choices.oos_label) > _LONGEST_LABEL:
        raise InvalidInput.field("seed" if len(choices.oos_label) <= _LONGEST_LABEL else "oos_label", "…")
