"""Golden conversations as they are written down: what a customer says, turn by turn, and what must come of it.

A file is YAML (one conversation, or several with `---` between them) or JSON (one). `{order}` and the like, in what is said and what
is expected, stand for what `given` or the business system for trials says.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import yaml
from msgspec import Meta, Struct, field

from tandem.assistant.evaluate.unreadable import Unreadable
from tandem.assistant.model import Decision
from tandem.assistant.triage.model import Reason

KINDS = (".yaml", ".yml", ".json")
_WHERE = re.compile(r"^(?P<why>.*) - at `\$(?P<way>.*)`$", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out is not judged. `says`: all of these stand in the answer, `never`: none of them. `skills`: those called in this
    turn with a good outcome, in any order; an empty list says that none was called. `sources`: titles of what the answer cites."""

    decision: Decision | None = None
    reason: Reason | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    skills: tuple[str, ...] | None = None
    sources: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """Either words or a button pressed, named by a part of its label."""

    says: str = ""
    presses: str = ""
    expect: Expected = Expected()

    def __post_init__(self) -> None:
        if bool(self.says) == bool(self.presses):
            raise ValueError("a step either `says` or `presses` something")


class OrderState(Struct, frozen=True, forbid_unknown_fields=True):
    """How an order of the business system stands, such as "cancelled". `digits`: the last four of its phone number, as proof."""

    order: str
    digits: str
    state: str


class End(Struct, frozen=True, forbid_unknown_fields=True):
    """How it stands in the end: who has the conversation, whether the customer proved who he is, which skills were called with a good
    outcome in all of it (each as often as it stands here, in any order), and what became of orders."""

    owner: Literal["assistant", "queue"] | None = None
    verified: bool | None = None
    skills: tuple[str, ...] | None = None
    orders: tuple[OrderState, ...] = ()


class Golden(Struct, frozen=True, forbid_unknown_fields=True):
    """`customer`: the shop's id of one whom the page vouches for; `product`: the shop's id of what he looks at. `given`: what `{name}`
    stands for."""

    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    name: str = ""
    locale: Literal["zh-CN", "en"] = "zh-CN"
    customer: str | None = None
    product: str | None = None
    given: dict[str, str] = field(default_factory=dict)
    end: End = End()


def read_goldens(folder: Path) -> list[Golden]:
    """All of a folder, by name. Raises `Unreadable`."""
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in KINDS)
    found = [golden for path in paths for golden in read_golden(path)]
    if not found:
        raise Unreadable(folder, 1, "there is no golden conversation (*.yaml, *.json)")
    return found


def read_golden(path: Path) -> list[Golden]:
    """The conversations of a file; without a name they are called after it. Raises `Unreadable`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(path, 1, error.strerror or "cannot be opened") from None
    except UnicodeDecodeError as error:
        raise Unreadable(path, error.object[: error.start].count(b"\n") + 1, "not UTF-8") from None
    read = _read_json(path, text) if path.suffix.lower() == ".json" else _read_yaml(path, text)
    names = [path.stem if len(read) == 1 else f"{path.stem} {place}" for place in range(1, len(read) + 1)]
    return [msgspec.structs.replace(it, name=it.name or name) for it, name in zip(read, names, strict=True)]


def _read_json(path: Path, text: str) -> list[Golden]:
    try:
        return [msgspec.json.decode(text, type=Golden)]
    except msgspec.ValidationError as wrong:
        with _told(path):  # JSON is YAML too, as far as places are concerned
            raise Unreadable(path, _line(_composed(path, text), wrong), str(wrong)) from None
    except msgspec.DecodeError as wrong:
        raise Unreadable(path, _line_of_byte(text.encode(), str(wrong)), str(wrong)) from None


def _read_yaml(path: Path, text: str) -> list[Golden]:
    with _told(path):
        nodes, raws = _composed(path, text), list(yaml.safe_load_all(text))
    found = []
    for node, raw in zip(nodes, raws, strict=True):
        try:
            found.append(msgspec.convert(raw, Golden))
        except msgspec.ValidationError as wrong:
            raise Unreadable(path, _line([node], wrong), str(wrong)) from None
    return found


def _composed(path: Path, text: str) -> list[yaml.Node]:
    """The documents with the places at which things stand. Aliases are refused: a few lines of them can stand for more than any memory
    holds."""
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) and event.start_mark:
            raise Unreadable(path, event.start_mark.line + 1, "aliases (*name) are not read")
    return list(yaml.compose_all(text, yaml.SafeLoader))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What is no YAML becomes `Unreadable`."""
    try:
        yield
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise Unreadable(path, mark.line + 1 if mark else 1, f"not YAML: {wrong.problem or wrong.context}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:  # a date that is none is a `ValueError`
        raise Unreadable(path, 1, f"not YAML: {type(wrong).__name__}") from None


def _line(nodes: Sequence[Any], wrong: msgspec.ValidationError) -> int:
    """Where that stands of which msgspec says the way, such as `$.steps[0].expect`."""
    said = _WHERE.match(str(wrong))
    node = nodes[0] if nodes else None
    for key, place in _STEP.findall(said["way"] if said else ""):
        inner = _inside(node, key, place)
        if inner is None:
            break
        node = inner
    return node.start_mark.line + 1 if node is not None else 1


def _inside(node: Any, key: str, place: str) -> Any:
    if isinstance(node, yaml.MappingNode) and key:
        return next((value for name, value in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and place.isdigit() and int(place) < len(node.value):
        return node.value[int(place)]
    return None


def _line_of_byte(text: bytes, wrong: str) -> int:
    """Where a JSON file stops being readable, if the message says so (it ends in "(byte N)")."""
    _, _, place = wrong.rpartition("byte ")
    digits = place.rstrip(")")
    return text[: int(digits)].count(b"\n") + 1 if digits.isdigit() else 1
