"""The SQL of the customer's side."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from tandem.infra.db import Connection, many
from tandem.timeline.model import Owner


class Standing(Struct, frozen=True):
    """A conversation as its customer may know it."""

    id: UUID
    owner: Owner
    agent_name: str | None
    read_by_agent: int
    episode: int
    rated_episode: int


async def standings(db: Connection, conversations: Sequence[UUID]) -> list[Standing]:
    return await many(
        db, Standing,
        """select c.id, c.owner, u.name as agent_name, c.read_by_agent, c.episode, c.rated_episode
           from conversation c left join users u on u.id = c.agent_id where c.id = any($1)""",
        conversations,
    )  # fmt: skip


async def rethread(db: Connection, channel: UUID, old: str, new: str) -> bool:
    """A guest's conversation becomes the customer's that he turned out to be, unless that one has a conversation already."""
    moved = await db.fetchval(
        """update conversation set thread = $3 where channel_id = $1 and thread = $2
           and not exists (select 1 from conversation where channel_id = $1 and thread = $3) returning id""",
        channel, old, new,
    )  # fmt: skip
    return moved is not None
