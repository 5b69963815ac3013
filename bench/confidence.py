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
STRENGTH = 0.2
"""Of the L2 penalty: chosen among 0.1, 0.2 and 0.5 by how the left-out shops do."""
STEPS = (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99)

Numbers = NDArray[np.float64]


class Choice(Struct, frozen=True):
    """A question to a shop: what speaks for each article found (a row each, own and other language apart), which of them are right,
    and whether the shop has an answer at all."""

    shop: str
    rows: Numbers
    right: NDArray[np.bool_]
    answerable: bool


def choices() -> list[Choice]:
    return [*_of_demo(), *(choice for shop in SHOPS for choice in _of_shop(shop))]


def learned(some: Sequence[Choice], strength: float = STRENGTH) -> Numbers:
    """Weights: those of the own language, then those of the other one as differences from them."""
    width = 2 * len(Weights.__struct_fields__)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = strength * float(_shrunk(weights) @ weights), 2 * strength * _shrunk(weights)
        for it in some:
            chances, none = _chances(it.rows, weights)
            right = it.right if it.right.any() else None
            likely = float(chances[right].sum()) if right is not None else none
            pulled = np.where(right, chances / likely, 0.0) if right is not None else np.zeros(len(chances))
            total -= float(np.log(likely + 1e-300))
            slope = slope + (chances - pulled) @ it.rows
        return total, slope

    found: Numbers = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found


def measure() -> str:
    everything = choices()
    lines = ["| left out | hit@1 | hit@3 |", "| --- | --- | --- |"]
    judged: list[tuple[float, bool]] = []
    for shop in dict.fromkeys(it.shop for it in everything):
        weights = learned([it for it in everything if it.shop != shop])
        of_shop = [(it, _chances(it.rows, weights)[0]) for it in everything if it.shop == shop]
        judged += [(float(chances.max(initial=0)), _found(it, chances, 1)) for it, chances in of_shop]
        asked = [(it, chances) for it, chances in of_shop if it.answerable]
        first, third = (sum(_found(it, chances, within) for it, chances in asked) / len(asked) for within in (1, 3))
        lines.append(f"| {shop} | {first:.3f} | {third:.3f} |")
    lines += ["", "| sure from | answered | of these wrong |", "| --- | --- | --- |"]
    for least in STEPS:
        answered = [right for sure, right in judged if sure >= least]
        lines.append(f"| {least} | {len(answered) / len(judged):.3f} | {answered.count(False)} of {len(answered)} |")
    own, crossing = np.split(learned(everything), 2)
    lines += ["", f"Own: {_told(own)}", f"Crossing: {_told(own + crossing)}"]
    return "\n".join(lines)


def _chances(rows: Numbers, weights: Numbers) -> tuple[Numbers, float]:
    """Of each article, and of none."""
    odds = np.exp(rows @ weights)
    return odds / (1 + odds.sum()), float(1 / (1 + odds.sum()))


def _shrunk(weights: Numbers) -> Numbers:
    """All weights but the two constants."""
    kept = weights.copy()
    kept[[0, len(weights) // 2]] = 0
    return kept


def _found(it: Choice, chances: Numbers, within: int) -> bool:
    return bool(it.right[np.argsort(-chances, kind="stable")[:within]].any())


def _told(weights: Iterable[float]) -> str:
    return ", ".join(f"{name} {weight:.2f}" for name, weight in zip(Weights.__struct_fields__, weights, strict=True))


def _of_shop(shop: str) -> Iterable[Choice]:
    entries = read_entries(HERE / shop / "entries.json")
    article = {it.id: article_of(it) for it in entries}
    index = Index(article.values())
    for query in read_queries(HERE / shop / "queries.jsonl", set(article)):
        right = {article[query.answer_id].id} if query.answer_id else set()
        yield _choice(shop, index, query.text, "zh" if query.lang == "zh" else "en", right)


def _of_demo() -> Iterable[Choice]:
    """Questions in words that the help centre does not use. Those that lie near two articles count both as right."""
    index = Index(
        Article(_id(lang, it["key"]), lang, it["category"], it["question"], tuple(it["phrasings"]), it["answer"], 1)
        for lang in ("zh", "en")
        for it in json.loads((DEMO / f"knowledge.{lang}.json").read_text("utf-8"))
    )
    for lang, lines in tomllib.loads((QUESTIONS / "questions.toml").read_text("utf-8")).items():
        for question, key in lines:
            right = {_id(of, one) for of in ("zh", "en") for one in key.split("|") if key}
            yield _choice("demo", index, question, "zh" if lang == "zh" else "en", right)


def _id(lang: str, key: str) -> UUID:
    return uuid5(UUID(int=0), f"{lang}:{key}")


def _choice(shop: str, index: Index, text: str, lang: Lang, right: set[UUID]) -> Choice:
    own, crossing = candidates(index, text, lang)
    rows = [_row(evidence(hit, own[0]), crossing=False) for hit in own]
    rows += [_row(evidence(hit, crossing[0]), crossing=True) for hit in crossing]
    found = np.array(rows).reshape(len(rows), 2 * len(Weights.__struct_fields__))
    return Choice(shop, found, np.array([hit.article.id in right for hit in (*own, *crossing)], np.bool_), bool(right))


def _row(of_hit: tuple[float, ...], *, crossing: bool) -> tuple[float, ...]:
    return of_hit + (of_hit if crossing else (0.0,) * len(of_hit))
