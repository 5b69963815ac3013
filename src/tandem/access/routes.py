"""Signing in, one's own settings, colleagues and users."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, patch, post, put
from litestar.datastructures import Cookie
from msgspec import Struct

from tandem.access import act, store
from tandem.access.cookie import cookie_name
from tandem.access.model import MAY, Colleague, PresenceState, Role, Session, User
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Database
from tandem.infra.settings import Settings
from tandem.kit.clock import Clock
from tandem.kit.errors import InvalidInput, NotFound, NotSignedIn
from tandem.kit.text import clean

_LOCALES = ("zh-CN", "en")


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    email: str
    password: str


class Me(Struct, frozen=True):
    """The signed-in user. `csrf` goes into the X-CSRF-Token header of every call that changes something."""

    user: User
    csrf: str
    permissions: list[str]
    presence: Colleague


class ChangeMe(Struct, frozen=True, forbid_unknown_fields=True):
    locale: str | None = None
    enter_sends: bool | None = None
    name: str | None = None


class ChangePassword(Struct, frozen=True, forbid_unknown_fields=True):
    old: str
    new: str


class SetPresence(Struct, frozen=True, forbid_unknown_fields=True):
    """`reason`: what a break is for."""

    state: PresenceState
    reason: str = ""


class AddUser(Struct, frozen=True, forbid_unknown_fields=True):
    """`online_at_sign_in` None: agents are, others not."""

    email: str
    name: str
    role: Role
    password: str
    online_at_sign_in: bool | None = None


class ChangeUser(Struct, frozen=True, forbid_unknown_fields=True):
    name: str | None = None
    role: Role | None = None
    active: bool | None = None
    password: str | None = None
    online_at_sign_in: bool | None = None


@post("/api/sign-in", permission="anyone", status_code=200)
async def sign_in(
    data: SignIn, request: Request[Any, Any, Any], db: Database, bus: Bus, clock: Clock, settings: Settings
) -> Response[Me]:
    """Open to all by nature; tries are counted by email and by address."""
    address = request.client.host if request.client else ""
    async with db.pool.acquire() as connection:
        signed_in = await act.sign_in(connection, data.email, data.password, address, clock.now())
    async with db.write() as tx:
        await act.arrive(tx, bus, signed_in.session.user, clock.now())
        me = await _me(tx.db, signed_in.session, clock.now())
    cookie = Cookie(
        key=cookie_name(settings.secure), value=signed_in.token, httponly=True, samesite="lax", path="/", secure=settings.secure,
        max_age=int(act.SESSION_LASTS.total_seconds()),
    )  # fmt: skip
    return Response(me, cookies=[cookie])


@post("/api/sign-out", permission="signed-in", status_code=204)
async def sign_out(session_key: bytes, who: User, db: Database, bus: Bus, clock: Clock, settings: Settings) -> Response[None]:
    async with db.write() as tx:
        await act.set_presence(tx, bus, who.id, "offline", clock.now())
        await act.sign_out(tx, bus, session_key)
    response: Response[None] = Response(None, status_code=204)
    response.delete_cookie(cookie_name(settings.secure))
    return response


@get("/api/me", permission="signed-in")
async def me(session: Session, db: Database, clock: Clock) -> Me:
    async with db.read() as connection:
        return await _me(connection, session, clock.now())


@patch("/api/me", permission="signed-in")
async def change_me(data: ChangeMe, session: Session, db: Database, clock: Clock) -> Me:
    if data.locale is not None and data.locale not in _LOCALES:
        raise InvalidInput.field("locale", ", ".join(_LOCALES))
    if data.name is not None and not 1 <= len(clean(data.name)) <= 60:
        raise InvalidInput.field("name", "1–60")
    async with db.write() as tx:
        name = clean(data.name) if data.name is not None else None
        changed = await store.change_user(
            tx.db, session.user.id, name=name, role=None, active=None, locale=data.locale, enter_sends=data.enter_sends
        )
        if changed is None:
            raise NotFound
        return await _me(tx.db, Session(changed, session.csrf, session.expires_at), clock.now())


@post("/api/me/password", permission="signed-in", status_code=204)
async def change_password(data: ChangePassword, who: User, session_key: bytes, db: Database, bus: Bus, clock: Clock) -> None:
    async with db.write() as tx:
        await act.change_own_password(tx, bus, who.id, data.old, data.new, keep=session_key, now=clock.now())


@put("/api/me/presence", permission="signed-in")
async def set_presence(data: SetPresence, who: User, db: Database, bus: Bus, clock: Clock) -> Colleague:
    async with db.write() as tx:
        return await act.set_presence(tx, bus, who.id, data.state, clock.now(), data.reason)


@get("/api/colleagues", permission="signed-in")
async def colleagues(db: Database, clock: Clock) -> list[Colleague]:
    async with db.read() as connection:
        return await store.colleagues(connection, clock.now())


@get("/api/users", permission="user:manage")
async def users(db: Database) -> list[User]:
    async with db.read() as connection:
        return await store.users(connection)


@post("/api/users", permission="user:manage")
async def add_user(data: AddUser, who: User, db: Database, clock: Clock) -> User:
    async with db.write() as tx:
        return await act.add_user(
            tx,
            email=data.email,
            name=data.name,
            role=data.role,
            password=data.password,
            locale=who.locale,
            by=who.id,
            now=clock.now(),
            online_at_sign_in=data.online_at_sign_in,
        )


@patch("/api/users/{user:uuid}", permission="user:manage")
async def change_user(user: UUID, data: ChangeUser, who: User, db: Database, bus: Bus, clock: Clock) -> User:
    async with db.write() as tx:
        return await act.change_user(
            tx, bus, user, by=who.id, now=clock.now(), name=data.name, role=data.role, active=data.active, password=data.password,
            online_at_sign_in=data.online_at_sign_in,
        )  # fmt: skip


async def _me(connection: Connection, session: Session, now: datetime) -> Me:
    presence = await store.colleague(connection, session.user.id, now)
    if presence is None:
        raise NotSignedIn
    return Me(session.user, session.csrf, sorted(MAY[session.user.role]), presence)


ROUTES = [sign_in, sign_out, me, change_me, change_password, set_presence, colleagues, users, add_user, change_user]
