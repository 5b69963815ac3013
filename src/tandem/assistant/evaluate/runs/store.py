"""The SQL of judgings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tandem.assistant.evaluate.apart import Unjudged
from tandem.assistant.evaluate.report import Report
from tandem.assistant.evaluate.runs.model import Asked, Evaluation, Kept, State, Why
from tandem.assistant.evaluate.task import EvaluationChoices, Kind
from tandem.infra.db import Connection, many, one, sure

_EVALUATION = """id, kind, name, by_name, files, choices, state, done, total, articles, figures, mistakes, more_mistakes, wrong, why,
    created_at, ended_at"""
_ASKED = "kind, files, choices, state"


async def add(
    db: Connection, it: UUID, kind: Kind, name: str, by: str, files: Sequence[Kept], choices: EvaluationChoices, now: datetime
) -> Evaluation:
    return await sure(
        db, Evaluation,
        f"""insert into evaluation (id, kind, name, by_name, files, choices, state, created_at)
            values ($1, $2, $3, $4, $5, $6, 'waiting', $7) returning {_EVALUATION}""",
        it, kind, name, by, files, choices, now,
    )  # fmt: skip


async def asked(db: Connection, it: UUID) -> Asked | None:
    return await one(db, Asked, f"select {_ASKED} from evaluation where id = $1", it)


async def evaluations(db: Connection, limit: int) -> list[Evaluation]:
    """Newest first, without their mistakes. Index: evaluation_list."""
    return await many(
        db, Evaluation,
        """select id, kind, name, by_name, files, choices, state, done, total, articles, figures, '[]'::jsonb as mistakes,
                  jsonb_array_length(mistakes) + more_mistakes as more_mistakes, wrong, why, created_at, ended_at
           from evaluation order by created_at desc, id desc limit $1""",
        limit,
    )  # fmt: skip


async def evaluation(db: Connection, it: UUID) -> Evaluation | None:
    return await one(db, Evaluation, f"select {_EVALUATION} from evaluation where id = $1", it)


async def delete(db: Connection, it: UUID) -> Asked | None:
    """What was asked, if it was there."""
    return await one(db, Asked, f"delete from evaluation where id = $1 returning {_ASKED}", it)


async def delete_old(db: Connection, before: datetime, keep: int) -> list[Asked]:
    """Those from before, and all but so many of the newest. Index: evaluation_list."""
    return await many(
        db, Asked,
        f"""delete from evaluation where created_at < $1
                or id in (select id from evaluation order by created_at desc, id desc offset $2)
            returning {_ASKED}""",
        before, keep,
    )  # fmt: skip


async def unended(db: Connection) -> int:
    """How many wait or run."""
    return int(await db.fetchval("select count(*) from evaluation where state in ('waiting', 'running')"))


async def begun(db: Connection, it: UUID, articles: int) -> bool:
    """Whether it is still wanted."""
    told = await db.execute(
        "update evaluation set state = 'running', done = 0, total = 0, articles = $2 where id = $1 and state in ('waiting', 'running')",
        it, articles,
    )  # fmt: skip
    return bool(told == "UPDATE 1")


async def progress(db: Connection, it: UUID, done: int, total: int) -> None:
    await db.execute("update evaluation set done = $2, total = $3 where id = $1", it, done, total)


async def judged(db: Connection, it: UUID, report: Report, now: datetime) -> None:
    """A word to stop it that came too late changes nothing, one in time stands."""
    await db.execute(
        """update evaluation set state = 'done', done = total, figures = $2, mistakes = $3, more_mistakes = $4, ended_at = $5
           where id = $1 and state = 'running'""",
        it, report.figures, report.mistakes, report.more, now,
    )  # fmt: skip


async def ended(db: Connection, it: UUID, state: State, wrong: Unjudged | None, why: Why | None, now: datetime) -> bool:
    """Whether it had not ended before."""
    told = await db.execute(
        "update evaluation set state = $2, wrong = $3, why = $4, ended_at = $5 where id = $1 and state in ('waiting', 'running')",
        it, state, wrong, why, now,
    )  # fmt: skip
    return bool(told == "UPDATE 1")
