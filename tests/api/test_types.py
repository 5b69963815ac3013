"""The clients' types are those of the server that serves them."""

import hashlib

from world.openapi import DOCUMENT, document
from world.server import Server


async def test_the_clients_types_are_made_from_the_api_as_it_is(tandem: Server) -> None:
    now = await document(tandem)

    assert now == DOCUMENT.read_text(encoding="utf-8"), "the API changed: run `make api-types`"
    made_from = (DOCUMENT.parent / "src" / "api.gen.ts").read_text(encoding="utf-8").splitlines()[0]
    assert made_from.endswith(hashlib.sha256(now.encode()).hexdigest())
