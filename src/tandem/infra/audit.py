"""The record of who changed what. It is written in the transaction of the change, so neither is there without the other."""

from datetime import datetime
from uuid import UUID

from tandem.infra.db import Connection


async def record(db: Connection, actor: UUID | None, action: str, subject: str, detail: dict[str, str], now: datetime) -> None:
    """`actor` is None for the system itself; `detail` holds no secret and no text of customers."""
    await db.execute(
        "insert into audit (at, actor, action, subject, detail) values ($1, $2, $3, $4, $5)", now, actor, action, subject, detail
    )
