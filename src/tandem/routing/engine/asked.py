"""What a queue asks of an agent at a moment: the rings that grow while somebody waits. Pure."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from tandem.routing.model import Kind
from tandem.routing.queues.model import HeadStart, Queue, QueueConfig, Takes


class Asked(Struct, frozen=True):
    """`teams` empty: anybody; `speaks` empty: any language. `next_after`: when, in seconds of waiting, the next ring begins."""

    ring: int
    expertise: tuple[UUID, ...]
    levels: tuple[int, ...]
    teams: tuple[UUID, ...]
    speaks: str
    next_after: int | None

    def lane(self, queue: UUID, kind: Kind) -> str:
        """All who wait in one lane ask the same of an agent, so whether he may take the first tells it of all of them."""
        text = f"{queue} {kind} {self.expertise} {self.levels} {self.teams} {self.speaks}"
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def asked(config: QueueConfig, language: str, waited: float) -> Asked:
    """After `waited` seconds in the queue."""
    edges = sorted(
        {step.after for need in config.needs for step in need.steps}
        | {it.after for it in config.teams}
        | ({config.language_after} if config.language_after is not None else set())
    )
    levels = {need.expertise: _level(need.level, [(it.after, it.level) for it in need.steps], waited) for need in config.needs}
    wanted = sorted((it, level) for it, level in levels.items() if level > 0)
    teams = tuple(sorted(it.team for it in config.teams if it.after <= waited))
    if config.teams and not teams:  # before the first team may, nobody would: the first ring is never empty
        first = min(it.after for it in config.teams)
        teams = tuple(sorted(it.team for it in config.teams if it.after == first))
    language_matters = config.language_after is None or waited < config.language_after
    return Asked(
        ring=sum(1 for edge in edges if 0 < edge <= waited),
        expertise=tuple(it for it, _ in wanted),
        levels=tuple(level for _, level in wanted),
        teams=teams,
        speaks=language if language_matters else "",
        next_after=next((edge for edge in edges if edge > waited), None),
    )


def widest(config: QueueConfig, language: str) -> Asked:
    """The last ring: whoever does not fit into it can never take this customer."""
    return asked(config, language, float("inf"))


def _level(level: int, steps: list[tuple[int, int]], waited: float) -> int:
    for after, lower in sorted(steps):
        if after <= waited:
            level = lower
    return level


def due(
    config: QueueConfig, head_start: HeadStart, entered: datetime, tier: str | None, emotion: str | None, urgency: int
) -> datetime:
    """When somebody should have a person. Whoever is due first is next: of all orders this keeps the largest lateness smallest
    (J. R. Jackson, Scheduling a production line to minimize maximum tardiness, UCLA 1955). A head start in seconds is the same
    as having come earlier, so the order does not change while people wait, and an index holds it."""
    ahead = head_start.tier.get(tier or "", 0) + head_start.emotion.get(emotion or "", 0) + head_start.urgency.get(str(urgency), 0)
    return entered + timedelta(seconds=config.target - ahead)


def queue_for(queues: list[Queue], channel: UUID, reason: str | None, language: str, tier: str | None) -> Queue:
    """The first active queue that takes it; the last of the list takes everything. `queues`: in order, never empty."""
    for queue in queues:
        if queue.active and _takes(queue.config.takes, channel, reason or "", language, tier or ""):
            return queue
    return queues[-1]


def _takes(takes: Takes, channel: UUID, reason: str, language: str, tier: str) -> bool:
    return not takes.nothing and all(
        not wanted or found in wanted
        for wanted, found in ((takes.channels, channel), (takes.reasons, reason), (takes.languages, language), (takes.tiers, tier))
    )
