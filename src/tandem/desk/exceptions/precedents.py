"""What was decided in like cases: beside the form of whoever asks or decides."""

from statistics import median_low
from uuid import UUID

from tandem.desk.exceptions import store
from tandem.desk.exceptions.model import Precedents
from tandem.desk.exceptions.store import Like
from tandem.infra.db import Connection
from tandem.kit.text import sought
from tandem.timeline.model import ExceptionKind, Money

_LOOKED_AT = 200
_SHOWN = 5
_TIMES = 3  # a like case costs between a third of this one and three times as much
_MOST_WORDS = 60


async def precedents(
    db: Connection, kind: ExceptionKind, words: str, tier: str, cost: Money, but: UUID | None = None
) -> Precedents:
    """Like: of the same kind, of like cost, and sharing a word with `words` where there are any. `but`: the case itself, which is no
    precedent for itself."""
    low, high = cost.amount // _TIMES, cost.amount * _TIMES
    wanted = sought(words)[:_MOST_WORDS]
    if wanted:
        found = await store.like_words(db, kind, cost.currency, low, high, wanted, _LOOKED_AT, but)
    else:
        found = await store.like_amount(db, kind, cost.currency, low, high, _LOOKED_AT, but)
    same = [it for it in found if it.tier == tier]
    amounts = [it.granted_amount for it in found if it.state == "granted" and it.granted_amount is not None]
    return Precedents(
        len(found), _granted(found), median_low(amounts) if amounts else None, tier, len(same), _granted(same),
        [it.precedent() for it in found[:_SHOWN]],
    )  # fmt: skip


def _granted(cases: list[Like]) -> int:
    return sum(it.state == "granted" for it in cases)
