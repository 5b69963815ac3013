"""Long texts of few labels, such as reviews: what speaks for a label is heard wherever it stands, also about a matter nobody taught."""

from itertools import product
from random import Random

import numpy as np
import pytest

from tandem.assistant.evaluate.intents import evaluate
from tandem.assistant.evaluate.rows import Labelled
from tandem.assistant.intents.clauses import Reader, clauses_of
from tandem.assistant.intents.company import ENOUGH, in_company
from tandem.assistant.intents.leaning import MANY, Leanings, suits

GOOD = ["做工扎实", "用着很顺手", "比想象的还好", "没有一点异味", "会再买一把", "家里人都夸", "不后悔买它", "送得也快"]
BAD = ["做工粗糙", "用着别扭", "没有想象的好", "一点也不结实", "再也不买了", "家里人都嫌", "后悔买了它", "等了好久才到"]
TOLD = ["上周三下的单", "颜色是灰的", "放在阳台上", "给我父亲用的", "快递放在门口", "原来那个旧了", "周末才有空拆", "说明书有两页"]
MATTERS, NEW_MATTER = ("雨伞", "台灯", "椅子", "水壶"), "帐篷"


def reviews(matters: tuple[str, ...], count: int, seed: int) -> list[Labelled]:
    """One clause in five says what the customer makes of it; the others tell a story."""
    chance = Random(seed)
    found = []
    for i, label in product(range(count), ("good", "bad")):
        said = [chance.choice(GOOD if label == "good" else BAD), *chance.sample(TOLD, 4)]
        chance.shuffle(said)
        found.append(Labelled("，".join([f"这个{matters[i % len(matters)]}", *said]) + "。", label))
    return found


def learned() -> Leanings:
    """From reviews among which one in twelve pressed the wrong star."""
    taught = reviews(MATTERS, MANY, seed=1)
    labels = [("bad" if it.label == "good" else "good") if i % 12 == 0 else it.label for i, it in enumerate(taught)]
    return Leanings([it.text for it in taught], labels)


@pytest.fixture(scope="module")
def leanings() -> Leanings:
    return learned()


def test_a_review_of_something_nobody_taught_is_read_by_what_is_said_of_it(leanings: Leanings) -> None:
    asked = reviews((NEW_MATTER,), 100, seed=2)
    found = leanings.read([it.text for it in asked])
    assert np.mean([guess.label == it.label for guess, it in zip(found, asked, strict=True)]) > 0.95
    assert 0.8 < np.mean([guess.right for guess in found]) < 0.99


def test_one_clause_of_praise_is_heard_within_a_long_story(leanings: Leanings) -> None:
    for said, label in (("用着很顺手", "good"), ("做工粗糙", "bad")):
        assert leanings.read(["，".join([*TOLD, said, *TOLD])])[0].label == label


def test_words_of_a_new_matter_are_learned_from_what_is_known_beside_them() -> None:
    """By itself every eighth text says nothing, and every eighth of the others is read wrongly."""
    chance = Random(5)
    good = np.array([i % 2 for i in range(2 * ENOUGH)])
    texts = ["，".join(["篷布挺括" if it else "缝线崩脱", *chance.sample(TOLD, 3)]) for it in good]
    plain = np.arange(len(good)) % 8 < 2
    seen = np.where(
        plain, [chance.gauss(0, 0.1) for _ in good], np.where(np.arange(len(good)) % 16 < 14, good * 2 - 1, 1 - good * 2)
    )
    alone = np.stack([-seen, seen], axis=1)
    heard = alone + in_company(Reader(texts).taught.whole(), alone, np.abs(seen))
    assert np.mean(heard.argmax(axis=1)[plain] == good[plain]) > 0.9
    assert np.mean(alone.argmax(axis=1)[plain] == good[plain]) < 0.7


def test_where_nearly_all_are_read_the_same_nothing_is_learned_from_it() -> None:
    alone = np.tile([-1.0, 1.0], (ENOUGH, 1))
    assert not in_company(Reader(["篷布挺括"] * ENOUGH).taught.whole(), alone, alone[:, 1]).any()


def test_many_texts_at_once_are_read_in_company_and_one_alone(leanings: Leanings) -> None:
    texts = [it.text for it in reviews((NEW_MATTER,), ENOUGH, seed=6)]
    alone, among_few, among_many = (leanings.read(texts[:count])[0].right for count in (1, 9, 2 * ENOUGH))
    assert among_few == pytest.approx(alone, abs=1e-4)
    assert abs(among_many - alone) > 1e-3


def test_what_says_nothing_of_any_label_is_read_with_less_trust(leanings: Leanings) -> None:
    plain, praised = leanings.read(["ξψζ", "这个台灯，做工扎实，家里人都夸。"])
    assert plain.right < praised.right


def test_the_same_examples_always_teach_the_same(leanings: Leanings) -> None:
    texts = [it.text for it in reviews((NEW_MATTER,), 10, seed=3)]
    assert learned().read(texts) == leanings.read(texts)


def test_evaluate_reads_few_labels_with_many_examples_this_way_and_three_labels_too() -> None:
    middling = [Labelled(f"这个{MATTERS[i % 4]}，{TOLD[i % 8]}，说不上好坏，{TOLD[(i // 8) % 8]}。", "mixed") for i in range(MANY)]
    taught = [*reviews(MATTERS, MANY, seed=1), *middling]
    assert suits([it.label for it in taught])
    found = evaluate(taught, [*reviews((NEW_MATTER,), 60, seed=4), *middling[:60]])
    assert found["accuracy"] is not None
    assert found["accuracy"] > 0.95


@pytest.mark.parametrize("labels", [["a"] * 900, ["a"] * 900 + ["b"] * (MANY - 1), [str(i % 40) for i in range(40 * MANY)]])
def test_one_label_few_examples_of_one_and_many_labels_are_not_leanings(labels: list[str]) -> None:
    assert not suits(labels)


def test_a_long_text_is_read_at_its_beginning_and_its_end() -> None:
    clauses = list(clauses_of("，".join(f"第{i}段讲的是别的事" for i in range(300))))
    assert len(clauses) <= 40
    assert "".join(clauses[0][0]).startswith("第0")


@pytest.mark.parametrize("text", ["", "。。。", "　"])
def test_a_text_of_nothing_is_one_clause_of_nothing(text: str) -> None:
    assert list(clauses_of(text)) == [[]]
    assert Reader(["雨伞很好"] * 9)([text]).rows.nnz == 0
