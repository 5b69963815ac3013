"""A real encoder behind a real endpoint: what somebody means is found although he shares no word with it.

Only where one is installed (bench/encoder.py says how): TANDEM_ENCODER_PYTHON=/path/of/its/environment/bin/python
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from bench.encoder import MODEL
from msgspec.structs import replace
from typer.testing import CliRunner

from tandem.cli.commands import cli
from tandem.infra.settings import Settings
from tandem.knowledge.meaning.act import Reading
from tandem.knowledge.meaning.encoder import Encoder
from world.server import running

BENCH = Path(__file__).parent.parent.parent / "bench"
PYTHON = os.environ.get("TANDEM_ENCODER_PYTHON", "")
ASKED, MEANT = "can we be invoiced at the end of each month", "Can we pay by monthly bill?"

pytestmark = [
    pytest.mark.skipif(
        not PYTHON, reason="to run it, install an encoder (bench/encoder.py says how) and set TANDEM_ENCODER_PYTHON"
    ),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    """An encoder of its own, on a free port."""
    program = [str(BENCH / "encoder.py"), "--port", "0"]
    process = await asyncio.create_subprocess_exec(PYTHON, *program, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield (await asyncio.wait_for(process.stdout.readline(), 120)).decode().strip()
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def _offered(settings: Settings, dsn: str) -> AsyncIterator[list[str]]:
    """What a customer is answered with who asks a coffee roastery in words of his own: what is said, then the buttons."""
    async with running(settings, dsn) as tandem:
        for it in _english():
            await tandem.knows(it["question"], it["answer"], lang="en", category=it["category"])
        if settings.embeddings_url:
            reading = Encoder(settings.embeddings_url, "", MODEL, 30.0, tandem.app.services.clock)
            await Reading(tandem.app.services.db, tandem.app.services.bus, reading).read_new()
            await reading.close()
        customer = await tandem.customer(locale="en")
        body = (await customer.asks(ASKED))["body"]
        yield [body["text"], *(choice["label"] for choice in body["choices"])]


async def test_a_far_paraphrase_is_found_by_its_meaning(settings: Settings, dsn: str, address: str) -> None:
    read = replace(settings, embeddings_url=address, embeddings_model=MODEL, embeddings_timeout=30.0)
    async with _offered(read, dsn) as told:
        assert MEANT in told[1:]


async def test_by_words_alone_it_is_not_found(settings: Settings, dsn: str) -> None:
    async with _offered(settings, dsn) as told:
        assert MEANT not in told


async def test_judging_uses_the_encoder_that_is_set(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_words = await asyncio.to_thread(_judged, tmp_path)
    monkeypatch.setenv("TANDEM_EMBEDDINGS_URL", address)
    monkeypatch.setenv("TANDEM_EMBEDDINGS_MODEL", MODEL)
    read = await asyncio.to_thread(_judged, tmp_path)

    assert "by_meaning" not in by_words
    assert read["by_meaning"] > 0.9
    assert read["hit_at_1"] > by_words["hit_at_1"]


def _judged(folder: Path) -> dict[str, float]:
    entries = _english()
    known = {it["id"] for it in entries}
    queries = [json.loads(line) for line in (BENCH / "coffee" / "queries.jsonl").read_text("utf-8").splitlines()]
    asked = [it for it in queries if it["lang"] == "en" and it["answer_id"] in known]
    (folder / "e.json").write_text(json.dumps(entries), "utf-8")
    (folder / "q.jsonl").write_text("\n".join(map(json.dumps, asked)), "utf-8")
    files = ["--entries", str(folder / "e.json"), "--queries", str(folder / "q.jsonl")]
    result = CliRunner().invoke(cli, ["evaluate", "answers", *files, "--json"])
    assert result.exit_code == 0, result.stderr
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def _english() -> list[dict[str, Any]]:
    return [it for it in json.loads((BENCH / "coffee" / "entries.json").read_text("utf-8")) if it["lang"] == "en"]
