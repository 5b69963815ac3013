"""`tandem evaluate handoff`: judged by the triage that serves customers, and clear about what it cannot read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.servers import Says, model_that
from tandem.assistant.compose import ModelSettings
from tandem.assistant.evaluate.handoff import judge, judge_with, read_dialogues
from tandem.assistant.llm import HostedModel
from tandem.cli.commands import cli

WISH = {
    "turns": [{"who": "customer", "text": "转人工"}],
    "handoff": True,
    "explicit": True,
    "reason": "asks_human",
    "emotion": "neutral",
}
SMOKE = {
    "turns": [{"who": "customer", "text": "插座冒烟了,一股焦味"}],
    "handoff": True, "explicit": False, "reason": "safety", "emotion": "anxious",
}  # fmt: skip
PLAIN = {
    "turns": [{"who": "customer", "text": "how big is it"}],
    "handoff": False,
    "explicit": False,
    "reason": None,
    "emotion": "neutral",
}


def written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(it if isinstance(it, str) else json.dumps(it) for it in lines), "utf-8")
    return path


def test_shares_are_counted_over_the_talks_they_speak_of(tmp_path: Path) -> None:
    missed = PLAIN | {"handoff": True, "reason": "distress"}
    false = SMOKE | {"handoff": False, "reason": None}
    found = judge(read_dialogues(written(tmp_path / "d.jsonl", WISH, SMOKE, PLAIN, missed, false)))
    assert (found.dialogues, found.explicit_recall) == (5, 1.0)
    assert found.recall == found.precision == pytest.approx(2 / 3, abs=1e-4)
    assert found.critical_recall == found.false_handoff_rate == 0.5
    assert found.reason_accuracy == 1.0


def test_what_could_not_be_counted_is_said_to_be_nothing_rather_than_nought(tmp_path: Path) -> None:
    found = judge(read_dialogues(written(tmp_path / "d.jsonl", PLAIN)))
    assert (found.recall, found.precision, found.critical_recall) == (None, None, None)
    assert found.false_handoff_rate == 0.0


def test_one_json_object_is_printed_for_a_program(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["evaluate", "handoff", str(written(tmp_path / "d.jsonl", WISH, PLAIN)), "--json"])
    assert done.exit_code == 0
    assert set(json.loads(done.output)) >= {
        "precision", "recall", "explicit_recall", "critical_recall", "false_handoff_rate", "offered_rate",
        "reason_accuracy", "emotion_macro_f1", "ms_p50",
    }  # fmt: skip


UNSPOKEN = {
    "turns": [{"who": "customer", "text": "那个小木马请不要寄来了，用不上了"}],
    "handoff": True, "explicit": False, "reason": "distress", "emotion": "sad",
}  # fmt: skip


@pytest.mark.parametrize(
    ("says", "recall"),
    [
        (Says(decision="hand_off", reason="distress", cites=()), 1.0),
        (Says(decision="none", cites=()), 2 / 3),
        (Says(status=500), 2 / 3),
    ],
)
async def test_a_language_model_is_asked_where_triage_finds_nothing_and_can_add_a_reason_but_veto_none(
    tmp_path: Path, says: Says, recall: float
) -> None:
    dialogues = read_dialogues(written(tmp_path / "d.jsonl", WISH, SMOKE, UNSPOKEN))
    assert judge(dialogues).recall == pytest.approx(2 / 3, abs=1e-4)
    async with model_that(says) as server:
        model = HostedModel(ModelSettings(server.url, "key", "scripted"))
        found = await judge_with(model, dialogues)
        await model.close()
    assert found.recall == pytest.approx(recall, abs=1e-4)
    assert (found.explicit_recall, found.false_handoff_rate) == (1.0, None)
    assert {json.loads(json.loads(it.body)["messages"][-1]["content"])["question"] for it in server.asked} == {
        UNSPOKEN["turns"][0]["text"]  # type: ignore[index]
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{not json", "d.jsonl:2"),
        (json.dumps(PLAIN | {"reason": "boredom"}), "d.jsonl:2"),
        (json.dumps(PLAIN | {"turns": []}), "d.jsonl:2"),
        (json.dumps(PLAIN | {"turns": [{"who": "bot", "text": "hi"}]}), "the last turn must be the customer's"),
        (json.dumps(WISH | {"reason": None}), "exactly when"),
        (json.dumps(PLAIN | {"explicit": True}), "always a hand-over"),
    ],
)
def test_an_unreadable_line_is_named_with_its_reason(tmp_path: Path, line: str, why: str) -> None:
    done = CliRunner().invoke(cli, ["evaluate", "handoff", str(written(tmp_path / "d.jsonl", WISH, line))])
    assert done.exit_code == 1
    assert "d.jsonl:2" in done.output
    assert why in done.output


def test_a_file_that_is_not_there_or_empty_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", written(tmp_path / "empty.jsonl", "")):
        assert CliRunner().invoke(cli, ["evaluate", "handoff", str(path)]).exit_code == 1
