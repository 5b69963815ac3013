"""Most of the index is left untouched, and nothing is lost by it."""

from random import Random
from time import process_time
from uuid import UUID

import numpy as np

from tandem.knowledge.asked import Asked
from tandem.knowledge.contenders import contenders
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index

SUBJECTS = [
    "退货",
    "换货",
    "发票",
    "运费",
    "优惠券",
    "积分",
    "会员",
    "密码",
    "地址",
    "订单",
    "保修",
    "滤芯",
    "充电器",
    "refund",
    "invoice",
]
MANNERS = ["怎么办", "多久到", "要多少钱", "可以改吗", "在哪里看", "为什么不行", "怎么申请", "how long", "can I change the"]
CHANCE = Random(5)


def question() -> str:
    return "".join(CHANCE.sample(SUBJECTS, CHANCE.randint(1, 3))) + " " + CHANCE.choice(MANNERS) + str(CHANCE.randint(0, 40))


def some(count: int) -> list[Article]:
    return [
        Article(UUID(int=i + 1), CHANCE.choice(["zh", "en"]), "", question(), (question(), question()), question(), 1)
        for i in range(count)
    ]


ARTICLES = some(1500)


def test_the_best_are_the_same_as_when_every_article_is_weighed() -> None:
    index = Index(ARTICLES)
    eligible = np.ones(len(ARTICLES), np.bool_)
    left_out = 0
    for _ in range(60):
        asked = Asked(question(), index._known())
        some, fits = contenders(asked, index._postings, eligible, 5)
        every, all_fits = contenders(asked, index._postings, eligible, len(ARTICLES))
        exact = asked.exactly(index._rows, index._rows.of(every), every)
        np.testing.assert_allclose(all_fits, exact, atol=1e-5)
        np.testing.assert_allclose(np.sort(fits)[-5:], np.sort(exact)[-5:], atol=1e-5)
        left_out += len(every) - len(some)
    assert left_out > 0


def test_articles_that_came_later_are_found_beside_those_that_were_there() -> None:
    index = Index(ARTICLES)
    late = Article(UUID(int=99_999), "zh", "", "烤箱能烤披萨吗", ("披萨怎么烤",), "可以。", 1)
    index.put(late)
    assert index.search("烤披萨", lang="zh")[0].article == late
    assert index.search(ARTICLES[7].question)[0].score > 0.99
    index.remove(late.id)
    assert late.id not in [hit.article.id for hit in index.search("烤披萨", lang="zh")]


def test_replacing_one_article_does_not_build_everything_anew() -> None:
    index = Index(ARTICLES)
    started = process_time()
    for article in ARTICLES[:50]:
        index.put(article)
        index.search("怎么退货", lang="zh")
    replacing = (process_time() - started) / 50
    started = process_time()
    index.rebuild(ARTICLES)
    assert replacing < (process_time() - started) / 3


def test_words_that_come_and_go_between_phrasings_weigh_less_than_those_that_stay() -> None:
    index = Index(
        [
            Article(UUID(int=1), "zh", "", "滤芯怎么换呀", ("换滤芯", "滤芯更换", "帮忙换下滤芯"), "", 1),
            Article(UUID(int=2), "zh", "", "发票怎么开呀", ("开发票", "发票开具", "帮忙开下发票"), "", 1),
        ]
    )
    known = index._known()
    weight = {term: known.weight[known.vocabulary.find(term) or 0] for term in ("滤", "更")}
    assert weight["滤"] > weight["更"]
