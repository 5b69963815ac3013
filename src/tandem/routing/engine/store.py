"""The SQL of waiting, offering and having.

Locks are always taken in this order: conversation, waiting, offer, agent (by id where there are two), users, look. Whoever keeps
to it waits for others but never in a circle.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from tandem.infra.db import Connection, many, one, sure
from tandem.routing.engine.asked import Asked
from tandem.routing.engine.choose import Candidate, Why
from tandem.routing.engine.model import Left, Newcomer, NewOffer, Waiting
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
           book as (update queue_wait set left_at = $3, outcome = $2, kind = g.kind, queue_id = g.queue_id, low = g.low, high = g.high
                    from gone g where conversation_id = $1 and left_at is null)
           select g.kind, g.queue_id, g.phone, g.offer_id, g.entered_at, g.low, g.high, o.agent_id as offered_to
           from gone g left join offer o on o.id = g.offer_id""",
        conversation, outcome, at,
    )  # fmt: skip


async def hold(db: Connection, subject: UUID) -> Waiting | None:
    """Lock whoever waits; None when he does not any more."""
    return await one(db, Waiting, f"select {_WAITING} from waiting w where w.subject = $1 for update", subject)


async def hold_newcomers(db: Connection, subjects: Sequence[UUID]) -> list[Waiting]:
    """Lock those of them whom nobody has looked at yet and nobody else is dealing with; the earliest due first."""
    return await many(
        db, Waiting,
        f"""select {_WAITING} from waiting w where w.subject = any($1) and w.lane = '' and w.offer_id is null
            order by w.due_at, w.subject for update skip locked""",
        subjects,
    )  # fmt: skip


async def set_asked(db: Connection, subjects: Sequence[UUID], wants: Asked, *, lane: str, open: bool) -> None:
    """The caller holds them."""
    await db.execute(
        """update waiting set lane = $2, ring = $3, expertise = $4, levels = $5, teams = $6, speaks = $7, open = $8
           where subject = any($1) and (lane, open) is distinct from ($2, $8)""",
        subjects, lane, wants.ring, wants.expertise, wants.levels, wants.teams, wants.speaks, open,
    )  # fmt: skip


async def forget_asked(db: Connection, subjects: Sequence[UUID]) -> None:
    """As if nobody had looked at them yet. The caller holds them."""
    await db.execute("update waiting set lane = '', open = false where subject = any($1)", subjects)


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


async def set_understood(db: Connection, subject: UUID, language: str, due: datetime) -> None:
    """Nobody is put back by what he says."""
    await db.execute("update waiting set language = $2, due_at = least(due_at, $3) where subject = $1", subject, language, due)


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


_ROUND = 7266651
_ROUND_FROZEN = "5s"


async def begin_round(db: Connection) -> None:
    """One process at a time brings free agents and waiting customers together: several would all turn to the same best ones. The lock
    ends with the transaction; who freezes inside it is thrown out by the server, and who dies is gone at once."""
    await db.execute(
        "select set_config('idle_in_transaction_session_timeout', $2, true), pg_advisory_xact_lock($1)", _ROUND, _ROUND_FROZEN
    )


class Found(Candidate, frozen=True):
    """`possible`: how many they are in all."""

    possible: int


async def pool(
    db: Connection, subject: UUID, *, now: datetime, seen: datetime, weights: Sequence[int], named: Sequence[UUID],
    order: Sequence[int], limit: int, also: Sequence[UUID],
) -> list[Found]:  # fmt: skip
    """The best of those who may now take this customer, or anybody in his lane, and `also` these if they may. `order`: places in
    (last agent, keeper, expertise, load, idle), first things first; 0 where there is none. The first two are the customer's own
    and are 0 here."""
    return await many(
        db, Found,
        f"""select it.agent, 0 as last_agent, 0 as keeper, it.scores[3] as expertise, -it.scores[4] as load, it.scores[5] as idle,
                   it.possible
            from (select able.*, count(*) over ()::int as possible,
                         row_number() over (order by able.scores[$8] desc, able.scores[$9] desc, able.scores[$10] desc,
                                                     able.scores[$11] desc, able.scores[$12] desc, able.agent) as place
                  from (select a.user_id as agent, array[0, 0,
                            case when $7::uuid[] = '{{}}' then 0 else coalesce((select sum(e.level) from agent_expertise e
                                where e.user_id = a.user_id and e.expertise_id = any($7)), 0) end,
                            -({_USED}::float8 / greatest(a.units, 1)), greatest(extract(epoch from $1 - a.idle_since), 0)]::float8[]
                            as scores
                        from waiting w, agent a join users u on u.id = a.user_id
                        where w.subject = $6 and {_FREE} and {_FITS} offset 0) able) it
            where it.place <= $13 or it.agent = any($14) order by it.place""",
        now, seen, *weights, subject, named, *order, limit, also,
    )  # fmt: skip


async def refused_by(db: Connection, subjects: Sequence[UUID], passed: datetime) -> dict[UUID, set[UUID]]:
    """Who lately let which customer pass. Index: offer_of_subject."""
    found: dict[UUID, set[UUID]] = {}
    for row in await db.fetch(
        """select subject, agent_id from offer
           where subject = any($1) and state in ('declined', 'missed', 'withdrawn') and ended_at > $2""",
        subjects, passed,
    ):  # fmt: skip
        found.setdefault(row["subject"], set()).add(row["agent_id"])
    return found


_CLAIM = f"""select w.subject from unnest($7::uuid[], $8::uuid[]) as pair (subject, agent)
    join waiting w on w.subject = pair.subject join agent a on a.user_id = pair.agent join users u on u.id = a.user_id
    where {_FREE} and {_ASKABLE} for no key update of a"""
_CLAIM_NOW = f"{_CLAIM} skip locked for share of u skip locked"
_CLAIM_WAITING = f"{_CLAIM} for share of u"


async def claim(
    db: Connection, pairs: Sequence[tuple[UUID, UUID]], *, now: datetime, seen: datetime, weights: Sequence[int], passed: datetime
) -> set[UUID]:
    """Of these (customer, agent) those customers whose agent can still take them and is now locked: not those whose agent somebody
    else is dealing with just now. The lock on the user keeps him from going away before the offer is stored, and then he finds it
    and it goes on to another. The caller holds the waiting rows."""
    subjects, agents = [it[0] for it in pairs], [it[1] for it in pairs]
    return {row["subject"] for row in await db.fetch(_CLAIM_NOW, now, seen, *weights, passed, subjects, agents)}


async def claim_waiting(
    db: Connection, subject: UUID, agent: UUID, *, now: datetime, seen: datetime, weights: Sequence[int], passed: datetime
) -> bool:
    """The same, waiting for who else has to do with him: for when there is nobody left to turn to."""
    return await db.fetchval(_CLAIM_WAITING, now, seen, *weights, passed, [subject], [agent]) is not None


async def first_for(
    db: Connection, agents: Sequence[UUID], *, now: datetime, seen: datetime, weights: Sequence[int], passed: datetime, limit: int,
    but: Sequence[UUID] = (),
) -> list[Waiting]:  # fmt: skip
    """Those whom one of these agents may take, the earliest due first. Lanes are found by jumping from one to the next in the index,
    so ten thousand who wait in twenty lanes cost twenty steps. Index: waiting_lane."""
    return await many(
        db, Waiting,
        f"""with recursive lanes as (
                (select lane from waiting where offer_id is null and open order by lane limit 1)
                union all
                select (select n.lane from waiting n where n.offer_id is null and n.open and n.lane > lanes.lane order by n.lane limit 1)
                from lanes where lanes.lane is not null),
            able as (
                select lanes.lane, array_agg(a.user_id) as agents from lanes, lateral (
                    select * from waiting w where w.lane = lanes.lane and w.offer_id is null and w.open
                    order by w.due_at, w.subject limit 1) w, agent a join users u on u.id = a.user_id
                where a.user_id = any($7) and {_FREE} and {_FITS} group by lanes.lane)
            select w.* from able, lateral (
                select {_WAITING} from waiting w
                where w.lane = able.lane and w.offer_id is null and w.open and not (w.subject = any($9))
                  and exists (select 1 from unnest(able.agents) as a (user_id) where {_ASKABLE})
                order by w.due_at, w.subject limit $8) w
            order by w.due_at, w.subject limit $8""",
        now, seen, *weights, passed, agents, limit, but,
    )  # fmt: skip


async def hold_unasked(db: Connection, subjects: Sequence[UUID]) -> set[UUID]:
    """Lock those of them whom nobody is asked about and nobody else is dealing with."""
    rows = await db.fetch(
        "select subject from waiting where subject = any($1) and offer_id is null and open for update skip locked", subjects
    )
    return {row["subject"] for row in rows}


def _plain(value: Any) -> Any:
    """Lists as text: within an array the driver would take them for one more of its dimensions."""
    return msgspec.json.encode(value).decode() if isinstance(value, list | Why) else value


async def put_offers(db: Connection, offers: Sequence[NewOffer], order: Sequence[str], at: datetime) -> None:
    """The offers, the customers' and the agents' part in them, and when they end, at once. `order`: of the rule they were made by."""
    await db.execute(
        """with given as (
               select * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::int[], $9::timestamptz[], $10::int[],
                                    $11::int[], $12::float8[], $13::jsonb[], $14::jsonb[])
               as it (id, subject, kind, queue_id, agent_id, version, until, waited, possible, probability, candidates, why)),
           waits as (update waiting set offer_id = it.id, held_for = null, held_until = null
                     from given it where waiting.subject = it.subject),
           has as (update agent set offered = it.kind from given it where user_id = it.agent_id),
           ends as (insert into look (subject, what, at) select id, 'offer', until from given)
           insert into offer (id, subject, kind, queue_id, agent_id, version, at, until, waited, possible, probability, rule,
                              candidates, why)
           select id, subject, kind, queue_id, agent_id, version, $1, until, waited, possible, probability, $2, candidates, why
           from given""",
        at, order, *([_plain(getattr(it, name)) for it in offers] for name in NewOffer.__struct_fields__),
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
