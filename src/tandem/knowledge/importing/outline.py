"""Headings and paragraphs become entries: a heading is the question, what stands below it the answer, what stands above it the
category. "Q: … A: …" and 「问：… 答：…」 within a text are entries of their own."""

import re

from msgspec import Struct

from tandem.kit.text import clean, shortened
from tandem.knowledge.importing.found import (
    LONGEST_ANSWER,
    LONGEST_CATEGORY,
    LONGEST_PLACE,
    LONGEST_QUESTION,
    Found,
    Read,
    Unclear,
    bounded,
    keyed_apart,
)  # fmt: skip

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_ASKS = re.compile(r"^\s*(?:\*\*)?(?:Q|问|問|Question|问题)\s*\d{0,3}\s*[:：.、]\s*(?:\*\*)?\s*(\S.*?)(?:\*\*)?\s*$", re.IGNORECASE)
_ANSWERS = re.compile(r"^\s*(?:\*\*)?(?:A|答|Answer|答案|回答)\s*\d{0,3}\s*[:：.、]\s*(?:\*\*)?\s*(.*)$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.、)]?|[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十\d]{1,3}[章节条部分]+)\s*"
)


class Block(Struct, frozen=True):
    """A heading (`level` 1 to 6) or a paragraph (0) in reading order."""

    text: str
    level: int = 0


def seen(text: str) -> str:
    """What a reader sees: characters without a shape could hide words from him and not from us."""
    return clean(_UNSEEN.sub("", text))


def entries(blocks: list[Block], title: str, unclear: list[Unclear]) -> Read:
    """`title`: what the document is called, the category of what has none above it. Raises `CannotRead`."""
    outline = _Outline(title, unclear)
    for block in blocks:
        text = seen(block.text)
        if text and block.level:
            outline.heading(block.level, text)
        elif text:
            outline.text(text)
    outline.close()
    return bounded(keyed_apart(outline.found), unclear)


class _Outline:
    def __init__(self, title: str, unclear: list[Unclear]) -> None:
        self.found: list[Found] = []
        self._title, self._unclear = title, unclear
        self._path: list[tuple[int, str]] = []
        self._question: str | None = None
        self._said: list[str] = []
        self._has_answered = True

    def heading(self, level: int, text: str) -> None:
        deeper = bool(self._path) and level > self._path[-1][0]
        self.close(parent=deeper)
        self._path = [it for it in self._path if it[0] < level]
        self._path.append((level, " ".join(text.split())))
        self._has_answered = False

    def text(self, text: str) -> None:
        """A paragraph may hold a question and its answer on lines of their own."""
        for line in text.split("\n"):
            asked, answered = _ASKS.match(line), _ANSWERS.match(line)
            if asked:
                self.close()
                self._question = asked[1]
            elif answered and self._question is not None:
                self._said.append(answered[1])
            else:
                self._said.append(line)
        self._said.append("")

    def close(self, parent: bool = False) -> None:
        """What was read becomes an entry. `parent`: a heading that has only further headings below it lacks nothing."""
        answer = re.sub(r"\n{3,}", "\n\n", "\n".join(self._said)).strip()
        question, self._question, self._said = self._question, None, []
        place = shortened(" › ".join([*(text for _, text in self._path), *([question] if question else [])]), LONGEST_PLACE)
        if not answer:
            if question or not (self._has_answered or parent):
                self._unclear.append(Unclear(place, "no_answer"))
            self._has_answered = True
            return
        self._has_answered = True
        asked = question or (self._path[-1][1] if self._path else "")
        if not asked:
            self._unclear.append(Unclear(shortened(answer, 80), "no_question"))
            return
        self._add(asked, answer, place, above=self._path if question else self._path[:-1])

    def _add(self, asked: str, answer: str, place: str, above: list[tuple[int, str]]) -> None:
        if len(asked) > LONGEST_QUESTION or len(answer) > LONGEST_ANSWER:
            self._unclear.append(Unclear(place, "too_long"))
            return
        category = _NUMBER.sub("", above[-1][1]) if above else self._title
        question = _NUMBER.sub("", asked) or asked
        self.found.append(Found(place, place, question, answer, shortened(category, LONGEST_CATEGORY)))
