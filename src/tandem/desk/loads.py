"""How much each colleague holds, told to the desks whenever a conversation changes hands."""

from collections.abc import Awaitable, Callable

import msgspec

from tandem.access import store as access
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.timeline.model import Moved


def tell_loads(bus: Bus) -> Callable[[Tx, Moved], Awaitable[None]]:
    """Reaction. What the assistant gives to the queue concerns nobody's load, and costs nothing."""

    async def tell(tx: Tx, happened: Moved) -> None:
        for agent in {happened.before.agent, happened.now.agent} - {None}:
            colleague = await access.colleague(tx.db, agent, happened.at) if agent else None
            if colleague:
                news = msgspec.to_builtins(colleague)
                tx.after(lambda news=news: bus.tell("colleague", news))  # type: ignore[misc]

    return tell
