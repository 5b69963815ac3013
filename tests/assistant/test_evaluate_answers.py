"""`tandem evaluate answers`: figures that can be trusted, and a plain word where a file cannot be read."""

import asyncio
import json
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from assistant.judge_questions import DEMO, held_out
from tandem.assistant.promise.control import chance, threshold
from tandem.cli.commands import cli
from world.encoder import encoder

KEYS = {"hit_at_1", "hit_at_3", "answer_rate", "wrong_of_answered", "abstain_recall", "clarify_rate", "ms_p50"}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    entries = [
        {"id": it["key"], "lang": "zh", "question": it["question"], "answer": it["answer"], "category": it["category"]}
        for it in json.loads((DEMO / "knowledge.zh.json").read_text("utf-8"))
    ]
    queries = [
        {"id": str(i), "text": text, "lang": lang, "answer_id": key or None, "kind": "", "context": None}
        for i, (lang, text, key) in enumerate(held_out())
        if lang == "zh"
    ]
    (tmp_path / "e.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1), "utf-8")
    (tmp_path / "q.jsonl").write_text("\n".join(json.dumps(it, ensure_ascii=False) for it in queries), "utf-8")
    return tmp_path / "e.json", tmp_path / "q.jsonl"


def run(files: tuple[Path, Path], *more: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["evaluate", "answers", "--entries", str(files[0]), "--queries", str(files[1]), *more])
    return result.exit_code, result.stdout, result.stderr


def test_one_json_object_with_every_figure(files: tuple[Path, Path]) -> None:
    code, out, _ = run(files, "--json")
    figures = json.loads(out)
    assert code == 0
    assert set(figures) == KEYS
    assert figures["hit_at_1"] > 0.5
    assert figures["hit_at_3"] >= figures["hit_at_1"]
    assert figures["abstain_recall"] > 0.8


def test_where_what_seems_sure_is_wrong_a_promise_ends_in_silence(files: tuple[Path, Path]) -> None:
    """The entries' own questions, judged as if another entry were the answer."""
    entries = json.loads(files[0].read_text("utf-8"))
    others = [*entries[1:], entries[0]]
    asked = [
        {"id": it["id"], "text": it["question"], "lang": "zh", "answer_id": other["id"], "kind": "", "context": None}
        for it, other in zip(entries, others, strict=True)
    ]
    files[1].write_text("\n".join(json.dumps(it, ensure_ascii=False) for it in asked), "utf-8")

    figures = json.loads(run(files, "--json", "--max-wrong", "0.05")[1])

    assert figures["answer_rate"] == 0
    assert figures["wrong_of_answered"] == 0


@pytest.mark.parametrize(
    ("which", "line", "content", "reason"),
    [
        (0, 3, '[\n{"id": "a", "lang": "zh", "question": "q", "answer": "a", "category": ""},\n{"id": "b"}]', "missing required"),
        (0, 2, "[\n{]", "not JSON"),
        (0, 1, '{"id": "a"}', "not a JSON array"),
        (1, 2, '{"id": "1", "text": "t", "lang": "zh", "answer_id": null}\n{"id": 2}', "Expected"),
        (1, 1, '{"id": "1", "text": "t", "lang": "zh", "answer_id": "nobody"}', "no entry has the id 'nobody'"),
        (1, 1, "", "there is no query"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    files: tuple[Path, Path], which: int, line: int, content: str, reason: str
) -> None:
    files[which].write_text(content, "utf-8")
    code, out, error = run(files, "--json")
    assert code != 0
    assert not out
    assert f"{files[which].name}:{line}: " in error
    assert reason in error


def test_a_file_that_is_not_there_is_named(files: tuple[Path, Path]) -> None:
    files[1].unlink()
    code, _, error = run(files)
    assert code != 0
    assert "q.jsonl:1: No such file" in error


def test_the_promise_is_kept_far_oftener_than_it_is_broken() -> None:
    """Confidence says how likely an answer is right; at the chosen threshold at most 5 % may be wrong."""
    chance_of = Random(3)
    broken = answered = 0
    for _ in range(200):
        judged = [(sure := chance_of.random(), chance_of.random() < 0.8 + 0.2 * sure**0.5) for _ in range(400)]
        least = threshold(judged, 0.05)
        risk = sum(0.2 * (1 - (least + (1 - least) * (i + 0.5) / 100) ** 0.5) for i in range(100)) / 100 if least <= 1 else 0.0
        broken += risk > 0.05
        answered += least <= 1
    assert answered > 100
    assert broken <= 0.1 * 200


def test_the_binomial_tail_is_exact() -> None:
    assert chance(0, 45, 0.05) == pytest.approx(0.95**45)
    assert chance(3, 3, 0.3) == pytest.approx(1)


async def test_judged_is_the_search_by_meaning_where_an_encoder_is_set(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [
        {"id": str(i), "lang": "zh", "question": f"包裹{it}了怎么办", "answer": "联系我们。", "category": ""}
        for i, it in enumerate("丢破湿")
    ]
    back = {"id": "back", "lang": "zh", "question": "轮胎怎么补", "answer": "到店免费补。", "category": ""}
    files[0].write_text(json.dumps([*entries, back]), "utf-8")
    files[1].write_text(json.dumps({"id": "1", "text": "没气了怎么办", "lang": "zh", "answer_id": "back"}), "utf-8")
    assert json.loads(run(files, "--json")[1])["hit_at_1"] == 0

    async with encoder() as there:
        monkeypatch.setenv("TANDEM_EMBEDDINGS_URL", there.url)
        figures = json.loads((await asyncio.to_thread(run, files, "--json"))[1])
        assert (figures["hit_at_1"], figures["by_meaning"]) == (1, 1)

        there.answers = [b"{}"]
        code, out, error = await asyncio.to_thread(run, files, "--json")
        assert (code, out) == (1, "")
        assert f"the encoder at {there.url} gave no vectors" in error
