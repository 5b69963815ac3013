"""Supervision over HTTP. Every route asks for the right to supervise."""

from uuid import UUID

from litestar import delete, get, post, put

from tandem.access.model import Colleague, User
from tandem.desk.supervision import store
from tandem.desk.supervision.act import Supervision
from tandem.desk.supervision.board import Boards
from tandem.desk.supervision.model import Board, SetPresenceOf, Voices, Whisper
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput
from tandem.timeline.model import Entry


@get("/api/board", permission="desk:supervise")
async def board(boards: Boards, clock: Clock) -> Board:
    return await boards.now(clock.now())


@post("/api/conversations/{conversation:uuid}/watch", permission="desk:supervise", status_code=204)
async def watch(conversation: UUID, who: User, db: Database, supervision: Supervision, clock: Clock) -> None:
    async with db.write() as tx:
        await supervision.watch(tx, who, conversation, clock.now())


@post("/api/conversations/{conversation:uuid}/whisper", permission="desk:supervise")
async def whisper(conversation: UUID, data: Whisper, who: User, db: Database, supervision: Supervision, clock: Clock) -> Entry:
    if not 1 <= len(data.client_id) <= 100:
        raise InvalidInput.field("client_id", "1–100")
    async with db.write() as tx:
        return await supervision.whisper(tx, who, conversation, data.client_id, data.text, clock.now())


@get("/api/conversations/{conversation:uuid}/voices", permission="desk:supervise")
async def voices(conversation: UUID, db: Database) -> Voices:
    async with db.read() as connection:
        return Voices(await store.voices(connection, conversation))


@post("/api/conversations/{conversation:uuid}/voices", permission="desk:supervise", status_code=200)
async def step_in(conversation: UUID, who: User, db: Database, supervision: Supervision, clock: Clock) -> Voices:
    async with db.write() as tx:
        return Voices(await supervision.step_in(tx, who, conversation, clock.now()))


@delete("/api/conversations/{conversation:uuid}/voices", permission="desk:supervise", status_code=200)
async def step_out(conversation: UUID, who: User, db: Database, supervision: Supervision, clock: Clock) -> Voices:
    async with db.write() as tx:
        return Voices(await supervision.step_out(tx, who, conversation, clock.now()))


@put("/api/colleagues/{colleague:uuid}/presence", permission="desk:supervise")
async def set_presence_of(
    colleague: UUID, data: SetPresenceOf, who: User, db: Database, supervision: Supervision, clock: Clock
) -> Colleague:
    async with db.write() as tx:
        return await supervision.set_presence(tx, who, colleague, data, clock.now())


ROUTES = [board, watch, whisper, voices, step_in, step_out, set_presence_of]
