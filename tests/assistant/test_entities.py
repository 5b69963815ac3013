"""What one turn names."""

import pytest

from tandem.assistant.understanding.entities import entities


@pytest.mark.parametrize(
    ("said", "place"),
    [("送到上海要几天", "上海"), ("新疆能送吗", "新疆"), ("how long does delivery to Berlin take", "berlin")],
)
def test_a_place_is_heard_where_one_is_named(said: str, place: str) -> None:
    assert entities(said).place == place


@pytest.mark.parametrize("said", ["能指定送货时间吗", "可以指定配送时间吗", "周末送货吗", "晚上能送吗", "几点送货"])
def test_a_time_or_a_wish_is_no_place(said: str) -> None:
    assert entities(said).place is None
