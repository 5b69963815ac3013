"""The audit over HTTP."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from litestar import get

from tandem.desk.audit import store
from tandem.desk.audit.model import AuditLine, AuditPage
from tandem.desk.audit.store import Deed, Known
from tandem.infra.db import Database
from tandem.kit.clock import Clock

_MOST, _LONGEST_DAYS, _LONGEST_AREA = 100, 3660, 40


@get("/api/audit", permission="audit:read")
async def audit(
    db: Database, clock: Clock, days: int = 30, before: int | None = None, actor: UUID | None = None, area: str | None = None,
    limit: int = 50,
) -> AuditPage:  # fmt: skip
    """`area`: what stands before the dot of an action."""
    wanted = max(1, min(limit, _MOST))
    since = clock.now() - timedelta(days=max(1, min(days, _LONGEST_DAYS)))
    async with db.read() as connection:
        found = await store.deeds(
            connection, since=since, before=before, actor=actor, area=area[:_LONGEST_AREA] if area else None, limit=wanted + 1
        )
        shown = found[:wanted]
        names = {it.id: it for it in await store.known(connection, set(_mentioned(shown)))}
    return AuditPage([_told(it, names) for it in shown], shown[-1].id if len(found) > wanted else None)


def _mentioned(deeds: Sequence[Deed]) -> Iterator[UUID]:
    for deed in deeds:
        if deed.actor:
            yield deed.actor
        yield from (it for it in map(_id, (deed.subject, *deed.detail.values())) if it)


def _told(deed: Deed, names: dict[UUID, Known]) -> AuditLine:
    def name(text: str) -> str:
        it = _id(text)
        return names[it].name or text if it in names else text

    subject = _id(deed.subject)
    about = names.get(subject) if subject else None
    return AuditLine(
        deed.id, deed.at, deed.actor, names[deed.actor].name if deed.actor in names else "", deed.action, deed.subject,
        about.name if about else "", {key: name(value) for key, value in deed.detail.items()},
        about.conversation if about else None,
    )  # fmt: skip


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


ROUTES = [audit]
