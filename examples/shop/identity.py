"""Who is shopping: the cookie of the shop's own site, and the token by which the chat widget knows him."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

import jwt

from .model import Customer

COOKIE = "islet_shopper"
TOKEN_LASTS = timedelta(hours=1)


class Identity:
    """`secret` is shared with the chat channel; the cookie is signed with a key of its own derived from it."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._cookie_key = hmac.digest(secret.encode(), b"islet shopper cookie", sha256)

    def _seal(self, customer: str) -> str:
        return hmac.new(self._cookie_key, customer.encode(), sha256).hexdigest()

    def cookie_for(self, customer: str) -> str:
        return f"{customer}.{self._seal(customer)}"

    def customer_of(self, cookie: str | None) -> str | None:
        """The customer id that a cookie was made for; None for a guest and for a cookie we didn't make."""
        customer, _, seal = (cookie or "").partition(".")
        return customer if customer and hmac.compare_digest(seal.encode(), self._seal(customer).encode()) else None

    def token_for(self, customer: Customer, now: datetime) -> str:
        """A JWT (RFC 7519, HS256) that says who the visitor is. It ends after an hour; each page brings a new one."""
        claims = {
            "sub": customer.id,
            "name": customer.name,
            "locale": customer.locale,
            "tier": customer.tier.to(customer.locale) if customer.tier else None,
            "phone_last4": customer.phone_last4,
            "iat": int(now.timestamp()),
            "exp": int((now + TOKEN_LASTS).timestamp()),
        }
        return jwt.encode({key: value for key, value in claims.items() if value is not None}, self._secret, algorithm="HS256")
