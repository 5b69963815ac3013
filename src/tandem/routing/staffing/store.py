"""The SQL of what was: who came when, who of them needed a person, and how long that took."""

from datetime import date, datetime

from msgspec import Struct

from tandem.infra.db import Connection, many, sure


class Came(Struct, frozen=True):
    """In one hour of one day, by the wall clock: who began something, and who of them came to people that day."""

    day: date
    hour: int
    contacts: int
    to_people: int


class Pace(Struct, frozen=True):
    """Seconds; None where nothing was seen. `patience` as of exponential ones of which most are cut short: all the waiting, by those who gave up."""

    handling: float | None
    patience: float | None
    at_once: int | None


async def came(db: Connection, since: datetime, until: datetime, zone: str) -> list[Came]:
    """A customer counts once a day and conversation. Reads all entries, so it is for those who plan and not for a screen."""
    return await many(
        db, Came,
        """with waits as (
               select conversation_id, entered_at at time zone $3 as at from queue_wait where entered_at >= $1 and entered_at < $2),
           first as (
               select conversation_id, min(at) as at from (
                   select conversation_id, at at time zone $3 as at from entry
                   where author_kind = 'customer' and at >= $1 and at < $2
                   union all select conversation_id, at from waits) it
               group by conversation_id, at::date)
           select f.at::date as day, extract(hour from f.at)::int as hour, count(*)::int as contacts,
                  (count(*) filter (where exists (select 1 from waits w where w.conversation_id = f.conversation_id
                                                  and w.at::date = f.at::date)))::int as to_people
           from first f group by 1, 2 order by 1, 2""",
        since, until, zone,
    )  # fmt: skip


async def pace(db: Connection, since: datetime, until: datetime, longest: float) -> Pace:
    """`longest`: a chat that was left open for more seconds took so many. Index: queue_wait_left."""
    return await sure(
        db, Pace,
        """select (select avg(least(extract(epoch from w.until - w.since), $3)) from work w
                   where w.kind = 'chat' and w.until > $1 and w.until <= $2)::float8 as handling,
                  (select sum(extract(epoch from left_at - entered_at)) / nullif(count(*) filter (where outcome <> 'accepted'), 0)
                   from queue_wait where kind = 'chat' and left_at > $1 and left_at <= $2)::float8 as patience,
                  (select percentile_disc(0.5) within group (order by a.most_chats) from agent a join users u on u.id = a.user_id
                   where u.active and exists (select 1 from work w where w.agent_id = a.user_id and w.since > $1))::int as at_once""",
        since, until, longest,
    )  # fmt: skip


async def zone_of_hours(db: Connection) -> str | None:
    """The zone of the first opening hours, None without any."""
    found: str | None = await db.fetchval("select config->>'zone' from opening_hours order by name, id limit 1")
    return found
