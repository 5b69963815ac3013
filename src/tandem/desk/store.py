"""The SQL of the inbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.desk.model import AgentMark, ChannelMark, ContactMark, Conversation, Counts, Filter, Preview
from tandem.infra.db import Connection, many, sure

_ROW = """
    select c.id, c.owner, c.version, c.last_seq, c.episode, c.language, c.emotion, c.reason, c.urgency, c.preview,
           c.waiting_since, c.unread, c.read_by_agent, c.read_by_customer, c.opened_at, c.closed_at, c.changed_at,
           ch.id as channel_id, ch.kind as channel_kind, ch.name as channel_name,
           p.id as contact_id, p.name as contact_name, p.tier, p.locale,
           exists (select 1 from identity i where i.contact_id = p.id and i.verified) as verified,
           u.id as agent_id, u.name as agent_name,
           array(select g.tag_id from conversation_tag g where g.conversation_id = c.id order by g.at, g.tag_id) as tags,
           (select s.until from snooze s where s.conversation_id = c.id) as snoozed_until,
           case when c.owner = 'agent' then coalesce(
               (select not exists (select 1 from packet_read r where r.packet_id = k.id and r.user_id = c.agent_id)
                from packet k where k.conversation_id = c.id order by k.version desc limit 1), false) else false end as packet_unread
    from conversation c join channel ch on ch.id = c.channel_id join contact p on p.id = c.contact_id
    left join users u on u.id = c.agent_id
"""

# Who waits in a queue that a team of this user takes from, in whatever ring. Index: waiting_place.
_TEAM_POOL = """select w.subject from waiting w where w.queue_id in (
    select q.id from routing_queue q cross join lateral jsonb_array_elements(q.config->'teams') t
    join agent_team m on m.team_id = (t->>'team')::uuid and m.user_id = $1)"""

# Each view is what its partial index holds: conversation_mine, conversation_waiting, conversation_assistant, conversation_list.
_VIEWS: dict[str, str] = {
    "mine": "c.owner = 'agent' and c.agent_id = $1 and not exists (select 1 from snooze s where s.conversation_id = c.id)",
    "unassigned": "c.owner = 'queue' and $1::uuid is not null",
    "assistant": "c.owner = 'assistant' and c.last_seq > 0 and $1::uuid is not null",
    "all": "c.owner <> 'closed' and c.last_seq > 0 and $1::uuid is not null",
    "closed": "c.owner = 'closed' and $1::uuid is not null",
}


class _Row(Struct, frozen=True):
    id: UUID
    owner: Any
    version: int
    last_seq: int
    episode: int
    language: str
    emotion: str | None
    reason: str | None
    urgency: int
    preview: dict[str, Any]
    waiting_since: datetime | None
    unread: int
    read_by_agent: int
    read_by_customer: int
    opened_at: datetime
    closed_at: datetime | None
    changed_at: datetime
    channel_id: UUID
    channel_kind: str
    channel_name: str
    contact_id: UUID
    contact_name: str
    tier: str | None
    locale: str
    verified: bool
    agent_id: UUID | None
    agent_name: str | None
    tags: list[UUID]
    snoozed_until: datetime | None
    packet_unread: bool

    def conversation(self) -> Conversation:
        return Conversation(
            self.id, ChannelMark(self.channel_id, self.channel_kind, self.channel_name),
            ContactMark(self.contact_id, self.contact_name, self.tier, self.locale, self.verified), self.owner,
            AgentMark(self.agent_id, self.agent_name or "") if self.agent_id else None, self.version, self.last_seq,
            self.episode, self.language, self.emotion, self.reason, self.urgency,
            msgspec.convert({"at": self.opened_at, **self.preview}, Preview),
            self.waiting_since, self.unread, self.read_by_agent, self.read_by_customer, self.opened_at, self.closed_at,
            self.changed_at, self.tags, self.snoozed_until, self.packet_unread,
        )  # fmt: skip


async def listed(db: Connection, view: str, user: UUID, before: tuple[datetime, UUID] | None, limit: int) -> list[Conversation]:
    """Newest change first, from below `before`."""
    at, conversation = before or (None, None)
    rows = await many(
        db, _Row,
        f"""{_ROW} where {_VIEWS[view]} and ($2::timestamptz is null or (c.changed_at, c.id) < ($2, $3::uuid))
            order by c.changed_at desc, c.id desc limit $4""",
        user, at, conversation, limit,
    )  # fmt: skip
    return [row.conversation() for row in rows]


async def snoozed(db: Connection, user: UUID, before: tuple[datetime, UUID] | None, limit: int) -> list[Conversation]:
    """What a user has put aside, newest change first."""
    at, conversation = before or (None, None)
    rows = await many(
        db, _Row,
        f"""{_ROW} where c.owner = 'agent' and c.agent_id = $1 and exists (select 1 from snooze s where s.conversation_id = c.id)
                and ($2::timestamptz is null or (c.changed_at, c.id) < ($2, $3::uuid))
            order by c.changed_at desc, c.id desc limit $4""",
        user, at, conversation, limit,
    )  # fmt: skip
    return [row.conversation() for row in rows]


async def of_teams(db: Connection, user: UUID, before: tuple[datetime, UUID] | None, limit: int) -> list[Conversation]:
    """Who waits for the user's own teams, newest change first."""
    at, conversation = before or (None, None)
    rows = await many(
        db, _Row,
        f"""{_ROW} where c.id in ({_TEAM_POOL}) and ($2::timestamptz is null or (c.changed_at, c.id) < ($2, $3::uuid))
            order by c.changed_at desc, c.id desc limit $4""",
        user, at, conversation, limit,
    )  # fmt: skip
    return [row.conversation() for row in rows]


async def mentioned(db: Connection, user: UUID, before: tuple[datetime, UUID] | None, limit: int) -> list[Conversation]:
    """Where a user was called to and has not looked since."""
    at, conversation = before or (None, None)
    rows = await many(
        db, _Row,
        f"""{_ROW} where c.id in (select m.conversation_id from mention m where m.user_id = $1 and m.seen_at is null)
                and ($2::timestamptz is null or (c.changed_at, c.id) < ($2, $3::uuid))
            order by c.changed_at desc, c.id desc limit $4""",
        user, at, conversation, limit,
    )  # fmt: skip
    return [row.conversation() for row in rows]


async def filtered(
    db: Connection, wanted: Filter, now: datetime, before: tuple[datetime, UUID] | None, limit: int
) -> list[Conversation]:
    """Newest change first."""
    at, conversation = before or (None, None)
    rows = await many(
        db, _Row,
        f"""{_ROW} where c.last_seq > 0 and ($1::timestamptz is null or (c.changed_at, c.id) < ($1, $2::uuid))
                and (cardinality($4::text[]) = 0 or c.owner = any($4))
                and ($5::text is null or coalesce(c.agent_id::text, 'none') = $5)
                and (cardinality($6::uuid[]) = 0
                     or exists (select 1 from conversation_tag g where g.conversation_id = c.id and g.tag_id = any($6)))
                and ($7::uuid is null or c.channel_id = $7) and ($8::text is null or c.language = $8)
                and (cardinality($9::text[]) = 0 or c.emotion = any($9)) and ($10::text is null or p.tier = $10)
                and ($11::bool is null or $11 = exists (select 1 from snooze s where s.conversation_id = c.id))
                and ($12::bool is null or $12 = (c.unread > 0))
                and ($13::timestamptz is null or c.waiting_since < $13) and ($14::timestamptz is null or c.changed_at < $14)
            order by c.changed_at desc, c.id desc limit $3""",
        at, conversation, limit, wanted.owner, wanted.agent, wanted.tags, wanted.channel, wanted.language, wanted.emotion,
        wanted.tier, wanted.snoozed, wanted.unread, _ago(now, wanted.waiting_over), _ago(now, wanted.quiet_over),
    )  # fmt: skip
    return [row.conversation() for row in rows]


def _ago(now: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else now - timedelta(seconds=seconds)


async def by_ids(db: Connection, conversations: Sequence[UUID]) -> list[Conversation]:
    rows = await many(db, _Row, f"{_ROW} where c.id = any($1) order by c.changed_at desc, c.id desc", conversations)
    return [row.conversation() for row in rows]


async def by_contact_name(db: Connection, text: str, limit: int) -> list[UUID]:
    """Conversations of customers whose name or shop id holds the text."""
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = await db.fetch(
        """select c.id from conversation c join contact p on p.id = c.contact_id
           where p.name ilike $1 order by c.changed_at desc limit $2""",
        pattern, limit,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def conversation(db: Connection, conversation: UUID) -> Conversation | None:
    found = await by_ids(db, [conversation])
    return found[0] if found else None


async def counts(db: Connection, user: UUID) -> Counts:
    """Indexes: conversation_mine, conversation_waiting, conversation_assistant."""
    return await sure(
        db, Counts,
        f"""select (select count(*) from conversation c where owner = 'agent' and agent_id = $1
                   and not exists (select 1 from snooze s where s.conversation_id = c.id))::int as mine,
                  (select count(*) from ({_TEAM_POOL}) pool)::int as team,
                  (select count(*) from conversation c where owner = 'agent' and agent_id = $1
                   and exists (select 1 from snooze s where s.conversation_id = c.id))::int as snoozed,
                  (select count(distinct conversation_id) from mention where user_id = $1 and seen_at is null)::int as mentions,
                  (select count(*) from conversation c where owner = 'agent' and agent_id = $1
                   and (select not exists (select 1 from packet_read r where r.packet_id = k.id and r.user_id = $1)
                        from packet k where k.conversation_id = c.id order by k.version desc limit 1))::int as packets_unread,
                  (select count(*) from conversation where owner = 'queue')::int as unassigned,
                  (select count(*) from conversation where owner = 'assistant' and last_seq > 0)::int as assistant,
                  (select count(*) from conversation where owner <> 'closed' and last_seq > 0)::int as all""",
        user,
    )  # fmt: skip
