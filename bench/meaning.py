"""What an encoder is worth: learning from judged English questions how much nearness of meaning says, and the answers with and without it.

The encoder is a real one behind a real endpoint (`bench/encoder.py`), English alone, so English questions are judged. Those whose answer
stands only in a Chinese article are looked for by the glossary as ever.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np
from msgspec import Struct
from msgspec.structs import astuple

from bench import confidence
from bench.confidence import Choice, Numbers
from bench.report import goal, table
from tandem.assistant.evaluate.answers import NO_ENCODER, Entry, Query, evaluate, read_entries, read_queries
from tandem.assistant.evaluate.searching import EncoderAccess, searching
from tandem.assistant.flows.knowledge import Knows, candidates
from tandem.assistant.flows.weighing import CROSSING, OWN, Weights, evidence
from tandem.knowledge.search import Hit

PARTS = {"bicycles": ("queries", "held_out"), "coffee": ("queries",)}
MAX_WRONG = 0.05
STRENGTH = 0.2
"""Of the L2 penalty, as for words; 0.05 and 0.5 do as well when a shop is left out."""
STEPS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
GOAL_FIRST, GOAL_THIRD, GOAL_ANSWERED = 0.8, 0.92, 0.5


class Read(Struct, frozen=True):
    """A question: what speaks for the articles whose meaning is known, and the odds of the others, which were learned before."""

    choice: Choice
    others: Numbers


def measure(url: str, model: str) -> str:
    """Raises `EncoderSilent`."""
    access = EncoderAccess(url, "", model)
    return "\n\n".join((_as_it_is(access), _left_out(list(_judged(access)))))


def _as_it_is(access: EncoderAccess) -> str:
    """The product, by `tandem evaluate answers`: its thresholds follow from the promise."""
    rows: list[Sequence[object]] = []
    goals: list[str] = []
    for shop, part, entries, queries in _english():
        for subject, some in (("all", queries), ("answer in English, or none", _within_english(entries, queries))):
            plain, read = (evaluate(entries, some, MAX_WRONG, encoder) for encoder in (NO_ENCODER, access))
            told = [f"{it['hit_at_1']:.3f} / {it['hit_at_3']:.3f}" for it in (plain, read)]
            answered = [f"{it['answer_rate']:.3f}, {it['wrong_of_answered']:.3f}" for it in (plain, read)]
            rows.append((f"{shop}, {part}", subject, len(some), told[0], told[1], *answered))
        goals += _goals(f"{shop}, {part}, answer in English", read)
    head = (
        "shop",
        "English questions",
        "",
        "hit@1 / hit@3 by words",
        "with encoder",
        "answered, of these wrong: by words",
        "with encoder",
    )
    return table(head, rows) + "\n\n" + "  \n".join(goals)


def _goals(where: str, figures: dict[str, float]) -> list[str]:
    first, third, answered, wrong = (figures[it] for it in ("hit_at_1", "hit_at_3", "answer_rate", "wrong_of_answered"))
    return [
        goal(f"{where}: hit@1 ≥ .80", first >= GOAL_FIRST, f"{first:.3f}"),
        goal(f"{where}: hit@3 ≥ .92", third >= GOAL_THIRD, f"{third:.3f}"),
        goal(
            f"{where}: ≥ .50 answered, ≤ .05 wrong",
            answered >= GOAL_ANSWERED and wrong <= MAX_WRONG,
            f"{answered:.3f}, {wrong:.3f}",
        ),
    ]


def _left_out(everything: Sequence[Read]) -> str:
    """Weights that never saw a question of the shop."""
    rows: list[Sequence[object]] = []
    judged: list[tuple[float, bool]] = []
    for shop in dict.fromkeys(it.choice.shop for it in everything):
        weights = _learned([it for it in everything if it.choice.shop != shop])
        chances = [(it.choice, _chances(it, weights)) for it in everything if it.choice.shop == shop]
        judged += [(float(some.max(initial=0)), _found(it, some, 1)) for it, some in chances]
        asked = [(it, some) for it, some in chances if it.answerable]
        rows.append((shop, *(f"{sum(_found(it, some, within) for it, some in asked) / len(asked):.3f}" for within in (1, 3))))
    answers = [[right for sure, right in judged if sure >= least] for least in STEPS]
    steps = [
        (least, f"{len(it) / len(judged):.3f}", f"{it.count(False)} of {len(it)}") for least, it in zip(STEPS, answers, strict=True)
    ]
    told = ", ".join(f"{name} {it:.2f}" for name, it in zip(Weights.__struct_fields__, _learned(everything), strict=True))
    return "\n\n".join(
        (table(("left out", "hit@1", "hit@3"), rows), table(("sure from", "answered", "of these wrong"), steps), f"Read: {told}")
    )


def _learned(some: Sequence[Read]) -> Numbers:
    shrunk = np.array([name != "always" for name in Weights.__struct_fields__], np.float64)
    return confidence.fitted([(it.choice.rows, it.others, it.choice.right) for it in some], shrunk, STRENGTH)


def _chances(it: Read, weights: Numbers) -> Numbers:
    return confidence.chances(it.choice.rows, it.others, weights)


def _found(it: Choice, chances: Numbers, within: int) -> bool:
    return bool(it.right[np.argsort(-chances, kind="stable")[:within]].any())


def _english() -> Iterable[tuple[str, str, list[Entry], list[Query]]]:
    for shop, parts in PARTS.items():
        entries = read_entries(confidence.HERE / shop / "entries.json")
        for part in parts:
            queries = read_queries(confidence.HERE / shop / f"{part}.jsonl", {it.id for it in entries})
            yield shop, part, entries, [it for it in queries if it.lang == "en"]


def _within_english(entries: Sequence[Entry], queries: Sequence[Query]) -> list[Query]:
    english = {it.id for it in entries if it.lang == "en"}
    return [it for it in queries if it.answer_id is None or it.answer_id in english]


def _judged(access: EncoderAccess) -> Iterable[Read]:
    """All questions but those that are held out."""
    for shop, articles, questions in confidence.shops():
        english = [(text, right) for text, lang, right in questions if lang == "en"]
        index = searching(articles, [text for text, _ in english], access)
        yield from (_read(shop, index, text, right) for text, right in english)


def _read(shop: str, index: Knows, text: str, right: set[UUID]) -> Read:
    own, crossing = candidates(index, text, "en")
    nearest = max((hit.near for hit in own if hit.near is not None), default=0.0)
    known = [hit for hit in own if hit.near is not None]
    others = [(hit, own[0], OWN) for hit in own if hit.near is None] + [(hit, crossing[0], CROSSING) for hit in crossing]
    rows = np.array([evidence(hit, own[0], nearest) for hit in known]).reshape(len(known), len(Weights.__struct_fields__))
    is_right = np.array([hit.article.id in right for hit in (*known, *(hit for hit, _, _ in others))], np.bool_)
    return Read(Choice(shop, rows, is_right, bool(right)), np.array([_log_odds(*it) for it in others]))


def _log_odds(hit: Hit, best: Hit, weights: Weights) -> float:
    return float(np.dot(astuple(weights), evidence(hit, best)))
