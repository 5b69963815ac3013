"""Errors as RFC 9457 problem documents, in the caller's language."""

from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from tandem.api.services import services_of
from tandem.infra.blobs import megabytes
from tandem.kit.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn, Problem, TooLarge, Unavailable, language_of

log = structlog.get_logger()

Caller = Request[Any, Any, Any]
_MEDIA_TYPE = "application/problem+json"
_BY_STATUS: dict[int, type[Problem]] = {401: NotSignedIn, 403: NotAllowed, 404: NotFound, 405: NotFound}


class Unexpected(Problem):
    """A fault of ours. `reference` is in the log beside what went wrong."""

    name, status = "unexpected", 500
    zh = ("我们这边出了问题", "请重试；如果仍不行，请把编号 {reference} 告诉管理员。您写的内容仍在页面上。")
    en = ("Something went wrong on our side", "Please try again. If it stays, give the administrator this number: {reference}.")


def told(request: Caller, problem: Problem) -> Response[bytes]:
    title, detail = problem.said(language_of(request.headers.get("Accept-Language")))
    services_of(request).numbers.problems.labels(problem.name).inc()
    content = {"type": f"/problems/{problem.name}", "title": title, "status": problem.status, "detail": detail, **problem.extra}
    headers = {"Retry-After": str(problem.extra["retry_after"])} if "retry_after" in problem.extra else {}
    return Response(msgspec.json.encode(content), status_code=problem.status, media_type=_MEDIA_TYPE, headers=headers)


def of_problem(request: Caller, problem: Problem) -> Response[bytes]:
    return told(request, problem)


def of_validation(request: Caller, error: ValidationException) -> Response[bytes]:
    """What does not fit the declared types; litestar names the fields."""
    raw = error.extra if isinstance(error.extra, list) else []
    errors = [{"field": str(it.get("key", "")), "message": str(it.get("message", ""))[:200]} for it in raw if isinstance(it, dict)]
    return told(request, InvalidInput(errors=errors or [{"field": "", "message": str(error.detail)[:200]}]))


def of_http(request: Caller, error: HTTPException) -> Response[bytes]:
    """What the framework refuses before a route is reached: no such route, malformed JSON, too long a body."""
    if error.status_code == 413:
        return told(request, TooLarge(**_sizes(request)))
    if error.status_code in _BY_STATUS:
        return told(request, _BY_STATUS[error.status_code]())
    if error.status_code < 500:
        return told(request, InvalidInput(errors=[{"field": "", "message": str(error.detail)[:200]}]))
    return of_fault(request, error)


def _sizes(request: Caller) -> dict[str, str]:
    """How much was sent, as far as the sender said it, and how much may be."""
    said = request.headers.get("Content-Length", "")
    limit = megabytes(request.route_handler.resolve_request_max_body_size() or 0)
    return {"size": megabytes(int(said)) if said.isdigit() else f"> {limit}", "limit": limit}


def of_unreadable(request: Caller, error: Exception) -> Response[bytes]:
    """What no reader or database can hold: broken UTF-8, bottomless nesting, a NUL in a name, a number beyond all bounds."""
    log.info("request.unreadable", path=request.scope.get("path_template"), error=type(error).__name__)
    return told(request, InvalidInput(errors=[]))


def of_database(request: Caller, error: Exception) -> Response[bytes]:
    log.warning("request.database", path=request.scope.get("path_template"), error=type(error).__name__)
    return told(request, Unavailable())


def of_fault(request: Caller, error: Exception) -> Response[bytes]:
    services = services_of(request)
    reference = f"{services.clock.now():%m%d%H%M%S%f}"
    log.error("request.failed", path=request.scope.get("path_template"), reference=reference, exc_info=error)
    return told(request, Unexpected(reference=reference))


HANDLERS: dict[Any, Any] = {
    Problem: of_problem,
    ValidationException: of_validation,
    HTTPException: of_http,
    asyncpg.DataError: of_unreadable,
    UnicodeError: of_unreadable,
    RecursionError: of_unreadable,
    asyncpg.PostgresConnectionError: of_database,
    asyncpg.InterfaceError: of_database,
    asyncpg.InternalClientError: of_database,  # a connection that the database ended while it lay idle
    asyncpg.OperatorInterventionError: of_database,
    asyncpg.TooManyConnectionsError: of_database,
    ConnectionError: of_database,
    TimeoutError: of_database,
    Exception: of_fault,
}
