"""Who called which skill, and what came of it: collected beside the turns, so that none of them waits for it."""

from collections import deque

from tandem.assistant.skills import store
from tandem.assistant.skills.port import Leave, Skill
from tandem.assistant.skills.store import KeptCall
from tandem.infra.db import Database
from tandem.infra.numbers import Numbers
from tandem.kit.clock import Clock
from tandem.kit.ids import new_id
from tandem.timeline.model import SkillCalled

_MOST_WAITING = 5_000
_LONGEST_SUMMARY = 200
_AT_ONCE = 1_000


class Ledger:
    """What was noted is stored by `flush`, which is called every few seconds; a crash loses those seconds of it. The timeline,
    which is the record of truth, has each call anyway."""

    def __init__(self, clock: Clock, numbers: Numbers) -> None:
        self._clock = clock
        self._numbers = numbers
        self._waiting: deque[KeptCall] = deque(maxlen=_MOST_WAITING)

    def note(self, skill: Skill, entry: SkillCalled, leave: Leave) -> None:
        """Only of failures is the summary kept: a result may be personal."""
        now = self._clock.now()
        self._numbers.skills.labels(skill.name, entry.outcome).inc()
        summary = entry.summary[:_LONGEST_SUMMARY] if entry.outcome == "failed" else ""
        self._waiting.append(
            KeptCall(new_id(now), skill.name, leave.who, entry.outcome, entry.ms, _unsaid(skill, entry), summary, now)
        )

    async def flush(self, db: Database) -> None:
        while self._waiting:
            calls = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
            async with db.write() as tx:
                await store.keep_calls(tx.db, calls)


def _unsaid(skill: Skill, entry: SkillCalled) -> dict[str, str]:
    """Which arguments were given. Of a personal skill not what they were: this record outlives the conversation."""
    return dict.fromkeys(entry.arguments, "…") if skill.personal else entry.arguments
