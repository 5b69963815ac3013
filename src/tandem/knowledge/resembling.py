"""Which articles say the same as one that is being written, or the opposite: the assistant could not choose between them."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tandem.knowledge.facts import contradictions
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.model import Article, Conditions
from tandem.knowledge.record import ArticleDraft
from tandem.knowledge.search import Index

Kind = Literal["same_question", "contradiction", "similar"]
SAME, SIMILAR, COMPARED = 0.92, 0.7, 0.5
"""Fits from which on two articles ask the same, ask nearly the same, or are compared for what their answers promise."""
_FORMS, _NEIGHBOURS, _MOST = 20, 4, 6


class Resembling(Struct, frozen=True):
    """`asked`: the words of the draft that the other article answers too. `differing`: what the draft says and what the other
    says instead."""

    article: UUID
    kind: Kind
    asked: str
    question: str
    answer: str
    differing: list[tuple[str, str]] = []


def resembling(index: Index, draft: ArticleDraft, article: UUID | None, meant: SemanticIndex | None = None) -> list[Resembling]:
    """Published articles, the worst first. Two that never hold for the same customer do not resemble each other. `meant`: prepared for
    `forms_of` the draft, it also finds what is asked in quite other words."""
    found: dict[UUID, tuple[float, Resembling]] = {}
    for form in forms_of(draft):
        for other, fit in _neighbours(index, meant, form, draft.lang):
            if other.id == article or fit < COMPARED or apart(draft.conditions, other.conditions):
                continue
            differing = contradictions(draft.answer, other.answer)
            if fit < SIMILAR and not differing:
                continue
            kind: Kind = "contradiction" if differing else "same_question" if fit >= SAME else "similar"
            if other.id not in found or found[other.id][0] < fit:
                found[other.id] = (fit, Resembling(other.id, kind, form, other.question, other.answer, differing))
    ranked = sorted(found.values(), key=lambda it: (it[1].kind == "similar", -it[0]))
    return [it for _, it in ranked[:_MOST]]


def forms_of(draft: ArticleDraft) -> tuple[str, ...]:
    """The ways of asking that are compared."""
    return (draft.question, *draft.phrasings)[:_FORMS]


def _neighbours(index: Index, meant: SemanticIndex | None, form: str, lang: str) -> Iterator[tuple[Article, float]]:
    """Articles with how much alike they are. What is only near in meaning must be very near: much is spoken of in one shop that is
    near and not the same."""
    yield from ((hit.article, hit.score) for hit in index.search(form, lang=lang, limit=_NEIGHBOURS))
    if meant:
        near = meant.search(form, lang=lang, limit=_NEIGHBOURS)
        yield from ((hit.article, hit.near) for hit in near if hit.near is not None and hit.near >= SIMILAR)


def apart(one: Conditions, other: Conditions) -> bool:
    """Whether nobody can ever be told both."""
    if one.channels and other.channels and not set(one.channels) & set(other.channels):
        return True
    if one.valid_until and other.valid_from and one.valid_until <= other.valid_from:
        return True
    if other.valid_until and one.valid_from and other.valid_until <= one.valid_from:
        return True
    # Somebody may be in two groups at once (signed in and gold), but never a guest and anything else.
    groups = {frozenset(one.audience), frozenset(other.audience)}
    return frozenset({"guest"}) in groups and all(it and ("guest" in it) == (it == {"guest"}) for it in groups) and len(groups) > 1
