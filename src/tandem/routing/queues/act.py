"""Setting queues, the rule and hours. What cannot work is refused with the place where it goes wrong."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from tandem.access.model import User
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.errors import InvalidInput, NotFound, VersionConflict
from tandem.kit.ids import new_id
from tandem.kit.text import clean
from tandem.routing.agents.model import AgentProfile
from tandem.routing.engine.asked import widest
from tandem.routing.looks.act import look_at
from tandem.routing.queues import store
from tandem.routing.queues.model import CRITERIA, LONGEST_OFFER, MAIN, Hours, Need, Queue, QueueConfig, Rule

_DAY = 86_400
_MOST_LISTED = 50


async def put_queue(tx: Tx, bus: Bus, by: User, queue: Queue, now: datetime) -> Queue:
    """A new queue at version 1, or the next version of a known one. Raises `InvalidInput`, `VersionConflict`."""
    others = [it for it in await store.queues(tx.db) if it.id != queue.id]
    _check_name(queue)
    _check(queue.config)
    _check_overflow(queue, others)
    saved = await store.put_queue(tx.db, queue)
    if saved is None:
        raise VersionConflict
    await audit.record(tx.db, by.id, "routing.queue", str(queue.id), {"version": str(queue.version)}, now)
    # Rings and needs may be others now: everybody who waits there is looked at again.
    await look_at(tx, bus, *((it, "wait", now) for it in await store.waiting_in(tx.db, [queue.id])))
    tx.after(lambda: bus.tell("queue", None))
    return saved


def _check_name(queue: Queue) -> None:
    if queue.id == MAIN:
        if queue.name or not queue.active or not queue.config.takes.nothing:
            raise InvalidInput.field("name", "the queue that takes what no other takes")
    elif not 1 <= len(clean(queue.name)) <= 60:
        raise InvalidInput.field("name", "1–60")


def _check(config: QueueConfig) -> None:
    limits = {
        "target": (1, 30 * _DAY), "offer_seconds": (5, int(LONGEST_OFFER.total_seconds())), "wrap_up_seconds": (0, 3600), "language_after": (0, _DAY),
        "most_waiting": (1, 100_000),
    }  # fmt: skip
    for field, (least, most) in limits.items():
        value = getattr(config, field)
        if value is not None and not least <= value <= most:
            raise InvalidInput.field(field, f"{least}–{most}")
    for field in ("needs", "teams", "overflow"):
        if len(getattr(config, field)) > _MOST_LISTED:
            raise InvalidInput.field(field, f"0–{_MOST_LISTED}")
    if any(not _is_sane(need) for need in config.needs):
        raise InvalidInput.field("needs", "1–5, falling")
    if len({need.expertise for need in config.needs}) != len(config.needs):
        raise InvalidInput.field("needs", "twice")
    if any(not 0 <= it.after <= _DAY for it in config.teams):
        raise InvalidInput.field("teams", f"0–{_DAY}")


def _is_sane(need: Need) -> bool:
    """Each step comes later and asks less."""
    levels = [need.level, *(it.level for it in need.steps)]
    after = [0, *(it.after for it in need.steps)]
    falling = all(a > b for a, b in pairwise(levels))
    later = all(a < b for a, b in pairwise(after))
    return 1 <= need.level <= 5 and levels[-1] >= 0 and falling and later and after[-1] <= _DAY


def _check_overflow(queue: Queue, others: list[Queue]) -> None:
    known = {it.id: it for it in others}
    for overflow in queue.config.overflow:
        if not 0 <= overflow.after <= 30 * _DAY:
            raise InvalidInput.field("overflow", f"0–{30 * _DAY}")
        if overflow.to == "queue" and overflow.queue not in known:
            raise InvalidInput.field("overflow", "unknown queue")
    if queue.id in _reached(queue, known):
        raise InvalidInput.field("overflow", "circle")


def _reached(queue: Queue, known: dict[UUID, Queue]) -> set[UUID]:
    """All queues that somebody could get into from this one. At run time a circle would end too; a circle is never meant."""
    reached: set[UUID] = set()
    ahead = [it.queue for it in queue.config.overflow if it.queue]
    while ahead:
        target = ahead.pop()
        if target not in reached:
            reached.add(target)
            ahead += [it.queue for it in known[target].config.overflow if it.queue] if target in known else []
    return reached


async def put_rule(tx: Tx, by: User, rule: Rule, version: int, now: datetime) -> None:
    """Raises `InvalidInput`, `VersionConflict`."""
    limits = {
        "sticky_seconds": 600, "sticky_days": 365, "again_after": 3600, "missed_before_away": 100, "absent_after": 3600,
        "message_target": 30 * _DAY,
    }  # fmt: skip
    for field, most in limits.items():
        if not (1 if field in ("missed_before_away", "absent_after") else 0) <= getattr(rule, field) <= most:
            raise InvalidInput.field(field, f"0–{most}")
    if not 0 <= rule.exploration <= 0.5:
        raise InvalidInput.field("exploration", "0–0.5")
    if len(set(rule.order)) != len(rule.order) or len(rule.order) > len(CRITERIA):
        raise InvalidInput.field("order", "each once")
    if any(not 0 <= it <= 10_000 for it in rule.weights.values()):
        raise InvalidInput.field("weights", "0–10000")
    starts = [*rule.head_start.tier.values(), *rule.head_start.emotion.values(), *rule.head_start.urgency.values()]
    if len(starts) > 3 * _MOST_LISTED or any(not 0 <= it <= 3600 for it in starts):
        raise InvalidInput.field("head_start", "0–3600")
    if not await store.put_rule(tx.db, rule, version):
        raise VersionConflict
    await audit.record(tx.db, by.id, "routing.rule", "rule", {"version": str(version + 1)}, now)


async def put_hours(tx: Tx, bus: Bus, by: User, hours: Hours, now: datetime) -> Hours:
    """Raises `InvalidInput`."""
    if not 1 <= len(clean(hours.name)) <= 60:
        raise InvalidInput.field("name", "1–60")
    if len(hours.opening.holidays) > 500 or any(len(it) > 10 for it in hours.opening.week):
        raise InvalidInput.field("holidays", "0–500")
    faults = hours.opening.faults()
    if faults:
        raise InvalidInput(errors=[{"field": it, "message": "unknown"} for it in faults])
    await store.put_hours(tx.db, hours)
    await _changed(tx, bus, by, hours.id, now)
    return hours


async def drop_hours(tx: Tx, bus: Bus, by: User, hours: UUID, now: datetime) -> None:
    """Queues that kept to them are open at all times. Raises `NotFound`."""
    if hours not in {it.id for it in await store.hours(tx.db)}:
        raise NotFound
    await store.drop_hours(tx.db, hours)
    await _changed(tx, bus, by, hours, now)


async def _changed(tx: Tx, bus: Bus, by: User, hours: UUID, now: datetime) -> None:
    await audit.record(tx.db, by.id, "routing.hours", str(hours), {}, now)
    concerned = [it.id for it in await store.queues(tx.db) if it.config.hours == hours]
    await look_at(tx, bus, *((it, "wait", now) for it in await store.waiting_in(tx.db, concerned)))
    tx.after(lambda: bus.tell("queue", None))


def fresh(name: str, position: int, active: bool, config: QueueConfig, now: datetime) -> Queue:
    return Queue(new_id(now), clean(name), position, active, 1, config)


def reachable(config: QueueConfig, people: Sequence[AgentProfile]) -> bool:
    """Whether anybody who works here could take somebody from the queue's last ring, were he there and free."""
    wants = widest(config, "")
    return any(
        (not wants.teams or set(wants.teams) & set(it.profile.teams))
        and it.profile.most_chats + it.profile.most_tickets + it.profile.most_calls > 0
        and all(
            any(has.expertise == expertise and has.level >= level for has in it.profile.expertise)
            for expertise, level in zip(wants.expertise, wants.levels, strict=True)
        )
        for it in people
    )
