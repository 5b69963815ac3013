"""The HTTP application: all rooms' routes behind one guard, with problem documents, limits and safe headers."""

import time
from functools import cache

from litestar import Litestar, Router
from litestar.config.cors import CORSConfig
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, ControllerRouterHandler, Message, Receive, Scope, Send

from tandem import __version__
from tandem.access import routes as access
from tandem.api import pages
from tandem.api.guards import enforce
from tandem.api.pages import Pages
from tandem.api.problems import HANDLERS
from tandem.api.services import Services, dependencies
from tandem.assistant import routes as assistant
from tandem.assistant.evaluate.runs import routes as evaluations
from tandem.assistant.promise import routes as promise
from tandem.assistant.rules import routes as rules
from tandem.assistant.skills import routes as skills
from tandem.channels import routes as channels
from tandem.chat import routes as chat
from tandem.desk import routes as desk
from tandem.knowledge import routes as knowledge
from tandem.people import routes as people
from tandem.routing import routes as routing
from tandem.timeline import files

_LARGEST_BODY = 256 * 1024
_MULTIPART_OVERHEAD = 16 * 1024
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
)


class UndeclaredPermission(Exception):
    """A route that does not say who may call it."""


@cache
def http_app(upload_limit: int, *more: HTTPRouteHandler) -> Litestar:
    """All routes. It knows no services: each request brings them, so that a process, which may hold several applications, sets up
    its two hundred routes once. `upload_limit`: bytes; `more`: routes of the demo. Raises `UndeclaredPermission`."""
    built = Pages()
    rooms = [
        access, people, knowledge, assistant, skills, channels, chat, desk, routing, promise, rules, evaluations, files, pages,
    ]  # fmt: skip
    handlers: list[ControllerRouterHandler] = [route for room in rooms for route in room.ROUTES]
    for route in handlers:
        _set_upload_limit(route, upload_limit)
    app = Litestar(
        route_handlers=[*handlers, *more],
        guards=[enforce],
        dependencies={**dependencies(), "pages": Provide(lambda: built, sync_to_thread=False)},
        exception_handlers=HANDLERS,
        cors_config=CORSConfig(allow_origins=["*"], allow_headers=["authorization", "content-type", "accept-language"], max_age=7200),
        openapi_config=OpenAPIConfig(
            # Below an address of its own: it answers all of it, and would answer unknown addresses of ours with its own page.
            title="Tandem", version=__version__, path="/api/openapi", render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            openapi_router=Router(path="/api/openapi", route_handlers=[], opt={"permission": "anyone"}),
        ),
        request_max_body_size=_LARGEST_BODY,
        logging_config=None,
    )  # fmt: skip
    for handler in handlers_of(app):
        if handler.opt.get("permission") is None:
            raise UndeclaredPermission(f"{handler} does not say who may call it")
    _resolve_one_by_one(app)
    return app


def _resolve_one_by_one(app: Litestar) -> None:
    """Litestar resolves dependencies that do not need each other in a task group, with a task each. Ours are all there
    already, and starting six tasks to fetch six attributes takes longer than the rest of the framework's work."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for _, model in route.route_handler_map.values():
                model.dependency_batches = [{dependency} for batch in model.dependency_batches for dependency in batch]


def handlers_of(app: Litestar) -> list[HTTPRouteHandler]:
    """Every handler behind every route, as the application resolved them."""
    return [
        handler
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler) and "OPTIONS" not in handler.http_methods
    ]


def _set_upload_limit(route: ControllerRouterHandler, limit: int) -> None:
    if isinstance(route, HTTPRouteHandler) and route.opt.get("upload"):
        route.request_max_body_size = limit + _MULTIPART_OVERHEAD


def served(app: ASGIApp, services: Services) -> ASGIApp:
    """Services for every request, safe headers on every answer, and how long each route takes. Around the framework, not inside
    it: what it refuses before it has found a route needs the headers too."""
    numbers = services.numbers

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        scope.setdefault("state", {})["services"] = services

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
                route = str(scope.get("path_template", ""))
                numbers.requests.labels(route, message["status"]).observe(time.perf_counter() - started)
            await send(message)

        await app(scope, receive, sending)

    return call
