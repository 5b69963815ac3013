"""`tandem evaluate intents` and `tandem evaluate loop`: learned from examples, honest about what was not taught."""

import csv
import json
from itertools import product
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from tandem.assistant.evaluate.intents import evaluate
from tandem.assistant.evaluate.loop import evaluate as live
from tandem.assistant.evaluate.rows import Labelled
from tandem.cli.commands import cli

MATTERS = {
    "lamp": ["the desk lamp flickers", "my lamp will not turn on", "lamp stays dark", "the bulb of the lamp hums"],
    "ferry": ["when does the ferry leave", "the ferry timetable please", "is the ferry running in fog", "last ferry back"],
    "refund": ["I want my money back", "where is my refund", "the refund has not arrived", "refund to another card"],
    "课程": ["钢琴课什么时候开班", "课程能不能改时间", "请假了课程怎么补", "这门课程要带什么"],
    "蛋糕": ["蛋糕可以写字吗", "生日蛋糕几寸够十个人", "蛋糕今天能送到吗", "蛋糕里有坚果吗"],
}
ASIDES = ["", "hello, ", "quick question: ", "请问", "hi there, "]
ENDS = ["", "?", " please", " thanks", "，谢谢"]
STRANGE = ["how tall is that mountain", "谁写了这首诗", "who won the match", "翻译这个词", "sing me something", "明天下雨吗"]


def examples() -> list[Labelled]:
    said = [
        Labelled(f"{aside}{text}{end}", label)
        for label, texts in MATTERS.items()
        for text, aside, end in product(texts, ASIDES, ENDS)
    ]
    Random(3).shuffle(said)
    return said


def written(path: Path, rows: list[Labelled]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "label"), *((it.text, it.label) for it in rows)])
    return path


def test_what_was_taught_is_told_apart_in_two_languages_and_what_was_not_is_noticed() -> None:
    said = examples()
    found = evaluate(said[:300], [*said[300:], *(Labelled(it, "none") for it in STRANGE)], "none")
    assert found["in_scope_accuracy"] is not None
    assert found["in_scope_accuracy"] > 0.9
    assert found["oos_recall"] is not None
    assert found["oos_recall"] > 0.6
    assert found["auroc"] is not None
    assert found["auroc"] > 0.9


def test_without_texts_outside_nothing_is_said_about_them() -> None:
    said = examples()
    found = evaluate(said[:200], said[200:300])
    assert (found["oos_recall"], found["auroc"]) == (None, None)
    assert found["accuracy"] == found["in_scope_accuracy"]


def test_one_json_object_with_the_figures_is_printed_for_a_program(tmp_path: Path) -> None:
    said = examples()
    train, test = written(tmp_path / "a.csv", said[:200]), written(tmp_path / "b.csv", said[200:260])
    done = CliRunner().invoke(cli, ["evaluate", "intents", "--train", str(train), "--test", str(test), "--json"])
    assert done.exit_code == 0
    assert set(json.loads(done.output)) == {
        "accuracy", "macro_f1", "oos_recall", "in_scope_accuracy", "auroc", "ece", "ms_p50",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("text,label\nhello,a\nonly one field\n", ":3: 1 fields where the header has 2"),
        ("words,label\nhello,a\n", ":1: the header has no column `text`"),
        ("text,label\nhello,\n", ":2: the text or the label is empty"),
        ("text,label\n", ":1: there is no row below the header"),
        ('text,label\n"hello,a\n', "not CSV"),
    ],
)
@pytest.mark.parametrize("command", [["intents", "--test", "FILE", "--train"], ["loop", "--stream"]])
def test_an_unreadable_row_is_named_with_its_line_and_reason(tmp_path: Path, command: list[str], text: str, where: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(cli, ["evaluate", *(it.replace("FILE", str(path)) for it in command), str(path), "--json"])
    assert done.exit_code == 1
    assert where in done.output


def test_a_single_label_is_too_little_to_learn_from(tmp_path: Path) -> None:
    path = written(tmp_path / "one.csv", [Labelled("hello", "a")] * 30)
    done = CliRunner().invoke(cli, ["evaluate", "intents", "--train", str(path), "--test", str(path)])
    assert done.exit_code == 1
    assert "at least two labels" in done.output


def test_two_labels_with_few_examples_are_judged(tmp_path: Path) -> None:
    said = {"a": ("hello there", "hello you", "hi", "hey there"), "b": ("bye now", "bye bye", "ciao", "see you")}
    file = written(tmp_path / "two.csv", [Labelled(text, label) for label, texts in said.items() for text in texts])

    result = CliRunner().invoke(cli, ["evaluate", "intents", "--train", str(file), "--test", str(file), "--json"])

    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["accuracy"] > 0.5


def test_too_few_examples_are_said_to_be_too_few(tmp_path: Path) -> None:
    file = written(tmp_path / "few.csv", [Labelled(*it) for it in (("hello", "a"), ("bye", "b"), ("hi", "a"), ("ciao", "b"))])

    result = CliRunner().invoke(cli, ["evaluate", "intents", "--train", str(file), "--test", str(file), "--json"])

    assert (result.exit_code, result.stdout) == (1, "")
    assert "few.csv: more examples of each label are needed" in result.stderr


def test_the_pair_starts_with_people_alone_and_ends_with_much_answered_and_little_of_it_wrong() -> None:
    rows = [Labelled(f"{it.text} {n % 7}", it.label) for n, it in enumerate(examples() * 3)]
    noise = [Labelled(f"{Random(n).randrange(10**9)} {STRANGE[n % 6]}", Random(n).choice(list(MATTERS))) for n in range(150)]
    lives = [live([*rows, *noise], 0.02, seed) for seed in (1, 2, 3)]
    for found in lives:
        assert 0.3 < found["automated"] < found["automated_last_fifth"]
        assert found["human_answers"] == round((1 - found["automated"]) * (len(rows) + len(noise)))
    assert sum(found["wrong_of_automated"] for found in lives) / len(lives) <= 0.02  # kept on the average, not in each life


def test_a_promise_that_allows_less_answers_less_and_the_same_seed_gives_the_same_life() -> None:
    rows = [Labelled(f"{it.text} {n % 7}", it.label) for n, it in enumerate(examples())]
    muddled = [Labelled(it.text, Random(n).choice(list(MATTERS)) if n % 9 == 0 else it.label) for n, it in enumerate(rows)]
    strict, loose = live(muddled, 0.01, 2), live(muddled, 0.3, 2)
    assert strict["automated"] < loose["automated"]
    assert live(muddled, 0.3, 2) == loose
