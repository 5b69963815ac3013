"""Judging from the console: the same figures as the command's, apart from what serves customers, kept, and plain about what it can't read."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from tandem.cli.commands import cli
from world.agent import Agent
from world.server import Server
from world.waiting import eventually

Json = dict[str, Any]
COLOURS = ("red", "green", "blue", "grey")


def labelled(count: int) -> str:
    return "text,label\n" + "".join(f"I would like the {it} one number {place},{it}\n" for place in range(count) for it in COLOURS)


class Judge:
    """Somebody at the console who has the assistant judged."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent

    async def starts(self, kind: str, files: dict[str, tuple[str, str | bytes]], **choices: Any) -> httpx.Response:
        given = {role: (name, content.encode() if isinstance(content, str) else content) for role, (name, content) in files.items()}
        return await self.agent.calls("POST", "/api/evaluations", params={"kind": kind, **choices}, files=given)

    async def judges(self, kind: str, files: dict[str, tuple[str, str | bytes]], **choices: Any) -> Json:
        answer = await self.starts(kind, files, **choices)
        assert answer.status_code == 202, answer.text
        return await self.ended(answer.json()["id"])

    async def ended(self, it: str) -> Json:
        async def report() -> Json | None:
            found: Json = await self.agent.gets(f"/api/evaluations/{it}")
            return found if found["state"] in ("done", "failed", "stopped") else None

        found = await eventually(report, seconds=120)
        assert found is not None
        return found


@pytest.fixture
async def judge(tandem: Server) -> Judge:
    return Judge(await tandem.agent("督导", "supervisor"))


def _without_time(figures: Json) -> Json:
    return {name: value for name, value in figures.items() if not name.startswith("ms_")}


async def test_the_console_and_the_command_come_to_the_same_figures(judge: Judge, tmp_path: Path) -> None:
    train, test = labelled(12), labelled(3) + "the turquoise thing,blue\n"
    (tmp_path / "a.csv").write_text(train, "utf-8")
    (tmp_path / "b.csv").write_text(test, "utf-8")
    command = ["evaluate", "intents", "--train", str(tmp_path / "a.csv"), "--test", str(tmp_path / "b.csv"), "--json"]

    found = await judge.judges("intents", {"train": ("a.csv", train), "test": ("b.csv", test)}, name="颜色")

    told = json.loads(CliRunner().invoke(cli, command).output)
    assert (found["state"], found["name"]) == ("done", "颜色")
    assert _without_time(found["figures"]) == _without_time(told)


async def test_mistakes_are_listed_one_by_one(judge: Judge) -> None:
    wish = {"turns": [{"who": "customer", "text": "转人工"}], "handoff": True, "explicit": True, "reason": "asks_human"}
    wrong = {"turns": [{"who": "customer", "text": "how big is it"}], "handoff": True, "explicit": False, "reason": "distress"}

    found = await judge.judges("handoff", {"dialogues": ("d.jsonl", f"{json.dumps(wish)}\n{json.dumps(wrong)}\n")})

    assert found["figures"]["recall"] == 0.5
    assert found["mistakes"] == [{"where": "2", "said": "how big is it", "expected": "distress", "found": ""}]


async def test_questions_are_judged_on_the_knowledge_that_customers_are_answered_from(judge: Judge, tandem: Server) -> None:
    known = await tandem.knows("几点开门？", "早上九点。")
    other = await tandem.knows("怎么停车？", "房子后面可以停车。")
    lines = [
        {"id": "1", "text": "几点开门", "lang": "zh", "answer_id": str(known)},
        {"id": "2", "text": "怎么停车", "lang": "zh", "answer_id": str(known)},
    ]

    found = await judge.judges("answers", {"queries": ("q.jsonl", "\n".join(map(json.dumps, lines)))})

    assert (found["state"], found["articles"], found["figures"]["hit_at_1"]) == ("done", 2, 0.5)
    assert [(it["where"], it["found"]) for it in found["mistakes"]] == [("2", f"{other} · 怎么停车？")]


async def test_the_working_life_of_the_pair_is_judged(judge: Judge) -> None:
    found = await judge.judges("loop", {"stream": ("s.csv", labelled(30))}, max_wrong=0.05, seed=1)

    assert found["state"] == "done"
    assert (found["figures"]["automated"], found["figures"]["human_answers"]) == (0, 120)
    assert (found["choices"]["max_wrong"], found["choices"]["seed"]) == (0.05, 1)


async def test_conversations_are_played_with_published_knowledge(judge: Judge, tandem: Server) -> None:
    await tandem.knows("几点开门？", "早上九点。")
    right = 'steps:\n  - says: 几点开门\n    expect: {decision: answer, says: ["九点"]}\n'
    wrong = 'name: 停车\nsteps:\n  - says: 几点开门\n    expect: {says: ["十点"]}\n'

    found = await judge.judges(
        "dialogues", {"conversations.1": ("开门.yaml", right), "conversations.2": ("b.yaml", wrong)}, repeats=2
    )

    assert (found["state"], found["figures"]["passed"], found["figures"]["dialogues"]) == ("done", 0.5, 2)
    assert [it["where"] for it in found["mistakes"]] == ["停车 · 1 · 1/2", "停车 · 1 · 2/2"]
    assert "十点" in found["mistakes"][0]["found"]


@pytest.mark.parametrize(
    ("kind", "role", "name", "content", "file", "line"),
    [
        ("handoff", "dialogues", "d.jsonl", b'{"turns": 1}\n', "d.jsonl", 1),
        ("loop", "stream", "s.csv", "text,label\nok,a\nonly one field\n", "s.csv", 3),
        ("loop", "stream", "s.csv", b"text,label\n\xff\xfe,a\n", "s.csv", 2),
        ("answers", "queries", "../../q.jsonl", '\n{"id": "1", "text": "t", "lang": "zh", "answer_id": "nobody"}', "q.jsonl", 2),
        ("dialogues", "conversations", "c.yaml", "steps:\n  - says: hi\n    expects: {}\n", "c.yaml", 2),
        ("dialogues", "conversations", "c.yaml", "steps: [\n", "c.yaml", 2),
        ("dialogues", "conversations", "c.yaml", "a: &a [x, x]\nb: [*a, *a]\n", "c.yaml", 2),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_shown_with_its_line_and_reason(
    judge: Judge, kind: str, role: str, name: str, content: str | bytes, file: str, line: int
) -> None:
    found = await judge.judges(kind, {role: (name, content)})

    assert (found["state"], found["figures"], found["why"]) == ("failed", {}, None)
    assert (found["wrong"]["file"], found["wrong"]["line"]) == (file, line)
    assert found["wrong"]["reason"]


@pytest.mark.parametrize(
    ("kind", "roles", "choices", "field"),
    [
        ("intents", ("train",), {}, "test"),
        ("handoff", ("dialogues", "train"), {}, "train"),
        ("loop", ("stream",), {"max_wrong": 0.9}, "max_wrong"),
        ("dialogues", ("conversations",), {"repeats": 1000}, "repeats"),
        ("handoff", ("nonsense",), {}, "nonsense"),
        ("handoff", ("dialogues.1", "dialogues.2"), {}, "dialogues"),
    ],
)  # fmt: skip
async def test_what_is_missing_or_too_much_is_named_before_anything_is_started(
    judge: Judge, kind: str, roles: tuple[str, ...], choices: Json, field: str
) -> None:
    answer = await judge.starts(kind, dict.fromkeys(roles, ("f", "x")), **choices)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert (await judge.agent.gets("/api/evaluations"))["items"] == []


async def test_past_judgings_are_kept_newest_first(judge: Judge) -> None:
    talk = json.dumps({"turns": [{"who": "customer", "text": "转人工"}], "handoff": True, "explicit": True, "reason": "asks_human"})
    for name in ("first", "second"):
        await judge.judges("handoff", {"dialogues": ("d.jsonl", talk)}, name=name)

    items = (await judge.agent.gets("/api/evaluations"))["items"]

    assert [it["name"] for it in items] == ["second", "first"]
    assert [it["files"] for it in items] == [[{"role": "dialogues", "name": "d.jsonl"}]] * 2


async def test_one_that_was_stopped_ends_at_once_and_stays_stopped(judge: Judge) -> None:
    slow = await judge.starts("loop", {"stream": ("s.csv", labelled(4000))})
    waiting = await judge.starts("loop", {"stream": ("s.csv", labelled(10))})
    for it in (waiting, slow):
        stopped = await judge.agent.posts(f"/api/evaluations/{it.json()['id']}/stop", {})
        assert stopped["state"] == "stopped"

    found = await judge.judges("loop", {"stream": ("s.csv", labelled(30))})

    assert found["state"] == "done"
    items = (await judge.agent.gets("/api/evaluations"))["items"]
    assert [it["state"] for it in items] == ["done", "stopped", "stopped"]


async def test_so_many_may_wait_and_no_more(idle: Server) -> None:
    judge = Judge(await idle.agent("督导", "supervisor"))
    answers = [await judge.starts("loop", {"stream": ("s.csv", labelled(10))}) for _ in range(6)]

    assert [it.status_code for it in answers] == [202] * 5 + [429]


async def test_agents_may_not_judge(tandem: Server) -> None:
    answer = await Judge(await tandem.agent()).starts("loop", {"stream": ("s.csv", labelled(10))})

    assert answer.status_code == 403
