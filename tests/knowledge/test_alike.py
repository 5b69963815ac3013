"""How much two ways of asking have in common: by what is meant, and by how rare that is here."""

from tandem.knowledge.alike import Usage, said_of, words_in

FORMS = [
    ("怎么退货",),
    ("怎么换货",),
    ("怎么开发票",),
    ("怎么续费",),
    ("how do I cancel a booking",),
    ("how do I pause a subscription",),
]
USAGE = Usage(FORMS)


def common(question: str, form: str) -> float:
    return in_common(question, form, USAGE)


def in_common(question: str, form: str, usage: Usage) -> float:
    return said_of(usage.rated(words_in(question)), words_in(form))


def test_the_longest_saying_is_one_word_and_what_only_shapes_a_sentence_is_none() -> None:
    assert [word.key for word in words_in("I lost my gift card")] == ["lose", "gift card"]
    assert [word.key for word in words_in("忘记密码了吗")] == ["忘记密码"]


def test_a_saying_put_together_of_two_also_means_what_its_parts_mean() -> None:
    assert common("password", "忘记密码") > 0.2
    assert common("forgot", "忘记密码") > 0.2


def test_what_means_nearly_the_same_says_more_than_what_only_has_to_do_with_it() -> None:
    assert common("cancel", "取消") > common("pause", "取消")
    assert common("发票", "invoice") > common("发票", "refund")


def test_a_word_that_many_articles_use_says_less_than_a_rare_one() -> None:
    usage = Usage([(f"退货{n}",) for n in range(9)] + [("发票",)])

    assert in_common("退货", "退货", usage) < in_common("发票", "发票", usage)


def test_a_word_is_not_common_because_there_is_only_one_article() -> None:
    alone = Usage([("货品在哪个货架",)])

    assert in_common("货架", "货品在哪个货架", alone) > 0.7


def test_a_misspelt_word_still_says_something() -> None:
    assert 0 < common("subscriptoin", "subscription") < common("subscription", "subscription")
    assert common("zzz", "subscription") == 0
    assert common("subscription", "") == 0
