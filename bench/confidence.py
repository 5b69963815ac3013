"""Learning from judged questions how likely a found article is the answer, and what that is worth in a shop it was not learned from."""

import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID, uuid5

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.optimize import minimize

from tandem.assistant.evaluate.answers import article_of, read_entries, read_queries
from tandem.assistant.flows.knowledge import candidates
from tandem.assistant.flows.weighing import Weights, evidence
from tandem.assistant.phrases import Lang
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index

HERE = Path(__file__).parent
DEMO, QUESTIONS = HERE.parent / "src" / "tandem" / "demo", HERE.parent / "tests" / "assistant"
SHOPS = ("bicycles", "coffee", "hotel", "pets")
BY_WORDS = Weights.__struct_fields__[:6]
"""What is learned here: what an encoder tells is learned beside it (`bench meaning`)."""
STRENGTH = 0.2
"""Of the L2 penalty: chosen among 0.1, 0.2 and 0.5 by how the left-out shops do."""
STEPS = (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99)

Numbers = NDArray[np.float64]
NOTHING: Numbers = np.zeros(0)
Question = tuple[str, Lang, set[UUID]]
"""What is asked, in which language, and the articles that answer it."""


class Choice(Struct, frozen=True):
    """A question to a shop: what speaks for each article found (a row each, own and other language apart), which of them are right,
    and whether the shop has an answer at all."""

    shop: str
    rows: Numbers
    right: NDArray[np.bool_]
    answerable: bool


def choices() -> list[Choice]:
    return [
        _choice(shop, index, text, lang, right)
        for shop, articles, questions in shops()
        for index in [Index(articles)]
        for text, lang, right in questions
    ]


def learned(some: Sequence[Choice], strength: float = STRENGTH) -> Numbers:
    """Weights: those of the own language, then those of the other one as differences from them."""
    free = np.ones(2 * len(BY_WORDS))
    free[[0, len(BY_WORDS)]] = 0
    return fitted([(it.rows, NOTHING, it.right) for it in some], free, strength)


def fitted(some: Sequence[tuple[Numbers, Numbers, NDArray[np.bool_]]], shrunk: Numbers, strength: float) -> Numbers:
    """The weights under which what is right was likeliest, with an L2 penalty on those where `shrunk` is 1. Of each question: what speaks
    for an article, a row each; the logarithm of the odds of articles beside them; and which of all these is right."""

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = strength * float(shrunk * weights @ weights), 2 * strength * shrunk * weights
        for rows, others, right in some:
            found = chances(rows, others, weights)
            likely = float(found[right].sum()) if right.any() else 1 - float(found.sum())
            pulled = np.where(right, found / likely, 0.0) if right.any() else np.zeros(len(found))
            total -= float(np.log(likely + 1e-300))
            slope = slope + (found - pulled)[: len(rows)] @ rows
        return total, slope

    found: Numbers = minimize(loss, np.zeros(len(shrunk)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found


def chances(rows: Numbers, others: Numbers, weights: Numbers) -> Numbers:
    """Of each article; what is missing to 1 is the chance of none."""
    odds = np.exp(np.concatenate([rows @ weights, others]))
    likely: Numbers = odds / (1 + odds.sum())
    return likely


def measure() -> str:
    everything = choices()
    lines = ["| left out | hit@1 | hit@3 |", "| --- | --- | --- |"]
    judged: list[tuple[float, bool]] = []
    for shop in dict.fromkeys(it.shop for it in everything):
        weights = learned([it for it in everything if it.shop != shop])
        of_shop = [(it, chances(it.rows, NOTHING, weights)) for it in everything if it.shop == shop]
        judged += [(float(likely.max(initial=0)), _found(it, likely, 1)) for it, likely in of_shop]
        asked = [(it, likely) for it, likely in of_shop if it.answerable]
        first, third = (sum(_found(it, likely, within) for it, likely in asked) / len(asked) for within in (1, 3))
        lines.append(f"| {shop} | {first:.3f} | {third:.3f} |")
    lines += ["", "| sure from | answered | of these wrong |", "| --- | --- | --- |"]
    for least in STEPS:
        answered = [right for sure, right in judged if sure >= least]
        lines.append(f"| {least} | {len(answered) / len(judged):.3f} | {answered.count(False)} of {len(answered)} |")
    own, crossing = np.split(learned(everything), 2)
    lines += ["", f"Own: {_told(own)}", f"Crossing: {_told(own + crossing)}"]
    return "\n".join(lines)


def _found(it: Choice, chances: Numbers, within: int) -> bool:
    return bool(it.right[np.argsort(-chances, kind="stable")[:within]].any())


def _told(weights: Iterable[float]) -> str:
    return ", ".join(f"{name} {weight:.2f}" for name, weight in zip(BY_WORDS, weights, strict=True))


def shops() -> Iterable[tuple[str, list[Article], list[Question]]]:
    yield "demo", *_demo()
    for shop in SHOPS:
        entries = read_entries(HERE / shop / "entries.json")
        article = {it.id: article_of(it) for it in entries}
        queries = read_queries(HERE / shop / "queries.jsonl", set(article))
        asked = [(it.text, _lang(it.lang), {article[it.answer_id].id} if it.answer_id else set()) for it in queries]
        yield shop, list(article.values()), asked


def _demo() -> tuple[list[Article], list[Question]]:
    """Questions in words that the help centre does not use. Those that lie near two articles count both as right."""
    articles = [
        Article(_id(lang, it["key"]), lang, it["category"], it["question"], tuple(it["phrasings"]), it["answer"], 1)
        for lang in ("zh", "en")
        for it in json.loads((DEMO / f"knowledge.{lang}.json").read_text("utf-8"))
    ]
    judged = tomllib.loads((QUESTIONS / "questions.toml").read_text("utf-8"))
    asked = [
        (question, _lang(lang), {_id(of, one) for of in ("zh", "en") for one in key.split("|") if key})
        for lang, lines in judged.items()
        for question, key in lines
    ]
    return articles, asked


def _lang(lang: str) -> Lang:
    return "zh" if lang == "zh" else "en"


def _id(lang: str, key: str) -> UUID:
    return uuid5(UUID(int=0), f"{lang}:{key}")


def _choice(shop: str, index: Index, text: str, lang: Lang, right: set[UUID]) -> Choice:
    own, crossing = candidates(index, text, lang)
    rows = [_row(evidence(hit, own[0])[: len(BY_WORDS)], crossing=False) for hit in own]
    rows += [_row(evidence(hit, crossing[0])[: len(BY_WORDS)], crossing=True) for hit in crossing]
    found = np.array(rows).reshape(len(rows), 2 * len(BY_WORDS))
    return Choice(shop, found, np.array([hit.article.id in right for hit in (*own, *crossing)], np.bool_), bool(right))


def _row(of_hit: tuple[float, ...], *, crossing: bool) -> tuple[float, ...]:
    return of_hit + (of_hit if crossing else (0.0,) * len(of_hit))
