"""A few words right after an answer: "how long does that take", 「那运费谁出」. They name half of what is asked; the other half is what the
last answer was about. So articles are weighed by both: how well they fit the words, and how near they are to that article."""

from typing import Protocol

from tandem.knowledge.model import Article, Asker
from tandem.knowledge.search import Hit
from tandem.knowledge.words import terms

MOST_TERMS = 16
"""More than this many terms say by themselves what they are about."""
_NEARNESS, _KINDRED = 0.3, 0.2
"""What being found by the last article's question, and being of its category, count beside the fit to the words (at most 1)."""
LEAD, FIT = 0.25, 0.4
"""By how much the first must be ahead of the second, and how well it must fit the words, to be the answer outright. Chosen on
tests/assistant/follow_ups.toml, where 26 of 45 are then answered (7 without this), none of all 55 wrongly."""
_CONSIDERED = 30


class Finds(Protocol):
    def search(
        self, text: str, *, lang: str | None = None, limit: int = 5, asker: Asker | None = None, crossing: bool = False
    ) -> list[Hit]: ...


def may_follow(text: str) -> bool:
    """Whether these are few enough words to lean on what came before."""
    return 0 < len(terms(text)) <= MOST_TERMS


def in_light_of(index: Finds, text: str, before: Article, asker: Asker | None) -> tuple[list[Hit], bool]:
    """The other articles in its language, best first, and whether the first is the answer outright."""
    near = {it.article.id: it.score for it in index.search(before.question, lang=before.lang, limit=_CONSIDERED, asker=asker)}
    found = index.search(text, lang=before.lang, limit=_CONSIDERED, asker=asker)
    worth = {
        it.article.id: it.score + _NEARNESS * near.get(it.article.id, 0.0) + _KINDRED * (it.article.category == before.category)
        for it in found
        if it.article.id != before.id
    }
    hits = sorted((it for it in found if it.article.id in worth), key=lambda it: -worth[it.article.id])
    if not hits:
        return [], False
    first = hits[0]
    second = worth[hits[1].article.id] if len(hits) > 1 else 0.0
    kindred = first.article.category == before.category
    return hits, kindred and first.score >= FIT and worth[first.article.id] - second >= LEAD
