"""The SQL of the promise: its versions, and what is known of the answers that were given."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.assistant.promise.control import interval
from tandem.assistant.promise.model import (
    Account,
    Cause,
    Followed,
    Judge,
    Judged,
    JudgedMessage,
    Kept,
    Promise,
    Thresholds,
    Waiting,
)
from tandem.infra.db import Connection, many, one, sure

_PROMISE = "version, at, by_name, cause, max_wrong, thresholds, made_from"


async def promise(db: Connection) -> Promise | None:
    """The version in force."""
    return await one(db, Promise, f"select {_PROMISE} from promise order by version desc limit 1")


async def version(db: Connection, number: int) -> Promise | None:
    return await one(db, Promise, f"select {_PROMISE} from promise where version = $1", number)


async def versions(db: Connection, limit: int = 50) -> list[Promise]:
    """Newest first."""
    return await many(db, Promise, f"select {_PROMISE} from promise order by version desc limit $1", limit)


async def lock(db: Connection) -> None:
    """Until the transaction ends nobody else makes a version: two would each rest on what the other does not know."""
    await db.execute("select pg_advisory_xact_lock(7266641)")


async def add(
    db: Connection, at: datetime, by: str, cause: Cause, max_wrong: float, thresholds: Thresholds, made_from: Sequence[Account]
) -> Promise:
    return await sure(
        db, Promise,
        f"""insert into promise (at, by_name, cause, max_wrong, thresholds, made_from) values ($1, $2, $3, $4, $5, $6)
            returning {_PROMISE}""",
        at, by, cause, max_wrong, thresholds, made_from,
    )  # fmt: skip


class Chosen(Struct, frozen=True):
    """The article that a turn answered with, or offered first."""

    turn: UUID
    conversation: UUID
    category: str
    sure: float
    answered: bool


_CHOSEN = """t.id as turn, t.conversation_id as conversation, t.trace->'chosen'->>'category' as category,
             (t.trace->'chosen'->>'sure')::double precision as sure, t.decision = 'answer' as answered"""


async def chosen(db: Connection, turn: UUID) -> Chosen | None:
    """None for a turn that has no article to judge. Index: turn_pkey."""
    return await one(
        db, Chosen,
        f"select {_CHOSEN} from turn t where t.id = $1 and t.decision in ('answer', 'clarify') and t.trace ? 'chosen'",
        turn,
    )  # fmt: skip


async def chosen_before(db: Connection, conversation: UUID, seq: int) -> Chosen | None:
    """That of the last turn whose answer stands at `seq` or before it. Index: turn_conversation."""
    return await one(
        db, Chosen,
        f"""select {_CHOSEN} from turn t
            where t.conversation_id = $1 and t.through_seq < $2 and t.decision in ('answer', 'clarify') and t.trace ? 'chosen'
              and not exists (select from turn n where n.conversation_id = $1 and n.through_seq > t.through_seq and n.through_seq < $2)
            order by t.through_seq desc limit 1""",
        conversation, seq,
    )  # fmt: skip


async def judge(db: Connection, it: Chosen, source: Judge, was_right: bool, by: str, now: datetime) -> None:
    """A second judgement of the same source replaces the first."""
    await db.execute(
        """insert into judgement (turn_id, source, conversation_id, category, sure, answered, was_right, by_name, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           on conflict (turn_id, source) do update set was_right = $7, by_name = $8, at = $9""",
        it.turn, source, it.conversation, it.category, it.sure, it.answered, was_right, by, now,
    )  # fmt: skip


async def note_choices(db: Connection, since: datetime, now: datetime) -> int:
    """What customers did next with articles that were offered: pressing the first says it was the right one, pressing another one or
    "none of these" that it was not. Index: turn_answered, turn_conversation."""
    rows = await db.fetch(
        """insert into judgement (turn_id, source, conversation_id, category, sure, answered, was_right, at)
           select t.id, 'choice', t.conversation_id, t.trace->'chosen'->>'category', (t.trace->'chosen'->>'sure')::double precision,
                  false, e.body->>'choice' = 'article:' || (t.trace->'chosen'->>'article'), $2
           from turn t
           join lateral (select from_seq from turn n where n.conversation_id = t.conversation_id and n.through_seq > t.through_seq
                         order by n.through_seq limit 1) following on true
           join entry e on e.conversation_id = t.conversation_id and e.seq = following.from_seq
           where t.decision = 'clarify' and t.at > $1 and t.trace ? 'chosen'
             and (e.body->>'choice' like 'article:%' or e.body->>'choice' = 'human')
           on conflict do nothing returning turn_id""",
        since, now,
    )  # fmt: skip
    return len(rows)


async def note_hand_overs(db: Connection, since: datetime, reason: str, now: datetime) -> int:
    """Answers after which the customer's very next words brought a person, for this reason. Index: turn_answered, turn_conversation."""
    rows = await db.fetch(
        """insert into judgement (turn_id, source, conversation_id, category, sure, answered, was_right, at)
           select t.id, 'handed_over', t.conversation_id, t.trace->'chosen'->>'category',
                  (t.trace->'chosen'->>'sure')::double precision, true, false, $3
           from turn t
           join lateral (select decision, reason from turn n where n.conversation_id = t.conversation_id
                         and n.through_seq > t.through_seq order by n.through_seq limit 1) following on true
           where t.decision = 'answer' and t.at > $1 and t.trace ? 'chosen'
             and following.decision = 'hand_off' and following.reason = $2
           on conflict do nothing returning turn_id""",
        since, reason, now,
    )  # fmt: skip
    return len(rows)


async def judged(db: Connection, since: datetime, limit: int = 20_000) -> list[Judged]:
    """One judgement a question, that of people here before what customers chose. Index: judgement_at."""
    return await many(
        db, Judged,
        """select category, sure, answered, was_right from (
               select distinct on (turn_id) turn_id, category, sure, answered, was_right, at
               from (select * from judgement where at > $1 and source <> 'handed_over' order by at desc limit $2) recent
               order by turn_id, source = 'staff' desc, was_right) one_each""",
        since, limit,
    )  # fmt: skip


async def followed(db: Connection, since: datetime, until: datetime, limit: int = 20_000) -> list[Followed]:
    """What came after the last answers that nobody here judged. Index: turn_answered, judgement_pkey."""
    return await many(
        db, Followed,
        """select t.category, floor(t.sure * 100) / 100 as sure, count(*)::int as answers, count(failed.turn_id)::int as failed
           from (select id, trace->'chosen'->>'category' as category, (trace->'chosen'->>'sure')::double precision as sure
                 from turn where decision = 'answer' and at > $1 and at <= $2 and trace ? 'chosen'
                 order by at desc, id limit $3) t
           left join judgement failed on failed.turn_id = t.id and failed.source = 'handed_over'
           where not exists (select from judgement j where j.turn_id = t.id and j.source = 'staff')
           group by 1, 2""",
        since, until, limit,
    )  # fmt: skip


async def news(db: Connection, since: datetime) -> int:
    """How many judgements came in. Index: judgement_at."""
    return int(await db.fetchval("select count(*) from judgement where at > $1", since))


async def kept(db: Connection, since: datetime) -> Kept:
    """By people's judgement alone: what customers did next is only known where something went wrong. Index: judgement_at."""
    row = await db.fetchrow(
        """select count(*) as judged, count(*) filter (where not was_right) as wrong
           from judgement where at > $1 and source = 'staff' and answered""",
        since,
    )  # fmt: skip
    found, wrong = (row["judged"], row["wrong"]) if row else (0, 0)
    return Kept(found, wrong, *interval(wrong, found))


_UNJUDGED = """(select id, conversation_id, through_seq, at, trace from turn
                where decision = 'answer' and at > $1 and trace ? 'chosen'
                  and not exists (select from judgement j where j.turn_id = turn.id and j.source = 'staff')
                order by at desc, id limit 2000)"""


async def waiting(db: Connection, since: datetime, limit: int) -> list[Waiting]:
    """Answers to be judged, in an order that has nothing to do with what they are: only a chance sample speaks for the rest.
    Index: turn_answered."""
    return await many(
        db, Waiting,
        f"""select t.id as turn, t.conversation_id as conversation, t.at, coalesce(said.text, '') as question,
                   coalesce(answered.text, '') as answer, coalesce(a.question, '') as article,
                   t.trace->'chosen'->>'category' as category, (t.trace->'chosen'->>'sure')::double precision as sure, thumb.yes as helped
            from (select * from {_UNJUDGED} recent order by md5(id::text) limit $2) t
            left join lateral (select body->>'text' as text from entry where conversation_id = t.conversation_id
                               and seq = t.through_seq) said on true
            left join lateral (select seq, body->>'text' as text from entry where conversation_id = t.conversation_id
                               and seq > t.through_seq and author_kind = 'assistant' and body->>'type' = 'message'
                               order by seq limit 1) answered on true
            left join lateral (select (body->>'yes')::bool as yes from entry where conversation_id = t.conversation_id
                               and seq > answered.seq and body->>'type' = 'helped' and (body->>'answer')::int = answered.seq
                               order by seq desc limit 1) thumb on true
            left join article a on a.id = (t.trace->'chosen'->>'article')::uuid
            order by md5(t.id::text)""",
        since, limit,
    )  # fmt: skip


async def waiting_count(db: Connection, since: datetime) -> int:
    """Up to 2,000. Index: turn_answered."""
    return int(await db.fetchval(f"select count(*) from {_UNJUDGED} recent", since))


async def judged_in(db: Connection, conversation: UUID) -> list[JudgedMessage]:
    """In the order of the timeline."""
    return await many(
        db, JudgedMessage,
        """select said.seq, j.was_right, j.by_name from judgement j join turn t on t.id = j.turn_id
           join lateral (select seq from entry where conversation_id = $1 and seq > t.through_seq and author_kind = 'assistant'
                         and body->>'type' = 'message' order by seq limit 1) said on true
           where j.conversation_id = $1 and j.source = 'staff' order by said.seq""",
        conversation,
    )  # fmt: skip
