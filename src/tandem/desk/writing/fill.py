"""Filling the variables of a phrase: only from what is known, and never silently with nothing."""

import re
from uuid import UUID

from tandem.access.model import User
from tandem.desk import store as desks
from tandem.desk.writing.model import VARIABLES
from tandem.handoff import store as packets
from tandem.infra.db import Connection
from tandem.kit.errors import InvalidInput, NotFound

_VARIABLE = re.compile(r"\{(\w+)\}")


async def variables(db: Connection, conversation: UUID, user: User) -> dict[str, str]:
    """What is known in a conversation. Raises `NotFound`."""
    row = await desks.conversation(db, conversation)
    if row is None:
        raise NotFound
    packet = await packets.newest(db, conversation)
    told = {fact.key: fact.value for fact in packet.facts} if packet else {}
    known = told | {"customer": row.contact.name, "agent": user.name, "channel": row.channel.name}
    return {name: known[name] for name in VARIABLES if known.get(name)}


def filled(text: str, values: dict[str, str]) -> str:
    """Raises `InvalidInput` that names what is missing: a customer must not be greeted with a bare {customer}."""
    missing = [name for name in dict.fromkeys(_VARIABLE.findall(text)) if name in VARIABLES and name not in values]
    if missing:
        raise InvalidInput(errors=[{"field": "variables", "message": name} for name in missing])
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)
