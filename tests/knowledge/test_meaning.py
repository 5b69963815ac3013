"""With an encoder, articles are found by what was meant; when it fails, by their words, and no customer waits for it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from tandem.infra.settings import Settings
from tandem.knowledge.meaning.act import Reading, texts_of
from tandem.knowledge.meaning.encoder import Encoder, EncoderFailed, Matrix, Vector
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.meaning.sketch import Sketch
from tandem.knowledge.meaning.vectors import Meanings
from tandem.knowledge.model import Article, Asker, Conditions
from tandem.knowledge.search import Index
from world.encoder import EncoderServer, encoder
from world.server import running
from world.waiting import eventually


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 10, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


def _article(number: int, lang: str, question: str, answer: str, conditions: Conditions | None = None) -> Article:
    return Article(UUID(int=number), lang, "", question, (), answer, 1, conditions or Conditions())


RETURNS = _article(1, "zh", "七天无理由退货", "签收后 7 天内。")
CHAIN = _article(2, "zh", "链条多久上一次油", "200 公里。")
INVOICE = _article(3, "zh", "怎么开发票", "订单里申请。")
ARTICLES = [RETURNS, CHAIN, INVOICE]


@pytest.fixture
async def server() -> AsyncIterator[EncoderServer]:
    async with encoder() as there:
        yield there


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(server: EncoderServer, clock: Clock) -> AsyncIterator[Encoder]:
    client = Encoder(server.url, "key", "small", 2.0, clock)
    yield client
    await client.close()


async def _semantic(client: Encoder, articles: list[Article] = ARTICLES) -> SemanticIndex:
    return SemanticIndex(Index(articles), Meanings([(it.id, it.lang, await client.batch(texts_of(it))) for it in articles]), client)


async def test_a_question_that_shares_no_word_finds_the_article_that_means_it(client: Encoder, server: EncoderServer) -> None:
    index = await _semantic(client)
    for asked in ("how do I lube my drivetrain", "东西不想要了"):
        await index.prepare([asked])

    assert index.search("how do I lube my drivetrain", lang="zh")[0].article == CHAIN
    assert index.search("东西不想要了", lang="zh")[0].article == RETURNS
    assert set(server.keys) == {"bearer key"}


async def test_words_still_count_beside_meaning(client: Encoder) -> None:
    other = _article(4, "zh", "链条断了怎么接，要上油吗", "来店里。")
    index = await _semantic(client, [*ARTICLES, other])
    await index.prepare([CHAIN.question])

    first, second = index.search(CHAIN.question, lang="zh")[:2]

    assert (first.article, second.article) == (CHAIN, other)
    assert first.score > 0.95


async def test_what_does_not_hold_is_not_found_by_its_meaning_either(client: Encoder) -> None:
    members = replace(CHAIN, conditions=Conditions(audience=("gold",)))
    index = await _semantic(client, [RETURNS, members])
    await index.prepare(["lube the chain"])

    asker = Asker(None, frozenset({"guest"}), datetime(2026, 3, 10, tzinfo=UTC))
    assert members not in [hit.article for hit in index.search("lube the chain", asker=asker)]
    assert index.search("lube the chain", lang="en") == []
    assert members in [hit.article for hit in index.search("lube the chain")]


@pytest.mark.parametrize("wrong", [
    b"not json", b"{}", b'{"data": []}', b'{"data": [{"index": 0, "embedding": [0, 0]}]}', b'{"data": [{"index": 0, "embedding": []}]}',
    b'{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1]}]}',
])  # fmt: skip
async def test_nonsense_from_the_encoder_leaves_the_search_by_words(client: Encoder, server: EncoderServer, wrong: bytes) -> None:
    index = await _semantic(client)
    server.answers = [wrong]
    await index.prepare(["怎么开发票"])

    assert index.search("怎么开发票", lang="zh") == Index(ARTICLES).search("怎么开发票", lang="zh")


async def test_a_silent_encoder_is_waited_for_only_so_long_and_then_left_alone(server: EncoderServer, clock: Clock) -> None:
    client = Encoder(server.url, "", "small", 0.05, clock)
    server.answers = [None] * 3
    for _ in range(3):
        with pytest.raises(EncoderFailed):
            await client.questions(["a"])
    asked = len(server.asked)

    with pytest.raises(EncoderFailed, match="left alone"):
        await client.questions(["a"])
    assert len(server.asked) == asked

    clock.time += timedelta(seconds=31)
    assert (await client.questions(["a"])).shape[0] == 1
    await client.close()


def test_vectors_of_an_encoder_that_was_replaced_are_not_compared() -> None:
    meanings = Meanings([(RETURNS.id, "zh", np.eye(3, dtype=np.float32)[:1]), (CHAIN.id, "zh", np.eye(2, dtype=np.float32)[:1])])

    assert meanings.nearest(np.array([1, 0], np.float32), "zh", 5) == {CHAIN.id: 1.0}
    assert meanings.nearest(np.array([1, 0, 0, 0], np.float32), "zh", 5) == {}
    meanings.remove(CHAIN.id)
    assert meanings.nearest(np.array([1, 0, 0], np.float32), "zh", 5) == {RETURNS.id: 1.0}


def _pairs(count: int, alike: float, seed: int) -> list[Matrix]:
    """Questions and their answers: `alike` 1 the same direction, 0 none in common."""
    random = np.random.default_rng(seed)
    questions, other = random.normal(size=(2, count, 32))
    answers = alike * questions + (1 - alike) * other
    return [np.stack(it).astype(np.float32) for it in zip(_unit(questions), _unit(answers), strict=True)]


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths


async def test_an_encoder_says_nothing_in_a_language_in_which_it_does_not_find_answers_by_their_questions(client: Encoder) -> None:
    chinese = [_article(number, "zh", f"链条 {number}", "上油。") for number in range(1, 31)]
    english = [_article(number, "en", f"chain {number}", "Oil it.") for number in range(31, 61)]
    read = zip(english, _pairs(30, 0.6, 1), strict=True)
    unread = zip(chinese, _pairs(30, 0.0, 2), strict=True)
    meanings = Meanings((it.id, it.lang, rows) for it, rows in (*read, *unread))
    index = SemanticIndex(Index([*chinese, *english]), meanings, client)
    index.remember({"chain 7": meanings_row(meanings, english[3].id), "链条 7": meanings_row(meanings, chinese[3].id)})

    assert (meanings.reads("en"), meanings.reads("zh")) == (True, False)
    assert english[3] in [hit.article for hit in index.search("chain 7", lang="en") if hit.near == 1]
    assert index.search("链条 7", lang="zh") == Index([*chinese, *english]).search("链条 7", lang="zh")
    assert {hit.near for hit in index.search("链条 7", lang="en", crossing=True)} == {None}


def test_nearness_is_counted_from_what_articles_usually_have_in_common() -> None:
    random = np.random.default_rng(3)
    close = _unit(random.normal(size=(40, 64)) + 3.0)
    meanings = Meanings((UUID(int=number), "en", np.stack([row, row]).astype(np.float32)) for number, row in enumerate(close))
    near = meanings.nearest(close[0].astype(np.float32), "en", 40)

    assert float(np.median(close @ close.T)) > 0.8
    assert near[UUID(int=0)] == pytest.approx(1)
    assert np.mean([it for article, it in near.items() if article != UUID(int=0)]) < 0.1


def test_among_many_articles_the_nearest_are_found_also_what_is_new_and_not_what_is_gone() -> None:
    random = np.random.default_rng(4)
    matters = random.normal(size=(600, 512))
    rows = _unit(np.repeat(matters, 30, axis=0) + random.normal(size=(18_000, 512))).astype(np.float32)
    meanings = Meanings((UUID(int=number), "en", row[None, :]) for number, row in enumerate(rows))
    asked = _unit(matters[:30] + random.normal(size=(30, 512))).astype(np.float32)
    nearest = np.argsort(-(asked @ rows.T), axis=1)[:, :3].tolist()
    found = [meanings.nearest(vector, "en", 20) for vector in asked]

    assert rows.size > Sketch.WORTH
    assert np.mean([UUID(int=it) in near for near, some in zip(found, nearest, strict=True) for it in some]) >= 0.95

    new = _unit(random.normal(size=(1, 512))).astype(np.float32)
    meanings.put(UUID(int=99_999), "en", new)
    meanings.remove(UUID(int=nearest[1][0]))
    assert meanings.nearest(new[0], "en", 5)[UUID(int=99_999)] == pytest.approx(1)
    assert UUID(int=nearest[1][0]) not in meanings.nearest(asked[1], "en", 20)


def meanings_row(meanings: Meanings, article: UUID) -> Vector:
    row: Vector = meanings._by_lang[meanings._lang_of[article]]._of[article][0]
    return row


async def test_published_articles_are_read_once_and_then_told_to_customers_by_their_meaning(
    server: EncoderServer, settings: Settings, dsn: str
) -> None:
    everything = {name: getattr(settings, name) for name in settings.__struct_fields__}
    with_encoder = Settings(**everything | {"embeddings_url": server.url, "embeddings_model": "small"})
    async with running(with_encoder, dsn) as tandem:
        services = tandem.app.services
        await tandem.knows("链条多久上一次油", "每骑 200 公里上一次。")
        for number in range(3):
            await tandem.knows(f"怎么开发票 {number}", "订单里申请。")
        reading = Encoder(server.url, "", "small", 2.0, services.clock)
        await Reading(services.db, services.bus, reading).read_new()
        read = len(server.asked)
        await Reading(services.db, services.bus, reading).read_new()
        assert len(server.asked) == read
        await reading.close()
        customer = await tandem.customer()

        async def answered() -> bool:
            return "200 公里" in (await customer.asks("my drivetrain needs grease"))["body"]["text"]

        await eventually(answered)


async def test_editors_are_shown_what_means_the_same_when_they_search_and_before_they_publish(
    server: EncoderServer, settings: Settings, dsn: str
) -> None:
    with_encoder = replace(settings, embeddings_url=server.url, embeddings_model="small")
    async with running(with_encoder, dsn) as tandem:
        services = tandem.app.services
        mends = await tandem.knows("轮胎怎么补", "到店 15 分钟补好。")
        await tandem.knows("怎么开发票", "订单里申请。")
        reading = Encoder(server.url, "", "small", 2.0, services.clock)
        await Reading(services.db, services.bus, reading).read_new()
        await reading.close()
        editor = await tandem.agent(role="supervisor")

        async def found() -> bool:
            listed = await editor.gets("/api/knowledge?q=骑到一半没气")
            return (listed["items"], [it["id"] for it in listed["alike"]]) == ([], [str(mends)])

        await eventually(found)
        draft = {"lang": "zh", "category": "售后", "question": "骑到一半没气", "phrasings": [], "answer": "到店 30 分钟补好。"}
        checked = await editor.posts("/api/knowledge/check", draft)
        assert [(it["article"], it["kind"]) for it in checked["resembling"]] == [(str(mends), "contradiction")]
        narrowed = await editor.gets("/api/knowledge?q=骑到一半没气&category=别的")
        assert narrowed["alike"] == []
