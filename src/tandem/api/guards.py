"""Who may call what. Every route says `permission=…`; an application with a route that does not is not built."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from tandem.access import store as access
from tandem.access.cookie import cookie_name
from tandem.access.model import Session
from tandem.api.services import services_of
from tandem.channels.webchat import Visitor, visitor_of
from tandem.kit.crypto import Forged, digest, same
from tandem.kit.errors import NotAllowed, NotSignedIn

Caller = ASGIConnection[Any, Any, Any, Any]

_SAFE = {"GET", "HEAD", "OPTIONS"}


async def enforce(connection: Caller, handler: BaseRouteHandler) -> None:
    """`anyone`: no sign-in is asked for. `visitor`: a customer's token. `signed-in`: any user. Else the named permission."""
    permission = handler.opt.get("permission")
    if permission == "anyone":
        return
    if permission == "visitor":
        connection.scope["state"]["visitor"] = visitor_in(connection)
        return
    session, key = await session_of(connection)
    if connection.scope.get("method") not in _SAFE and not same(connection.headers.get("X-CSRF-Token", ""), session.csrf):
        raise NotAllowed
    if permission != "signed-in" and (permission is None or not session.user.may(permission)):
        raise NotAllowed
    connection.scope["state"]["session"] = session
    connection.scope["state"]["session_key"] = key


async def session_of(connection: Caller) -> tuple[Session, bytes]:
    """The caller's session and its digest. Raises `NotSignedIn`."""
    services = services_of(connection)
    token = connection.cookies.get(cookie_name(services.settings.secure), "")
    if not token:
        raise NotSignedIn
    async with services.db.read() as db:
        session = await access.session(db, digest(token), services.clock.now())
    if session is None:
        raise NotSignedIn
    return session, digest(token)


def visitor_in(connection: Caller) -> Visitor:
    """Raises `NotSignedIn`."""
    kind, _, token = connection.headers.get("Authorization", "").partition(" ")
    services = services_of(connection)
    try:
        if kind != "Bearer":
            raise Forged
        return visitor_of(services.keys, token, services.clock.now())
    except Forged:
        raise NotSignedIn from None
