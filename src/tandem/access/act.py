"""Signing in and out, users and their passwords. Each change is written to the audit in the same transaction."""

import asyncio
import secrets
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct

from tandem.access import store
from tandem.access.model import Colleague, PresenceChanged, PresenceState, Role, Session, User
from tandem.infra import audit
from tandem.infra.bus import Bus
from tandem.infra.db import Connection, Tx
from tandem.kit.crypto import digest
from tandem.kit.errors import InvalidInput, NotFound, TooMany, WrongPassword
from tandem.kit.ids import new_id
from tandem.kit.text import clean

SESSION_LASTS = timedelta(days=14)
SHORTEST_PASSWORD = 10
_LONGEST_PASSWORD = 200  # argon2 reads all of it: a megabyte would be a way to keep the machine busy
_TRIES, _TRIES_WINDOW = 8, timedelta(minutes=10)

_hasher = PasswordHasher()


class SignedIn(Struct, frozen=True):
    """`token` goes into the cookie and is stored nowhere."""

    token: str
    session: Session


async def allow_attempt(db: Connection, key: str, now: datetime, *, limit: int, window: timedelta) -> None:
    """Count a try under `key`. Raises `TooMany` when there were more than `limit` in the window."""
    tried = await store.count_attempt(db, key, now, now + window)
    if tried.count > limit:
        raise TooMany(retry_after=max(1, round((tried.expires_at - now).total_seconds())))


async def sign_in(db: Connection, email: str, password: str, address: str, now: datetime) -> SignedIn:
    """Raises `WrongPassword`, `TooMany`. Tries are counted by email and by address: neither a guesser of one password for
    all nor of all passwords for one gets far."""
    email = email.strip().lower()
    await allow_attempt(db, f"sign-in:{email[:200]}", now, limit=_TRIES, window=_TRIES_WINDOW)
    await allow_attempt(db, f"sign-in-from:{address}", now, limit=_TRIES * 5, window=_TRIES_WINDOW)
    known = await store.credentials(db, email)
    nobody = await asyncio.to_thread(_nobody, _hasher)
    right = await _verified(known.password_hash if known else nobody, password)
    if known is None or not right or not known.active:
        raise WrongPassword
    # A right one is no guess: else the people of one office, who share an address, would lock each other out.
    await store.forget_attempts(db, f"sign-in:{email[:200]}")
    await store.forgive_attempt(db, f"sign-in-from:{address}")
    token = secrets.token_urlsafe(32)
    await store.open_session(db, digest(token), known.id, secrets.token_urlsafe(24), now, now + SESSION_LASTS)
    session = await store.session(db, digest(token), now)
    if session is None:
        raise WrongPassword
    return SignedIn(token, session)


@cache
def _nobody(hasher: PasswordHasher) -> str:
    """Verified against when the email is unknown, so that the time taken does not tell which emails exist."""
    return hasher.hash(secrets.token_urlsafe(16))


async def _verified(password_hash: str, password: str) -> bool:
    """In a thread: argon2 takes tens of milliseconds on purpose and would hold up everybody else."""

    def verify() -> bool:
        try:
            return _hasher.verify(password_hash, password[:_LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False

    return await asyncio.to_thread(verify)


async def hashed(password: str) -> str:
    """Raises `InvalidInput` for a password that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise InvalidInput.field("password", f"{SHORTEST_PASSWORD}–{_LONGEST_PASSWORD}")
    return await asyncio.to_thread(_hasher.hash, password)


async def add_user(
    tx: Tx, *, email: str, name: str, role: Role, password: str, locale: str, by: UUID | None, now: datetime,
    online_at_sign_in: bool | None = None,
) -> User:  # fmt: skip
    """`online_at_sign_in` None: agents are, others not. Raises `InvalidInput`."""
    email, name = email.strip().lower(), clean(name)
    if "@" not in email or len(email) > 200 or " " in email:
        raise InvalidInput.field("email", "name@example.com")
    if not 1 <= len(name) <= 60:
        raise InvalidInput.field("name", "1–60")
    serves = role == "agent" if online_at_sign_in is None else online_at_sign_in
    user = User(new_id(now), email, name, role, True, locale, online_at_sign_in=serves)
    if not await store.add_user(tx.db, user, await hashed(password), now):
        raise InvalidInput.field("email", "taken")
    await audit.record(tx.db, by, "user.added", str(user.id), {"role": role}, now)
    return user


def _tell_signed_out(tx: Tx, bus: Bus) -> None:
    """Sockets that were opened under a session that is over are closed at once, in every process."""
    tx.after(lambda: bus.tell("signed-out", None))


async def sign_out(tx: Tx, bus: Bus, session: bytes) -> None:
    """`session`: its key."""
    await store.close_session(tx.db, session)
    _tell_signed_out(tx, bus)


async def change_user(
    tx: Tx, bus: Bus, user: UUID, *, by: UUID, now: datetime, name: str | None = None, role: Role | None = None,
    active: bool | None = None, password: str | None = None, online_at_sign_in: bool | None = None,
) -> User:  # fmt: skip
    """Raises `NotFound`, `InvalidInput` (also when nobody would be left who may manage users)."""
    leaves = active is False or (role is not None and role != "administrator")
    if leaves and await store.other_administrators(tx.db, user) == 0:
        raise InvalidInput.field("role", "last administrator")
    if name is not None and not 1 <= len(name := clean(name)) <= 60:
        raise InvalidInput.field("name", "1–60")
    changed = await store.change_user(
        tx.db, user, name=name, role=role, active=active, locale=None, online_at_sign_in=online_at_sign_in
    )
    if changed is None:
        raise NotFound
    if password is not None:
        await store.set_password(tx.db, user, await hashed(password))
    if password is not None or active is False:
        await store.close_sessions(tx.db, user)
        _tell_signed_out(tx, bus)
    what = {
        "role": role, "active": active, "name": name is not None or None, "password": password is not None or None,
        "online_at_sign_in": online_at_sign_in,
    }  # fmt: skip
    detail = {key: str(value) for key, value in what.items() if value is not None}
    await audit.record(tx.db, by, "user.changed", str(user), detail, now)
    return changed


async def change_own_password(tx: Tx, bus: Bus, user: UUID, old: str, new: str, *, keep: bytes, now: datetime) -> None:
    """All other sessions of the user end. Raises `WrongPassword`, `InvalidInput`."""
    known = await store.password_hash(tx.db, user)
    if known is None or not await _verified(known, old):
        raise WrongPassword
    await store.set_password(tx.db, user, await hashed(new))
    await store.close_sessions(tx.db, user, but=keep)
    _tell_signed_out(tx, bus)
    await audit.record(tx.db, user, "user.password", str(user), {}, now)


_LONGEST_REASON = 60


async def set_presence(tx: Tx, bus: Bus, user: UUID, state: PresenceState, now: datetime, reason: str = "") -> Colleague:
    """`reason` is kept for a break alone. Raises `NotFound`, `InvalidInput`."""
    reason = clean(reason) if state == "break" else ""
    if len(reason) > _LONGEST_REASON:
        raise InvalidInput.field("reason", f"0–{_LONGEST_REASON}")
    await store.set_presence(tx.db, user, state, now, reason)
    await tx.happened(PresenceChanged(user, now))
    return await tell_colleague(tx, bus, user, now)


async def arrive(tx: Tx, bus: Bus, user: User, now: datetime) -> None:
    """He has signed in. Whoever serves customers is online by that. Supervisors and administrators come to look after the desk as often
    as to serve: unless they are set to be online, they are offered nobody until they go online themselves, and a second sign-in changes
    nothing of what they chose. Raises `NotFound`."""
    if user.online_at_sign_in:
        await set_presence(tx, bus, user.id, "online", now)
        return
    stands = await store.colleague(tx.db, user.id, now)
    if stands is None:
        raise NotFound
    if stands.state == "offline":
        await set_presence(tx, bus, user.id, "busy", now)


async def put_away(tx: Tx, bus: Bus, user: UUID, state: PresenceState, reason: str, now: datetime) -> None:
    """Set by the house, not by himself: `missed` offers, or `absent`, which is forgotten as soon as he is there again."""
    await store.put_away(tx.db, user, state, now, reason)
    await tx.happened(PresenceChanged(user, now))
    await tell_colleague(tx, bus, user, now)


async def come_back(tx: Tx, bus: Bus, user: UUID, now: datetime) -> None:
    """His console is connected."""
    await store.come_back(tx.db, user, now)
    await tx.happened(PresenceChanged(user, now))
    await tell_colleague(tx, bus, user, now)


async def wrap_up(tx: Tx, bus: Bus, user: UUID, until: datetime | None, now: datetime) -> None:
    await store.set_wrap_up(tx.db, user, until)
    await tx.happened(PresenceChanged(user, now))
    await tell_colleague(tx, bus, user, now)


async def tell_colleague(tx: Tx, bus: Bus, user: UUID, now: datetime) -> Colleague:
    """Raises `NotFound`."""
    colleague = await store.colleague(tx.db, user, now)
    if colleague is None:
        raise NotFound
    tx.after(lambda: bus.tell("colleague", msgspec.to_builtins(colleague)))
    return colleague
