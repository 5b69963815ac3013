"""Words of content: what a question is made of, and which part of it an article speaks of."""

import pytest

from tandem.knowledge.wording import spoken_of, words_of
from tandem.knowledge.words import features


def share(asked: str, told: str, *, crossing: bool = False) -> float:
    return spoken_of(words_of(asked), features(told).__contains__, crossing=crossing)


def test_words_are_the_sayings_of_the_glossary_and_what_lies_between_them() -> None:
    assert [word.written for word in words_of("平衡车能上飞机吗")] == [("平衡", "衡车"), ("能",), ("上飞", "飞机")]
    assert [word.written for word in words_of("do you sell motorcycles")] == [("sell",), ("motorcycl",)]


def test_what_nobody_speaks_of_counts_as_much_as_what_is_common() -> None:
    assert share("冲锋衣防火吗", "冲锋衣怎么洗") == pytest.approx(0.5)
    assert share("冲锋衣怎么洗", "冲锋衣怎么洗") == 1


def test_the_same_said_otherwise_is_met_by_its_concept_in_either_language() -> None:
    assert share("refund", "多久能收到退款", crossing=True) == 1
    assert share("退钱", "退款") == 1
    assert share("zzz", "退款", crossing=True) == 0


def test_characters_shared_by_chance_are_nothing_across_languages() -> None:
    assert share("蟋蟀", "蟋蟀", crossing=True) == 0


def test_a_text_without_content_lacks_nothing() -> None:
    assert spoken_of(words_of("吗？"), lambda _: False) == 1
