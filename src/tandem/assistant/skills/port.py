"""A skill as the assistant sees it: one typed description, whatever system stands behind it."""

from typing import Generic, Literal, TypeVar

from msgspec import Struct

from tandem.timeline.model import Outcome, SkillCalled

Lang = Literal["zh", "en"]
Who = Literal["assistant", "administrator", "desk"]
Kind = Literal["text", "integer", "number", "boolean", "date", "choice"]
GivenBy = Literal["customer", "identity", "fixed", "grant"]
T = TypeVar("T")
MASK = "••••"


class Title(Struct, frozen=True):
    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class Option(Struct, frozen=True):
    """One of the values that a parameter may have, and what its button says."""

    value: str
    title: Title


class Parameter(Struct, frozen=True):
    """Something a skill must be told. What is `private` goes to the business system and nowhere else.

    `given_by`: asked of the customer; or the business system's id of the customer, as the host page proved it; or `fixed`; or the
    amount that somebody with the authority granted, in minor units.
    `ask` is the question for it, `find` patterns whose first group is the value where a message names it unasked.
    `least` and `most` bound numbers; `shortest` and `longest` count characters; `pattern` must fit the whole value.
    """

    name: str
    title: Title
    private: bool = False
    kind: Kind = "text"
    required: bool = True
    given_by: GivenBy = "customer"
    fixed: str = ""
    ask: Title | None = None
    find: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    pattern: str = ""
    shortest: int = 1
    longest: int = 200
    least: float | None = None
    most: float | None = None


class Skill(Struct, frozen=True):
    """`personal`: tells of or changes what is one customer's, who must have proven who he is. `confirm`: the customer must have
    said yes to the details. `seconds` is for all tries together; a write is only tried again when it is `repeatable`: when it
    carries an idempotency key that makes the second try harmless. `hides` names fields of the result that nobody is shown.
    `audience`: only customers of one of these groups may have it used (as of an article: "guest", "signed_in", or a tier); empty: all. What is
    for the `desk` carries out exceptions that were granted, and is offered to no customer unless it is for the assistant too.
    """

    name: str
    title: Title
    slots: tuple[Parameter, ...]
    description: str = ""
    personal: bool = False
    writes: bool = False
    confirm: bool = False
    repeatable: bool = False
    who: tuple[Who, ...] = ("assistant", "administrator")
    seconds: float = 2.0
    tries: int = 2
    hides: frozenset[str] = frozenset()
    audience: tuple[str, ...] = ()


class Leave(Struct, frozen=True):
    """What entitles a call. `proven`: the customer showed who he is (or the call itself carries the proof, which the business
    system checks). `key`: the idempotency key of the details that the customer, or who granted an exception, said yes to."""

    who: Who = "assistant"
    proven: bool = False
    key: str | None = None


class Refused(Exception):
    """The business system does not do this for this customer. `detail` is its reason in the customer's language, if it gave
    one; `problem` the name of it."""

    def __init__(self, detail: str = "", problem: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.problem = problem


class NotThere(Exception):
    """What was asked for does not exist."""


class Failed(Exception):
    """The business system did not answer, or not sensibly. The message is for the trace and holds nothing personal."""


class NotPermitted(Exception):
    """A call that its skill's description forbids. A fault of ours: whoever calls must have seen to it before."""


class Called(Struct, Generic[T], frozen=True):
    """What came of a call: `found` is set exactly when the outcome is ok. `entry` goes to the timeline. `detail` and `problem`:
    why the business system refused."""

    outcome: Outcome
    found: T | None
    entry: SkillCalled
    detail: str = ""
    problem: str = ""


def masked(skill: Skill, arguments: dict[str, str]) -> dict[str, str]:
    """The arguments as the timeline may hold them."""
    private = {slot.name for slot in skill.slots if slot.private}
    return {name: MASK if name in private else value for name, value in arguments.items()}
