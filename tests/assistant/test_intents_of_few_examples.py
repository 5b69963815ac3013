"""What the classifier brings along: that words mean the same, and that the name of an intent says something about it."""

import pytest

from tandem.assistant.intents.classifier import Intents
from tandem.assistant.intents.concepts import concept_pairs

FEW = {
    "a1": [
        "my card has not arrived",
        "the bank card never came",
        "I have been waiting for the card by post",
        "card still not delivered",
    ],
    "a2": ["how do I add money", "I want to load money onto it", "adding funds to the account", "let me put money in"],
    "a3": ["please cancel what I bought", "I want to call off the order", "undo the order", "stop that order before it leaves"],
    "a4": ["the price is too high here", "what does it cost", "is there a fee for this", "why are the charges so high"],
}


def taught(named: dict[str, str] | None = None) -> Intents:
    pairs = [(text, (named or {}).get(label, label)) for label, texts in FEW.items() for text in texts]
    return Intents([text for text, _ in pairs], [label for _, label in pairs])


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("plastic hasn't turned up yet", "a1"),
        ("top up", "a2"),
        ("abort my purchase", "a3"),
        ("surcharge or commission?", "a4"),
        ("卡一直没收到", "a1"),
        ("怎么充值", "a2"),
        ("取消订单", "a3"),
        ("手续费", "a4"),
    ],
)
def test_what_is_asked_in_words_that_no_example_has_is_known_by_what_they_mean_in_two_languages(asked: str, meant: str) -> None:
    (guess,) = taught().read([asked])
    assert guess.label == meant


def test_a_word_that_only_the_name_of_an_intent_has_points_to_it() -> None:
    named = {"a1": "card_missing", "a2": "zorbing_voucher", "a3": "order_cancelled", "a4": "prices"}
    (guess,) = taught(named).read(["zorbing"])
    assert guess.label == "zorbing_voucher"


def test_two_ways_of_saying_one_thing_share_their_concepts_and_how_these_go_together() -> None:
    one, other = concept_pairs("my card has not arrived"), concept_pairs("the plastic never turned up")
    assert {"card", "missing", "card~missing"} <= {*one} & {*other}
    assert "missing" not in concept_pairs("my card has arrived")


def test_a_text_that_names_everything_makes_no_more_than_a_bounded_number_of_pairs() -> None:
    everything = (
        " ".join(text for texts in FEW.values() for text in texts) + " refund pin passcode salary cheque currency wallet age"
    )
    assert len(concept_pairs(everything * 20)) <= 30 + 30 * 29 // 2
