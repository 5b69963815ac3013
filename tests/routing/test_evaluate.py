"""What another rule would have done is told from the log of what this one did, before it is switched on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import msgspec
import pytest
from typer.testing import CliRunner

from routing.floor import Floor
from tandem.cli.commands import cli
from tandem.kit.ids import new_id
from tandem.routing.engine.choose import Candidate, choose, probabilities
from tandem.routing.evaluate import store
from tandem.routing.evaluate.log import Assignment
from tandem.routing.evaluate.policy import judge
from tandem.routing.queues.model import Criterion

NOW = datetime(2026, 11, 23, tzinfo=UTC)
EXPERT: tuple[Criterion, ...] = ("expertise",)
IDLE: tuple[Criterion, ...] = ("longest_idle",)
AGENTS = [new_id(NOW) for _ in range(4)]
SKILL = dict(zip(AGENTS, (5.0, 3.0, 2.0, 0.0), strict=True))
SOLVES = {5.0: 0.9, 3.0: 0.7, 2.0: 0.6, 0.0: 0.4}  # what each level really brings; the estimates do not know it


def _logged(count: int, order: tuple[Criterion, ...], exploration: float, random: Random) -> list[Assignment]:
    """What a desk that chooses by `order` would have logged."""
    log = []
    for number in range(count):
        there = random.sample(AGENTS, random.randint(2, 4))
        candidates = [Candidate(it, 0, 0, SKILL[it], random.random(), random.uniform(0, 600)) for it in there]
        chosen = choose(candidates, order, exploration, random)
        solved = random.random() < SOLVES[chosen.candidate.expertise]
        log.append(
            Assignment(
                NOW + timedelta(seconds=number), UUID(int=1), "chat", 5, order, tuple(candidates), chosen.candidate.agent,
                chosen.probability, "accepted", float(solved),
            )
        )  # fmt: skip
    return log


def test_the_estimates_tell_what_the_other_rule_really_brings() -> None:
    log = _logged(6000, IDLE, 0.3, Random(1))
    truth = judge(_logged(6000, EXPERT, 0.0, Random(2)), EXPERT).logged

    judged = judge(log, EXPERT)

    assert abs(judged.ips - truth) < judged.ips_half + 0.02
    assert abs(judged.dr - truth) < judged.dr_half + 0.02
    assert abs(judged.snips - truth) < 0.05
    assert judged.dr_half < judged.ips_half  # that is what the model is for
    assert judged.dr > judged.logged + 0.1  # and the better rule is seen to be better
    assert judged.supported == 1.0


def test_a_rule_judged_by_its_own_log_is_what_it_was() -> None:
    log = _logged(2000, IDLE, 0.0, Random(3))

    judged = judge(log, IDLE)

    assert judged.ips == pytest.approx(judged.logged)
    assert judged.dr == pytest.approx(judged.logged, abs=1e-9)
    assert (judged.same, judged.effective) == (1.0, 2000)


def test_a_log_without_chance_says_how_little_it_can_tell() -> None:
    judged = judge(_logged(2000, IDLE, 0.0, Random(4)), EXPERT)

    assert judged.supported < 0.7


def test_the_probabilities_of_a_choice_sum_to_one_and_chance_keeps_to_them() -> None:
    assert sum(probabilities(7, 3, 0.2)) == pytest.approx(1.0)
    random = Random(5)
    candidates = [Candidate(it, 0, 0, SKILL[it], 0, 0) for it in AGENTS]

    made = [choose(candidates, EXPERT, 0.4, random) for _ in range(4000)]

    best = [it for it in made if it.candidate.agent == AGENTS[0]]
    assert len(best) / 4000 == pytest.approx(best[0].probability, abs=0.02)
    assert {it.why.by for it in made} == {"expertise", "chance"}


async def test_the_export_can_be_judged_from_the_command_line(floor: Floor, tmp_path: Path) -> None:
    await floor.rule(exploration=0.2)
    people = [await floor.agent(f"坐席{n}") for n in range(3)]
    for number in range(12):
        talk = await floor.waits()
        await floor.looks()
        asked = await floor.offered_to(talk)
        await floor.takes(next(it for it in people if it.id == asked), talk)
        await floor.passes(5)
        await floor.ends(talk, "closed" if number % 3 else "queue")
        if number % 3 == 0:
            await floor.ends(talk)
    file = tmp_path / "log.jsonl"
    async with floor.db.read() as db:
        lines = [
            msgspec.json.encode(it) async for it in store.exported(db, floor.now - timedelta(days=1), floor.now + timedelta(days=1))
        ]
    file.write_bytes(b"\n".join(lines))

    told = CliRunner().invoke(cli, ["evaluate", "routing", "--log", str(file), "--order", "expertise,least_loaded", "--json"])

    assert told.exit_code == 0, told.output
    figures = json.loads(told.output)
    assert figures["cases"] >= 12
    assert 0 < figures["logged"] < 1
    assert figures["supported"] == 1.0


@pytest.mark.parametrize("line", ["{", "[]", '{"at": 1}', "\ufffd", '{"candidates": []}'])
def test_a_log_that_cannot_be_read_is_said_to_be_so(line: str, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text(line, encoding="utf-8")

    told = CliRunner().invoke(cli, ["evaluate", "routing", "--log", str(file), "--order", "expertise"])

    assert told.exit_code == 1
    assert "line 1" in told.output
