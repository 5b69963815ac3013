"""`python -m examples.shop`: serves the shop until it is stopped."""

import os
import sys
from datetime import UTC, datetime

import uvicorn

from .app import create_app
from .settings import read_settings
from .shop import Shop


def now() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    settings = read_settings(sys.argv[1:], os.environ)
    shop = Shop(settings.seed, settings.start or now(), now)
    print(f"Islet shop: http://{settings.host}:{settings.port}/ (API description at /openapi.json)", flush=True)
    app = create_app(
        shop, settings.api_key, settings.identity_secret, settings.tandem, settings.channel, settings.trial_key, settings.seed
    )
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")


if __name__ == "__main__":
    main()
