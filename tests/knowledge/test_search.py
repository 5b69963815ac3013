"""Finding articles by what customers write."""

from uuid import UUID

from tandem.knowledge.model import Article
from tandem.knowledge.search import Index


def article(number: int, lang: str, question: str, *phrasings: str, answer: str = "") -> Article:
    return Article(UUID(int=number), lang, "", question, phrasings, answer, 1)


RETURNS = article(1, "zh", "七天无理由退货怎么退？", "不喜欢可以退吗", answer="签收后 7 天内在订单里申请。")
FREIGHT = article(2, "zh", "退货运费谁承担？", "退回去的邮费谁给", answer="我们承担。")
INVOICE = article(3, "zh", "怎么开发票？", "要电子发票", answer="在订单详情里申请。")
ABROAD = article(4, "en", "Do you ship abroad?", "international shipping", answer="Yes, to 24 countries.")
PASSWORD = article(5, "en", "I forgot my password", "reset password", answer="Use the link.")
INDEX = Index([RETURNS, FREIGHT, INVOICE, ABROAD, PASSWORD])


def best(text: str, lang: str | None = None, index: Index = INDEX) -> UUID | None:
    hits = index.search(text, lang=lang)
    return hits[0].article.id if hits else None


def test_a_question_in_the_words_of_an_article_scores_one() -> None:
    for it in (RETURNS, ABROAD):
        assert INDEX.search(it.question, lang=it.lang)[0].score > 0.97


def test_any_phrasing_finds_its_article() -> None:
    assert best("退回去的邮费谁给", "zh") == FREIGHT.id
    assert best("reset password", "en") == PASSWORD.id


def test_neighbours_are_told_apart_by_what_differs() -> None:
    assert best("退货的运费要我承担吗", "zh") == FREIGHT.id
    assert best("想七天无理由退货", "zh") == RETURNS.id


def test_english_is_found_in_other_forms_of_its_words() -> None:
    assert best("are you shipping it abroad", "en") == ABROAD.id
    assert best("resetting passwords", "en") == PASSWORD.id


def test_full_width_and_capital_letters_make_no_difference() -> None:
    assert INDEX.search("ＲＥＳＥＴ PASSWORD", lang="en") == INDEX.search("reset password", lang="en")


def test_the_language_asked_for_is_the_language_found() -> None:
    assert all(hit.article.lang == "en" for hit in INDEX.search("shipping 退货", lang="en"))


def test_a_question_finds_an_article_in_the_other_language_by_its_concepts() -> None:
    assert best("can I get an invoice", "zh") == INVOICE.id
    assert best("忘了密码", "en") == PASSWORD.id


def test_words_that_nobody_used_here_keep_a_score_low() -> None:
    hits = INDEX.search("量子计算机怎么超频", lang="zh")
    assert not hits or hits[0].score < 0.24


def test_a_short_question_does_not_fully_match_a_long_one_that_contains_it() -> None:
    index = Index([article(1, "zh", "公司买 50 个多少钱"), article(2, "zh", "怎么注册")])
    assert index.search("多少钱", lang="zh")[0].score < 0.8


def test_a_replaced_article_is_found_by_its_new_words_only() -> None:
    index = Index([RETURNS, INVOICE])
    index.put(article(3, "zh", "增值税抵扣联在哪下载"))
    assert best("抵扣联", "zh", index) == INVOICE.id
    assert INVOICE.id not in [hit.article.id for hit in index.search("电子发票", lang="zh")]
    assert len(index) == 2


def test_a_removed_article_is_not_found() -> None:
    index = Index([RETURNS, INVOICE])
    index.remove(INVOICE.id)
    assert best("怎么开发票", "zh", index) != INVOICE.id
    assert index.get(INVOICE.id) is None


def test_replacing_one_article_gives_what_a_rebuild_gives() -> None:
    changed = article(3, "zh", "发票抬头怎么改")
    step = Index([RETURNS, FREIGHT, INVOICE])
    step.put(changed)
    whole = Index([RETURNS, FREIGHT, changed])
    for text in ("发票抬头", "退货运费", "七天"):
        assert [hit.article.id for hit in step.search(text)] == [hit.article.id for hit in whole.search(text)]


def test_an_empty_index_and_an_empty_question_find_nothing() -> None:
    assert Index().search("退货") == []
    assert INDEX.search("  ？！ ") == []


def test_a_megabyte_of_text_is_searched_as_quickly_as_its_beginning() -> None:
    assert best("退货运费谁承担" + "啊" * 1_000_000, "zh") == FREIGHT.id
