"""`python -m world.openapi`: the server's OpenAPI document, as the clients' types are made from it."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import httpx

from tandem.app import prepare
from tandem.infra import postgres
from tandem.infra.settings import Settings
from world.server import Server, running

DOCUMENT = Path(__file__).parents[2] / "web" / "shared" / "openapi.json"


async def document(server: Server) -> str:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        answer = await client.get("/api/openapi.json")
    found: dict[str, Any] = answer.json()
    return json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with postgres.running(Path(folder)) as dsn:
            await prepare(dsn)
            async with running(Settings(data_dir=Path(folder)), dsn) as server:
                DOCUMENT.write_text(await document(server), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
