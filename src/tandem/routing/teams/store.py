"""The SQL of a team as somebody to give a conversation to: whoever of it is there and carries least."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.access.store import UNSEEN_AFTER
from tandem.infra.db import Connection, many

# Online, seen, not working after a call, no offer open, and room for one more chat.
_FREE = """u.active and u.presence = 'online' and u.seen_at > $1 and coalesce(u.wrap_up_until <= $2, true)
           and coalesce(a.chats < a.most_chats and a.offered is null, true)"""


class Team(Struct, frozen=True):
    """`free`: how many of it could take a conversation now."""

    id: UUID
    name: str
    free: int


async def teams(db: Connection, now: datetime) -> Sequence[Team]:
    return await many(
        db, Team,
        f"""select t.id, t.name, count(u.id) filter (where {_FREE})::int as free
            from team t left join agent_team m on m.team_id = t.id left join users u on u.id = m.user_id
            left join agent a on a.user_id = u.id group by t.id, t.name order by t.name, t.id limit 500""",
        now - UNSEEN_AFTER, now,
    )  # fmt: skip


async def freest(db: Connection, team: UUID, but: UUID | None, now: datetime) -> UUID | None:
    """Who of the team carries least, and of those is idle longest; `but` is passed over. None when nobody is free.

    His row is not locked: the engine locks a wait before an agent, and the caller has yet to lock the wait. Two who give to one
    team in the same moment may so choose the same one, as two who name him may."""
    found: UUID | None = await db.fetchval(
        f"""select u.id from agent_team m join users u on u.id = m.user_id join agent a on a.user_id = u.id
            where m.team_id = $3 and u.id is distinct from $4 and {_FREE}
            order by a.chats, a.idle_since, u.id limit 1""",
        now - UNSEEN_AFTER, now, team, but,
    )  # fmt: skip
    return found
