"""Judging knowledge on one's own entries and questions, through the same search and the same verdict that serve customers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, TypeVar
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from tandem.assistant.conduct import Conduct
from tandem.assistant.evaluate.report import Mistake, Progress, Report, reported, unwatched
from tandem.assistant.evaluate.searching import EncoderAccess, searching
from tandem.assistant.evaluate.unreadable import Unreadable
from tandem.assistant.flows.knowledge import Found, KnowledgeFlow, Knows, Verdict
from tandem.assistant.phrases import Lang
from tandem.assistant.promise import model
from tandem.assistant.promise.model import Thresholds
from tandem.assistant.promise.pick import picked
from tandem.knowledge.model import Article

NO_ENCODER = EncoderAccess()
_NAMES = UUID("6b1c6f0e-3a57-4a53-9d0a-7f5c2f3f9c11")
_RANKED = 3
_NOT_THE_CUSTOMER = ("assistant", "agent", "bot", "system")
_TEXTS = ("text", "question", "content", "said", "query", "message", "customer", "user", "previous")
T = TypeVar("T")


class Entry(Struct, frozen=True):
    id: str
    lang: str
    question: str
    answer: str
    category: str = ""
    phrasings: tuple[str, ...] = ()


class Query(Struct, frozen=True):
    """`answer_id` None: no entry answers it. `context`: what came just before, if anything did: the id of the entry that was answered
    with, or what was said, as text, as `{text}` or `{answer_id}`, or as a list of such, oldest first."""

    id: str
    text: str
    lang: str
    answer_id: str | None
    kind: str = ""
    context: Any = None


class Judged(Struct, frozen=True):
    """A question as it was taken: the entries that came nearest, the category of the first and how sure it was, how long it took, and
    whether what it means was known."""

    query: Query
    ranked: tuple[str, ...]
    category: str
    sure: float
    verdict: Verdict
    ms: float
    by_meaning: bool

    @property
    def right(self) -> bool:
        return self.query.answer_id is not None and self.ranked[:1] == (self.query.answer_id,)


def read_entries(path: Path) -> list[Entry]:
    """A JSON array. Raises `Unreadable`."""
    text = _text(path)
    entries: list[Entry] = []
    ids: set[str] = set()
    for line, raw in _items(path, text):
        entry = _converted(path, line, raw, Entry)
        if entry.id in ids:
            raise Unreadable(path, line, f"the id {entry.id!r} is there twice")
        ids.add(entry.id)
        entries.append(entry)
    if not entries:
        raise Unreadable(path, 1, "there is no entry")
    return entries


def read_queries(path: Path, known: set[str]) -> list[Query]:
    """One JSON object a line. Raises `Unreadable`, also for an answer that is not among the `known` ids."""
    queries: list[Query] = []
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except ValueError as error:
            raise Unreadable(path, number, f"not JSON: {error}") from None
        query = _converted(path, number, raw, Query)
        if query.answer_id is not None and query.answer_id not in known:
            raise Unreadable(path, number, f"no entry has the id {query.answer_id!r}")
        queries.append(query)
    if not queries:
        raise Unreadable(path, 1, "there is no query")
    return queries


def evaluate(
    entries: Sequence[Entry], queries: Sequence[Query], max_wrong: float | None = None, encoder: EncoderAccess = NO_ENCODER
) -> dict[str, float]:
    """The figures of `report`, all of which can be counted here."""
    return {name: it for name, it in report(entries, queries, max_wrong, unwatched, encoder).figures.items() if it is not None}


def report(
    entries: Sequence[Entry], queries: Sequence[Query], max_wrong: float | None, progress: Progress, encoder: EncoderAccess
) -> Report:
    """Figures are shares 0 to 1. Of all questions: `answer_rate`, `clarify_rate`; of those with an answer: `hit_at_1`, `hit_at_3`; of those
    answered: `wrong_of_answered`; of those without an answer: `abstain_recall`, the share that was not answered. `ms_p50`:
    milliseconds a question, without what an encoder takes. With one, `by_meaning`: the share of all questions that were looked for
    by their meaning too. Raises `EncoderSilent`.

    `max_wrong` is the promise as an administrator sets it, and thresholds follow from it as they do at work (`promise.pick`): each half
    of the questions is answered by those that the other half, once judged, leads to. Without it nothing was set and nothing judged."""
    names = {uuid5(_NAMES, entry.id): entry.id for entry in entries}
    return report_on([article_of(entry) for entry in entries], names, queries, max_wrong, progress, encoder)


def report_on(
    articles: Sequence[Article],
    names: Mapping[UUID, str],
    queries: Sequence[Query],
    max_wrong: float | None,
    progress: Progress,
    encoder: EncoderAccess,
) -> Report:
    """The same for articles that are at hand, which the queries call by their `names`."""
    index = searching(articles, [text for it in queries for text in (it.text, asked_before(it.context))], encoder)
    shop = _Shop(index, names, progress, len(queries) * (1 if max_wrong is None else 2))
    judged = shop.asked(queries) if max_wrong is None else _cross_fitted(shop, queries, max_wrong)
    answered = [it for it in judged if it.verdict == "answer"]
    answerable = [it for it in judged if it.query.answer_id is not None]
    unanswerable = [it for it in judged if it.query.answer_id is None]
    figures: dict[str, float | None] = {
        "hit_at_1": _share(sum(it.right for it in answerable), len(answerable)),
        "hit_at_3": _share(sum(it.query.answer_id in it.ranked for it in answerable), len(answerable)),
        "answer_rate": _share(len(answered), len(judged)),
        "wrong_of_answered": _share(sum(not it.right for it in answered), len(answered)),
        "abstain_recall": _share(sum(it.verdict != "answer" for it in unanswerable), len(unanswerable)),
        "clarify_rate": _share(sum(it.verdict == "clarify" for it in judged), len(judged)),
        "ms_p50": round(median(it.ms for it in judged), 3),
        "by_meaning": _share(sum(it.by_meaning for it in judged), len(judged)) if encoder.url else None,
    }
    return reported(figures, _mistakes(judged, {names[it.id]: it for it in articles}))


class _Shop:
    """Asks the articles. `total`: how many questions it will be asked in all."""

    def __init__(self, index: Knows, names: Mapping[UUID, str], progress: Progress, total: int) -> None:
        self._index, self._names = index, names
        self._progress, self._done, self._total = progress, 0, total

    def asked(self, queries: Sequence[Query], thresholds: Thresholds | None = None) -> list[Judged]:
        flow = KnowledgeFlow(self._index, Conduct(thresholds))
        return [self._judged(flow, query) for query in queries]

    def _judged(self, flow: KnowledgeFlow, query: Query) -> Judged:
        """What is not good enough to be offered still has its rank: after what is, by how well it fits."""
        self._progress(self._done, self._total)
        self._done += 1
        started = perf_counter()
        found = self._found(flow, query)
        ms = (perf_counter() - started) * 1000
        hits = (*found.hits, *self._index.search(query.text, limit=2 * _RANKED))
        ranked = tuple(dict.fromkeys(self._names[hit.article.id] for hit in hits))[:_RANKED]
        category = found.hits[0].article.category if found.hits else ""
        return Judged(query, ranked, category, found.sure, found.verdict, ms, any(hit.near is not None for hit in found.hits))

    def _found(self, flow: KnowledgeFlow, query: Query) -> Found:
        lang = _spoken(query.lang)
        before = _before(flow, query.context, lang, self._names) if query.context else None
        found = flow.find(query.text, lang, before=asked_before(query.context))
        return found if before is None else flow.after(before, query.text, found)


def _cross_fitted(shop: _Shop, queries: Sequence[Query], max_wrong: float) -> list[Judged]:
    order = list(range(len(queries)))
    Random(0).shuffle(order)  # noqa: S311  # the same halves every time
    halves = order[::2], order[1::2]
    judged: dict[int, Judged] = {}
    for fitted, told in (halves, halves[::-1]):
        evidence = [model.Judged(it.category, it.sure, True, it.right) for it in shop.asked([queries[i] for i in fitted])]
        thresholds, _ = picked(evidence, max_wrong)
        judged |= zip(told, shop.asked([queries[i] for i in told], thresholds), strict=True)
    return [judged[i] for i in range(len(queries))]


def _mistakes(judged: Sequence[Judged], known: Mapping[str, Article]) -> Iterator[Mistake]:
    """Answered with the wrong entry, answered where there is no answer, or the right entry not found first."""
    for it in judged:
        first = it.ranked[0] if it.ranked else None
        answered = it.verdict == "answer"
        if not it.right and (answered or it.query.answer_id is not None):
            found = _named(first, known)
            yield Mistake(it.query.id, it.query.text, _named(it.query.answer_id, known), found if answered else f"? {found}")


def _named(id: str | None, known: Mapping[str, Article]) -> str:
    article = known.get(id) if id else None
    return "" if id is None else f"{id} · {article.question}" if article else id


def _before(flow: KnowledgeFlow, context: Any, lang: Lang, names: Mapping[UUID, str]) -> UUID | None:
    """The entry that was answered with just before: as it is named, or as what was said finds it."""
    if isinstance(context, list):
        return next((it for said in reversed(context) if (it := _before(flow, said, lang, names)) is not None), None)
    if isinstance(context, dict):
        told = (context.get(name) for name in ("answer_id", "entry_id", *_TEXTS))
        return next((it for said in told if said and (it := _before(flow, said, lang, names)) is not None), None)
    if not isinstance(context, str):
        return None
    named = next((article for article, name in names.items() if name == context), None)
    found = flow.find(context, lang)
    return named or (found.hits[0].article.id if found.verdict == "answer" else None)


def asked_before(context: object) -> str:
    """What the customer had said last in a context; "" if that is not known."""
    if isinstance(context, list):
        asked = [it for it in context if not (isinstance(it, dict) and it.get("role", it.get("by")) in _NOT_THE_CUSTOMER)]
        return asked_before(asked[-1]) if asked else ""
    if isinstance(context, dict):
        return next((context[name] for name in _TEXTS if isinstance(context.get(name), str)), "")
    return context if isinstance(context, str) else ""


def article_of(entry: Entry) -> Article:
    return Article(uuid5(_NAMES, entry.id), _spoken(entry.lang), entry.category, entry.question, entry.phrasings, entry.answer, 1)


def _spoken(lang: str) -> Lang:
    return "zh" if lang.lower().startswith("zh") else "en"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise Unreadable(path, 1, error.strerror or "cannot be opened") from None
    except UnicodeDecodeError as error:
        raise Unreadable(path, error.object[: error.start].count(b"\n") + 1, "not UTF-8") from None


def _items(path: Path, text: str) -> list[tuple[int, Any]]:
    """The items of a JSON array, each with the line on which it starts."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(path, error.lineno, f"not JSON: {error.msg}") from None
    if not isinstance(raw, list):
        raise Unreadable(path, 1, "not a JSON array")
    decoder, at, items = json.JSONDecoder(), text.index("[") + 1, []
    for _ in raw:
        while text[at] in " \t\r\n,":
            at += 1
        item, end = decoder.raw_decode(text, at)
        items.append((text.count("\n", 0, at) + 1, item))
        at = end
    return items


def _converted(path: Path, line: int, raw: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise Unreadable(path, line, str(error)) from None


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
