"""What one turn names."""

import pytest

from tandem.assistant.understanding.entities import entities


@pytest.mark.parametrize(
    ("said", "place"),
    [("送到上海要几天", "上海"), ("新疆能送吗", "新疆"), ("how long does delivery to Berlin take", "berlin")],
)
def test_a_place_is_heard_where_one_is_named(said: str, place: str) -> None:
    assert entities(said).place == place


@pytest.mark.parametrize("said", ["TD73424443 +44 7700 900142", "order TD73424443, phone +86 138 1234 0142", "TD73424443 0142"])
def test_of_a_phone_number_the_last_four_digits_count_however_it_is_grouped(said: str) -> None:
    assert entities(said).digits == "0142"


@pytest.mark.parametrize("said", ["能指定送货时间吗", "可以指定配送时间吗", "周末送货吗", "晚上能送吗", "几点送货"])
def test_a_time_or_a_wish_is_no_place(said: str) -> None:
    assert entities(said).place is None
