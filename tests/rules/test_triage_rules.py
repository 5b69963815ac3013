"""Rules of triage: administrators change what is heard and what follows, within the law that nothing urgent is suppressed, and see
beforehand what would have been otherwise."""

from typing import Any

import pytest

from tandem.assistant.evaluate.handoff import Dialogue, Said, context_of
from tandem.assistant.rules.model import KEPT, Rules, Settled, Word, checked, ways_of
from tandem.assistant.triage.model import PRIORITY, Reason, Triage
from tandem.assistant.triage.read import triage
from tandem.kit.errors import InvalidInput
from world.agent import Agent
from world.server import Server
from world.waiting import eventually

FURIOUS = "你们就是一群骗子，太恶心了，气死我了"
SWEARING = {"ways": {"anger": "offer"}}


def read(said: str, rules: Rules) -> Triage:
    context = context_of(Dialogue([Said("customer", said)], handoff=False, explicit=False))
    return triage(context, Settled(rules))


def test_a_word_of_ones_own_brings_a_person_and_is_told_as_the_sign() -> None:
    assert read("我要用积分换购那套茶具", Rules()).reason is None
    found = read("我要用积分换购那套茶具", Rules((Word("换购", "special_request", 1.0),)))
    assert found.reason == "special_request"
    assert "换购" in [sign.words for sign in found.signs]


def test_latin_words_are_whole_words_in_any_case() -> None:
    rules = Rules((Word("sue", "complaint", 1.0),))
    assert read("I will SUE", rules).reason == "complaint"
    assert read("there is an issue with the size", rules).reason is None


def test_a_word_may_speak_against_what_may_be_suppressed() -> None:
    assert read(FURIOUS, Rules()).reason == "anger"
    assert read(f"{FURIOUS}（开玩笑）", Rules((Word("开玩笑", "anger", -2.0),))).reason != "anger"


def test_a_reason_may_be_offered_or_ignored_instead_of_handed_over() -> None:
    offered = read(FURIOUS, Rules(ways={"anger": "offer"}))
    assert (offered.reason, offered.offer) == (None, True)
    ignored = read(FURIOUS, Rules(ways={"anger": "ignore"}))
    assert (ignored.reason, ignored.offer) == (None, False)


def test_less_is_enough_where_a_rule_says_so() -> None:
    half = Rules((Word("拼箱", "vip_or_high_value", 0.6),))
    assert read("拼箱在哪里办理", half).reason is None
    assert read("拼箱在哪里办理", Rules(half.words, needs={"vip_or_high_value": 0.5})).reason == "vip_or_high_value"


@pytest.mark.parametrize("reason", KEPT)
def test_what_must_never_be_suppressed_cannot_be(reason: Reason) -> None:
    for rules in (
        Rules(ways={reason: "ignore"}), Rules(ways={reason: "offer"}), Rules(needs={reason: 1.5}), Rules((Word("好", reason, -1.0),))
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            checked(rules)
    assert read("转人工", Rules(ways=dict.fromkeys(PRIORITY, "ignore"))).reason == "asks_human"


def test_a_customer_whom_answers_did_not_help_is_at_least_offered_a_person() -> None:
    assert "ignore" not in ways_of("bot_failed_repeatedly")


@pytest.mark.parametrize("word", ["", " \n ", "长" * 61])
def test_words_are_of_a_sensible_length(word: str) -> None:
    with pytest.raises(InvalidInput):
        checked(Rules((Word(word, "anger", 1.0),)))


async def _boss(server: Server) -> Agent:
    return await server.agent("管理员", "administrator")


async def _tries(boss: Agent, rules: dict[str, Any]) -> tuple[int, list[Any]]:
    """All pages."""
    changed: list[Any] = []
    cursor, read_again = None, 0
    while True:
        page = await boss.posts("/api/triage/rules/try", {"rules": rules, "cursor": cursor})
        read_again, changed = read_again + page["conversations"], [*changed, *page["changed"]]
        cursor = page["next"]
        if cursor is None:
            return read_again, changed


async def test_it_is_seen_beforehand_what_would_have_been_otherwise_and_nothing_is_changed_by_looking(tandem: Server) -> None:
    boss = await _boss(tandem)
    furious, calm = await tandem.customer(), await tandem.customer()
    await furious.asks(FURIOUS)
    await calm.asks("你好")

    count, changed = await _tries(boss, SWEARING)
    assert count == 2
    assert [(it["conversation"], it["said"], it["before"]["reason"], it["after"]) for it in changed] == [
        (furious.conversation, FURIOUS, "anger", {"reason": None, "offer": True})
    ]
    assert (await boss.gets("/api/triage/rules"))["version"] == 0
    assert await _tries(boss, {}) == (2, [])


async def test_many_conversations_are_read_page_by_page(tandem: Server) -> None:
    boss = await _boss(tandem)
    for _ in range(30):
        await (await tandem.customer()).says("你好")
    count, _ = await _tries(boss, SWEARING)
    assert count == 30


async def test_rules_govern_the_next_turn_and_can_be_taken_back(tandem: Server) -> None:
    boss = await _boss(tandem)
    await boss.puts("/api/triage/rules", {"rules": SWEARING, "version": 0, "note": "先安抚"})
    assert await eventually(lambda: _owner(tandem, "assistant"))
    await boss.posts("/api/triage/rules/restore", {"version": 0})
    assert await eventually(lambda: _owner(tandem, "queue"))
    history = (await boss.gets("/api/triage/rules"))["history"]
    assert [(it["version"], it["note"], it["by_name"]) for it in history] == [(2, "← 0", "管理员"), (1, "先安抚", "管理员")]


async def _owner(server: Server, owner: str) -> bool:
    customer = await server.customer()
    await customer.asks(FURIOUS)
    return bool((await customer.state())["owner"] == owner)


async def test_of_two_who_change_the_rules_at_once_the_second_is_told(tandem: Server) -> None:
    boss = await _boss(tandem)
    await boss.puts("/api/triage/rules", {"rules": SWEARING, "version": 0})
    answer = await boss.calls("PUT", "/api/triage/rules", json={"rules": {}, "version": 0})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "rules",
    [
        {"ways": {"safety": "ignore"}}, {"ways": {"boredom": "offer"}}, {"needs": {"anger": 9}},
        {"words": [{"words": "x", "reason": "anger", "weight": 0}]}, {"words": [{"words": "x", "reason": "anger", "weight": 1}] * 301},
    ],
)  # fmt: skip
async def test_rules_that_go_too_far_are_refused_when_tried_and_when_set(open_all_day: Server, rules: dict[str, Any]) -> None:
    boss = await _boss(open_all_day)
    assert (await boss.calls("POST", "/api/triage/rules/try", json={"rules": rules})).status_code == 400
    assert (await boss.calls("PUT", "/api/triage/rules", json={"rules": rules, "version": 0})).status_code == 400


async def test_only_administrators_see_and_change_the_rules(open_all_day: Server) -> None:
    lead = await open_all_day.agent("主管", "supervisor")
    assert (await lead.calls("GET", "/api/triage/rules")).status_code == 403
