"""Secrets: sealing what must be kept, signing what is given out, comparing without telling how far it matched."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

import jwt
from cryptography.fernet import Fernet, InvalidToken

_TOKENS_REMEMBERED = 20_000


class Forged(Exception):
    """A signature that is not ours, or no longer valid. What exactly is wrong is nobody's business."""


class Keys:
    """Keys derived from one installation secret, one a purpose, so that none can stand in for another."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the installation secret must be at least 32 bytes")
        self._secret = secret
        self._vault = Fernet(base64.urlsafe_b64encode(self._for("vault")))
        # A visitor shows the same token with every call: its signature is checked once, its expiry every time. What is
        # forged raises, so it is never remembered.
        self._genuine = lru_cache(maxsize=_TOKENS_REMEMBERED)(self._checked)

    def _for(self, purpose: str) -> bytes:
        return hmac.digest(self._secret, purpose.encode(), "sha256")

    def seal(self, plain: str) -> bytes:
        """Encrypt a secret that is kept in the database."""
        return self._vault.encrypt(plain.encode())

    def unseal(self, sealed: bytes) -> str:
        """Raises `Forged` when it was sealed under another installation secret."""
        try:
            return self._vault.decrypt(sealed).decode()
        except InvalidToken:
            raise Forged from None

    def mark(self, purpose: str, text: str) -> str:
        """A short signature over `text`, for addresses that are their own permission."""
        mac = hmac.digest(self._for(purpose), text.encode(), "sha256")
        return base64.urlsafe_b64encode(mac[:18]).decode()

    def marked(self, purpose: str, text: str, mark: str) -> bool:
        return same(self.mark(purpose, text), mark)

    def token(self, purpose: str, claims: dict[str, object], now: datetime, lasts: timedelta) -> str:
        """A signed token (JWT, HS256) that only this installation can make."""
        return jwt.encode({**claims, "iat": now, "exp": now + lasts}, self._for(purpose), algorithm="HS256")

    def claims(self, purpose: str, token: str, now: datetime) -> Mapping[str, object]:
        """Raises `Forged`."""
        return _unexpired(self._genuine(purpose, token), now)

    def _checked(self, purpose: str, token: str) -> Mapping[str, object]:
        return MappingProxyType(_signed(token, self._for(purpose)))


def read_token(token: str, key: bytes, now: datetime) -> Mapping[str, object]:
    """The claims of an HS256 token that has a `sub` and has not expired. Raises `Forged`."""
    return _unexpired(_signed(token, key), now)


def _signed(token: str, key: bytes) -> dict[str, object]:
    try:
        # PyJWT reads the machine's clock; time comes in as an argument here, so expiry is judged below.
        claims: dict[str, object] = jwt.decode(
            token, key, algorithms=["HS256"], options={"require": ["sub", "exp"], "verify_exp": False, "verify_iat": False}
        )
    except jwt.PyJWTError:
        raise Forged from None
    return claims


def _unexpired(claims: Mapping[str, object], now: datetime) -> Mapping[str, object]:
    expires = claims["exp"]
    if not isinstance(expires, int | float) or expires <= now.timestamp():
        raise Forged
    return claims


def digest(secret: str) -> bytes:
    """What is stored of a random secret, such as a session's cookie: useless to whoever reads the table."""
    return hashlib.sha256(secret.encode()).digest()


def same(left: str, right: str) -> bool:
    """Constant-time comparison."""
    return hmac.compare_digest(left.encode(), right.encode())
