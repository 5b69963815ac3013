"""A judging as the console shows it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.assistant.evaluate.apart import Unjudged
from tandem.assistant.evaluate.report import Mistake
from tandem.assistant.evaluate.task import EvaluationChoices, Kind, Role

State = Literal["waiting", "running", "done", "failed", "stopped"]
Why = Literal["too_long", "broke", "fault"]


class EvaluatedFile(Struct, frozen=True):
    """A file that was judged on."""

    role: Role
    name: str


class Evaluation(Struct, frozen=True):
    """`done` of `total`: questions, talks, messages or runs, 0 of 0 where nothing can be counted. `articles`: how many published ones it
    was judged on, 0 if the files brought their own. Figures are shares 0 to 1, milliseconds (`ms_…`) or numbers. What went wrong:
    `wrong` in a file, or `why` ("broke": too much memory or time of the processor; "fault" is ours)."""

    id: UUID
    kind: Kind
    name: str
    by_name: str
    files: list[EvaluatedFile]
    choices: EvaluationChoices
    state: State
    done: int
    total: int
    articles: int
    figures: dict[str, float | None]
    mistakes: list[Mistake]
    more_mistakes: int
    wrong: Unjudged | None
    why: Why | None
    created_at: datetime
    ended_at: datetime | None


class Evaluations(Struct, frozen=True):
    """Newest first, without their mistakes. `trial`: whether there is a business system for trials."""

    items: list[Evaluation]
    articles: int
    trial: bool


class Kept(Struct, frozen=True):
    """A file of a judging, and where it is kept."""

    role: Role
    name: str
    blob: UUID


class Asked(Struct, frozen=True):
    """What is to be judged."""

    kind: Kind
    files: list[Kept]
    choices: EvaluationChoices
    state: State
