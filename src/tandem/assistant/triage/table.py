"""The cue tables: what customers write and what it points to, as weighted patterns that a person can read and change."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from tandem.assistant.triage.model import Sign
from tandem.assistant.triage.typos import mend
from tandem.knowledge.traditional import simplified
from tandem.knowledge.words import fold, han_and_latin

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BESIDE_HAN = re.compile(rf"(?<=[{_HAN},。!?]) +| +(?=[{_HAN}])")
_SPACES = re.compile(r"[ \t\n]+")
_STRETCHED = re.compile(r"([a-z!?。,])\1{2,}")
_CLOSERS = str.maketrans({"、": ",", ";": ",", "~": " "})

ENOUGH = 2.0

Part = Literal["signs", "emotion", "feedback", "urgency", "intents"]
_FILES: dict[str, tuple[str, tuple[Part, ...]]] = {
    "cues": ("tandem.assistant.triage", ("signs", "emotion", "feedback", "urgency")),
    "intents": ("tandem.assistant.understanding", ("intents",)),
}


class Cue:
    """One line of a table."""

    __slots__ = ("example", "pattern", "points_to", "weight")

    def __init__(self, points_to: str, weight: float, pattern: re.Pattern[str], example: str) -> None:
        self.points_to = points_to
        self.weight = weight
        self.pattern = pattern
        self.example = example


def prepared(text: str, table: str) -> str:
    """A text as the patterns of a table expect it."""
    flat = fold(text).translate(_CLOSERS)
    if table == "zh":
        return _BESIDE_HAN.sub("", _SPACES.sub(" ", flat)).strip()
    return mend(_STRETCHED.sub(r"\1\1\1", _SPACES.sub(" ", flat.replace("'", "")))).strip()


@lru_cache(maxsize=8192)
def signs(text: str, part: Part = "signs") -> tuple[Sign, ...]:
    """Every cue of one part of the tables that a text shows. A text in both languages is read with both tables."""
    han, latin = han_and_latin(fold(text))
    tables = [name for name, words in (("zh", han), ("en", latin)) if words] or ["zh"]
    return tuple(sign for table in tables for sign in _shown(prepared(text, table), cues(table)[part]))


def total(found: tuple[Sign, ...], points_to: str) -> float:
    """What all signs of one kind add up to. Those in favour count up to ENOUGH: 「先不用转人工」 shows a wish in three ways
    and one refusal, and the refusal is what was meant."""
    weights = [sign.weight for sign in found if sign.points_to == points_to]
    return min(ENOUGH, sum(w for w in weights if w > 0)) + sum(w for w in weights if w < 0)


def _shown(text: str, lines: tuple[Cue, ...]) -> list[Sign]:
    return [Sign(cue.points_to, cue.weight, match.group(0)[:60]) for cue in lines if (match := cue.pattern.search(text))]


@cache
def cues(table: str) -> dict[Part, tuple[Cue, ...]]:
    """The tables of one language ("zh" or "en"), compiled. Raises `ValueError` naming the line when a pattern cannot be
    read."""
    read: dict[Part, tuple[Cue, ...]] = {}
    for name, (package, parts) in _FILES.items():
        raw = tomllib.loads(resources.files(package).joinpath(f"{name}.{table}.toml").read_text("utf-8"))
        read |= {part: _compiled(raw[part], raw["words"]) for part in parts}
    return read


def _compiled(lines: dict[str, list[tuple[float, str, str]]], words: dict[str, str]) -> tuple[Cue, ...]:
    return tuple(
        Cue(points_to, weight, _pattern(pattern, words, example), example)
        for points_to, group in lines.items()
        for weight, pattern, example in group
    )


def _pattern(written: str, words: dict[str, str], example: str) -> re.Pattern[str]:
    for name, ways in words.items():
        written = written.replace(f"{{{name}}}", ways)
    try:
        return re.compile(simplified(written))  # texts are folded, and so a table may be written either way
    except re.error as wrong:
        raise ValueError(f"the line of {example!r} is not a pattern: {wrong}") from wrong
