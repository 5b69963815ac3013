"""Puts the shop together: API, pages, and problems in the caller's language."""

from typing import Any

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Server

from .api import api
from .identity import Identity
from .model import Text
from .problems import Problem
from .shop import Shop
from .site import PAGES, Site, spoken
from .trial import Worlds, trial_api

BODY_LIMIT = 64 * 1024
ABOUT = """The catalogue, stock, delivery, orders and customers of Islet, a small shop.

Texts come in Chinese and English (`{zh, en}`), money in minor units (`{amount, currency}`), times in UTC (RFC 3339).
Errors are problem documents (RFC 9457) with `type` `/problems/<name>`: `invalid-input`, `not-signed-in`, `not-yours`,
`not-found`, `not-allowed-now`, `needs-approval`, `idempotency-key-reused`, `too-many`. Their words follow `lang` or Accept-Language.
"""


def problem_response(request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    headers = {"Retry-After": str(problem.extra["retry_after"])} if "retry_after" in problem.extra else {}
    body = msgspec.json.encode(problem.document(spoken(request)))
    return Response(body, status_code=problem.status, media_type="application/problem+json", headers=headers)


def http_problem(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework refuses: bad values, unknown addresses, wrong methods, bodies too large."""
    names = {404: "not-found", 405: "not-found", 413: "too-large"}
    fields = [str(it.get("key", "")) for it in error.extra if isinstance(it, dict)] if isinstance(error.extra, list) else []
    told = ", ".join(filter(None, fields))
    return problem_response(
        request,
        Problem(
            error.status_code,
            names.get(error.status_code, "invalid-input"),
            Text("请求有误", "The request isn't right"),
            Text(f"请检查：{told or error.detail}", f"Please check: {told or error.detail}"),
        ),
    )


@get("/openapi.json", include_in_schema=False, sync_to_thread=False)
def describe(request: Request[Any, Any, Any]) -> Response[bytes]:
    return Response(msgspec.json.encode(request.app.openapi_schema.to_schema()), media_type="application/json")


def create_app(
    shop: Shop, api_key: str, identity_secret: str, tandem: str, channel: str, trial_key: str = "", seed: int = 2026
) -> Litestar:
    """`tandem` is the chat server's origin, empty when it serves these pages itself. With a `trial_key` there is a second shop, made
    from `seed`, for whoever calls the API with it."""
    site = Site(shop, Identity(identity_secret), tandem, channel)
    worlds = Worlds(shop, trial_key, seed, shop.now)
    return Litestar(
        [api(api_key, worlds), trial_api(worlds), *PAGES, describe],
        dependencies={
            "worlds": Provide(lambda: worlds, sync_to_thread=False),
            "shop": Provide(worlds.shop, sync_to_thread=False),
            "site": Provide(lambda: site, sync_to_thread=False),
            "done": Provide(worlds.done, sync_to_thread=False),
        },
        exception_handlers={Problem: problem_response, HTTPException: http_problem},
        request_max_body_size=BODY_LIMIT,
        openapi_config=OpenAPIConfig(
            title="Islet shop",
            version="1",
            description=ABOUT,
            path="/openapi",
            render_plugins=[],
            use_handler_docstrings=True,
            servers=[Server(url="/")],
            components=Components(security_schemes={"api_key": SecurityScheme(type="http", scheme="bearer")}),
        ),
    )
