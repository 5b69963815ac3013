"""The SQL of waiting, offering and having.

Locks are always taken in this order: conversation, waiting, offer, agent (by id where there are two), users, look. Whoever keeps
to it waits for others but never in a circle.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many, one, sure
from tandem.routing.engine.choose import Candidate
from tandem.routing.engine.model import Left, Newcomer, Waiting
from tandem.routing.model import Kind

_WAITING = """w.subject, w.kind, w.queue_id, w.contact_id, w.language, w.version, w.entered_at, w.queued_at, w.due_at, w.lane,
    w.last_agent, w.keeper, w.held_for, w.held_until, w.offer_id, w.open, w.visited, w.phone, w.proposed, w.low, w.high"""
# Of a waiting `w`, whom nobody is asked about, whether this agent may be asked: he did not just let the customer pass.
_ASKABLE = """w.offer_id is null and w.open and (w.held_until is null or w.held_until <= $1 or w.held_for = a.user_id)
    and not exists (select 1 from offer o where o.subject = w.subject and o.agent_id = a.user_id
                    and o.state in ('declined', 'missed', 'withdrawn') and o.ended_at > $6)"""
_USED = "(a.chats * $3::int + a.tickets * $4::int + a.calls * $5::int)"
# He is there ($1 now, $2 unseen before then), holds no offer, and one more of this kind stays within each of his limits.
_FREE = f"""u.active and u.presence = 'online' and u.seen_at > $2 and (u.wrap_up_until is null or u.wrap_up_until <= $1)
    and a.offered is null
    and case w.kind when 'chat' then a.chats < a.most_chats and {_USED} + $3::int <= a.units
                    when 'ticket' then a.tickets < a.most_tickets and {_USED} + $4::int <= a.units
                    else a.calls < a.most_calls and {_USED} + $5::int <= a.units end"""
_FITS = """(w.speaks = '' or a.languages = '{}' or w.speaks = any(a.languages))
    and (w.teams = '{}' or exists (select 1 from agent_team t where t.user_id = a.user_id and t.team_id = any(w.teams)))
    and (w.expertise = '{}' or not exists (
        select 1 from unnest(w.expertise, w.levels) as need(expertise, level)
        where coalesce((select e.level from agent_expertise e
                        where e.user_id = a.user_id and e.expertise_id = need.expertise), 0) < need.level))"""


# Those who wait ----------------------------------------------------------------------------------------------------------


async def newcomer(db: Connection, conversation: UUID, known_since: datetime) -> Newcomer:
    """`last_agent`: who helped the customer last, since then and to an end. Index: work_of_contact."""
    return await sure(
        db, Newcomer,
        """select c.channel_id as channel, c.contact_id as contact, p.tier, c.language, c.emotion, c.reason, c.urgency, c.waiting_since,
                  (select agent_id from work where contact_id = c.contact_id and until > $2 and ended = 'closed'
                   order by until desc limit 1) as last_agent,
                  (select user_id from contact_keeper k where k.contact_id = c.contact_id) as keeper
           from conversation c join contact p on p.id = c.contact_id where c.id = $1""",
        conversation, known_since,
    )  # fmt: skip


async def enter(
    db: Connection, conversation: UUID, who: Newcomer, *, queue: UUID, version: int, entered: datetime, due: datetime, now: datetime
) -> None:
    """Into the queue, into the book of waiting, and to be looked at."""
    await db.execute(
        """with book as (
               insert into queue_wait (conversation_id, entered_at, queue_id) values ($1, $8, $2) on conflict do nothing),
           seen as (insert into look (subject, what, at) values ($1, 'wait', $8)
                    on conflict (subject) do update set at = least(look.at, $8))
           insert into waiting (subject, kind, queue_id, contact_id, language, version, entered_at, queued_at, due_at, last_agent, keeper,
                                open)
           values ($1, 'chat', $2, $3, $4, $5, $6, $8, $7, $9, $10, false)""",
        conversation, queue, who.contact, who.language, version, entered, due, now, who.last_agent, who.keeper,
    )  # fmt: skip


async def leave(db: Connection, conversation: UUID, outcome: str, at: datetime) -> Left | None:
    """Out of the queue, to be told what the wait was. None for who did not wait. Index: the primary key of queue_wait."""
    return await one(
        db, Left,
        """with gone as (delete from waiting where subject = $1 returning *),
           book as (update queue_wait set left_at = $3, outcome = $2, queue_id = g.queue_id, low = g.low, high = g.high
                    from gone g where conversation_id = $1 and left_at is null)
           select g.kind, g.queue_id, g.phone, g.offer_id, g.entered_at, g.low, g.high, o.agent_id as offered_to
           from gone g left join offer o on o.id = g.offer_id""",
        conversation, outcome, at,
    )  # fmt: skip


async def hold(db: Connection, subject: UUID) -> Waiting | None:
    """Lock whoever waits; None when he does not any more."""
    return await one(db, Waiting, f"select {_WAITING} from waiting w where w.subject = $1 for update", subject)


async def set_asked(
    db: Connection, subject: UUID, *, lane: str, ring: int, expertise: Sequence[UUID], levels: Sequence[int], teams: Sequence[UUID],
    speaks: str, open: bool,
) -> None:  # fmt: skip
    await db.execute(
        """update waiting set lane = $2, ring = $3, expertise = $4, levels = $5, teams = $6, speaks = $7, open = $8
           where subject = $1 and (lane, open) is distinct from ($2, $8)""",
        subject, lane, ring, expertise, levels, teams, speaks, open,
    )  # fmt: skip


async def set_held(db: Connection, subject: UUID, agent: UUID | None, until: datetime | None) -> None:
    await db.execute("update waiting set held_for = $2, held_until = $3 where subject = $1", subject, agent, until)


async def requeue(db: Connection, subject: UUID, queue: UUID, due: datetime, now: datetime) -> None:
    """Into another queue, keeping since when he waits. The one he was in is remembered: nobody goes in circles."""
    await db.execute(
        """update waiting set visited = visited || queue_id, queue_id = $2, queued_at = $4, due_at = $3, lane = '', open = false,
               held_for = null, held_until = null, proposed = '' where subject = $1""",
        subject, queue, due, now,
    )  # fmt: skip


async def put_into(db: Connection, subject: UUID, queue: UUID, due: datetime, now: datetime) -> None:
    """Into the queue that a person chose: where he was before keeps him out of nothing."""
    await db.execute(
        """update waiting set visited = '{}', queue_id = $2, queued_at = $4, due_at = $3, lane = '', open = false,
               held_for = null, held_until = null, proposed = '' where subject = $1""",
        subject, queue, due, now,
    )  # fmt: skip


async def set_kind(db: Connection, subject: UUID, kind: Kind, due: datetime, phone: str | None) -> None:
    """`lane` is asked anew: another kind is another lane."""
    await db.execute(
        """update waiting set kind = $2, due_at = $3, phone = $4, lane = '', open = false, proposed = '', held_for = null,
               held_until = null where subject = $1""",
        subject, kind, due, phone,
    )  # fmt: skip


async def set_proposed(db: Connection, subject: UUID, proposed: str) -> bool:
    done = await db.fetchval(
        "update waiting set proposed = $2 where subject = $1 and proposed <> $2 returning subject", subject, proposed
    )
    return done is not None


async def set_estimate(db: Connection, subject: UUID, low: int, high: int) -> None:
    """The first one counts: it is what the customer decided to wait on."""
    await db.execute("update waiting set low = $2, high = $3 where subject = $1 and low is null", subject, low, high)


async def before(db: Connection, queue: UUID, queued: datetime, subject: UUID) -> int:
    """How many came into the queue earlier. Index: waiting_place."""
    count: int = await db.fetchval(
        "select count(*)::int from waiting where queue_id = $1 and (queued_at, subject) < ($2, $3)", queue, queued, subject
    )
    return count


async def watched_for_nobody(db: Connection) -> list[UUID]:
    """Who waits in a queue in which something happens when nobody is there who could ever take him."""
    rows = await db.fetch(
        """select w.subject from waiting w join routing_queue q on q.id = w.queue_id
           where q.config @> '{"overflow": [{"when": "nobody"}]}'"""
    )
    return [row["subject"] for row in rows]


# Bringing together -------------------------------------------------------------------------------------------------------


class Found(Candidate, frozen=True):
    possible: int


async def candidates(
    db: Connection, subject: UUID, *, now: datetime, seen: datetime, weights: Sequence[int], passed: datetime,
    named: Sequence[UUID], order: Sequence[int], limit: int,
) -> list[Found]:  # fmt: skip
    """The best of those who may take this customer now. `order`: places in (last agent, keeper, expertise, load, idle), first
    things first; 0 where there is none. `possible`: how many they are in all."""
    return await many(
        db, Found,
        f"""select it.agent, it.scores[1] as last_agent, it.scores[2] as keeper, it.scores[3] as expertise, -it.scores[4] as load,
                   it.scores[5] as idle, count(*) over ()::int as possible
            from (select a.user_id as agent, array[
                      (a.user_id = w.last_agent is true)::int, (a.user_id = w.keeper is true)::int,
                      case when $8::uuid[] = '{{}}' then 0 else coalesce((select sum(e.level) from agent_expertise e
                          where e.user_id = a.user_id and e.expertise_id = any($8)), 0) end,
                      -({_USED}::float8 / greatest(a.units, 1)), greatest(extract(epoch from $1 - a.idle_since), 0)]::float8[] as scores
                  from waiting w, agent a join users u on u.id = a.user_id
                  where w.subject = $7 and {_FREE} and {_FITS} and {_ASKABLE} offset 0) it
            order by array[it.scores[$9], it.scores[$10], it.scores[$11], it.scores[$12], it.scores[$13]] desc, it.agent limit $14""",
        now, seen, *weights, passed, subject, named, *order, limit,
    )  # fmt: skip


_CLAIM = f"""select a.user_id from waiting w, agent a join users u on u.id = a.user_id
    where w.subject = $7 and a.user_id = $8 and {_FREE} and {_ASKABLE}
    for no key update of a skip locked for share of u skip locked"""
_CLAIM_WAITING = f"""select a.user_id from waiting w, agent a join users u on u.id = a.user_id
    where w.subject = $7 and a.user_id = $8 and {_FREE} and {_ASKABLE}
    for no key update of a for share of u"""


async def claim(
    db: Connection, subject: UUID, agent: UUID, *, now: datetime, seen: datetime, weights: Sequence[int], passed: datetime
) -> bool:
    """Lock an agent who can still take it; False when he cannot, or somebody else is giving him something just now. The lock on
    the user keeps him from going away before the offer is stored, and then he finds it and it goes on to another."""
    return await db.fetchval(_CLAIM, now, seen, *weights, passed, subject, agent) is not None


async def claim_waiting(
    db: Connection, subject: UUID, agent: UUID, *, now: datetime, seen: datetime, weights: Sequence[int], passed: datetime
) -> bool:
    """The same, waiting for who else has to do with him: for when there is nobody left to turn to."""
    return await db.fetchval(_CLAIM_WAITING, now, seen, *weights, passed, subject, agent) is not None


class Head(Struct, frozen=True):
    subject: UUID
    lane: str


async def heads_for(
    db: Connection, agent: UUID, *, now: datetime, seen: datetime, weights: Sequence[int], passed: datetime, limit: int
) -> list[Head]:
    """The first of each lane that this agent may take from, the earliest due first. Lanes are found by jumping from one to the
    next in the index, so ten thousand who wait in twenty lanes cost twenty steps. Index: waiting_lane."""
    return await many(
        db, Head,
        f"""with recursive lanes as (
                (select lane from waiting where offer_id is null and open order by lane limit 1)
                union all
                select (select n.lane from waiting n where n.offer_id is null and n.open and n.lane > lanes.lane order by n.lane limit 1)
                from lanes where lanes.lane is not null)
            select w.subject, w.lane from agent a join users u on u.id = a.user_id, lanes,
                 lateral (select * from waiting w where w.lane = lanes.lane and {_ASKABLE}
                          order by w.due_at, w.subject limit 1) w
            where a.user_id = $7 and {_FREE} and {_FITS}
            order by w.due_at, w.subject limit $8""",
        now, seen, *weights, passed, agent, limit,
    )  # fmt: skip


async def take_in_lane(db: Connection, lane: str, agent: UUID, *, now: datetime, passed: datetime) -> Waiting | None:
    """Lock the first in the lane whom nobody else is dealing with. Index: waiting_lane."""
    return await one(
        db, Waiting,
        f"""select {_WAITING} from waiting w
            where w.lane = $1 and w.offer_id is null and w.open and (w.held_until is null or w.held_until <= $2 or w.held_for = $3)
              and not exists (select 1 from offer o where o.subject = w.subject and o.agent_id = $3
                              and o.state in ('declined', 'missed', 'withdrawn') and o.ended_at > $4)
            order by w.due_at, w.subject limit 1 for update skip locked""",
        lane, now, agent, passed,
    )  # fmt: skip


async def put_offer(
    db: Connection, offer: UUID, wait: Waiting, agent: UUID, *, at: datetime, until: datetime, waited: int, possible: int,
    probability: float, rule: Any, candidates: Any, why: Any,
) -> None:  # fmt: skip
    """The offer, the customer's and the agent's part in it, and when it ends, at once."""
    await db.execute(
        """with waits as (update waiting set offer_id = $1, held_for = null, held_until = null where subject = $2),
           has as (update agent set offered = $3 where user_id = $5),
           ends as (insert into look (subject, what, at) values ($1, 'offer', $8))
           insert into offer (id, subject, kind, queue_id, agent_id, version, at, until, waited, possible, probability, rule,
                              candidates, why)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""",
        offer, wait.subject, wait.kind, wait.queue_id, agent, wait.version, at, until, waited, possible, probability, rule,
        candidates, why,
    )  # fmt: skip


async def refused_until(db: Connection, subject: UUID, since: datetime) -> datetime | None:
    """When the first of those who let this customer pass since then did so. Index: offer_of_subject."""
    found: datetime | None = await db.fetchval(
        """select min(ended_at) from offer where subject = $1 and state in ('declined', 'missed', 'withdrawn') and ended_at > $2""",
        subject, since,
    )  # fmt: skip
    return found


async def somebody(
    db: Connection, *, seen: datetime, expertise: Sequence[UUID], levels: Sequence[int], teams: Sequence[UUID], speaks: str
) -> bool:
    """Is anybody there, free or not, who could take it?"""
    found: bool = await db.fetchval(
        """select exists (select 1 from agent a join users u on u.id = a.user_id
               where u.active and u.presence <> 'offline' and u.seen_at > $1 and a.most_chats + a.most_tickets + a.most_calls > 0
                 and ($5 = '' or a.languages = '{}' or $5 = any(a.languages))
                 and ($4::uuid[] = '{}' or exists (select 1 from agent_team t where t.user_id = a.user_id and t.team_id = any($4)))
                 and not exists (select 1 from unnest($2::uuid[], $3::int[]) as need(expertise, level)
                     where coalesce((select e.level from agent_expertise e
                                     where e.user_id = a.user_id and e.expertise_id = need.expertise), 0) < need.level))""",
        seen, expertise, levels, teams, speaks,
    )  # fmt: skip
    return found
