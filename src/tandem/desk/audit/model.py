"""What the audit says."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class AuditLine(Struct, frozen=True):
    """One deed. `actor` None: the system itself. `action` is `area.what`. `subject_name`: the customer, colleague, queue or article it
    was done to, "" where that has no name or is gone. In `detail` colleagues and queues stand by their names. `conversation`: where
    it can be seen."""

    id: int
    at: datetime
    actor: UUID | None
    actor_name: str
    action: str
    subject: str
    subject_name: str
    detail: dict[str, str]
    conversation: UUID | None


class AuditPage(Struct, frozen=True):
    """The newest first. `next`: what to ask for as `before`; None at the end."""

    items: list[AuditLine]
    next: int | None
