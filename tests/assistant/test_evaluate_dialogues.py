"""`tandem evaluate dialogues`: whole conversations must go as they should, each time."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.servers import Says, model_that
from tandem.assistant.evaluate.golden import read_goldens
from tandem.cli.commands import cli
from world.encoder import encoder

OURS = Path(__file__).parents[2] / "examples" / "dialogues"
ENTRIES = [
    {
        "id": "hours",
        "lang": "en",
        "question": "When are you open?",
        "answer": "From 9 to 18, Monday to Friday.",
        "category": "hours",
    },
    {"id": "parking", "lang": "en", "question": "Where can I park?", "answer": "Behind the house.", "category": "visit"},
]


def plays(tmp_path: Path, golden: Any, *more: str, name: str = "one.json") -> Result:
    entries = tmp_path / "entries.json"
    entries.write_text(json.dumps(ENTRIES), "utf-8")
    folder = tmp_path / "dialogues"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(golden if isinstance(golden, str) else json.dumps(golden), "utf-8")
    return CliRunner().invoke(cli, ["evaluate", "dialogues", str(folder), "--entries", str(entries), *more])


def golden(**expect: Any) -> dict[str, Any]:
    return {"locale": "en", "steps": [{"says": "When are you open?", "expect": expect}]}


@pytest.mark.slow
def test_our_own_golden_conversations_pass_against_the_demo_shop_each_time() -> None:
    done = CliRunner().invoke(cli, ["evaluate", "dialogues", str(OURS), "--repeats", "2", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert found["failures"] == []
    assert (found["dialogues"] >= 30, found["passed"], found["passed_every_time"]) == (True, 1.0, 1.0)


def test_our_own_golden_conversations_have_what_goes_wrong_elsewhere() -> None:
    goldens = read_goldens(OURS)
    changed = [it for it in goldens if any(order.state in ("cancelled", "refunded", "returning") for order in it.end.orders)]
    untouched = [it for it in goldens if any(order.state == "paid" for order in it.end.orders)]

    assert min(sum(it.locale == locale for it in goldens) for locale in ("zh-CN", "en")) >= 10
    assert len(changed) >= 6
    assert len(untouched) >= 4


def test_each_run_begins_with_the_business_system_as_it_was(tmp_path: Path) -> None:
    """An order that was cancelled in the first run can be cancelled again in the second."""
    folder = tmp_path / "one"
    folder.mkdir()
    name = "cancel-with-a-yes.yaml"
    (folder / name).write_bytes((OURS / name).read_bytes())

    done = CliRunner().invoke(cli, ["evaluate", "dialogues", str(folder), "--repeats", "3", "--json"])

    assert json.loads(done.output)["failures"] == []


def test_what_became_of_an_order_is_asked_of_the_business_system(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    end = {"orders": [{"order": "{fresh}", "digits": "{fresh_digits}", "state": "cancelled"}], "skills": ["cancel_order"]}
    (folder / "one.yaml").write_text(json.dumps({"steps": [{"says": "你好"}], "end": end}), "utf-8")

    done = CliRunner().invoke(cli, ["evaluate", "dialogues", str(folder), "--repeats", "1", "--json"])

    told = [it["why"] for it in json.loads(done.output)["failures"]]
    assert ["is paid, not cancelled" in it or "in all, not ['cancel_order']" in it for it in told] == [True, True]


def test_yaml_is_read_with_several_conversations_in_a_file(tmp_path: Path) -> None:
    text = """
locale: en
name: first
steps:
  - says: When are you {what}?
    expect: {says: [9 to 18], never: [sunday]}
given: {what: open}
---
locale: en
steps: [{says: Where can I park?, expect: {sources: [When are you open?]}}]
""".replace("[When are you open?]", '["When are you open?"]').replace("says: Where can I park?", 'says: "Where can I park?"')
    found = json.loads(plays(tmp_path, text, "--repeats", "1", "--json", name="two.yaml").output)

    assert (found["dialogues"], [(it["dialogue"], it["step"]) for it in found["failures"]]) == (2, [("two 2", 1)])


def test_what_goes_as_it_should_passes(tmp_path: Path) -> None:
    right = golden(decision="answer", says=["9 to 18"], never=["sunday"], skills=[], sources=["When are you open?"])
    found = json.loads(plays(tmp_path, right | {"end": {"owner": "assistant", "verified": False}}, "--json").output)
    assert (found["passed"], found["failures"]) == (1.0, [])


@pytest.mark.parametrize(
    "expect",
    [
        {"decision": "hand_off"}, {"reason": "safety"}, {"says": ["on Sundays"]}, {"never": ["Monday"]}, {"skills": ["order_status"]},
        {"sources": ["Where can I park?"]}, {"offers": ["person"]},
    ],
)  # fmt: skip
def test_each_thing_that_is_otherwise_is_told_with_its_step(tmp_path: Path, expect: dict[str, Any]) -> None:
    found = json.loads(plays(tmp_path, golden(**expect), "--repeats", "2", "--json").output)
    assert [(it["dialogue"], it["run"], it["step"]) for it in found["failures"]] == [("one", 1, 1), ("one", 2, 1)]
    assert found["passed_every_time"] == 0.0


def test_the_end_state_is_judged_too(tmp_path: Path) -> None:
    found = json.loads(plays(tmp_path, golden() | {"end": {"owner": "queue", "verified": True}}, "--repeats", "1", "--json").output)
    assert [it["step"] for it in found["failures"]] == [0, 0]


def test_a_button_that_is_not_there_ends_the_conversation(tmp_path: Path) -> None:
    wrong = {"locale": "en", "steps": [{"says": "When are you open?"}, {"presses": "Buy"}]}
    found = json.loads(plays(tmp_path, wrong, "--repeats", "1", "--json").output)
    assert "there is no button 'Buy'" in found["failures"][0]["why"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("steps:\n  - says: hi\n  - says: there\n    expects: {}\n", "one.yaml:3"),
        ("steps:\n  - says: hi\n    expect: {decision: maybe}\n", "one.yaml:3"),
        ("steps: [\n", "one.yaml:2: not YAML"),
        ("a: &a [x]\nb: *a\n", "one.yaml:2: aliases"),
        ("steps: []\n---\nsteps: [{says: hi}]\n", "one.yaml:1"),
        ("!!python/object/apply:os.getcwd []\n", "one.yaml:1"),
        ("says: \x07", "one.yaml:1"),
    ],
)
def test_unreadable_yaml_is_named_with_line_and_reason(tmp_path: Path, text: str, where: str) -> None:
    done = plays(tmp_path, text, name="one.yaml")
    assert done.exit_code == 1
    assert where in done.output


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"steps": [\n{"says": "hi",}\n]}', "one.json:2"),
        ('{"steps": []}', "one.json:1"),
        ('{"steps": [{"says": "hi", "presses": "ok"}]}', "either `says` or `presses`"),
        ('{"steps": [{"says": "hi", "expect": {"decides": "answer"}}]}', "decides"),
    ],
)
def test_an_unreadable_file_is_named_with_line_and_reason(tmp_path: Path, text: str, where: str) -> None:
    done = plays(tmp_path, text)
    assert done.exit_code == 1
    assert where in done.output


def test_a_folder_without_conversations_is_an_error(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["evaluate", "dialogues", str(tmp_path)])
    assert done.exit_code == 1
    assert "there is no golden conversation" in done.output


async def test_played_is_the_search_by_meaning_where_an_encoder_is_set_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ENTRIES", [
        *({"id": it, "lang": "zh", "question": f"包裹{it}了怎么办", "answer": "联系我们。", "category": ""} for it in "丢破湿"),
        {"id": "tyre", "lang": "zh", "question": "轮胎怎么补", "answer": "到店免费补。", "category": ""},
    ])  # fmt: skip
    asked = {"steps": [{"says": "没气了怎么办", "expect": {"offers": ["轮胎怎么补"]}}]}
    by_words = json.loads((await asyncio.to_thread(plays, tmp_path, asked, "--repeats", "1", "--json")).output)

    async with encoder() as there:
        monkeypatch.setenv("TANDEM_EMBEDDINGS_URL", there.url)
        found = json.loads((await asyncio.to_thread(plays, tmp_path, asked, "--repeats", "1", "--json")).output)
        there.answers = [b"{}"]
        silent = await asyncio.to_thread(plays, tmp_path, asked, "--json")

    assert (by_words["passed"], found["failures"]) == (0.0, [])
    assert (silent.exit_code, f"the encoder at {there.url} gave no vectors" in silent.output) == (1, True)


async def test_the_language_model_that_is_set_is_asked_anew_in_each_run_and_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with model_that(Says(text="From 9 to 18, Monday to Friday."), Says(text="All day long.", cites=())) as model:
        monkeypatch.setenv("TANDEM_LLM_URL", model.url)
        monkeypatch.setenv("TANDEM_LLM_MODEL", "scripted")
        right = golden(decision="answer", says=["9 to 18"], never=["all day"])
        found = json.loads((await asyncio.to_thread(plays, tmp_path, right, "--repeats", "2", "--json")).output)

    assert (found["passed"], found["model_asked"], found["model_failed"]) == (1.0, 2, 1)
    assert len(model.asked) == 2
