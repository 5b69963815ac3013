"""The lessons: labelled sentences and short talks, read from the files in `lessons/`; and those of moods alone, in `moods/`."""

import tomllib
from importlib import resources

import msgspec
from msgspec import Struct

from tandem.assistant.triage.model import Emotion, Reason
from tandem.assistant.triage.talk import Turn

BETWEEN_SPEAKERS = " | "


class Lesson(Struct, frozen=True):
    """One talk and what is to be read from it. `reason` None: nobody is needed. `urgency` 0 to 3, as in `Triage`."""

    talk: tuple[Turn, ...]
    reason: Reason | None
    emotion: Emotion
    urgency: int


class Mood(Struct, frozen=True):
    """A talk that teaches how its customer feels, and says nothing of whether anybody is needed."""

    talk: tuple[Turn, ...]
    emotion: Emotion


class _Group(Struct, frozen=True, forbid_unknown_fields=True):
    emotion: Emotion
    urgency: int
    lines: str
    reason: Reason | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    lesson: list[_Group]


def lessons() -> list[Lesson]:
    """All lessons, in the order of file names. Raises `msgspec.ValidationError` on an unknown label."""
    return [lesson for text in _files("lessons") for lesson in _lessons_in(text)]


def moods() -> list[Mood]:
    """All moods, in the order of file names. Raises `msgspec.ValidationError` on an unknown emotion."""
    return [
        Mood(talk_of(line.split(BETWEEN_SPEAKERS)), emotion)
        for text in _files("moods")
        for emotion, lines in msgspec.convert(tomllib.loads(text), dict[Emotion, str]).items()
        for line in lines.strip().splitlines()
    ]


def _files(folder: str) -> list[str]:
    inside = resources.files(__package__).joinpath(folder).iterdir()
    return [it.read_text("utf-8") for it in sorted(inside, key=lambda it: it.name) if it.name.endswith(".toml")]


def _lessons_in(text: str) -> list[Lesson]:
    groups = msgspec.convert(tomllib.loads(text), _File).lesson
    return [
        Lesson(talk_of(line.split(BETWEEN_SPEAKERS)), group.reason, group.emotion, group.urgency)
        for group in groups
        for line in group.lines.strip().splitlines()
    ]


def talk_of(said: list[str]) -> tuple[Turn, ...]:
    """Speakers take turns and the customer speaks last: with an even number of parts the assistant spoke first."""
    opened = said if len(said) % 2 == 0 else ["", *said]
    return tuple(Turn(before, text) for before, text in zip(opened[::2], opened[1::2], strict=True))
