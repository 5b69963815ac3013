"""The SQL of the inbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from tandem.desk.model import AgentMark, ChannelMark, ContactMark, Conversation, Counts, Preview, View
from tandem.infra.db import Connection, many, sure

_ROW = """
    select c.id, c.owner, c.version, c.last_seq, c.episode, c.language, c.emotion, c.reason, c.urgency, c.preview,
           c.waiting_since, c.unread, c.read_by_agent, c.read_by_customer, c.opened_at, c.closed_at, c.changed_at,
           ch.id as channel_id, ch.kind as channel_kind, ch.name as channel_name,
           p.id as contact_id, p.name as contact_name, p.tier, p.locale,
           exists (select 1 from identity i where i.contact_id = p.id and i.verified) as verified,
           u.id as agent_id, u.name as agent_name
    from conversation c join channel ch on ch.id = c.channel_id join contact p on p.id = c.contact_id
    left join users u on u.id = c.agent_id
"""

# Each view is what its partial index holds: conversation_mine, conversation_waiting, conversation_assistant, conversation_list.
_VIEWS: dict[View, str] = {
    "mine": "c.owner = 'agent' and c.agent_id = $1",
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

    def conversation(self) -> Conversation:
        return Conversation(
            self.id, ChannelMark(self.channel_id, self.channel_kind, self.channel_name),
            ContactMark(self.contact_id, self.contact_name, self.tier, self.locale, self.verified), self.owner,
            AgentMark(self.agent_id, self.agent_name or "") if self.agent_id else None, self.version, self.last_seq,
            self.episode, self.language, self.emotion, self.reason, self.urgency,
            msgspec.convert({"at": self.opened_at, **self.preview}, Preview),
            self.waiting_since, self.unread, self.read_by_agent, self.read_by_customer, self.opened_at, self.closed_at,
            self.changed_at,
        )  # fmt: skip


async def listed(db: Connection, view: View, user: UUID, before: tuple[datetime, UUID] | None, limit: int) -> list[Conversation]:
    """Newest change first, from below `before`."""
    at, conversation = before or (None, None)
    rows = await many(
        db, _Row,
        f"""{_ROW} where {_VIEWS[view]} and ($2::timestamptz is null or (c.changed_at, c.id) < ($2, $3::uuid))
            order by c.changed_at desc, c.id desc limit $4""",
        user, at, conversation, limit,
    )  # fmt: skip
    return [row.conversation() for row in rows]


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
        """select (select count(*) from conversation where owner = 'agent' and agent_id = $1)::int as mine,
                  (select count(*) from conversation where owner = 'queue')::int as unassigned,
                  (select count(*) from conversation where owner = 'assistant' and last_seq > 0)::int as assistant,
                  (select count(*) from conversation where owner <> 'closed' and last_seq > 0)::int as all""",
        user,
    )  # fmt: skip
