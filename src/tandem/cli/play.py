"""Playing golden conversations: against one's own knowledge and business system, or against the demo's."""

import os
from collections.abc import Sequence
from pathlib import Path

from tandem.assistant.evaluate.answers import article_of, read_entries
from tandem.assistant.evaluate.dialogues import Golden, Judged, judge
from tandem.assistant.respond import Assistant
from tandem.assistant.skills.shop import Shop
from tandem.demo.rehearsal import rehearsal
from tandem.knowledge.search import Index


async def play(goldens: Sequence[Golden], entries: Path | None, address: str, repeats: int) -> Judged:
    """Raises `Unreadable`."""
    if entries is None:
        async with rehearsal() as demo:
            index = Index(demo.articles)
            return await judge(goldens, lambda: Assistant(index, demo.shop), repeats, demo.known)
    own = Index(article_of(entry) for entry in read_entries(entries))
    if not address:
        return await judge(goldens, lambda: Assistant(own), repeats, {})
    shop = Shop(f"{address.rstrip('/')}/api", os.environ.get("TANDEM_SHOP_KEY", ""))
    try:
        return await judge(goldens, lambda: Assistant(own, shop), repeats, {})
    finally:
        await shop.close()
