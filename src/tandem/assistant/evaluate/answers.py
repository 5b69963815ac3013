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

from tandem.assistant.evaluate.report import Mistake, Progress, Report, reported, unwatched
from tandem.assistant.evaluate.unreadable import Unreadable
from tandem.assistant.flows.knowledge import KnowledgeFlow, Verdict
from tandem.assistant.phrases import Lang
from tandem.assistant.promise.control import threshold
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index

_NAMES = UUID("6b1c6f0e-3a57-4a53-9d0a-7f5c2f3f9c11")
_RANKED = 3
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
    """A question as it was taken: the entries that came nearest, how sure the first was, and how long it took."""

    query: Query
    ranked: tuple[str, ...]
    sure: float
    verdict: Verdict
    ms: float

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


def evaluate(entries: Sequence[Entry], queries: Sequence[Query], max_wrong: float | None = None) -> dict[str, float]:
    """The figures of `report`, all of which can be counted here."""
    return {name: it for name, it in report(entries, queries, max_wrong, unwatched).figures.items() if it is not None}


def report(entries: Sequence[Entry], queries: Sequence[Query], max_wrong: float | None, progress: Progress) -> Report:
    """Figures are shares 0 to 1. Of all questions: `answer_rate`, `clarify_rate`; of those with an answer: `hit_at_1`, `hit_at_3`; of those
    answered: `wrong_of_answered`; of those without an answer: `abstain_recall`, the share that was not answered. `ms_p50`:
    milliseconds a question.

    With `max_wrong` each half of the questions is answered from the confidence that the other half allows (see `promise`)."""
    names = {uuid5(_NAMES, entry.id): entry.id for entry in entries}
    return report_on([article_of(entry) for entry in entries], names, queries, max_wrong, progress)


def report_on(
    articles: Sequence[Article], names: Mapping[UUID, str], queries: Sequence[Query], max_wrong: float | None, progress: Progress
) -> Report:
    """The same for articles that are at hand, which the queries call by their `names`."""
    index = Index(articles)
    judged: list[Judged] = []
    for place, query in enumerate(queries):
        progress(place, len(queries))
        judged.append(_judged(index, query, names))
    allowed = _fixed(judged) if max_wrong is None else _cross_fitted(judged, max_wrong)
    answered = [it for it, may in zip(judged, allowed, strict=True) if may]
    answerable = [it for it in judged if it.query.answer_id is not None]
    unanswerable = [may for it, may in zip(judged, allowed, strict=True) if it.query.answer_id is None]
    asked_which = sum(it.verdict != "none" and not may for it, may in zip(judged, allowed, strict=True))
    figures: dict[str, float | None] = {
        "hit_at_1": _share(sum(it.right for it in answerable), len(answerable)),
        "hit_at_3": _share(sum(it.query.answer_id in it.ranked for it in answerable), len(answerable)),
        "answer_rate": _share(len(answered), len(judged)),
        "wrong_of_answered": _share(sum(not it.right for it in answered), len(answered)),
        "abstain_recall": _share(sum(not may for may in unanswerable), len(unanswerable)),
        "clarify_rate": _share(asked_which, len(judged)),
        "ms_p50": round(median(it.ms for it in judged), 3),
    }
    return reported(figures, _mistakes(judged, allowed, {name: index.get(article) for article, name in names.items()}))


def _mistakes(judged: Sequence[Judged], allowed: Sequence[bool], known: Mapping[str, Article | None]) -> Iterator[Mistake]:
    """Answered with the wrong entry, answered where there is no answer, or the right entry not found first."""
    for it, may in zip(judged, allowed, strict=True):
        first = it.ranked[0] if it.ranked else None
        wrong = may and not it.right
        if wrong or (it.query.answer_id is not None and not it.right):
            yield Mistake(
                it.query.id,
                it.query.text,
                _named(it.query.answer_id, known),
                _named(first, known) if may else f"? {_named(first, known)}",
            )


def _named(id: str | None, known: Mapping[str, Article | None]) -> str:
    article = known.get(id) if id else None
    return "" if id is None else f"{id} · {article.question}" if article else id


def _judged(index: Index, query: Query, names: Mapping[UUID, str]) -> Judged:
    """What is not good enough to be offered still has its rank: after what is, by how well it fits."""
    started = perf_counter()
    flow = KnowledgeFlow(index)
    found = flow.find(query.text, _spoken(query.lang))
    before = _before(flow, query.context, _spoken(query.lang), names) if query.context else None
    if before is not None:
        found = flow.after(before, query.text, found)
    ms = (perf_counter() - started) * 1000
    hits = (*found.hits, *index.search(query.text, limit=2 * _RANKED))
    ranked = tuple(dict.fromkeys(names[hit.article.id] for hit in hits))[:_RANKED]
    return Judged(query, ranked, found.sure, found.verdict, ms)


def _before(flow: KnowledgeFlow, context: Any, lang: Lang, names: Mapping[UUID, str]) -> UUID | None:
    """The entry that was answered with just before: as it is named, or as what was said finds it."""
    if isinstance(context, list):
        return next((it for said in reversed(context) if (it := _before(flow, said, lang, names)) is not None), None)
    if isinstance(context, dict):
        told = (context.get(name) for name in ("answer_id", "entry_id", "text", "question", "content", "said"))
        return next((it for said in told if said and (it := _before(flow, said, lang, names)) is not None), None)
    if not isinstance(context, str):
        return None
    named = next((article for article, name in names.items() if name == context), None)
    found = flow.find(context, lang)
    return named or (found.hits[0].article.id if found.verdict == "answer" else None)


def _fixed(judged: Sequence[Judged]) -> list[bool]:
    return [it.verdict == "answer" for it in judged]


def _cross_fitted(judged: Sequence[Judged], max_wrong: float) -> list[bool]:
    order = list(range(len(judged)))
    Random(0).shuffle(order)  # noqa: S311  # the same halves every time
    halves = order[::2], order[1::2]
    allowed = [False] * len(judged)
    for fitted, told in (halves, halves[::-1]):
        least = threshold([(judged[i].sure, judged[i].right) for i in fitted], max_wrong)
        for i in told:
            allowed[i] = judged[i].sure >= least
    return allowed


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
