"""Queues, the rule by which among many the one is chosen, and opening hours."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct, field

from tandem.kit.opening import Opening
from tandem.routing.model import Kind

Criterion = Literal["last_agent", "keeper", "expertise", "least_loaded", "longest_idle"]
CRITERIA: tuple[Criterion, ...] = ("last_agent", "keeper", "expertise", "least_loaded", "longest_idle")
LONGEST_OFFER = timedelta(minutes=10)
MAIN = UUID("00000000-0000-7000-8000-000000000001")  # takes what no other queue takes; made by the migration


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """After so many seconds this level is enough; 0: not asked any more."""

    after: int
    level: int


class Need(Struct, frozen=True, forbid_unknown_fields=True):
    """An expertise that is asked at a level from 1 to 5. Without steps it is required for ever; with a last step to 0 it is
    preferred: the ring of those who may take the customer grows while he waits."""

    expertise: UUID
    level: int
    steps: tuple[Step, ...] = ()


class TeamFrom(Struct, frozen=True, forbid_unknown_fields=True):
    """This team may take from the queue once somebody has waited so many seconds in it."""

    team: UUID
    after: int = 0


class Takes(Struct, frozen=True, forbid_unknown_fields=True):
    """Which conversations come here by themselves. An empty list asks nothing; of those that are set, all must fit. With nothing
    set at all only what flows over from another queue comes, and to the main queue what no other takes."""

    channels: tuple[UUID, ...] = ()
    reasons: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.channels or self.reasons or self.languages or self.tiers)


class Overflow(Struct, frozen=True, forbid_unknown_fields=True):
    """What happens `when` the queue is closed, full, without anybody who could ever take it, or somebody has `waited` for
    `after` seconds: on to another queue, made into a message that is answered later, or asked whether to be called."""

    when: Literal["closed", "full", "nobody", "waited"]
    to: Literal["queue", "message", "callback"]
    queue: UUID | None = None
    after: int = 0


class QueueConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """All durations in seconds. `language_after`: so long only those who speak the customer's language; None: for ever.
    `target`: whoever waits is due then; the earliest due is next, over all queues that an agent serves."""

    takes: Takes = Takes()
    needs: tuple[Need, ...] = ()
    teams: tuple[TeamFrom, ...] = ()
    language_after: int | None = 60
    target: int = 60
    offer_seconds: int = 25
    wrap_up_seconds: int = 0
    most_waiting: int | None = None
    hours: UUID | None = None
    overflow: tuple[Overflow, ...] = ()


class Queue(Struct, frozen=True):
    """`name` is empty for the one that was there from the beginning and takes what no other takes."""

    id: UUID
    name: str
    position: int
    active: bool
    version: int
    config: QueueConfig


class HeadStart(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds by which somebody is due earlier. Bounded, so that whoever waits longer than the largest of them is always next."""

    tier: dict[str, int] = field(default_factory=dict)
    emotion: dict[str, int] = field(default_factory=lambda: {"angry": 45, "disappointed": 15, "anxious": 15})
    urgency: dict[str, int] = field(default_factory=lambda: {"2": 30, "3": 90})


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """How one is chosen of those who may. `order`: the first criterion that tells two apart decides.

    `sticky_seconds`: so long a customer waits for whoever helped him last, within `sticky_days`; never for one who is not there.
    `exploration`: the part of choices made at random among all who may, so that the log can tell what another rule would
    have done; 0 is the rule alone. `weights`: what each kind costs of an agent's units. `again_after`: an agent who let a
    customer pass is not offered the same one for so long. `missed_before_away`: who misses so many offers in a row is set on
    a break. `absent_after`: whose console has been gone so long is offline, and those who wait for him go back to the queue.
    """

    order: tuple[Criterion, ...] = CRITERIA
    sticky_seconds: int = 20
    sticky_days: int = 7
    exploration: float = 0.0
    weights: dict[Kind, int] = field(default_factory=lambda: {"chat": 10, "ticket": 3, "call": 60})
    head_start: HeadStart = field(default_factory=HeadStart)
    again_after: int = 60
    missed_before_away: int = 3
    absent_after: int = 120
    message_target: int = 8 * 3600


class VersionedRule(Struct, frozen=True):
    version: int
    rule: Rule


class Hours(Struct, frozen=True):
    id: UUID
    name: str
    opening: Opening
