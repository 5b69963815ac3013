"""Judging from the console: the same figures as the command's, apart from what serves customers, kept, and plain about what it can't read."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from assistant.servers import Says, model_that
from tandem.assistant.evaluate.runs import act
from tandem.cli.commands import cli
from tandem.infra.alone import Alone
from tandem.infra.settings import Settings
from world.agent import Agent
from world.encoder import encoder
from world.server import Server, running
from world.waiting import eventually

Json = dict[str, Any]
COLOURS = ("red", "green", "blue", "grey")


TALK = json.dumps({"turns": [{"who": "customer", "text": "转人工"}], "handoff": True, "explicit": True, "reason": "asks_human"})


CALM = {"turns": [{"who": "customer", "text": "how big is it"}], "handoff": False, "explicit": False, "reason": None}


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


async def test_judged_from_the_console_is_the_assistant_with_its_encoder_and_model_and_what_it_costs_counts(
    settings: Settings, dsn: str
) -> None:
    played = 'steps:\n  - says: 没气了怎么办\n    expect: {says: ["免费补"], sources: ["轮胎怎么补？"]}\n'
    async with encoder() as reads, model_that(Says(text="到店免费补。")) as model:
        minded = replace(
            settings,
            embeddings_url=reads.url,
            embeddings_model="small",
            llm_url=model.url,
            llm_model="scripted",
            llm_daily_tokens=1500,
        )
        async with running(minded, dsn) as server:
            judge = Judge(await server.agent("督导", "supervisor"))
            for it in "丢破湿":
                await server.knows(f"包裹{it}了怎么办？", "联系我们。")
            await server.knows("轮胎怎么补？", "到店免费补。")
            found = await judge.judges("dialogues", {"conversations": ("a.yaml", played)}, repeats=1)
            talks = await judge.judges("handoff", {"dialogues": ("d.jsonl", json.dumps(CALM))})

            async def board() -> list[Json]:
                days: list[Json] = (await judge.agent.gets("/api/assistant/model"))["days"]
                return days if days and days[0]["calls"] == 2 else []

            (today,) = await eventually(board, seconds=20)

    assert (found["mistakes"], found["figures"]["passed"], found["figures"]["model_asked"]) == ([], 1.0, 1)
    assert (talks["figures"]["model_asked"], talks["figures"]["model_failed"]) == (1, 1)
    assert (today["input_tokens"], today["failed"]) == (1800, 1)


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
    for name in ("first", "second"):
        await judge.judges("handoff", {"dialogues": ("d.jsonl", TALK)}, name=name)

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


def _files(settings: Settings) -> list[Path]:
    return [it for it in (settings.data_dir / "blobs").rglob("*") if it.is_file()]


async def _deleted(judge: Judge, it: str) -> int:
    return (await judge.agent.calls("DELETE", f"/api/evaluations/{it}")).status_code


async def _left(judge: Judge) -> list[str]:
    return [it["name"] for it in (await judge.agent.gets("/api/evaluations"))["items"]]


async def test_one_that_is_deleted_is_gone_with_its_files_and_that_is_noted(
    judge: Judge, tandem: Server, settings: Settings
) -> None:
    it = (await judge.judges("handoff", {"dialogues": ("d.jsonl", TALK)}))["id"]
    assert len(_files(settings)) == 1

    assert await _deleted(judge, it) == 204

    async def no_file() -> bool:
        return _files(settings) == []

    await eventually(no_file)
    assert (await judge.agent.calls("GET", f"/api/evaluations/{it}")).status_code == 404
    assert await _left(judge) == []
    async with tandem.app.services.db.read() as db:
        assert await db.fetchval("select count(*) from blob") == 0
        noted = await db.fetch(
            "select actor is not null as known, detail from audit where action = 'assistant.evaluate_deleted' and subject = $1", it
        )
    assert [(row["known"], row["detail"]) for row in noted] == [(True, {"kind": "handoff"})]


async def test_one_that_is_deleted_while_it_runs_makes_way_for_the_next(judge: Judge) -> None:
    slow = (await judge.starts("loop", {"stream": ("s.csv", labelled(4000))})).json()["id"]

    async def running() -> bool:
        return bool((await judge.agent.gets(f"/api/evaluations/{slow}"))["state"] == "running")

    await eventually(running, seconds=60)

    assert await _deleted(judge, slow) == 204

    assert (await judge.judges("handoff", {"dialogues": ("d.jsonl", TALK)}, name="next"))["state"] == "done"
    assert await _left(judge) == ["next"]


async def test_what_is_not_there_cannot_be_deleted_and_agents_may_not(judge: Judge, tandem: Server) -> None:
    it = (await judge.judges("handoff", {"dialogues": ("d.jsonl", TALK)}))["id"]

    assert await _deleted(Judge(await tandem.agent()), it) == 403
    assert [await _deleted(judge, it), await _deleted(judge, it)] == [204, 404]


async def test_so_many_are_kept_and_for_so_long(idle: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    judge, services = Judge(await idle.agent("督导", "supervisor")), idle.app.services
    for name in ("oldest", "older", "newest"):
        await judge.starts("loop", {"stream": ("s.csv", labelled(1) + f"{name},x\n")}, name=name)
    monkeypatch.setattr(act, "MOST_KEPT", 2)

    async with services.db.write() as tx:
        await act.forget_old(tx, services.clock.now())
    assert await _left(judge) == ["newest", "older"]
    async with services.db.write() as tx:
        await act.forget_old(tx, services.clock.now() + act.KEPT_FOR + timedelta(days=1))
    assert await _left(judge) == []
    async with services.db.read() as db:
        assert await db.fetchval("select count(*) from blob") == 0


async def test_while_another_process_judges_one_waits(judge: Judge, tandem: Server, dsn: str) -> None:
    async with Alone(dsn, act.LOCK).turn():
        it = (await judge.starts("handoff", {"dialogues": ("d.jsonl", TALK)})).json()["id"]

        async def asked() -> bool:
            async with tandem.app.services.db.read() as db:
                found = await db.fetch(
                    "select from pg_stat_activity where datname = current_database() and query like 'select pg_try_adv%'"
                )
            return len(found) == 2

        await eventually(asked)
        assert (await judge.agent.gets(f"/api/evaluations/{it}"))["state"] == "waiting"

    assert (await judge.ended(it))["state"] == "done"
