"""The promise as administrators set it and people here help to keep it."""

from uuid import UUID

from litestar import get, post, put
from msgspec import Struct

from tandem.access.model import User
from tandem.assistant.promise import act, store
from tandem.assistant.promise.act import Promises
from tandem.assistant.promise.model import JudgedMessage, Promise, PromiseView, Waiting
from tandem.infra.db import Database
from tandem.kit.clock import Clock


class SetPromise(Struct, frozen=True, forbid_unknown_fields=True):
    """At most this share of the automatic answers wrong, 0.001 to 0.2."""

    max_wrong: float


class PromiseVersion(Struct, frozen=True, forbid_unknown_fields=True):
    version: int


class JudgeTurn(Struct, frozen=True, forbid_unknown_fields=True):
    was_right: bool


class JudgeMessage(Struct, frozen=True, forbid_unknown_fields=True):
    """`seq` of the assistant's message."""

    seq: int
    was_right: bool


@get("/api/promise", permission="knowledge:publish")
async def promise(db: Database, clock: Clock) -> PromiseView:
    async with db.read() as connection:
        return await act.view(connection, clock.now())


@put("/api/promise", permission="assistant:manage")
async def set_promise(data: SetPromise, who: User, db: Database, promises: Promises, clock: Clock) -> Promise:
    async with db.write() as tx:
        return await promises.set(tx, who, data.max_wrong, clock.now())


@post("/api/promise/restore", permission="assistant:manage", status_code=200)
async def restore_promise(data: PromiseVersion, who: User, db: Database, promises: Promises, clock: Clock) -> Promise:
    async with db.write() as tx:
        return await promises.restore(tx, who, data.version, clock.now())


@get("/api/promise/waiting", permission="knowledge:publish")
async def answers_to_judge(db: Database, clock: Clock, limit: int = 20) -> list[Waiting]:
    async with db.read() as connection:
        return await act.to_judge(connection, clock.now(), max(1, min(limit, 100)))


@post("/api/turns/{turn:uuid}/judge", permission="knowledge:publish", status_code=204)
async def judge_turn(turn: UUID, data: JudgeTurn, who: User, db: Database, promises: Promises, clock: Clock) -> None:
    async with db.write() as tx:
        await promises.judge(tx, who, turn, data.was_right, clock.now())


@get("/api/conversations/{conversation:uuid}/judgements", permission="conversation:read")
async def judgements(conversation: UUID, db: Database) -> list[JudgedMessage]:
    async with db.read() as connection:
        return await store.judged_in(connection, conversation)


@post("/api/conversations/{conversation:uuid}/judge", permission="conversation:reply", status_code=204)
async def judge_message(conversation: UUID, data: JudgeMessage, who: User, db: Database, promises: Promises, clock: Clock) -> None:
    async with db.write() as tx:
        await promises.judge_message(tx, who, conversation, data.seq, data.was_right, clock.now())


ROUTES = [promise, set_promise, restore_promise, answers_to_judge, judge_turn, judgements, judge_message]
