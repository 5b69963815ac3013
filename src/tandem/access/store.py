"""The SQL of users, sessions, attempts and the audit."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from tandem.access.model import Colleague, PresenceState, Role, Session, User
from tandem.infra.db import Connection, many, one, sure

_USER = "id, email, name, role, active, locale, enter_sends, online_at_sign_in"


class Credentials(Struct, frozen=True):
    id: UUID
    password_hash: str
    active: bool


async def add_user(db: Connection, user: User, password_hash: str, now: datetime) -> bool:
    """False when the email is taken."""
    added = await db.fetchval(
        """insert into users (id, email, name, role, active, locale, online_at_sign_in, password_hash, presence_at, seen_at, created_at)
           values ($1, $2, $3, $4, $5, $6, $9, $7, $8, $8, $8) on conflict (lower(email)) do nothing returning id""",
        user.id, user.email, user.name, user.role, user.active, user.locale, password_hash, now, user.online_at_sign_in,
    )  # fmt: skip
    return added is not None


async def user(db: Connection, user: UUID) -> User | None:
    return await one(db, User, f"select {_USER} from users where id = $1", user)


async def users(db: Connection) -> list[User]:
    return await many(db, User, f"select {_USER} from users order by active desc, name, id limit 1000")


async def credentials(db: Connection, email: str) -> Credentials | None:
    """Index: users_email."""
    return await one(db, Credentials, "select id, password_hash, active from users where lower(email) = lower($1)", email)


async def password_hash(db: Connection, user: UUID) -> str | None:
    found: str | None = await db.fetchval("select password_hash from users where id = $1", user)
    return found


async def change_user(
    db: Connection,
    user: UUID,
    *,
    name: str | None,
    role: Role | None,
    active: bool | None,
    locale: str | None,
    enter_sends: bool | None = None,
    online_at_sign_in: bool | None = None,
) -> User | None:
    return await one(
        db, User,
        f"""update users set name = coalesce($2, name), role = coalesce($3, role), active = coalesce($4, active),
                   locale = coalesce($5, locale), enter_sends = coalesce($6, enter_sends),
                   online_at_sign_in = coalesce($7, online_at_sign_in)
            where id = $1 returning {_USER}""",
        user, name, role, active, locale, enter_sends, online_at_sign_in,
    )  # fmt: skip


async def set_password(db: Connection, user: UUID, password_hash: str) -> None:
    await db.execute("update users set password_hash = $2 where id = $1", user, password_hash)


async def other_administrators(db: Connection, user: UUID) -> int:
    """How many active administrators there are beside this user; locks them, so that two cannot leave at once."""
    rows = await db.fetch("select id from users where role = 'administrator' and active order by id for no key update")
    return sum(1 for row in rows if row["id"] != user)


async def open_session(db: Connection, digest: bytes, user: UUID, csrf: str, now: datetime, expires: datetime) -> None:
    await db.execute(
        "insert into session (token_digest, user_id, csrf, created_at, expires_at) values ($1, $2, $3, $4, $5)",
        digest, user, csrf, now, expires,
    )  # fmt: skip


class _SessionRow(User, frozen=True, kw_only=True):
    csrf: str
    expires_at: datetime


async def session(db: Connection, digest: bytes, now: datetime) -> Session | None:
    """The session of an active user that has not expired. Index: the primary key."""
    row = await one(
        db, _SessionRow,
        """select u.id, u.email, u.name, u.role, u.active, u.locale, u.enter_sends, u.online_at_sign_in,
                  s.csrf, s.expires_at
           from session s join users u on u.id = s.user_id
           where s.token_digest = $1 and s.expires_at > $2 and u.active""",
        digest, now,
    )  # fmt: skip
    if row is None:
        return None
    user = User(row.id, row.email, row.name, row.role, row.active, row.locale, row.enter_sends, row.online_at_sign_in)
    return Session(user, row.csrf, row.expires_at)


async def live_sessions(db: Connection, digests: Sequence[bytes], now: datetime) -> set[bytes]:
    """Which of these are still good. Index: the primary key."""
    rows = await db.fetch(
        """select s.token_digest from session s join users u on u.id = s.user_id
           where s.token_digest = any($1) and s.expires_at > $2 and u.active""",
        digests, now,
    )  # fmt: skip
    return {row["token_digest"] for row in rows}


async def close_session(db: Connection, digest: bytes) -> None:
    await db.execute("delete from session where token_digest = $1", digest)


async def close_sessions(db: Connection, user: UUID, but: bytes = b"") -> None:
    """Index: session_of_user."""
    await db.execute("delete from session where user_id = $1 and token_digest <> $2", user, but)


async def forget_expired(db: Connection, now: datetime) -> None:
    await db.execute("delete from session where expires_at <= $1", now)
    await db.execute("delete from attempt where expires_at <= $1", now)


class Tried(Struct, frozen=True):
    count: int
    expires_at: datetime


async def count_attempt(db: Connection, key: str, now: datetime, expires: datetime) -> Tried:
    """Count one more try; a window that is over starts anew."""
    return await sure(
        db, Tried,
        """insert into attempt (key, count, expires_at) values ($1, 1, $3)
           on conflict (key) do update set
               count = case when attempt.expires_at <= $2 then 1 else attempt.count + 1 end,
               expires_at = case when attempt.expires_at <= $2 then $3 else attempt.expires_at end
           returning count, expires_at""",
        key, now, expires,
    )  # fmt: skip


async def forgive_attempt(db: Connection, key: str) -> None:
    """One try less."""
    await db.execute("update attempt set count = count - 1 where key = $1 and count > 0", key)


async def forget_attempts(db: Connection, key: str) -> None:
    await db.execute("delete from attempt where key = $1", key)


_COLLEAGUE = """select u.id, u.name, u.role,
                       case when u.seen_at <= $1 then 'offline' when u.presence = 'online' and u.wrap_up_until > $2 then 'wrap_up'
                            else u.presence end as state,
                       (select count(*) from conversation c where c.agent_id = u.id and c.owner = 'agent')::int as open,
                       case when u.presence = 'offline' then substring(u.presence_reason for 6) else u.presence_reason end as reason,
                       case when u.wrap_up_until > $2 then u.wrap_up_until end as wrap_up_until
                from users u"""
UNSEEN_AFTER = timedelta(seconds=90)  # whoever's console has been away for longer is not there, whatever he set


async def colleagues(db: Connection, now: datetime) -> list[Colleague]:
    """Index: conversation_mine."""
    return await many(db, Colleague, f"{_COLLEAGUE} where u.active order by u.name, u.id limit 1000", now - UNSEEN_AFTER, now)


async def colleague(db: Connection, user: UUID, now: datetime) -> Colleague | None:
    return await one(db, Colleague, f"{_COLLEAGUE} where u.id = $3", now - UNSEEN_AFTER, now, user)


async def people_online(db: Connection, now: datetime) -> int:
    """How many could take a customer now."""
    count: int = await db.fetchval(
        "select count(*)::int from users where active and presence = 'online' and seen_at > $1", now - UNSEEN_AFTER
    )
    return count


async def seen(db: Connection, users: Sequence[UUID], now: datetime) -> None:
    await db.execute("update users set seen_at = $2 where id = any($1)", users, now)


async def set_presence(db: Connection, user: UUID, state: PresenceState, now: datetime, reason: str = "") -> None:
    """Whoever sets it himself is seen by that, and is no longer after work."""
    await db.execute(
        """update users set presence = $2, presence_at = $3, seen_at = $3, presence_reason = $4, wrap_up_until = null
           where id = $1""",
        user, state, now, reason,
    )  # fmt: skip


async def put_away(db: Connection, user: UUID, state: PresenceState, now: datetime, reason: str) -> None:
    """Not by himself: he was not seen, and so `seen_at` stays. Who was busy or on a break when he went absent is that again when he
    is back."""
    await db.execute(
        """update users set presence = $2, presence_at = $3,
               presence_reason = case when $4 = 'absent' and presence in ('busy', 'break') then 'absent_' || presence else $4 end
           where id = $1""",
        user, state, now, reason,
    )  # fmt: skip


async def come_back(db: Connection, user: UUID, now: datetime) -> None:
    """His console is there again. Who was only set offline because it was gone is what he was: online, busy or on a
    break."""
    await db.execute(
        """update users set seen_at = $2,
               presence = case when presence <> 'offline' then presence
                               when presence_reason = 'absent' then 'online'
                               when presence_reason in ('absent_busy', 'absent_break') then substr(presence_reason, 8)
                               else presence end,
               presence_reason = case when presence = 'offline' and presence_reason like 'absent%' then '' else presence_reason end
           where id = $1""",
        user, now,
    )  # fmt: skip


async def set_wrap_up(db: Connection, user: UUID, until: datetime | None) -> None:
    await db.execute("update users set wrap_up_until = $2 where id = $1", user, until)
