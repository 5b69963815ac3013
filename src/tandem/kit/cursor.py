"""Where a page of a list ends: time and id of its last item, as one opaque word."""

import base64
from datetime import datetime
from uuid import UUID

from tandem.kit.errors import InvalidInput


def write_cursor(at: datetime, last: UUID) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{last}".encode()).decode()


def read_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Raises `InvalidInput` for a word that is not ours."""
    if not cursor:
        return None
    try:
        at, _, last = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        when, item = datetime.fromisoformat(at), UUID(last)
    except ValueError:
        raise InvalidInput.field("cursor", "unknown") from None
    if when.tzinfo is None:
        raise InvalidInput.field("cursor", "unknown")
    return when, item
