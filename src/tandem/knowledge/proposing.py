"""Other ways to ask a question, proposed without a model: the same frame of a question in other words, and words of the glossary for
each other. A person accepts what is good; what is already known, or asks for another article, is not proposed."""

import re
from collections.abc import Iterator
from uuid import UUID

from tandem.knowledge.record import ArticleDraft
from tandem.knowledge.search import Index
from tandem.knowledge.words import features, fold, said_alike

MOST = 8
_ANOTHERS = 0.8
"""From this fit on a proposal asks for the other article."""
_LONGEST = 60
_END = re.compile(r"[\s?？。.!！]+$")
_FRAMES: dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = {
    "zh": (
        (re.compile(r"^(?:怎么|如何|怎样)(?P<x>.+)$"), ("{x}怎么弄", "想{x}", "{x}的步骤")),
        (re.compile(r"^(?P<x>.+?)(?:怎么|如何)(?P<y>.+)$"), ("怎么{y}{x}", "{x}要怎么{y}", "{x}{y}方法")),
        (re.compile(r"^(?:能|可以|能不能|可不可以|是否)(?P<x>.+?)吗?$"), ("{x}行不行", "支持{x}吗", "想{x}")),
        (re.compile(r"^(?P<x>.+?)(?:能|可以|能不能|可不可以)(?P<y>.+?)吗?$"), ("{x}能不能{y}", "{x}支持{y}吗", "{x}可{y}不")),
        (re.compile(r"^(?P<x>.+?)(?:要|需要)?(?:多久|多长时间|几天)(?P<y>.*)$"), ("{x}几天{y}", "{x}什么时候{y}", "{x}需要多长时间{y}")),
        (re.compile(r"^(?P<x>.+?)(?:要)?(?:多少钱|怎么收费)(?P<y>.*)$"), ("{x}什么价", "{x}贵不贵", "{x}怎么收费")),
        (re.compile(r"^(?P<x>.+?)(?:谁出|谁承担|谁付|由谁承担)$"), ("{x}是我出吗", "{x}你们出吗", "要我付{x}吗")),
        (re.compile(r"^有没有(?P<x>.+)$|^有(?P<y>.+?)吗$"), ("你们有{x}{y}吗", "{x}{y}有没有", "卖不卖{x}{y}")),
        (re.compile(r"^(?P<x>.+?)(?:坏了|不能用|用不了)(?P<y>.*)$"), ("{x}没法用", "{x}出故障", "{x}失灵了")),
    ),
    "en": (
        (re.compile(r"^how (?:do|can|should) i (?P<x>.+)$"), ("i want to {x}", "what's the way to {x}", "steps to {x}")),
        (re.compile(r"^can i (?P<x>.+)$"), ("am i allowed to {x}", "is it possible to {x}", "i'd like to {x}")),
        (re.compile(r"^(?:do|can|will) you (?P<x>.+)$"), ("is it possible for you to {x}", "i'd like you to {x}", "{x}?")),
        (re.compile(r"^how long (?:does|will|do) (?P<x>.+?) take(?P<y>.*)$"), ("when will {x} be done{y}", "how many days for {x}{y}")),
        (re.compile(r"^how much (?:is|does|do|are) (?P<x>.+?)(?: cost)?$"), ("price of {x}", "what do you charge for {x}")),
        (re.compile(r"^what (?:is|are) (?P<x>.+)$"), ("tell me about {x}", "{x}?")),
        (re.compile(r"^where (?:is|are|do i find|can i find) (?P<x>.+)$"), ("i can't find {x}", "looking for {x}")),
        (re.compile(r"^who pays (?:for )?(?P<x>.+)$"), ("do i have to pay for {x}", "is {x} free", "cost of {x}")),
        (re.compile(r"^(?:is|are) there (?:a |an |any )?(?P<x>.+)$"), ("do you have {x}", "got any {x}")),
    ),
}  # fmt: skip


def proposals(index: Index, draft: ArticleDraft, article: UUID | None) -> list[str]:
    """At most `MOST`, the most promising first."""
    known = {frozenset(features(it)) for it in (draft.question, *draft.phrasings)}
    chosen: list[str] = []
    for proposal in _ways(draft):
        key = frozenset(features(proposal))
        if not 2 <= len(proposal) <= _LONGEST or key in known or _asks_for_another(index, draft, proposal, article):
            continue
        known.add(key)
        chosen.append(proposal)
        if len(chosen) == MOST:
            break
    return chosen


def _asks_for_another(index: Index, draft: ArticleDraft, proposal: str, article: UUID | None) -> bool:
    return any(hit.article.id != article and hit.score >= _ANOTHERS for hit in index.search(proposal, lang=draft.lang, limit=2))


def _ways(draft: ArticleDraft) -> Iterator[str]:
    asked = _END.sub("", fold(draft.question)).strip()
    for pattern, frames in _FRAMES.get(draft.lang, ()):
        match = pattern.match(asked)
        if match:
            parts = {"x": "", "y": "", **{name: part or "" for name, part in match.groupdict().items()}}
            yield from (frame.format(**parts).strip() for frame in frames)
            break
    yield from said_alike(asked, han=draft.lang == "zh")
