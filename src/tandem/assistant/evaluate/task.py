"""One judging, whoever asks for it: the files, the settings, and which of the ways to judge."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tandem.assistant.evaluate import answers, dialogues, handoff
from tandem.assistant.evaluate.golden import read_golden
from tandem.assistant.evaluate.modelled import judged_model
from tandem.assistant.evaluate.report import Progress, Report
from tandem.assistant.evaluate.rows import read_labelled
from tandem.assistant.evaluate.searching import NO_MINDS, Minds
from tandem.assistant.evaluate.stage import staged
from tandem.assistant.evaluate.unreadable import Unreadable
from tandem.knowledge.model import Article

Kind = Literal["intents", "answers", "handoff", "loop", "dialogues"]
Role = Literal["train", "test", "entries", "queries", "dialogues", "stream", "conversations"]

NEEDED: Mapping[Kind, tuple[Role, ...]] = {
    "intents": ("train", "test"), "answers": ("queries",), "handoff": ("dialogues",), "loop": ("stream",),
    "dialogues": ("conversations",),
}  # fmt: skip
MAY_GIVE: Mapping[Kind, tuple[Role, ...]] = {"answers": ("entries",)}
"""Without entries of one's own the published articles are judged; queries then name them by their ids."""
MANY: Role = "conversations"
"""The only files of which there may be several."""


class EvaluationChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings, each for the ways to judge that have it. `oos_label` "": no text is outside; `max_wrong` 0: as the promise stands."""

    oos_label: str = ""
    max_wrong: float = 0.0
    seed: int = 0
    repeats: int = 3


class Given(Struct, frozen=True):
    """A file and what it is for."""

    role: Role
    name: str
    content: bytes


class Task(Struct, frozen=True):
    """`articles`: the published knowledge, where that is to be judged. `shop`: address and key of the business system for trials.
    `minds`: the encoder and the language model of the assistant, for the ways to judge that ask them."""

    kind: Kind
    files: tuple[Given, ...]
    choices: EvaluationChoices
    articles: tuple[Article, ...] = ()
    shop: tuple[str, str] = ("", "")
    minds: Minds = NO_MINDS


def judge(task: Task, folder: Path, progress: Progress) -> Report:
    """`folder`: an empty one, for the files. Raises `Unreadable`, `StageFailed`, and `ValueError` when there is too little to
    learn from."""
    paths = _laid_out(task.files, folder)
    choices = task.choices
    if task.kind == "handoff":
        return asyncio.run(_handoff(task.minds, handoff.read_dialogues(paths["dialogues"][0]), progress))
    if task.kind == "answers":
        return _answers(task, paths, progress)
    if task.kind == "dialogues":
        return asyncio.run(_dialogues(task, paths["conversations"], progress))
    # scikit-learn takes a second to load, for those who need it
    if task.kind == "loop":
        from tandem.assistant.evaluate import loop  # noqa: PLC0415

        return loop.report(read_labelled(paths["stream"][0]), choices.max_wrong or 0.02, choices.seed, progress)
    from tandem.assistant.evaluate import intents  # noqa: PLC0415

    taught, asked = read_labelled(paths["train"][0]), read_labelled(paths["test"][0])
    return intents.report(taught, asked, choices.oos_label or None)


def _laid_out(files: Sequence[Given], folder: Path) -> dict[Role, list[Path]]:
    """Each file in a folder of its own, so that neither names that are the same nor a path in a name do harm."""
    paths: dict[Role, list[Path]] = {}
    for place, file in enumerate(files):
        (folder / str(place)).mkdir()
        path = folder / str(place) / (Path(file.name.replace("\\", "/")).name or "file")
        path.write_bytes(file.content)
        paths.setdefault(file.role, []).append(path)
    return paths


def _answers(task: Task, paths: Mapping[Role, Sequence[Path]], progress: Progress) -> Report:
    max_wrong = task.choices.max_wrong or None
    if "entries" in paths:
        entries = answers.read_entries(paths["entries"][0])
        queries = answers.read_queries(paths["queries"][0], {it.id for it in entries})
        return answers.report(entries, queries, max_wrong, progress, task.minds.encoder)
    names = {it.id: str(it.id) for it in task.articles}
    queries = answers.read_queries(paths["queries"][0], set(names.values()))
    return answers.report_on(task.articles, names, queries, max_wrong, progress, task.minds.encoder)


async def _dialogues(task: Task, paths: Sequence[Path], progress: Progress) -> Report:
    goldens = [golden for path in paths for golden in read_golden(path)]
    if not goldens:
        raise Unreadable(paths[0], 1, "there is no golden conversation")
    async with staged(task.articles, *task.shop, task.minds) as stage:
        return await dialogues.report(goldens, stage, task.choices.repeats, progress)


async def _handoff(minds: Minds, talks: Sequence[handoff.Dialogue], progress: Progress) -> Report:
    async with judged_model(minds) as model:
        return await handoff.report_with(model, talks, progress) if model else handoff.report(talks, progress)
