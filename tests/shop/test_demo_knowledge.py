"""The demo's help centre: complete in both languages, and no two entries that say the same."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Entry = dict[str, str | list[str]]


def entries(lang: str) -> list[Entry]:
    loaded: list[Entry] = json.loads((ROOT / f"src/tandem/demo/knowledge.{lang}.json").read_text(encoding="utf-8"))
    return loaded


def wordings(entry: Entry) -> list[str]:
    said = [str(entry["question"]), *entry["phrasings"]]
    return ["".join(char for char in words.casefold() if char.isalnum()) for words in said]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_there_are_enough_entries_and_each_is_whole(lang: str) -> None:
    loaded = entries(lang)

    assert len(loaded) >= 75
    assert len({str(entry["key"]) for entry in loaded}) == len(loaded)
    for entry in loaded:
        assert set(entry) == {"key", "category", "question", "phrasings", "answer"}
        assert all(str(entry[field]).strip() for field in ("key", "category", "question", "answer")), entry["key"]
        assert 4 <= len(entry["phrasings"]) <= 8, entry["key"]
        assert all(words.strip() for words in entry["phrasings"]), entry["key"]


def test_both_languages_answer_the_same_questions() -> None:
    assert [entry["key"] for entry in entries("zh")] == [entry["key"] for entry in entries("en")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_wording_belongs_to_two_entries(lang: str) -> None:
    said = [words for entry in entries(lang) for words in wordings(entry)]

    assert len(said) == len(set(said))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_answers_hold_no_html(lang: str) -> None:
    assert not [entry["key"] for entry in entries(lang) if "<" in str(entry["answer"])]
