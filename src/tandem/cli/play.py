"""Playing golden conversations: against one's own knowledge and business system, or against the demo's."""

import os
from collections.abc import Sequence
from pathlib import Path

from tandem.assistant.evaluate.answers import article_of, read_entries
from tandem.assistant.evaluate.dialogues import Judged, judge
from tandem.assistant.evaluate.golden import Golden
from tandem.assistant.evaluate.stage import Stage
from tandem.demo.rehearsal import rehearsal


async def play(goldens: Sequence[Golden], entries: Path | None, address: str, repeats: int) -> Judged:
    """Raises `Unreadable`, `StageFailed`."""
    if entries is None:
        async with rehearsal() as demo:
            return await judge(goldens, demo, repeats)
    own = [article_of(entry) for entry in read_entries(entries)]
    stage = Stage(own, address, os.environ.get("TANDEM_SHOP_KEY", ""))
    try:
        return await judge(goldens, stage, repeats)
    finally:
        await stage.close()
