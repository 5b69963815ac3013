"""Everyday words that sound like a risk stay with the assistant, and risks told in plain words reach a person."""

import tomllib
from pathlib import Path
from typing import Any, cast

import pytest

from tandem.assistant.evaluate.handoff import CRITICAL, Dialogue, Said, context_of
from tandem.assistant.triage.model import Triage
from tandem.assistant.triage.read import triage

SENTENCES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "risks.toml").read_text("utf-8"))
SEEN, UNSEEN = SENTENCES["seen"], SENTENCES["unseen"]
MOST_UNSEEN_WRONG = 5
"""Of the 78 that nothing was mended for. It was four when this was written."""


def read(said: str) -> Triage:
    return triage(context_of(Dialogue([Said("customer", said)], handoff=False, explicit=False)))


def risky(part: dict[str, Any]) -> list[tuple[str, str]]:
    return [(said, reason) for reason, lines in part["risky"].items() for said in lines]


@pytest.mark.parametrize("said", SEEN["harmless"] + SENTENCES["everyday"]["harmless"])
def test_everyday_words_that_sound_like_a_risk_stay_with_the_assistant(said: str) -> None:
    assert read(said).reason is None


@pytest.mark.parametrize(("said", "reason"), risky(SEEN))
def test_a_risk_in_plain_words_reaches_a_person_for_what_it_is(said: str, reason: str) -> None:
    assert reason in read(said).risk


@pytest.mark.parametrize("said", SEEN["furious"])
def test_fury_is_not_taken_for_danger(said: str) -> None:
    found = read(said)
    assert found.reason not in CRITICAL
    assert found.emotion != "sad"


def test_of_sentences_that_nothing_was_mended_for_hardly_any_is_read_wrongly() -> None:
    called = [said for said in UNSEEN["harmless"] if read(said).reason]
    missed = [said for said, reason in risky(UNSEEN) if cast(str, read(said).reason) != reason]
    assert len(called) + len(missed) <= MOST_UNSEEN_WRONG, (called, missed)
