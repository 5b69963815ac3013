"""Playing golden conversations: against one's own knowledge and business system, or against the demo's."""

import os
from collections.abc import Sequence
from pathlib import Path

from tandem.assistant.evaluate.answers import article_of, read_entries
from tandem.assistant.evaluate.dialogues import Judged, judge
from tandem.assistant.evaluate.golden import Golden
from tandem.assistant.evaluate.searching import Minds
from tandem.assistant.evaluate.stage import staged
from tandem.demo.rehearsal import rehearsal


async def play(goldens: Sequence[Golden], entries: Path | None, address: str, repeats: int, minds: Minds) -> Judged:
    """Raises `Unreadable`, `StageFailed`, `EncoderSilent`."""
    if entries is None:
        async with rehearsal(minds) as demo:
            return await judge(goldens, demo, repeats)
    own = [article_of(entry) for entry in read_entries(entries)]
    async with staged(own, address, os.environ.get("TANDEM_SHOP_KEY", ""), minds) as stage:
        return await judge(goldens, stage, repeats)
