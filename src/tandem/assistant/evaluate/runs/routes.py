"""Judging from the console."""

from typing import Annotated, get_args
from uuid import UUID

from litestar import delete, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from tandem.access.model import User
from tandem.assistant.evaluate.runs import store
from tandem.assistant.evaluate.runs.act import MOST_KEPT, Evaluating, File
from tandem.assistant.evaluate.runs.model import Evaluation, Evaluations
from tandem.assistant.evaluate.task import EvaluationChoices, Kind, Role
from tandem.infra.db import Database
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotFound
from tandem.knowledge import store as articles


@get("/api/evaluations", permission="assistant:evaluate")
async def evaluations(db: Database, evaluating: Evaluating) -> Evaluations:
    async with db.read() as connection:
        items = await store.evaluations(connection, MOST_KEPT)
        return Evaluations(items, await articles.count_published(connection), evaluating.has_trial)


@get("/api/evaluations/{it:uuid}", permission="assistant:evaluate")
async def one_evaluation(it: UUID, db: Database) -> Evaluation:
    async with db.read() as connection:
        found = await store.evaluation(connection, it)
    if found is None:
        raise NotFound
    return found


@post("/api/evaluations", permission="assistant:evaluate", upload=True, status_code=202)
async def evaluate(
    data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
    who: User, db: Database, evaluating: Evaluating, clock: Clock, kind: Kind, name: str = "", oos_label: str = "",
    max_wrong: float = 0.0, seed: int = 0, repeats: int = 3,
) -> Evaluation:  # fmt: skip
    """Each file under what it is for: `train`, `test`, `entries`, `queries`, `dialogues`, `stream`, `conversations`; of conversations
    there may be several, told apart by a number: `conversations.1`."""
    files = [File(_role(field), file.filename or "file", await file.read()) for field, file in data.items()]
    async with db.write() as tx:
        return await evaluating.start(
            tx, who, kind, name, files, EvaluationChoices(oos_label, max_wrong, seed, repeats), clock.now()
        )


@post("/api/evaluations/{it:uuid}/stop", permission="assistant:evaluate", status_code=200)
async def stop_evaluation(it: UUID, who: User, db: Database, evaluating: Evaluating, clock: Clock) -> Evaluation:
    async with db.write() as tx:
        return await evaluating.stop(tx, who, it, clock.now())


@delete("/api/evaluations/{it:uuid}", permission="assistant:evaluate")
async def delete_evaluation(it: UUID, who: User, db: Database, evaluating: Evaluating, clock: Clock) -> None:
    async with db.write() as tx:
        await evaluating.delete(tx, who, it, clock.now())


def _role(field: str) -> Role:
    """Raises `InvalidInput`."""
    for role in get_args(Role):
        if field.partition(".")[0] == role:
            return role  # type: ignore[no-any-return]
    raise InvalidInput.field(field[:60], ", ".join(get_args(Role)))


ROUTES = [evaluations, one_evaluation, evaluate, stop_evaluation, delete_evaluation]
