"""Cases that people solved: kept when they end, found again by what was asked."""

from collections.abc import Sequence

from tandem.desk.copilot import store
from tandem.desk.copilot.model import SimilarCase
from tandem.handoff.packet import episode_of
from tandem.handoff.words import nameless
from tandem.infra.db import Connection, Tx
from tandem.kit.errors import Language
from tandem.kit.text import shortened, sought
from tandem.timeline.act import recent
from tandem.timeline.model import Entry, Message, Moved

ALIKE = 0.3
"""How much two questions must have in common to be shown as like cases."""
_READ, _ANSWERS = 200, 5
_SHORTEST_ANSWER, _SHORTEST_QUESTION = 8, 4
_LONGEST = 600
_CANDIDATES, _SHOWN = 200, 3
# Words that hold a sentence together, and those by which anybody asks for a person: two cases that share only these have nothing in
# common, and a third of a short English question is made of them.
_SAYS_NOTHING = {
    "a", "an", "the", "i", "me", "my", "we", "you", "your", "it", "its", "he", "she", "they", "this", "that", "there", "is", "are", "am", "was", "were",
    "be", "been", "do", "does", "did", "have", "has", "had", "can", "could", "will", "would", "should", "may", "to", "of", "in", "on", "at", "for",
    "from", "with", "by", "and", "or", "but", "not", "no", "if", "so", "as", "how", "what", "where", "when", "why", "who", "which", "please", "thanks",
    "hi", "hello", "s", "t", "m", "re", "ve", "ll", "speak", "talk", "person", "human", "agent", "someone", "somebody", "人工", "转人", "转接", "你好", "您好",
    "在吗",
}  # fmt: skip


async def keep_case(tx: Tx, happened: Moved) -> None:
    """Reaction: a person ended it, so what he said was the way out. What the assistant ends costs nothing here."""
    before = happened.before
    if before.owner != "agent" or happened.now.owner != "closed":
        return
    now = episode_of(await recent(tx.db, before.id, _READ))
    asked, answered = _question(now), _answer(now)
    if asked is None or answered is None or not isinstance(answered.body, Message):
        return
    question = nameless(shortened(asked, _LONGEST))
    answer = nameless(answered.body.text[:_LONGEST])
    await store.put_case(
        tx.db, before.id, before.episode, happened.at, language_in(question, before.language), question, answer, answered.seq,
        answered.by.name, sought(question),
    )  # fmt: skip


def _question(now: Sequence[Entry]) -> str | None:
    """All that the customer said before a person answered first, shortest words left out."""
    first = next((it.seq for it in now if it.by.kind == "agent" and isinstance(it.body, Message)), 2**31)
    said = [it.body.text for it in now if it.by.kind == "customer" and it.seq < first and isinstance(it.body, Message)]
    told = [text for text in said if len(text) >= _SHORTEST_QUESTION]
    return " ".join(told[-3:]) or None


def _answer(now: Sequence[Entry]) -> Entry | None:
    """The fullest of the last things the person said."""
    said = [it for it in now if it.by.kind == "agent" and isinstance(it.body, Message) and len(it.body.text) >= _SHORTEST_ANSWER]
    return max(said[-_ANSWERS:], key=lambda it: len(it.body.text) if isinstance(it.body, Message) else 0, default=None)


async def similar(db: Connection, text: str, language: str, but: object) -> list[SimilarCase]:
    """The likest first; nothing below ALIKE. `but`: the conversation that asks."""
    wanted = _matter(text)
    if not wanted:
        return []
    found = [it for it in await store.cases(db, sorted(wanted), language, _CANDIDATES) if it.conversation != but]
    scored = sorted(((likeness(wanted, _matter(it.question)), it) for it in found), key=lambda pair: -pair[0])
    return [
        SimilarCase(it.conversation, it.episode, it.at, it.question, it.answer, it.answer_seq, it.agent_name, round(score, 3))
        for score, it in scored[:_SHOWN]
        if score >= ALIKE
    ]


def language_in(text: str, read: str) -> Language:
    """As triage `read` it; where it has not, by the script."""
    if read in ("zh", "en"):
        return "en" if read == "en" else "zh"
    return "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"


def _matter(text: str) -> set[str]:
    return set(sought(text)) - _SAYS_NOTHING


def likeness(one: set[str], other: set[str]) -> float:
    """Dice's coefficient of the words of two texts, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
