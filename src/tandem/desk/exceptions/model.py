"""What an exception is: a request to go beyond the rules for a customer, decided by somebody with the authority."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct, field

from tandem.access.model import Role
from tandem.kit.errors import Language
from tandem.timeline.model import ExceptionKind, Money, SkillCalled

State = Literal["waiting", "granted", "refused", "lapsed", "withdrawn", "closed"]
Carried = Literal["running", "done", "failed", "by_hand"]
CarriedWhy = Literal["refused", "unclear", "gone"]
StepKind = Literal[
    "asked", "approved", "escalated", "granted", "within_authority", "changed", "refused", "lapsed", "withdrawn", "closed",
    "carried_out", "not_carried_out", "left_to_people", "tried_again", "done_by_hand",
]  # fmt: skip
Verdict = Literal["granted", "changed", "refused"]
LimitKind = Literal["any", "refund", "discount", "replacement", "extension", "other"]

ROLES: tuple[Role, ...] = ("agent", "supervisor", "administrator")  # by rising authority


class ExceptionStep(Struct, frozen=True):
    """What happened to a request. `for_name`: the colleague who was away and for whom `by_name` decided. `level`: who must
    decide from here on."""

    at: datetime
    what: StepKind
    by_name: str | None
    for_name: str | None
    level: Role
    reason: str


class Exceptional(Struct, frozen=True):
    """A request and how it stands. `cost` is what it costs the house, in minor units. `level` is the role that must decide by
    `due_at`. `granted_what` and `granted_cost` are there when something was granted. `skill`: the one that carries it out, ""
    when a person does; `given`: what it is told besides the amount. `carried`: what became of it there; `by_hand` when a person
    must do it. `carried_why`, when it failed: the system `refused`, or whether it was done is `unclear`, or the skill is
    `gone`."""

    id: UUID
    conversation: UUID
    contact_name: str
    kind: ExceptionKind
    what: str
    why: str
    cost: Money
    by: UUID
    by_name: str
    at: datetime
    state: State
    level: Role
    due_at: datetime
    version: int
    tier: str
    language: str
    decided_at: datetime | None
    granted_what: str | None
    granted_cost: Money | None
    carried: Carried | None
    carried_detail: str
    carried_why: CarriedWhy | None
    skill: str
    given: dict[str, str]


class RemedyLine(Struct, frozen=True):
    """What the skill is told, as colleagues read it."""

    title: str
    value: str


class ExceptionView(Struct, frozen=True):
    """A request with its steps, and whether the caller may decide on it now. `remedy`: the skill that carries it out, None when a
    person does. `may_carry`: the caller may try it again or say that he did it by hand."""

    exception: Exceptional
    steps: list[ExceptionStep]
    may_decide: bool
    remedy: str | None
    remedy_lines: list[RemedyLine]
    may_carry: bool


class RemedySlot(Struct, frozen=True):
    """What whoever proposes must say. With `options` it is one of them."""

    name: str
    title: str
    required: bool
    options: list[str]


class Remedy(Struct, frozen=True):
    """A skill by which a request can be carried out once it is granted."""

    name: str
    title: str
    slots: list[RemedySlot]


class Propose(Struct, frozen=True, forbid_unknown_fields=True):
    """`cost` in minor units of `currency` (ISO 4217): 3500 CNY is ¥35.00. `skill`: by which it is carried out once granted, with
    what it is `given`; "" when a person does it."""

    kind: ExceptionKind
    what: str
    why: str
    cost: int
    currency: str
    skill: str = ""
    given: dict[str, str] = field(default_factory=dict)


class Decide(Struct, frozen=True, forbid_unknown_fields=True):
    """`version` is the one the caller saw. `what`, `cost` and `by_hand` are for `changed` alone: what is granted in its place, and
    that a person carries it out although a skill was proposed."""

    version: int
    verdict: Verdict
    reason: str
    what: str | None = None
    cost: int | None = None
    by_hand: bool = False


class ExceptionLimit(Struct, frozen=True, forbid_unknown_fields=True):
    """Up to `own` minor units a role needs nobody; up to `grants` it may grant what others ask for (None: without a bound). It
    has `minutes` to decide. A row for a kind goes before the one for `any`."""

    role: Role
    kind: LimitKind
    currency: str
    own: int
    grants: int | None
    minutes: int


class Precedent(Struct, frozen=True):
    """A case that was decided. `reason` is why."""

    id: UUID
    conversation: UUID
    state: State
    what: str
    why: str
    cost: Money
    granted_cost: Money | None
    tier: str
    decided_at: datetime
    reason: str


class Precedents(Struct, frozen=True):
    """Like cases: `granted` of `decided`, the middle amount of those granted in minor units (None: none was), the same for
    customers of this tier alone, and the likest few."""

    decided: int
    granted: int
    median: int | None
    tier: str
    tier_decided: int
    tier_granted: int
    cases: list[Precedent]


class ExceptionDifference(Struct, frozen=True):
    """How one group of customers fares. `median`: of the amounts granted, in minor units."""

    by: Literal["tier", "language", "channel"]
    group: str
    kind: ExceptionKind
    currency: str
    decided: int
    granted: int
    median: int | None


class ExceptionDelegate(Struct, frozen=True):
    """Who decides for somebody while he is away."""

    user: UUID
    delegate: UUID
    name: str


class Grant(Struct, frozen=True):
    """What a business system is asked to carry out. The same `id` may come twice, after a crash or when it is tried again: it is
    one grant. `customer` is the business system's id of the customer, if it was proven. `spoken` is the language of the
    customer, `read` that of the colleague who asked."""

    id: UUID
    kind: ExceptionKind
    what: str
    amount: Money
    skill: str = ""
    given: dict[str, str] = field(default_factory=dict)
    customer: str | None = None
    spoken: Language = "zh"
    read: Language = "zh"


class Outcome(Struct, frozen=True):
    """`by_hand`: no system does this, a person must. `detail` is for colleagues and holds no secret, `said` for the customer in
    his language. `entry` goes to the timeline."""

    carried: Literal["done", "failed", "by_hand"]
    detail: str = ""
    why: CarriedWhy | None = None
    said: str = ""
    entry: SkillCalled | None = None


# How a grant reaches a business system. It does not raise for a refusal: that is an outcome.
CarryOut = Callable[[Grant], Awaitable[Outcome]]
